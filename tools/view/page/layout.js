// Where each event stands. Time goes down. All events of one instant stand below each other, in the
// order in which one led to the other, so an instant is as tall as it needs; between two instants
// the distance is proportional to time. A distance that is too long becomes a break with its length
// written on it, when gaps are compact; it is never shortened silently.

const rowHeight = 17;
const breakHeight = 34;
const longestGap = 70;
const barEdge = 7;  // a bar begins so much above its call, and ends so much below its result
const openHeight = 72;  // of the bar of an operation without a result
const tallest = 8e6;  // browsers limit how tall a page can be

class Layout {
  // `shows(i)` says which events are to be seen; `zoom` stretches time.
  constructor(run, {compact, shows, zoom = 1}) {
    this.run = run;
    this.y = new Float64Array(run.count).fill(-1);
    this.instants = this.findInstants(shows);
    this.breaks = [];
    this.place(compact, this.scale(compact) * zoom);
    this.collectSpans();
  }

  // Instants, each with its events, and their rows.
  findInstants(shows) {
    const {run} = this;
    const instants = [];
    this.row = new Int32Array(run.count);
    let last = null, rows = null;
    for (let i = 0; i < run.count; ++i) {
      if (!shows(i)) continue;
      if (!last || last.at !== run.at[i]) {
        last = {at: run.at[i], first: i, events: [], rows: 1, y: 0, gap: 0};
        instants.push(last);
        rows = new Map();
      }
      const lane = this.laneKey(i);
      const causes = [run.cause[i], run.messageOf[i] ? run.messageOf[i].send : -1];
      let row = rows.get(lane) ?? 0;
      for (const cause of causes) {
        if (cause >= last.first && cause < i) row = Math.max(row, this.row[cause] + 1);
      }
      if (run.kind[i] === 'cut' || run.kind[i] === 'heal') row = 0;
      else rows.set(lane, row + 1);
      this.row[i] = row;
      last.events.push(i);
      last.rows = Math.max(last.rows, row + 1);
    }
    return instants;
  }

  // A message dies between the nodes, beside what they do.
  laneKey(i) {
    return this.run.kind[i] === 'lose' ? 'lost to ' + this.run.peer[i] : this.run.node[i];
  }

  // Pixels for a nanosecond: the usual distance between two instants is about a row.
  scale(compact) {
    const gaps = [];
    for (let k = 1; k < this.instants.length; ++k) {
      gaps.push(this.instants[k].at - this.instants[k - 1].at);
    }
    gaps.sort((one, other) => one - other);
    const usual = gaps.length ? gaps[gaps.length >> 1] : 1;
    const scale = rowHeight / Math.max(usual, 1);
    return compact ? scale : Math.min(scale, tallest / Math.max(this.run.end, 1));
  }

  place(compact, scale) {
    let y = rowHeight;
    let at = this.instants.length ? this.instants[0].at : 0;
    const pass = (to, instant) => {
      const gap = (to - at) * scale;
      if (compact && gap > longestGap) {
        this.breaks.push({y, length: to - at});
        y += breakHeight;
      } else {
        y += gap;
      }
      at = to;
      if (instant) instant.y = y;
    };
    for (const instant of this.instants) {
      pass(instant.at, instant);
      for (const i of instant.events) this.y[i] = y + (this.row[i] + 0.5) * rowHeight;
      y += instant.rows * rowHeight;
    }
    if (this.run.end > at) pass(this.run.end, null);
    this.endY = y;
    this.height = y + 3 * rowHeight;
    this.instantFirsts = this.instants.map(instant => instant.first);
    this.instantYs = this.instants.map(instant => instant.y);
  }

  isShown(i) {
    return i >= 0 && this.y[i] >= 0;
  }

  // Where something was that is not shown itself: at the end of what came before.
  yNear(i) {
    if (i < 0 || i >= this.run.count) return this.endY;
    if (this.y[i] >= 0) return this.y[i];
    const place = lastAtMost(this.instantFirsts, i);
    return place < 0 ? 0 : this.instants[place].y;
  }

  collectSpans() {
    const {run} = this;
    const arrows = [];
    for (const message of run.messages) {
      if (!this.isShown(message.send)) continue;
      const y0 = this.y[message.send];
      const ends = message.arrivals.map(to => ({to, kind: 'arrives'}))
        .concat(message.losses.map(to => ({to, kind: 'lost'})));
      const copies = message.twin >= 0 ? 2 : 1;
      while (ends.length < copies) ends.push({to: -1, kind: 'under way'});
      ends.forEach((end, copy) => {
        if (end.to >= 0 && !this.isShown(end.to)) return;
        const y1 = end.to >= 0 ? this.y[end.to] : this.endY;
        arrows.push({message, ...end, copy, y0, y1});
      });
    }
    this.arrows = new Spans(arrows);
    this.disk = new Spans(run.writes.filter(write => this.isShown(write.from))
      .map(write => ({...write, y0: this.y[write.from],
        y1: this.isShown(write.to) ? this.y[write.to] : this.endY})));
    this.collectBars();
    this.links = new Spans(run.links.filter(({from, to}) => this.isShown(from) && this.isShown(to))
      .map(link => ({...link, y0: this.y[link.from], y1: this.y[link.to]})));
  }

  // The bar of each operation. Operations of one client that overlap stand side by side: each bar has a
  // column, out of as many as its whole heap of overlapping ones needs. One without a result would
  // be in the way of all that follow: it has a short bar, and a tail on the right of the lane.
  collectBars() {
    const heaps = new Map();  // of each lane, the last
    this.tails = new Map();   // of each lane, how many
    const bars = [];
    for (const operation of this.run.operations) {
      if (!this.isShown(operation.call)) continue;
      const lane = this.run.lane[operation.call];
      const isOpen = operation.result < 0;
      const y0 = this.y[operation.call] - barEdge;
      const y1 = isOpen ? this.endY : this.y[operation.result] + barEdge;
      const bodyEnd = isOpen ? Math.min(y1, y0 + openHeight) : y1;
      let heap = heaps.get(lane);
      if (!heap || heap.end <= y0) heaps.set(lane, heap = {end: 0, ends: []});
      const free = heap.ends.findIndex(end => end <= y0);
      const column = free >= 0 ? free : heap.ends.length;
      heap.ends[column] = bodyEnd;
      heap.end = Math.max(heap.end, bodyEnd);
      const tail = isOpen ? (this.tails.get(lane) ?? 0) : -1;
      if (isOpen) this.tails.set(lane, tail + 1);
      bars.push({operation, lane, column, heap, tail, y0, y1, bodyEnd});
    }
    this.collectEffects(bars);
    this.bars = new Spans(bars);
    this.barOf = new Map(bars.map(bar => [bar.operation, bar]));
  }

  // The height at which an operation takes effect: after one event and before the next that is shown.
  collectEffects(bars) {
    for (const bar of bars) {
      const {effect} = bar.operation;
      if (!effect) continue;
      let next = effect.after + 1;
      while (next < this.run.count && !this.isShown(next)) ++next;
      const from = this.yNear(effect.after), to = Math.max(from, this.yNear(next));
      const y = from + (to - from) * effect.place / effect.of;
      bar.effectY = Math.min(Math.max(y, bar.y0), bar.y1);
    }
  }

  // The instants that are between two heights, first and last place.
  instantsBetween(top, bottom) {
    return [Math.max(0, lastAtMost(this.instantYs, top) - 1), lastAtMost(this.instantYs, bottom)];
  }
}

// Things with y0 and y1, sorted by y0: those that touch a range of heights are found by skipping
// groups that end above it.
class Spans {
  constructor(all) {
    this.all = all.sort((one, other) => one.y0 - other.y0);
    this.starts = this.all.map(span => span.y0);
    this.lows = [];  // the lowest end of each group
    this.all.forEach((span, i) => {
      this.lows[i >> 8] = Math.max(this.lows[i >> 8] ?? 0, span.y1);
    });
  }

  visit(top, bottom, visit) {
    const end = lastAtMost(this.starts, bottom);
    for (let i = 0; i <= end; ++i) {
      if (i % 256 === 0 && this.lows[i >> 8] < top) i += 255;
      else if (this.all[i].y1 >= top) visit(this.all[i]);
    }
  }
}
