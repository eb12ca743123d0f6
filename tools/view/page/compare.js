// Two runs side by side. An event of one is that of the other when the same happened to the same
// node for the same time: the third Ping{"number":2} that node 1 sends is the third here and there.

function matchRuns(one, other) {
  const keysOf = run => {
    const times = new Map();
    return Array.from({length: run.count}, (unused, i) => {
      const key = [run.kind[i], run.node[i], run.peer[i], run.name[i], run.content[i], run.text[i]].join('\u0000');
      times.set(key, (times.get(key) || 0) + 1);
      return key + '\u0000' + times.get(key);
    });
  };
  const oneKeys = keysOf(one), otherKeys = keysOf(other);
  const place = new Map(otherKeys.map((key, i) => [key, i]));
  const twin = new Int32Array(one.count).fill(-1);
  const back = new Int32Array(other.count).fill(-1);
  oneKeys.forEach((key, i) => {
    const k = place.get(key);
    if (k === undefined) return;
    twin[i] = k;
    back[k] = i;
  });
  // Runs are the same until the first event that is not in the same place with the same time.
  let first = 0;
  const isSame = i => i < one.count && i < other.count && twin[i] === i && one.at[i] === other.at[i];
  while (isSame(first)) ++first;
  return {twin, back, first, areEqual: first === one.count && first === other.count};
}

// Joins two panes: what only one has is ringed, choosing and scrolling go together.
function joinPanes([left, right]) {
  const match = matchRuns(left.run, right.run);
  left.twin = match.twin;
  right.twin = match.back;
  for (const pane of [left, right]) {
    pane.onlyHere = Uint8Array.from(pane.twin, twin => twin < 0 ? 1 : 0);
    if (!match.areEqual) pane.divergence = match.first;
  }
  return match;
}

// Scrolls the other pane so that an event in the middle of this one is as high there.
function follow(pane, other) {
  const {layout} = pane;
  const middle = pane.scroller.scrollTop + pane.viewHeight / 2;
  const place = Math.max(0, lastAtMost(layout.instantYs, middle));
  let best = -1;
  for (let k = place; k >= 0 && best < 0; --k) {
    best = layout.instants[k]?.events.find(i => pane.twin[i] >= 0 && other.layout.isShown(pane.twin[i])) ?? -1;
  }
  if (best < 0) return;
  const target = other.layout.y[pane.twin[best]] - layout.y[best] + pane.scroller.scrollTop;
  if (Math.abs(other.scroller.scrollTop - target) < 2) return;
  other.isFollowing = true;  // so that it does not answer
  other.scroller.scrollTop = target;
}
