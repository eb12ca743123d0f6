// The whole run, small: where much happens, where the faults are, and where we look.

function drawMinimap(pane) {
  const {map, layout} = pane;
  const height = map.clientHeight, width = map.clientWidth;
  if (!height) return;
  const ratio = window.devicePixelRatio || 1;
  const c = map.getContext('2d');
  if (map.width !== Math.round(width * ratio) || map.height !== Math.round(height * ratio)) {
    map.width = Math.round(width * ratio);
    map.height = Math.round(height * ratio);
    pane.density = null;
  }
  if (!pane.density || pane.density.layout !== layout) pane.density = densityOf(pane, height);
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, width, height);
  pane.density.rows.forEach(({count, faults}, y) => {
    c.fillStyle = colours.blue;
    c.globalAlpha = 0.75;
    c.fillRect(4, y, count / pane.density.most * (width - 16), 1);
    c.globalAlpha = 1;
    if (faults) { c.fillStyle = colours.red; c.fillRect(width - 8, y, 6, 2); }
  });
  const scale = height / layout.height;
  for (const i of pane.run.witnesses) {
    c.fillStyle = colours.red;
    c.fillRect(0, layout.yNear(i) * scale - 1, width, 3);
  }
  if (pane.matches) {
    c.fillStyle = colours.purple;
    for (const i of pane.found) c.fillRect(width - 14, layout.yNear(i) * scale, 5, 2);
  }
  if (pane.chosen >= 0) {
    c.fillStyle = colours.ink;
    c.fillRect(0, layout.yNear(pane.chosen) * scale, width, 1.5);
  }
  c.strokeStyle = colours.ink;
  c.lineWidth = 1.5;
  c.strokeRect(1, pane.scroller.scrollTop * scale + 1, width - 2, Math.max(8, pane.viewHeight * scale - 2));
}

const faultKinds = new Set(['lose', 'crash', 'fail', 'pause', 'cut', 'clock', 'disk', 'undecodable']);

function densityOf(pane, height) {
  const {layout, run} = pane;
  const rows = Array.from({length: Math.ceil(height)}, () => ({count: 0, faults: 0}));
  for (let i = 0; i < run.count; ++i) {
    if (!layout.isShown(i)) continue;
    const row = rows[Math.min(rows.length - 1, Math.floor(layout.y[i] / layout.height * height))];
    ++row.count;
    if (faultKinds.has(run.kind[i]) && run.kind[i] !== 'lose') ++row.faults;
  }
  return {layout, rows, most: rows.reduce((most, row) => Math.max(most, row.count), 1)};
}

function followMinimap(pane) {
  const go = event => {
    const part = event.offsetY / pane.map.clientHeight;
    pane.scroller.scrollTop = part * pane.layout.height - pane.viewHeight / 2;
  };
  pane.map.addEventListener('pointerdown', event => { pane.map.setPointerCapture(event.pointerId); go(event); });
  pane.map.addEventListener('pointermove', event => { if (event.buttons) go(event); });
}
