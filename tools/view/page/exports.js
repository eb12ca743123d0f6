// The run as files for other tools. `./lab view --export` writes the same bytes.

const exporters = {
  text: {ending: '.txt', write: asText},
  'JSON lines': {ending: '.jsonl', write: asJsonLines},
  ShiViz: {ending: '.shiviz.log', write: asShiViz},
};

function asText(run) {
  const oneLine = text => text.replace(/[\x00-\x1f\x7f]/g, ' ');
  const lines = [
    oneLine(run.title) || 'a run',
    run.violation ? 'VIOLATED: ' + oneLine(run.violation) : 'no property was violated'];
  if (run.numbersOfWitnesses.length) {
    lines.push('witnesses:' + run.numbersOfWitnesses.map(number => ' #' + number).join(''));
  }
  for (const fault of run.plan) lines.push('plan: ' + oneLine(fault));
  lines.push('world: ' + oneLine(run.world) + ', seed ' + run.seed + ', ' + run.nodes.length + ' nodes, ' +
    run.count + ' events, ' + timeText(run.end));
  if (run.replay) lines.push('replay: ' + oneLine(run.replay));
  lines.push('', ' number           time  node      what happened');
  for (let i = 0; i < run.count; ++i) {
    lines.push(String(i + 1).padStart(6) + (run.witnesses.includes(i) ? '* ' : '  ') +
      timeText(run.at[i]).padStart(14) + '  ' + placeOf(run, i).padEnd(9) + ' ' + inWords(run, i) +
      (run.cause[i] >= 0 ? '  (by #' + (run.cause[i] + 1) + ')' : ''));
  }
  return lines.join('\n') + '\n';
}

function asJsonLines(run) {
  const quoted = text => JSON.stringify(text).replace(/[\x7f-\uffff]/g,
    character => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));
  const line = fields => '{' + fields.filter(([, value]) => value)
    .map(([name, value]) => quoted(name) + ':' + value).join(',') + '}';
  const text = value => value && quoted(value);
  const number = value => value && String(value);
  const lines = [line([
    ['octet_trace', '1'], ['title', text(run.title)], ['world', text(run.world)],
    ['seed', run.seed !== '0' && run.seed], ['violation', text(run.violation)],
    ['witnesses', '[' + run.numbersOfWitnesses + ']'], ['plan', '[' + run.plan.map(quoted) + ']'],
    ['replay', text(run.replay)], ['nodes', '[' + run.nodes + ']'], ['end', String(run.end)]])];
  for (let i = 0; i < run.count; ++i) {
    // Losses got the name of their message here; the trace does not repeat it.
    const hasName = run.kind[i] !== 'lose' && run.kind[i] !== 'duplicate';
    lines.push(line([
      ['n', String(i + 1)], ['at', String(run.at[i])], ['kind', quoted(run.kind[i])],
      ['node', number(run.node[i])], ['peer', number(run.peer[i])], ['id', number(run.id[i])],
      ['cause', number(run.cause[i] + 1)], ['name', hasName && text(run.name[i])],
      ['content', run.content[i]], ['state', run.hasState[i] && run.statesAt(run.lane[i], i).now],
      ['text', text(run.text[i])]]));
  }
  return lines.join('\n') + '\n{"events":' + run.count + '}\n';
}

function asShiViz(run, causality) {
  const lines = ['(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)', ''];
  for (let i = 0; i < run.count; ++i) {
    const clock = Array.from(causality.clock(i), (count, lane) => [run.nodes[lane], count])
      .filter(([, count]) => count).map(([id, count]) => '"node' + id + '":' + count);
    if (!clock.length) continue;
    lines.push('node' + run.node[i] + ' {' + clock + '}',
      '#' + (i + 1) + ' ' + timeText(run.at[i]) + ' ' + inWords(run, i));
  }
  return lines.join('\n') + '\n';
}

function exportMenu(activePane) {
  const save = (name, {ending, write}) => {
    const pane = activePane();
    pane.causality ??= new Causality(pane.run);
    const url = URL.createObjectURL(new Blob([write(pane.run, pane.causality)], {type: 'text/plain'}));
    element('a', {href: url, download: (pane.run.title || 'run').replace(/[^\w.-]+/g, '_') + ending}).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return menu('Export', ...Object.entries(exporters).map(([name, exporter]) =>
    element('button', {onclick: () => save(name, exporter)}, name)));
}
