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

function placeOf(run, i) {
  return run.node[i] === 0 ? 'network' : 'node ' + run.node[i];
}

// As runtime/trace/text.cc says it.
function inWords(run, i) {
  const words = run.words[run.kinds.indexOf(run.kind[i])];
  const name = run.kind[i] === 'lose' || run.kind[i] === 'duplicate' ? '' : run.name[i];
  const holes = {name: name + run.content[i], peer: String(run.peer[i]), text: run.text[i]};
  const sentence = words.replace(/\{(\w+)\}/g, (all, hole) => holes[hole]);
  const more = run.text[i] && !words.includes('{text}') ? ': ' + run.text[i] : '';
  return (sentence + more).replace(/[\x00-\x1f\x7f]/g, ' ');
}

// What stands beside the event's mark: a few words, and how loud they are.
function labelOf(run, i) {
  const name = run.name[i];
  const full = name + (run.content[i] && run.content[i] !== '{}' ? ' ' + briefJson(tryJson(run.content[i])) : '');
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
    default: return ['', 'quiet'];  // losses and cuts have their own places
  }
}
