const T = props.texts;
const groups = make('div', { 'data-testid': 'profile' });
const input = make('input', { 'aria-label': T.add, placeholder: T.add, maxlength: '300', 'data-testid': 'profile-add' });
const add = () => { if (input.value.trim()) { trigger('click', { act: 'add', text: input.value }); input.value = ''; } };
input.addEventListener('keydown', (e) => { if (e.key === 'Enter') add(); });
// Who the person is in the data, where there is any: chosen here, shown above the profile, and taken back there.
const whoNow = make('div', { hidden: '', class: 'persona-now', 'data-testid': 'persona-now' });
const found = make('ul', { 'data-testid': 'personas' });
const search = make('input', { 'aria-label': T.persona_search, placeholder: T.persona_search, maxlength: '200', type: 'search', 'data-testid': 'persona-search' });
const look = () => trigger('expand', { text: search.value });
let waiting = 0;
search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(look, 250); });
search.addEventListener('keydown', (e) => { if (e.key === 'Enter') { clearTimeout(waiting); look(); } });
const who = make('details', { hidden: '', class: 'persona', 'data-testid': 'persona' },
  make('summary', { class: 'quiet' }, icon('person'), T.persona), make('p', { class: 'hint' }, T.persona_hint), make('div', { class: 'adder' }, search), found);
who.addEventListener('toggle', () => { if (who.open) look(); });
const aside = make('aside', { class: 'cr', 'aria-label': T.profile },
  make('h2', { class: 'heading', style: 'margin-top: 6px !important' }, T.profile), make('p', { class: 'hint' }, T.profile_hint), whoNow, groups,
  make('div', { class: 'adder' }, input, button({ 'aria-label': T.add, onclick: add }, icon('plus'))),
  make('div', { class: 'tail' }, who,
    button({ class: 'quiet', 'data-testid': 'export', onclick: () => trigger('click', { act: 'export' }) }, icon('down'), T.export),
    button({ class: 'quiet', 'data-testid': 'forget', onclick: () => { if (window.confirm(T.forget_sure)) trigger('click', { act: 'forget' }); } }, icon('trash'), T.forget)));
element.replaceChildren(aside);

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
let at = 0;
function draw() {
  const v = props.value || { person: [], conversation: [] };
  if (v.at < at) return;  // read from the store before what is shown: answers may overtake each other
  at = v.at || 0;
  aside.inert = input.disabled = search.disabled = !at;  // until it is known who is here
  const group = (title, lines) => lines.length ? [make('h3', { class: 'heading' }, title), make('div', { class: 'lines' }, lines.map(line))] : [];
  const all = [...group(T.scope_person, v.person), ...group(T.scope_conversation, v.conversation)];
  groups.replaceChildren(...(all.length ? all : [make('p', { class: 'hint', style: 'margin-top: 14px' }, T.profile_empty)]));
  drawPersona(v.persona);
  if (v.download) {
    const link = make('a', { href: URL.createObjectURL(new Blob([v.download], { type: 'application/json' })), download: 'chatrec-my-data.json' });
    link.click();
  }
}
function drawPersona(v) {
  who.toggleAttribute('hidden', !v);
  whoNow.toggleAttribute('hidden', !v || !v.now);
  if (!v) return;
  whoNow.replaceChildren(icon('person'), make('span', {}, T.persona_now, ' ', make('b', {}, v.now)),
    button({ 'data-testid': 'persona-undo', onclick: () => trigger('select', { act: 'self' }) }, T.persona_undo));
  if (v.found) found.replaceChildren(...(v.found.length ? v.found.map((p) => make('li', {},
    button({ 'data-testid': 'persona-choice', onclick: () => { who.open = false; trigger('select', { act: 'be', id: p.id }); } }, p.label))) : [make('li', { class: 'hint' }, T.persona_none)]));
}
watch('value', draw);
draw();
