const T = props.texts;
const list = make('ul', { 'data-testid': 'conversations' });
const chosen = make('b', {}), alarm = make('span', { class: 'alarm', hidden: '', role: 'img', 'aria-label': T.tuner_broken, title: T.tuner_broken }, icon('warn'));
const choice = make('div', { class: 'choice' });
const tuner = make('details', { class: 'tuner', hidden: '', 'data-testid': 'tuner' }, make('summary', {}, icon('dials'), T.tuner, chosen, alarm), choice);
// What is on offer may have changed since the page was drawn.
tuner.addEventListener('toggle', () => { if (tuner.open) trigger('expand', {}); });
const nav = make('nav', { class: 'cr', 'aria-label': T.conversations },
  make('div', { class: 'brand' }, make('span', { class: 'mark', 'aria-hidden': 'true' }, icon('reel')), make('b', {}, T.title)),
  button({ class: 'new', 'data-testid': 'new-conversation', onclick: () => { closeDrawers(); trigger('click', { act: 'new' }); } }, icon('plus'), T.new),
  make('h2', { class: 'heading' }, T.conversations), list, tuner);
element.replaceChildren(nav);
let at = 0;
function draw() {
  const v = props.value || { talks: [], tuner: null }, talks = v.talks;
  drawTuner(v.tuner);
  if (v.at < at) return;  // read from the store before what is shown: answers may overtake each other
  at = v.at || 0;
  nav.inert = !at;  // until it is known who is here
  list.replaceChildren(...(talks.length ? talks.map((t) => make('li', { class: 'talk' + (t.current ? ' current' : ''), 'data-testid': 'conversation' },
    button({ title: t.title, 'aria-current': t.current ? 'true' : null, onclick: () => { closeDrawers(); trigger('click', { act: 'open', id: t.id }); } }, t.title),
    button({ class: 'icon', 'aria-label': 'Delete: ' + t.title, onclick: () => trigger('click', { act: 'delete', id: t.id }) }, icon('trash'))))
    : [make('li', { class: 'hint', style: 'padding: 4px' }, T.no_conversations)]));
}
let tuned = '', asked = 0;  // what the tuner shows, and when the person last chose
const choose = (id) => { asked = Date.now(); trigger('select', { act: 'pack', id, at: String(asked) }); };
function drawTuner(v) {
  if (v && Number(v.chosen) < asked) return;  // drawn before the choice was known: answers may overtake each other
  if (JSON.stringify(v) === tuned) return;  // redrawing would close the list of packs under the person's hand
  tuned = JSON.stringify(v);
  tuner.toggleAttribute('hidden', !v);
  if (!v) return;  // until it is known who is here
  chosen.replaceChildren(v.current || '');
  alarm.toggleAttribute('hidden', !v.problems.length);
  if (v.needs) { choice.replaceChildren(make('p', { class: 'hint', 'data-testid': 'tuner-needs' }, v.needs)); return; }
  const select = make('select', { 'aria-label': T.tuner, 'data-testid': 'pack', onchange: () => choose(select.value) },
    v.packs.map((p) => make('option', { value: p.name, selected: p.name === v.current ? '' : null }, p.name)));
  const about = (v.packs.find((p) => p.name === v.current) || {}).about;
  choice.replaceChildren(select, about ? make('p', { class: 'hint' }, about) : '', make('p', { class: 'hint' }, T.tuner_hint),
    ...v.problems.map((p) => make('p', { class: 'notice', role: 'status', 'data-testid': 'tuner-problem' }, icon('warn'), make('span', {}, p, make('em', {}, T.tuner_broken)))));
}
watch('value', draw);
draw();
