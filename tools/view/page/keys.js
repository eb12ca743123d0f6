// The keyboard.

const keys = [
  ['j ↓', 'next event'], ['k ↑', 'previous event'], ['← →', 'the node or client to the left, to the right'],
  ['f', 'the failure: the last witness, or the last event'], ['/', 'search'],
  ['n N', 'next and previous match'], ['+ −', 'stretch and squeeze time'], ['o', 'the other run, when there are two'],
  ['Esc', 'let go of the event; close this'], ['?', 'this help'],
];

function listenToKeys(app) {
  const {choose, filter} = app;
  const step = by => {
    const pane = app.active();
    const {run, layout} = pane;
    let i = pane.chosen < 0 ? (by > 0 ? -1 : run.count) : pane.chosen;
    do i += by; while (i >= 0 && i < run.count && !layout.isShown(i));
    if (i >= 0 && i < run.count) choose(pane, i);
  };
  const actions = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    ArrowLeft: () => sideways(app, -1), ArrowRight: () => sideways(app, 1),
    f: () => choose(app.active(), failureOf(app.active().run)),
    '/': () => app.search.field.focus(),
    n: () => app.search.step(app.active(), 1), N: () => app.search.step(app.active(), -1),
    '+': () => app.zoom(1.5), '=': () => app.zoom(1.5), '-': () => app.zoom(1 / 1.5),
    Escape: () => { for (const menu of document.querySelectorAll('details[open]')) menu.open = false; app.clear(); },
    '?': () => showHelp(),
  };
  if (app.panes.length > 1) actions.o = () => app.swap();
  document.addEventListener('keydown', event => {
    const isTyping = event.target.tagName === 'INPUT' && event.target.type === 'search';
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    if (document.getElementById('help').open && event.key !== '?') return;
    event.preventDefault();
    actions[event.key]();
  });
}

// The event of the next lane that is nearest in time.
function sideways(app, by) {
  const pane = app.active();
  const {run, layout, lanes} = pane;
  const from = Math.max(0, pane.chosen);
  const place = lanes.indexOf(run.lane[from]);
  const lane = lanes[Math.max(0, Math.min(lanes.length - 1, place + by))];
  for (let away = 0; away < run.count; ++away) {
    for (const i of [from - away, from + away]) {
      if (i >= 0 && i < run.count && run.lane[i] === lane && layout.isShown(i)) return app.choose(pane, i);
    }
  }
}

function failureOf(run) {
  return run.witnesses.length ? Math.max(...run.witnesses) : run.count - 1;
}

function showHelp() {
  const help = document.getElementById('help');
  if (help.open) return help.close();
  help.replaceChildren(
    element('h2', {}, 'How to read this'),
    element('p', {}, 'Each node has a line; time goes down. An instant is as tall as what happens in ' +
      'it needs; between instants, height is time, except where a break says how much is left out.'),
    element('p', {}, 'An arrow is a message. Left of a node’s line are the writes to its disk.'),
    element('p', {}, 'On the left are the clients. A bar is an operation, from its call to its result; operations ' +
      'at the same time stand side by side. A thin arrow goes to the node that is asked, and one comes back from ' +
      'what a node tells its application. A bar without a result is dashed, and fades.'),
    element('table', {class: 'keys'}, ...keys.map(([key, meaning]) =>
      element('tr', {}, element('th', {}, key), element('td', {}, meaning)))),
    legendList(),
    element('button', {onclick: () => help.close()}, 'close'));
  help.showModal();
}
