const T = props.texts;
const list = make('ul', { 'data-testid': 'conversations' });
element.replaceChildren(make('nav', { class: 'cr', 'aria-label': T.conversations },
  make('div', { class: 'brand' }, make('span', { class: 'mark', 'aria-hidden': 'true' }, icon('reel')), make('b', {}, T.title)),
  button({ class: 'new', 'data-testid': 'new-conversation', onclick: () => { closeDrawers(); trigger('click', { act: 'new' }); } }, icon('plus'), T.new),
  make('h2', { class: 'heading' }, T.conversations), list));
function draw() {
  const talks = props.value || [];
  list.replaceChildren(...(talks.length ? talks.map((t) => make('li', { class: 'talk' + (t.current ? ' current' : ''), 'data-testid': 'conversation' },
    button({ title: t.title, 'aria-current': t.current ? 'true' : null, onclick: () => { closeDrawers(); trigger('click', { act: 'open', id: t.id }); } }, t.title),
    button({ class: 'icon', 'aria-label': 'Delete: ' + t.title, onclick: () => trigger('click', { act: 'delete', id: t.id }) }, icon('trash'))))
    : [make('li', { class: 'hint', style: 'padding: 4px' }, T.no_conversations)]));
}
watch('value', draw);
draw();
