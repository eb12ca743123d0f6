// Draws what goes from one place to another: messages between nodes, writes to a disk.

function drawMessages({c, pane, layout, run, top, bottom}) {
  layout.arrows.visit(top, bottom, arrow => {
    const {message} = arrow;
    const from = pane.laneX(run.lane[message.send]);
    const to = pane.laneX(run.laneOf.get(run.peer[message.send]) ?? -1);
    if (from === null) return;
    const {x0, y0, x1, y1} = arrowEnds(pane, arrow, from, to);
    const chosen = pane.chosen === message.send || (pane.chosen >= 0 && pane.chosen === arrow.to);
    c.globalAlpha = pane.lit
      ? Math.min(alphaOf(pane, message.send), arrow.to >= 0 ? alphaOf(pane, arrow.to) : 1) : 1;
    c.strokeStyle = c.fillStyle = arrow.kind === 'lost' ? colours.red : colours.blue;
    c.lineWidth = chosen ? 3 : 1.3;
    c.setLineDash(arrow.kind === 'under way' ? [6, 5] : []);
    c.beginPath();
    c.moveTo(x0, y0);
    if (from === to) c.bezierCurveTo(x0 - 24, y0, x1 - 24, y1, x1, y1);
    else c.lineTo(x1, y1);
    c.stroke();
    c.setLineDash([]);
    if (arrow.kind === 'arrives') drawHead(c, from === to ? x1 - 20 : x0, y0, x1, y1);
    if (arrow.kind === 'lost') drawGlyph(c, 'lose', x1, y1);
    if (arrow.kind === 'under way') { c.beginPath(); c.arc(x1, y1, 4, 0, 7); c.stroke(); }
    c.globalAlpha = 1;
  });
}

// A message that the network lost at once dies half-way; one that a cut or a dead node stopped, near
// where it was to arrive; one that is under way at the end is open.
function arrowEnds(pane, arrow, x0, to) {
  const x = to === null ? x0 + pane.laneWidth / 2 : to;
  const side = Math.sign(x - x0) || 1;  // a message to oneself comes back from the left
  if (arrow.kind === 'arrives') return {x0, y0: arrow.y0, x1: x - side * 5, y1: arrow.y1};
  if (arrow.kind === 'under way') {
    return {x0, y0: arrow.y0, x1: x0 + (x - x0) * 0.8, y1: arrow.y1 + (arrow.copy + 1) * 8};
  }
  const atOnce = pane.run.at[arrow.to] === pane.run.at[arrow.message.send];
  const near = atOnce ? x0 + side * Math.min(Math.abs(x - x0) * 0.5, pane.laneWidth * 0.5) : x - side * 14;
  return {x0, y0: arrow.y0, x1: near, y1: arrow.y1};
}

function drawHead(c, x0, y0, x1, y1, size = 10) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  c.beginPath();
  c.moveTo(x1, y1);
  for (const turn of [0.4, -0.4]) {
    c.lineTo(x1 - size * Math.cos(angle + turn), y1 - size * Math.sin(angle + turn));
  }
  c.fill();
}

function drawDisk({c, pane, layout, top, bottom}) {
  layout.disk.visit(top, bottom, write => {
    const x = pane.laneX(write.lane);
    if (x === null) return;
    c.globalAlpha = alphaOf(pane, write.from);
    c.strokeStyle = write.end === 'lost' ? colours.red : colours.purple;
    c.lineWidth = 2;
    c.setLineDash(write.end === 'durable' ? [] : [3, 3]);
    c.beginPath();
    c.moveTo(x - 15, write.y0 + 4);
    c.lineTo(x - 15, write.y1 - 4);
    c.stroke();
    c.setLineDash([]);
    if (write.end === 'lost') drawGlyph(c, 'lose', x - 15, write.y1);
    c.globalAlpha = 1;
  });
}
