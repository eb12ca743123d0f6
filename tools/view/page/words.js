// Sentences and labels.

function timeText(at) {
  return (Math.floor(at / 1000) / 1e6).toFixed(6) + ' s';
}

// 148 ms: short, for the axis and the gaps.
function spanText(nanoseconds) {
  const [unit, size] = nanoseconds >= 1e9 ? ['s', 1e9] : nanoseconds >= 1e6 ? ['ms', 1e6]
    : nanoseconds >= 1e3 ? ['µs', 1e3] : ['ns', 1];
  if (nanoseconds === 0) return '0';
  return +(nanoseconds / size).toPrecision(4) + ' ' + unit;
}

// On the axis long times need more digits, or neighbours look equal.
function axisText(at) {
  return at >= 1e9 ? (at / 1e9).toFixed(4) + ' s' : spanText(at);
}

// 3.2ms, to the nanosecond, as runtime/erase/json.cc writes it.
function exactSpanText(nanoseconds) {
  const size = Math.abs(nanoseconds);
  const [unit, per] = size >= 1e9 || size === 0 ? ['s', 1e9] : size >= 1e6 ? ['ms', 1e6]
    : size >= 1e3 ? ['us', 1e3] : ['ns', 1];
  const rest = size % per;
  const decimals = rest ? '.' + String(per + rest).slice(1).replace(/0+$/, '') : '';
  return (nanoseconds < 0 ? '-' : '') + Math.floor(size / per) + decimals + unit;
}

function placeOf(run, i) {
  if (run.isOfClient(i)) return 'client ' + run.node[i];
  return run.node[i] === 0 ? 'network' : 'node ' + run.node[i];
}

// As runtime/trace/text.cc says it.
function inWords(run, i) {
  const words = run.words[run.kinds.indexOf(run.kind[i])];
  const name = run.kind[i] === 'lose' || run.kind[i] === 'duplicate' ? '' : run.name[i];
  const holes = {
    name: name + run.content[i], peer: String(run.peer[i]), text: run.text[i],
    outcome: run.name[i] + (run.content[i] && ': ' + run.content[i])};
  const sentence = words.replace(/\{(\w+)\}/g, (all, hole) => holes[hole]);
  const more = run.text[i] && !words.includes('{text}') ? ': ' + run.text[i] : '';
  return (sentence + more).replace(/[\x00-\x1f\x7f]/g, ' ');
}

// Store {value: 7}
function fullName(run, i) {
  const content = run.content[i] && run.content[i] !== '{}' ? briefJson(tryJson(run.content[i])) : '';
  return [run.name[i], content].filter(Boolean).join(' ');
}

// What a client got, in short.
function resultText(run, {result, outcome}) {
  if (outcome === 'open') return 'no result';
  return outcome + (run.content[result] ? ': ' + briefJson(tryJson(run.content[result])) : '');
}

// What stands beside the event's mark: a few words, and how loud they are.
function labelOf(run, i) {
  const name = run.name[i];
  const full = fullName(run, i);
  switch (run.kind[i]) {
    case 'start': return ['starts', 'quiet'];
    case 'deliver': return [run.peer[i] + '→ ' + full, 'loud'];
    case 'undecodable': return [run.peer[i] + '→ no message', 'fault'];
    case 'fire': return ['fires ' + full, 'loud'];
    case 'input': return ['asked ' + full, 'loud'];
    case 'emit': return ['tells ' + full, 'loud'];
    case 'send': return ['→' + run.peer[i] + ' ' + full, 'quiet'];
    case 'set_timer': return ['sets ' + name, 'faint'];
    case 'cancel_timer': return ['cancels ' + name, 'faint'];
    case 'persist': return ['writes ' + full, 'faint'];
    case 'durable': return ['on disk: ' + full, 'faint'];
    case 'duplicate': return ['→' + run.peer[i] + ' comes twice', 'fault'];
    case 'crash': return ['CRASH ' + run.text[i], 'fault'];
    case 'restart': return ['restarts', 'fault'];
    case 'pause': return ['paused', 'fault'];
    case 'resume': return ['goes on', 'fault'];
    case 'clock': return ['clock ' + run.text[i], 'fault'];
    case 'disk': return ['disk: ' + run.text[i], 'fault'];
    case 'fail': return ['FAILS ' + run.text[i], 'fault'];
    case 'note': return [run.text[i], 'loud'];
    default: return ['', 'quiet'];  // losses, cuts and operations have their own places
  }
}
