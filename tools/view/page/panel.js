// Beside the picture: everything about the chosen event.

function showPanel(pane, choose) {
  const panel = document.getElementById('panel');
  panel.replaceChildren();
  const i = pane.chosen;
  if (i < 0) return showNothing(panel);
  const {run, causality} = pane;
  panel.append(
    element('h2', {}, '#' + (i + 1) + ' ' + placeOf(run, i)),
    element('p', {class: 'sentence'}, placeOf(run, i) + ': ' + shortWords(run, i)),
    factsOf(pane, i, choose));
  if (run.content[i]) {
    const title = run.kind[i] === 'result' ? 'What the client got'
      : (run.kind[i] === 'call' ? 'Arguments of ' : 'Content of ') + run.name[i];
    panel.append(element('h3', {}, title), jsonBlock(tryJson(run.content[i])));
  }
  if (run.isOfNode(i) && isDown(pane, run.lane[i], i)) {
    panel.append(element('p', {}, 'The node is down and has no state.'));
  } else if (run.isOfNode(i)) {
    const {now, before, since} = run.statesAt(run.lane[i], i);
    if (now && pane.run.kind[i] !== 'lose') {
      const isNew = since === i;
      panel.append(
        element('h3', {}, isNew ? 'Its state after this' : 'Its state, since #' + (since + 1)),
        jsonBlock(tryJson(now), isNew && before ? tryJson(before) : undefined));
      if (isNew && before) panel.append(element('p', {class: 'quiet'},
        before === now ? 'Nothing changed.' : 'What changed is marked.'));
    }
  }
  panel.append(element('h3', {}, 'All nodes at this moment'), statesTable(pane, i));
  panel.scrollTop = 0;
}

function showNothing(panel) {
  panel.append(
    element('h2', {}, 'Click an event, an arrow or a bar'),
    element('p', {}, 'What could have led to it and what it could have led to stay lit; the rest ' +
      'fades. Esc ends that.'),
    element('p', {}, 'Keys: j k next and previous event, ← → node, / search, f failure, ? all of them.'),
    element('h3', {}, 'Legend'), legendList());
}

// The sentence without its content, which has a place of its own.
function shortWords(run, i) {
  const words = inWords(run, i);
  const content = (run.kind[i] === 'result' ? ': ' : '') + run.content[i];
  return run.content[i] ? words.replace(content, '') : words;
}

function jsonBlock(value, before) {
  const block = element('pre', {});
  if (value) showJson(block, value, before);
  return block;
}

function factsOf(pane, i, choose) {
  const {run, causality} = pane;
  const link = (to, text) => element('button', {class: 'link', onclick: () => choose(to)}, text || '#' + (to + 1));
  const facts = [['time', timeText(run.at[i])]];
  if (run.cause[i] >= 0 && run.cause[i] < run.count) {
    facts.push(['done by', link(run.cause[i]), ' ' + shortWords(run, run.cause[i])]);
  }
  if (run.setAt[i] >= 0) facts.push(['timer set', link(run.setAt[i]), ' ' + spanText(run.at[i] - run.at[run.setAt[i]]) + ' before']);
  const message = run.messageOf[i];
  if (message) {
    if (message.send !== i) facts.push(['sent', link(message.send), ' ' + spanText(run.at[i] - run.at[message.send]) + ' before']);
    for (const to of message.arrivals) {
      if (to !== i) facts.push(['arrives', link(to), ' after ' + spanText(run.at[to] - run.at[message.send])]);
    }
    for (const to of message.losses) if (to !== i) facts.push(['lost', link(to), ' ' + run.text[to]]);
    if (message.twin >= 0 && message.twin !== i) facts.push(['twice', link(message.twin), ' two copies are under way']);
    const open = (message.twin >= 0 ? 2 : 1) - message.arrivals.length - message.losses.length;
    if (open > 0 && message.send === i) facts.push(['under way', 'not there yet when the run ends']);
  }
  facts.push(...operationFacts(run, i, link));
  const write = run.writeOf[i];
  if (write && write.from === i) {
    facts.push(['on disk', ...(write.to < 0 ? ['not yet when the run ends']
      : [link(write.to), write.end === 'durable' ? ' after ' + spanText(run.at[write.to] - run.at[i]) : ' lost in a crash'])]);
  } else if (write) {
    facts.push(['written', link(write.from)]);
  }
  if (run.witnesses.includes(i)) facts.push(['witness', 'this event shows the violation']);
  if (run.lane[i] >= 0 && run.kind[i] !== 'lose') {
    const clock = run.lanes.map(({id, isClient}, lane) => (isClient ? 'client ' : '') + id + ':' + causality.clock(i)[lane]).join('  ');
    facts.push(['vector clock', clock], ['Lamport time', String(causality.lamport[i])]);
  }
  return element('table', {class: 'facts'}, ...facts.map(([name, ...value]) =>
    element('tr', {}, element('th', {scope: 'row'}, name), element('td', {}, ...value))));
}

// What joins clients and nodes: what was asked for, what came of it, and when.
function operationFacts(run, i, link) {
  const facts = run.links.filter(({from}) => from === i)
    .map(({to}) => ['leads to', link(to), ' ' + placeOf(run, to) + ' ' + shortWords(run, to)]);
  const operation = run.operationOf[i];
  if (!operation) return facts;
  const {call, result, outcome} = operation;
  facts.push(['operation', fullName(run, call) + ' of ' + placeOf(run, call)]);
  if (result < 0) {
    facts.push(['outcome', 'unknown: there is no result when the run ends'], ['open for', spanText(run.end - run.at[call])]);
    return facts.concat(markFacts(operation));
  }
  if (i !== call) facts.push(['called', link(call), ' ' + shortWords(run, call)]);
  if (i !== result) facts.push(['result', link(result), ' ' + resultText(run, operation)]);
  facts.push(['outcome', outcome + {ok: '', failed: ': it did not happen', unknown: ': it may have happened'}[outcome]],
    ['duration', spanText(run.at[result] - run.at[call])]);
  return facts.concat(markFacts(operation));
}

// What a checker says of an operation.
function markFacts({effect, why}) {
  if (why) return [['not explained', why]];
  return effect ? [['takes effect', 'as number ' + effect.number + '; then ' + effect.then]] : [];
}

function legendList() {
  const list = element('ul', {class: 'legend'});
  for (const [kind, meaning] of legend) {
    const mark = element('canvas', {width: '40', height: '40'});
    const c = mark.getContext('2d');
    c.scale(2, 2);
    drawGlyph(c, kind, 10, 10);
    list.append(element('li', {}, mark, meaning));
  }
  const lines = [['solid', 'a message that arrives'], ['dashed', 'under way when the run ends'],
    ['hatched', 'a node is down'], ['yellow', 'a node is paused'], ['red', 'links are cut'],
    ['ring', 'a witness of the violation'], ['bar', 'an operation of a client'],
    ['bar open', 'one without a result'], ['effect', 'takes effect here, as a checker says'], ['thin', 'a call, or what came of it']];
  for (const [look, meaning] of lines) {
    list.append(element('li', {}, element('span', {class: 'sample ' + look}), meaning));
  }
  return list;
}
