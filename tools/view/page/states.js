// The states of all nodes at one moment, a column each; fields in which they differ are marked.

function statesTable(pane, i) {
  const {run} = pane;
  const rows = new Map();
  const columns = pane.nodeLanes.map(lane => {
    if (isDown(pane, lane, i)) return {lane, down: true};
    const state = tryJson(run.statesAt(lane, i).now);
    const fields = !state ? [] : state.fields || [['state', state]];
    for (const [name] of fields) rows.set(name, true);
    return {lane, fields: new Map(fields)};
  });
  const head = element('tr', {}, element('th', {}), ...columns.map(({lane, down}) =>
    element('th', {scope: 'col'}, 'node ' + run.nodes[lane] + (down ? ' (down)' : ''))));
  const table = element('table', {class: 'states'}, head);
  for (const name of rows.keys()) {
    const values = columns.map(({fields}) => fields && fields.has(name) ? briefJson(fields.get(name)) : null);
    const there = values.filter(value => value !== null);
    const differs = new Set(there).size > 1;
    const usual = mostFrequent(there);
    table.append(element('tr', {class: differs ? 'differs' : ''},
      element('th', {scope: 'row'}, (differs ? '≠ ' : '') + name),
      ...values.map(value => element('td', {title: value || ''},
        value === null ? '–' : differs && value !== usual ? element('mark', {}, value) : value))));
  }
  return element('div', {class: 'wide'}, table);
}

// Null when no value is more frequent than the others.
function mostFrequent(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  const [first, second] = [...counts].sort((one, other) => other[1] - one[1]);
  return first && (!second || first[1] > second[1]) ? first[0] : null;
}

function isDown(pane, lane, i) {
  return pane.bands.some(band =>
    band.lane === lane && band.kind === 'down' && band.from <= i && i < band.to);
}
