// A mark for each kind of event. Shapes differ, so colour is never the only difference; the colours
// are those of Okabe and Ito, which colour-blind people can tell apart.

const colourOf = {
  start: 'green', deliver: 'blue', fire: 'orange', input: 'green', send: 'blue',
  set_timer: 'orange', cancel_timer: 'orange', persist: 'purple', durable: 'purple', emit: 'green',
  lose: 'red', duplicate: 'red', undecodable: 'red', crash: 'red', restart: 'green', pause: 'yellow',
  resume: 'yellow', call: 'ink', ok: 'green', failed: 'red', unknown: 'orange', cut: 'red', heal: 'green', clock: 'red', disk: 'red', fail: 'red', note: 'ink',
};

// Each draws around (0, 0), some 5 pixels wide, with fill and stroke set to the colour.
const shapes = {
  start: c => disc(c, 4.5, true),
  deliver: c => disc(c, 4.5, true),
  fire: c => polygon(c, true, [0, -6, 6, 0, 0, 6, -6, 0]),
  input: c => polygon(c, true, [-6, -5, 5, 0, -6, 5]),
  send: c => disc(c, 2.5, true),
  set_timer: c => polygon(c, false, [0, -4.5, 4.5, 0, 0, 4.5, -4.5, 0]),
  cancel_timer: c => { shapes.set_timer(c); lines(c, [-5, 5, 5, -5]); },
  persist: c => polygon(c, false, [-4, -4, 4, -4, 4, 4, -4, 4]),
  durable: c => polygon(c, true, [-4, -4, 4, -4, 4, 4, -4, 4]),
  emit: c => polygon(c, false, [-5, -5, 6, 0, -5, 5]),
  call: c => polygon(c, true, [-5, -4, 5, -4, 0, 5]),
  ok: c => { c.lineWidth = 2.5; lines(c, [-5, 0, -1.5, 4, 5, -5]); },
  failed: c => { polygon(c, false, [-5, -5, 5, -5, 5, 5, -5, 5]); lines(c, [-2.5, -2.5, 2.5, 2.5], [-2.5, 2.5, 2.5, -2.5]); },
  unknown: c => { c.font = 'bold 14px system-ui, sans-serif'; c.textAlign = 'center'; c.textBaseline = 'middle'; c.fillText('?', 0, 1); },
  lose: c => lines(c, [-4.5, -4.5, 4.5, 4.5], [-4.5, 4.5, 4.5, -4.5]),
  duplicate: c => { c.translate(-2, 0); disc(c, 3.5, false); c.translate(4, 0); disc(c, 3.5, false); },
  undecodable: c => { disc(c, 4.5, false); lines(c, [-3, -3, 3, 3]); },
  crash: c => { c.lineWidth = 3.5; lines(c, [-6, -6, 6, 6], [-6, 6, 6, -6]); },
  restart: c => { c.lineWidth = 2.5; disc(c, 5.5, false); disc(c, 2, true); },
  pause: c => { c.lineWidth = 3; lines(c, [-3, -5, -3, 5], [3, -5, 3, 5]); },
  resume: c => { c.lineWidth = 2; polygon(c, true, [-4, -5, 5, 0, -4, 5]); },
  cut: c => lines(c, [-6, 0, 6, 0], [-4, -4, 4, 4]),
  heal: c => lines(c, [-6, 0, 6, 0]),
  clock: c => { disc(c, 5.5, false); lines(c, [0, -4, 0, 0, 3, 2]); },
  disk: c => { c.lineWidth = 2; polygon(c, false, [-5, -5, 5, -5, 5, 5, -5, 5]); lines(c, [0, -3, 0, 1], [0, 2.5, 0, 3.5]); },
  fail: c => { c.lineWidth = 2.5; lines(c, [-6, 0, 6, 0], [-3, -5, 3, 5], [-3, 5, 3, -5]); },
  note: c => { polygon(c, false, [-4, -5, 4, -5, 4, 5, -4, 5]); lines(c, [-2, -2, 2, -2], [-2, 1, 2, 1]); },
};

function disc(c, radius, filled) {
  c.beginPath();
  c.arc(0, 0, radius, 0, 2 * Math.PI);
  if (filled) c.fill(); else c.stroke();
}

function polygon(c, filled, points) {
  c.beginPath();
  for (let i = 0; i < points.length; i += 2) c.lineTo(points[i], points[i + 1]);
  c.closePath();
  if (filled) c.fill(); else { c.save(); c.fillStyle = colours.paper; c.fill(); c.restore(); c.stroke(); }
}

function lines(c, ...all) {
  c.beginPath();
  for (const points of all) {
    c.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) c.lineTo(points[i], points[i + 1]);
  }
  c.stroke();
}

// The mark of an event: that of its kind; of a result, that of its outcome.
function glyphOf(run, i) {
  if (run.kind[i] !== 'result') return run.kind[i];
  return run.operationOf[i] ? run.operationOf[i].outcome : 'unknown';
}

function drawGlyph(c, kind, x, y) {
  c.save();
  c.translate(x, y);
  c.lineWidth = 1.6;
  c.lineCap = 'round';
  c.fillStyle = c.strokeStyle = colours[colourOf[kind]];
  shapes[kind](c);
  c.restore();
}

// Read from the style sheet, which knows whether the reader likes it light or dark.
const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['paper', 'shade', 'ink', 'quiet', 'faint', 'line', 'blue', 'orange', 'green',
    'purple', 'red', 'yellow', 'mark']) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
}

// A line of the legend: kinds, and what they mean.
const legend = [
  ['call', 'a client calls: its bar begins'], ['ok', 'its result: done'],
  ['failed', 'its result: not done'], ['unknown', 'its result: nobody knows'],
  ['start', 'a node starts'], ['input', 'its application asks'], ['emit', 'it tells its application'],
  ['send', 'sends a message'], ['deliver', 'gets a message'], ['lose', 'a message is lost here'],
  ['duplicate', 'a message comes twice'], ['undecodable', 'bytes that are no message'],
  ['set_timer', 'sets a timer'], ['fire', 'a timer fires'], ['cancel_timer', 'cancels a timer'],
  ['persist', 'a write begins'], ['durable', 'it is on the disk'], ['crash', 'crash'],
  ['restart', 'restart'], ['pause', 'pause begins'], ['resume', 'pause ends'],
  ['clock', 'its clock is wrong'], ['disk', 'its disk is wrong'], ['fail', 'a handler fails'],
  ['note', 'a note of the test'],
];
