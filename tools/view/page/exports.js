// The run as files for other tools. `./lab view --export` writes the same bytes.

const exporters = {
  text: {ending: '.txt', write: asText},
  'JSON lines': {ending: '.jsonl', write: asJsonLines},
  history: {ending: '.history', write: asHistory},
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
    (clientsText(run) && clientsText(run) + ', ') + run.count + ' events, ' + timeText(run.end));
  if (run.replay) lines.push('replay: ' + oneLine(run.replay));
  lines.push('', ' number           time  node      what happened');
  for (let i = 0; i < run.count; ++i) {
    lines.push(String(i + 1).padStart(6) + (run.witnesses.includes(i) ? '* ' : '  ') +
      timeText(run.at[i]).padStart(14) + '  ' + placeOf(run, i).padEnd(9) + ' ' + inWords(run, i) +
      originText(run, i));
  }
  return lines.join('\n') + '\n';
}

// What led to an event, and how long a client has waited.
function originText(run, i) {
  const parts = run.cause[i] >= 0 ? ['by #' + (run.cause[i] + 1)] : [];
  const operation = run.operationOf[i];
  if (operation && operation.result === i) {
    parts.push(exactSpanText(run.at[i] - run.at[operation.call]) + ' after its call #' + (operation.call + 1));
  }
  return parts.length ? '  (' + parts.join(', ') + ')' : '';
}

function asJsonLines(run) {
  const line = fields => '{' + fields.filter(([, value]) => value)
    .map(([name, value]) => JSON.stringify(name) + ':' + value).join(',') + '}';
  const text = value => value && JSON.stringify(value);
  const number = value => value && String(value);
  const lines = [line([
    ['octet_trace', '1'], ['title', text(run.title)], ['world', text(run.world)],
    ['seed', run.seed !== '0' && run.seed], ['violation', text(run.violation)],
    ['witnesses', '[' + run.numbersOfWitnesses + ']'], ['plan', '[' + run.plan.map(text => JSON.stringify(text)) + ']'],
    ['replay', text(run.replay)], ['nodes', '[' + run.nodes + ']'],
    ['clients', run.clients.length && '[' + run.clients + ']'], ['end', String(run.end)]])];
  for (let i = 0; i < run.count; ++i) {
    // Losses got the name of their message here; the trace does not repeat it.
    const hasName = run.kind[i] !== 'lose' && run.kind[i] !== 'duplicate';
    lines.push(line([
      ['n', String(i + 1)], ['at', String(run.at[i])], ['kind', JSON.stringify(run.kind[i])],
      ['node', number(run.node[i])], ['peer', number(run.peer[i])], ['id', number(run.id[i])],
      ['cause', number(run.cause[i] + 1)], ['name', hasName && text(run.name[i])],
      ['content', run.content[i]], ['state', run.hasState[i] && run.statesAt(run.lane[i], i).now],
      ['text', text(run.text[i])]]));
  }
  return lines.join('\n') + '\n{"events":' + run.count + '}\n';
}

function asHistory(run) {
  const lines = ['{"octet_history":1,"title":' + JSON.stringify(run.title) + ',"seed":' + run.seed +
    ',"clients":[' + run.clients + '],"end":' + run.end + '}'];
  for (const {call, result, outcome} of run.operations) {
    const hasEnded = result >= 0;
    lines.push('{' + [
      ['client', run.node[call]], ['call', run.at[call]], ['return', hasEnded && String(run.at[result])],
      ['op', JSON.stringify(run.name[call])], ['arguments', run.content[call] || '{}'],
      ['outcome', JSON.stringify(hasEnded ? outcome : 'unknown')], ['result', hasEnded && run.content[result]],
      ['events', '[' + (call + 1) + (hasEnded ? ',' + (result + 1) : '') + ']'],
    ].filter(([, value]) => value !== false && value !== '')
      .map(([name, value]) => '"' + name + '":' + value).join(',') + '}');
  }
  return lines.join('\n') + '\n{"operations":' + run.operations.length + '}\n';
}

function asShiViz(run, causality) {
  const hostOf = ({name}) => name.replace(' ', '');
  const lines = ['(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)', ''];
  for (let i = 0; i < run.count; ++i) {
    const clock = Array.from(causality.clock(i), (count, lane) => [hostOf(run.lanes[lane]), count])
      .filter(([, count]) => count).map(([host, count]) => '"' + host + '":' + count);
    if (!clock.length) continue;
    lines.push(hostOf(run.lanes[run.lane[i]]) + ' {' + clock + '}',
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
