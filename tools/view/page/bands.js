// What lasts: a node that is down or paused, links that are cut.

// Bands of nodes, {lane, kind: 'down' or 'paused', from, to}; `to` is run.count when it has no end.
function nodeBands(run) {
  const bands = [];
  const open = new Map();
  const begin = (lane, kind, from) => {
    if (open.has(kind + lane)) return;
    const band = {lane, kind, from, to: run.count};
    open.set(kind + lane, band);
    bands.push(band);
  };
  const end = (lane, kind, to) => {
    const band = open.get(kind + lane);
    if (band) band.to = to;
    open.delete(kind + lane);
  };
  for (let i = 0; i < run.count; ++i) {
    const lane = run.lane[i];
    if (lane < 0) continue;
    const kind = run.kind[i];
    if (kind === 'pause') begin(lane, 'paused', i);
    if (kind === 'resume' || kind === 'crash') end(lane, 'paused', i);
    if (kind === 'crash' || kind === 'fail') begin(lane, 'down', i);
    if (kind === 'restart' || kind === 'start') end(lane, 'down', i);
  }
  return bands;
}

// Cuts that begin and end together are one band, {from, to, label, column}.
function cutBands(run) {
  const groups = new Map();
  const open = new Map();
  const close = (link, to) => {
    const {from, instant, pair} = open.get(link);
    open.delete(link);
    const key = instant + ' ' + (to < run.count ? run.at[to] : 'never');
    if (!groups.has(key)) groups.set(key, {from, to, pairs: []});
    groups.get(key).pairs.push(pair);
  };
  for (let i = 0; i < run.count; ++i) {
    const link = run.node[i] + ' ' + run.peer[i];
    if (run.kind[i] === 'cut' && !open.has(link)) {
      open.set(link, {from: i, instant: run.at[i], pair: [run.node[i], run.peer[i]]});
    }
    if (run.kind[i] === 'heal' && open.has(link)) close(link, i);
  }
  for (const link of [...open.keys()]) close(link, run.count);
  const bands = [...groups.values()].sort((one, other) => one.from - other.from);
  const ends = [];  // of the last band in each column
  for (const band of bands) {
    band.label = cutLabel(run, band.pairs);
    const free = ends.findIndex(end => end < band.from);
    band.column = free >= 0 ? free : ends.length;
    ends[band.column] = band.to;
  }
  return bands;
}

// "1 2 | 3 4 5" when the cuts part the nodes, otherwise the links: "1⇸5".
function cutLabel(run, pairs) {
  const cut = new Set(pairs.map(String));
  const parts = [];
  for (const node of run.nodes) {
    const part = parts.find(nodes => nodes.every(
      other => !cut.has(node + ',' + other) && !cut.has(other + ',' + node)));
    if (part) part.push(node); else parts.push([node]);
  }
  const between = parts.reduce((sum, part) => sum + part.length * (run.nodes.length - part.length), 0);
  if (between === pairs.length && parts.length > 1) {
    return parts.map(part => part.join(' ')).join(' | ');
  }
  const more = pairs.length > 3 ? ' +' + (pairs.length - 3) : '';
  return pairs.slice(0, 3).map(([from, to]) => from + '⇸' + to).join(' ') + more;
}
