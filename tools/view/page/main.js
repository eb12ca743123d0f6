// Puts the page together.

function start() {
  const columnsIn = id => JSON.parse(document.getElementById(id).textContent);
  const other = columnsIn('other');
  const runs = [new Run(columnsIn('trace')), ...(other ? [new Run(other)] : [])];
  const filter = new Filter(runs);
  const app = {filter, panes: [], current: 0};
  Object.assign(app, {
    active: () => app.panes[app.current],
    choose: (pane, i) => { choose(app, pane, i); pane.reveal(i); },
    clear: () => choose(app, app.active(), -1),
    swap: () => { app.current = 1 - app.current; markActive(app); },
    zoom: by => { filter.zoom *= by; rearrange(app); },
  });
  readColours();
  const options = {
    filter,
    clicked: (pane, i) => choose(app, pane, i),
    pointed: (pane, i, event) => showHint(pane, i, event),
    scrolled: pane => {
      if (pane.isFollowing) { pane.isFollowing = false; return; }
      if (app.panes.length > 1) follow(pane, app.panes.find(candidate => candidate !== pane));
    },
  };
  const into = document.getElementById('panes');
  for (const run of runs) app.panes.push(new Pane(run, into, options));
  showHead(app.panes, app.choose);
  app.search = new Search(app.panes, app);
  const tools = document.getElementById('tools');
  filter.show(tools, () => rearrange(app));
  tools.append(app.search.field, app.search.count, exportMenu(app.active),
    element('button', {onclick: () => app.choose(app.active(), failureOf(app.active().run))}, 'go to the failure'),
    element('button', {onclick: showHelp}, 'help ( ? )'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    readColours();
    for (const pane of app.panes) pane.redraw();
    showPanel(app.active(), i => app.choose(app.active(), i));
  });
  listenToKeys(app);
  open(app);
  return app;
}

// At the first difference of two runs; at the failure; at the start when nothing failed.
function open(app) {
  for (const pane of app.panes) pane.resize();
  markActive(app);
  showPanel(app.active(), () => {});
  const [pane] = app.panes;
  if (app.panes.length > 1) {
    const match = joinPanes(app.panes);
    const note = match.areEqual ? 'These two runs are equal.'
      : 'They differ from event #' + (match.first + 1) + ' on; what only one of them has is ringed.';
    document.getElementById('tools').append(element('output', {}, note));
    for (const each of app.panes) each.reveal(Math.min(match.first, each.run.count - 1), true);
  } else if (pane.run.violation || pane.run.witnesses.length) {
    pane.reveal(failureOf(pane.run), true);
  }
}

function choose(app, pane, i) {
  app.current = app.panes.indexOf(pane);
  markActive(app);
  pane.choose(i);
  for (const other of app.panes) {
    if (other !== pane) other.choose(i >= 0 && pane.twin[i] >= 0 ? pane.twin[i] : -1);
  }
  showPanel(pane, to => app.choose(pane, to));
}

function rearrange(app) {
  for (const pane of app.panes) {
    const {layout, scroller} = pane;
    const place = Math.max(0, lastAtMost(layout.instantYs, scroller.scrollTop + 60));
    const anchor = layout.instants.length ? layout.instants[place].first : 0;
    const height = layout.yNear(anchor) - scroller.scrollTop;
    pane.arrange();
    scroller.scrollTop = pane.layout.yNear(anchor) - height;
  }
  app.search.find();
}

function markActive(app) {
  app.panes.forEach((pane, i) => pane.box.classList.toggle('active', app.panes.length > 1 && i === app.current));
}

function showHint(pane, i, event) {
  const hint = document.getElementById('hint');
  pane.canvas.style.cursor = i >= 0 ? 'pointer' : '';
  hint.hidden = i < 0;
  if (i < 0) return;
  const {run} = pane;
  const message = run.messageOf[i];
  const fate = message && message.send === i ? message.losses.map(to => '; lost: ' + run.text[to]).join('') : '';
  const operation = run.kind[i] === 'call' ? run.operationOf[i] : null;
  const outcome = operation ? '; ' + resultText(run, operation) +
    (operation.result >= 0 ? ' after ' + spanText(run.at[operation.result] - run.at[i]) : '') : '';
  hint.textContent = '#' + (i + 1) + '  ' + timeText(run.at[i]) + '  ' + placeOf(run, i) + ' ' + inWords(run, i) + fate + outcome;
  hint.style.left = Math.min(event.clientX + 14, innerWidth - 380) + 'px';
  hint.style.top = Math.min(event.clientY + 16, innerHeight - 80) + 'px';
}

const app = start();
