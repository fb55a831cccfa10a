const T = props.texts;
const room = make('div', { class: 'room cr' });
const badge = make('span', { class: 'badge', 'data-testid': 'engine' });
const bar = make('div', { class: 'bar' },
  button({ class: 'icon drawer to-left', 'aria-label': T.menu, onclick: () => toggleDrawer('show-left') }, icon('menu')),
  badge, make('span', { class: 'space' }),
  button({ class: 'icon', 'aria-label': T.theme, title: T.theme, onclick: () => {
    const dark = document.body.classList.toggle('dark'); document.documentElement.classList.toggle('dark', dark);
    try { localStorage.setItem('chatrec-theme', dark ? 'dark' : 'light'); } catch (e) { /* private mode */ } } }, icon('moon')),
  button({ class: 'icon drawer to-right', 'aria-label': T.profile, onclick: () => toggleDrawer('show-right') }, icon('person')));
const column = make('div', { class: 'cr-column', role: 'log', 'aria-live': 'polite' });
const scroll = make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': T.title }, column);
room.append(bar, scroll, make('div', { class: 'veil', onclick: closeDrawers }));
element.replaceChildren(room);
try {
  const theme = localStorage.getItem('chatrec-theme');
  if (theme) { document.body.classList.toggle('dark', theme === 'dark'); document.documentElement.classList.toggle('dark', theme === 'dark'); }
} catch (e) { /* private mode */ }

const send = (text) => { closeDrawers(); trigger('submit', { text }); };
const open = new Set();   // evidence panels the person opened, by card key
const drawn = new Map();  // key -> { signature, node }: only what changed is drawn again

function once(key, data, draw) {
  const signature = JSON.stringify(data);
  const known = drawn.get(key);
  if (known && known.signature === signature) { known.node.style.animation = 'none'; return known.node; }
  const node = draw(data);
  if (known) node.style.animation = 'none';
  drawn.set(key, { signature, node });
  return node;
}

function reasonWithDoubts(pick) {
  const doubts = pick.evidence.filter((e) => !e.supported && e.claim);
  let rest = pick.reason; const parts = [];
  for (const doubt of doubts) {
    const at = rest.indexOf(doubt.claim);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), make('span', { class: 'doubt', title: T.unsupported }, doubt.claim));
    rest = rest.slice(at + doubt.claim.length);
  }
  return [...parts, rest];
}

function card(pick, key) {
  const proof = make('div', { class: 'proof', id: 'proof-' + key, hidden: open.has(key) ? false : '', 'data-testid': 'evidence' },
    pick.credits && make('p', {}, pick.credits + '.'), pick.description && make('p', {}, pick.description),
    make('ul', {}, pick.evidence.map((e) => make('li', { class: e.supported ? 'yes' : 'no' }, icon(e.supported ? 'check' : 'doubt'),
      make('span', {}, make('q', {}, e.claim), ' ', make('em', {}, e.supported ? '— ' + (e.source + (e.fact ? ': ' + e.fact : '')) : '— ' + T.unsupported))))));
  const act = (action, name, label) => button({ 'aria-pressed': String(pick.feedback === action), 'data-testid': action,
    onclick: () => trigger('like', { id: pick.id, action: pick.feedback === action ? 'none' : action }) }, icon(name), label);
  const more = button({ class: 'more', 'aria-expanded': String(open.has(key)), 'aria-controls': 'proof-' + key, 'data-testid': 'show-evidence', onclick: () => {
    const show = proof.hasAttribute('hidden');
    if (show) { proof.removeAttribute('hidden'); open.add(key); } else { proof.setAttribute('hidden', ''); open.delete(key); }
    more.setAttribute('aria-expanded', String(show)); } }, T.evidence + (pick.evidence.length ? ' (' + pick.evidence.length + ')' : ''));
  return make('article', { class: 'card', 'data-testid': 'pick', 'data-id': pick.id },
    make('div', { class: 'tile', 'data-palette': pick.palette, 'aria-hidden': 'true' }, make('span', { class: 'rank' }, String(pick.rank)), make('span', { class: 'kind' }, pick.genre)),
    make('div', { class: 'body' },
      make('h3', {}, pick.title, pick.original ? make('span', {}, '  ' + pick.original) : null),
      make('p', { class: 'facts' }, pick.facts.join(' · ')),
      make('p', { class: 'reason' }, reasonWithDoubts(pick)),
      make('div', { class: 'acts' }, act('like', 'heart', T.like), act('seen', 'eye', T.seen), act('dislike', 'no', T.dislike), more),
      proof));
}

function turn(data, last) {
  const key = data.number;
  const busy = Boolean(data.stage);
  return make('section', { class: 'turn', 'data-turn': key },
    make('div', { class: 'mine' }, make('div', { class: 'bubble', 'data-testid': 'user' }, data.message)),
    make('div', { class: 'theirs', 'data-testid': 'bot', 'aria-busy': String(busy) },
      data.understood && make('p', { class: 'understood', 'data-testid': 'understood' }, icon('ear'), make('span', {}, data.understood)),
      data.notices.map((n) => make('p', { class: 'notice', 'data-testid': 'notice' }, icon('warn'), make('span', {}, n))),
      data.opening && make('p', { class: 'words', 'data-testid': 'reply' }, data.opening),
      data.picks.length ? make('div', { class: 'cards' }, data.picks.map((p) => once(key + '-' + p.rank + '-' + p.id, p, (d) => card(d, key + '-' + d.rank)))) : null,
      data.closing && make('p', { class: 'words', 'data-testid': 'closing' }, data.closing),
      busy && make('p', { class: 'stage', role: 'status' }, make('i', {}, make('b')), data.stage),
      last && !busy && data.suggestions.length ? make('div', { class: 'chips' }, data.suggestions.map((s) => button({ 'data-testid': 'suggestion', onclick: () => send(s) }, s))) : null,
      !busy && make('div', { class: 'foot' }, make('span', { 'data-testid': 'about' }, data.about),
        last && button({ 'data-testid': 'retry', onclick: () => trigger('retry', { turn: key }) }, icon('again'), T.retry))));
}

function hello(v) {
  return make('div', { class: 'hello', 'data-testid': 'welcome' }, make('h1', {}, v.welcome), make('p', {}, T.invitation),
    make('div', { class: 'examples' }, v.examples.map(([title, text]) => button({ 'data-testid': 'example', onclick: () => send(text) }, make('small', {}, title), make('span', {}, text)))));
}

let shown = '', count = 0;
function draw() {
  const v = props.value;
  if (!v) return;
  badge.replaceChildren(make('span', { class: 'dot' }), v.engine); badge.title = v.engine_hint;
  if (!v.conversation) return;  // until it is known who is here
  if (v.conversation !== shown) { setTimeout(focus, 50); drawn.clear(); open.clear(); count = 0; shown = v.conversation; }
  const following = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 160;
  const nodes = v.turns.length ? v.turns.map((t, i) => once('turn-' + t.number, [t, i === v.turns.length - 1], ([d, last]) => turn(d, last))) : [once('hello', v.examples, () => hello(v))];
  for (let i = 0; i < nodes.length; i++) if (column.children[i] !== nodes[i]) column.children[i] ? column.children[i].replaceWith(nodes[i]) : column.append(nodes[i]);
  while (column.children.length > nodes.length) column.lastChild.remove();
  const fresh = v.turns.length > count;
  count = v.turns.length;
  // Follow the newest turn, but never past its beginning, and never while the person reads further up.
  if (!count) scroll.scrollTop = 0;
  else if (fresh || following) scroll.scrollTop = Math.min(scroll.scrollHeight - scroll.clientHeight, Math.max(0, nodes[count - 1].offsetTop - 12));
}
function focus() {
  const box = document.querySelector('#msg textarea');
  if (box && window.innerWidth > 760) box.focus();
}
watch('value', draw);
draw();
