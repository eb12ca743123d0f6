// Draws what clients do: a bar for each operation, and thin arrows between clients and nodes.

// Outlines differ, and so do the marks at the end of a bar: colour is never the only difference.
const outcomes = {
  ok: {colour: 'green', dash: [], width: 1.3},
  failed: {colour: 'red', dash: [], width: 2.4},
  unknown: {colour: 'orange', dash: [5, 4], width: 1.3},
  open: {colour: 'orange', dash: [5, 4], width: 1.3},
  unexplained: {colour: 'red', dash: [], width: 3},
};

function lookOf({why, outcome}) {
  return outcomes[why ? 'unexplained' : outcome];
}

function drawOperations({c, pane, layout, top, bottom}) {
  const view = {top: top + 20, bottom: bottom + 20};
  layout.bars.visit(view.top, view.bottom, bar => {
    const box = pane.boxOf(bar);
    if (!box) return;
    const {call, result} = bar.operation;
    const look = lookOf(bar.operation);
    const isChosen = pane.chosen >= 0 && (pane.chosen === call || pane.chosen === result);
    const alpha = Math.max(alphaOf(pane, call), result >= 0 ? alphaOf(pane, result) : 0);
    c.strokeStyle = c.fillStyle = colours[look.colour];
    fillBar(c, bar, box, alpha);
    c.globalAlpha = alpha;
    c.lineWidth = isChosen ? 3 : look.width;
    c.setLineDash(look.dash);
    outlineBar(c, bar, box, view);
    c.setLineDash([]);
    writeInBar(c, pane, bar, box, view);
    if (bar.effectY !== undefined) drawEffect(c, bar, box);
    if (bar.operation.why) writeWhy(c, bar, box);
    c.globalAlpha = 1;
  });
}

// One that has no result fades.
function fillBar(c, {operation, y0, bodyEnd}, {x, width}, alpha) {
  c.globalAlpha = 0.16 * alpha;
  if (operation.outcome === 'open') {
    const fading = c.createLinearGradient(0, y0, 0, bodyEnd);
    fading.addColorStop(0, c.fillStyle);
    fading.addColorStop(1, colours.paper);
    c.fillStyle = fading;
  }
  c.fillRect(x, y0, width, bodyEnd - y0);
}

// Only what is in view: the dashes of a line cost as much as it is long.
function outlineBar(c, bar, {x, width, tail}, view) {
  const line = (at, from, to) => {
    const y0 = Math.max(from, view.top), y1 = Math.min(to, view.bottom);
    c.lineDashOffset = Math.max(0, y0 - from);
    c.beginPath();
    c.moveTo(at, y0);
    c.lineTo(at, Math.max(y0, y1));
    c.stroke();
    c.lineDashOffset = 0;
  };
  const edge = (y, to) => { c.beginPath(); c.moveTo(x, y); c.lineTo(to, y); c.stroke(); };
  const isOpen = bar.tail >= 0;
  line(x, bar.y0, bar.bodyEnd);
  if (isOpen) line(tail, bar.y0, bar.y1); else line(x + width, bar.y0, bar.bodyEnd);
  edge(bar.y0, isOpen ? tail : x + width);
  if (!isOpen) edge(bar.y1, x + width);
}

// What was asked for and what came of it, as long as some of the bar can be seen. In a narrow bar the
// words go down.
function writeInBar(c, pane, bar, box, view) {
  const {run, layout} = pane;
  const {operation} = bar;
  const what = fullName(run, operation.call), result = '→ ' + resultText(run, operation);
  const write = (text, colour, x, y, room) => {
    if (room < 24) return;
    c.fillStyle = colour;
    c.fillText(text.length * 6 > room ? fitted(c, text, room) : text, x, y);
  };
  const resultColour = colours[lookOf(operation).colour];
  const y = Math.max(layout.y[operation.call], view.top + 32);
  c.textAlign = 'left';
  if (box.width >= 64) {
    const top = Math.min(y, bar.bodyEnd - 22);
    write(what, colours.ink, box.x + 18, top + 0.5, box.width - 22);
    write(result, resultColour, box.x + 18, top + 15, box.width - 22);
  } else if (box.width >= 20) {
    c.save();
    c.translate(box.x + Math.min(box.width - 7, Math.max(box.width / 2, 18)), y + 9);
    c.rotate(Math.PI / 2);
    write(what + ' ' + result, resultColour, 0, 0, bar.bodyEnd - y - 28);
    c.restore();
  }
}

// Why nothing explains an operation: beside its bar, also over what else is there.
function writeWhy(c, {operation, y1}, {x, width}) {
  const left = x + width + 14;
  c.textAlign = 'left';
  c.lineWidth = 5;
  c.lineJoin = 'round';
  c.strokeStyle = colours.paper;
  c.strokeText(operation.why, left, y1 - barEdge);
  c.fillStyle = colours.red;
  c.fillText(operation.why, left, y1 - barEdge);
}

// Where an operation takes effect, as a checker says: a line at the edge of its bar, with its place
// in the order of all.
function drawEffect(c, {operation, effectY}, {x, width}) {
  const text = String(operation.effect.number), right = x + width;
  const half = 5 + 3 * text.length;
  c.lineWidth = 2;
  c.strokeStyle = c.fillStyle = colours.purple;
  c.beginPath();
  c.moveTo(Math.max(x, right - 30), effectY);
  c.lineTo(right, effectY);
  c.stroke();
  c.beginPath();
  c.roundRect(right - half, effectY - 8, 2 * half, 16, 8);
  c.fill();
  c.fillStyle = colours.paper;
  c.textAlign = 'center';
  c.fillText(text, right, effectY + 0.5);
}

function drawLinks({c, pane, layout, top, bottom}) {
  layout.links.visit(top, bottom, link => {
    const ends = linkEnds(pane, link);
    if (!ends) return;
    const {x0, y0, x1, y1} = ends;
    const isChosen = pane.chosen >= 0 && (pane.chosen === link.from || pane.chosen === link.to);
    c.globalAlpha = 0.75 * Math.min(alphaOf(pane, link.from), alphaOf(pane, link.to));
    c.strokeStyle = c.fillStyle = colours.green;
    c.lineWidth = isChosen ? 2 : 0.8;
    c.beginPath();
    c.moveTo(x0, y0);
    c.lineTo(x1, y1);
    c.stroke();
    drawHead(c, x0, y0, x1, y1, 7);
    c.globalAlpha = 1;
  });
}

// From the edge of a bar to a node's line, or back; null when one of them is hidden.
function linkEnds(pane, {from, to, y0, y1}) {
  const edge = i => {
    if (!pane.run.isOfClient(i)) {
      const x = pane.laneX(pane.run.lane[i]);
      return x === null ? null : x - 8;
    }
    const box = pane.boxOf(pane.layout.barOf.get(pane.run.operationOf[i]));
    return box && box.x + box.width;
  };
  const x0 = edge(from), x1 = edge(to);
  return x0 === null || x1 === null ? null : {x0, y0, x1, y1};
}
