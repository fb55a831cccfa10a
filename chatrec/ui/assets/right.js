const T = props.texts;
const groups = make('div', { 'data-testid': 'profile' });
const input = make('input', { 'aria-label': T.add, placeholder: T.add, maxlength: '300', 'data-testid': 'profile-add' });
const add = () => { if (input.value.trim()) { trigger('click', { act: 'add', text: input.value }); input.value = ''; } };
input.addEventListener('keydown', (e) => { if (e.key === 'Enter') add(); });
element.replaceChildren(make('aside', { class: 'cr', 'aria-label': T.profile },
  make('h2', { class: 'heading', style: 'margin-top: 6px !important' }, T.profile), make('p', { class: 'hint' }, T.profile_hint), groups,
  make('div', { class: 'adder' }, input, button({ 'aria-label': T.add, onclick: add }, icon('plus'))),
  make('div', { class: 'tail' },
    button({ class: 'quiet', 'data-testid': 'export', onclick: () => trigger('click', { act: 'export' }) }, icon('down'), T.export),
    button({ class: 'quiet', 'data-testid': 'forget', onclick: () => { if (window.confirm(T.forget_sure)) trigger('click', { act: 'forget' }); } }, icon('trash'), T.forget))));

function line(s) {
  const said = make('div', { class: 'said' }, s.text);
  const box = make('div', { class: 'line' + (s.on ? '' : ' off'), 'data-testid': 'profile-line', 'data-kind': s.kind }, said);
  const edit = () => {
    const area = make('textarea', { rows: '3', maxlength: '300', 'aria-label': 'Edit' });
    area.value = s.text;
    const save = () => { const text = area.value.trim(); if (text && text !== s.text) trigger('click', { act: 'edit', id: s.id, text }); else area.replaceWith(said); };
    area.addEventListener('keydown', (e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); save(); } if (e.key === 'Escape') area.replaceWith(said); });
    area.addEventListener('blur', save);
    said.replaceWith(area); area.focus();
  };
  box.append(make('div', { class: 'meta' },
    button({ class: 'switch', role: 'switch', 'aria-checked': String(s.on), 'aria-label': 'Use: ' + s.text, onclick: () => trigger('click', { act: 'switch', id: s.id, on: !s.on }) }),
    make('span', {}, s.source),
    button({ class: 'icon', 'aria-label': 'Edit: ' + s.text, onclick: edit }, icon('pencil')),
    button({ class: 'icon', 'aria-label': 'Remove: ' + s.text, onclick: () => trigger('click', { act: 'remove', id: s.id }) }, icon('trash'))));
  return box;
}
function draw() {
  const v = props.value || { person: [], conversation: [] };
  const group = (title, lines) => lines.length ? [make('h3', { class: 'heading' }, title), make('div', { class: 'lines' }, lines.map(line))] : [];
  const all = [...group(T.scope_person, v.person), ...group(T.scope_conversation, v.conversation)];
  groups.replaceChildren(...(all.length ? all : [make('p', { class: 'hint', style: 'margin-top: 14px' }, T.profile_empty)]));
  if (v.download) {
    const link = make('a', { href: URL.createObjectURL(new Blob([v.download], { type: 'application/json' })), download: 'chatrec-my-data.json' });
    link.click();
  }
}
watch('value', draw);
draw();
