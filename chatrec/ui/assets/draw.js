// Shared by the three panels: elements are built node by node, text only ever becomes text.
const ICONS = {
  reel: '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="1.6"/><circle cx="12" cy="7" r="1.6"/><circle cx="16.6" cy="13.5" r="1.6"/><circle cx="7.4" cy="13.5" r="1.6"/>',
  plus: '<path d="M12 5v14M5 12h14"/>', trash: '<path d="M4 7h16M10 7V4h4v3M6 7l1 13h10l1-13"/>', pencil: '<path d="M4 20l1-4L16 5l3 3L8 19z"/>',
  heart: '<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  no: '<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>', check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>', doubt: '<path d="M12 5v9M12 18.5v.1"/>',
  again: '<path d="M20 11a8 8 0 1 0-2.3 6M20 5v6h-6"/>', menu: '<path d="M4 7h16M4 12h16M4 17h16"/>', person: '<circle cx="12" cy="8" r="3.6"/><path d="M4.8 20c.8-4 3.6-6 7.2-6s6.4 2 7.2 6"/>',
  dials: '<path d="M5 4v6M5 14v6M12 4v3M12 11v9M19 4v9M19 17v3"/><circle cx="5" cy="12" r="2"/><circle cx="12" cy="9" r="2"/><circle cx="19" cy="15" r="2"/>',
  moon: '<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"/>', ear: '<path d="M4 12h3l2-6 4 13 2.5-7H20"/>', down: '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>', warn: '<path d="M12 4l9 16H3zM12 10v4M12 17v.1"/>',
};
function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24'); svg.setAttribute('aria-hidden', 'true'); svg.innerHTML = ICONS[name];
  return svg;
}
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value); else node.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== '' && child !== false) node.append(child);
  return node;
}
const button = (attributes, ...children) => make('button', { type: 'button', ...attributes }, ...children);
// On the frame, not on body: Gradio confines the page's style sheet to what lies inside its own container.
const toggleDrawer = (name) => document.getElementById('frame').classList.toggle(name);
const closeDrawers = () => document.getElementById('frame').classList.remove('show-left', 'show-right');
