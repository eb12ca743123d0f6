// One run in its scrolling window: where its lanes are, what is chosen, and what lies under the
// pointer.

const mostTails = 6;  // of operations without a result, beside each other

class Pane {
  constructor(run, into, options) {
    this.run = run;
    this.options = options;
    this.causality = null;  // made when it is first needed
    this.chosen = -1;
    this.lit = this.matches = this.onlyHere = null;
    this.found = [];  // the events that match, in order
    this.divergence = -1;
    this.bands = nodeBands(run);
    this.cuts = cutBands(run);
    this.canvas = element('canvas');
    this.spacer = element('div', {class: 'spacer'}, this.canvas);
    this.scroller = element('div', {class: 'scroller', tabindex: '0'}, this.spacer);
    this.map = element('canvas', {class: 'minimap', title: 'the whole run; click to go there'});
    this.box = element('section', {class: 'pane'}, this.scroller, this.map);
    into.append(this.box);
    this.scroller.addEventListener('scroll', () => { this.redraw(); options.scrolled(this); });
    this.canvas.addEventListener('click', event => options.clicked(this, this.eventAt(event)));
    this.canvas.addEventListener('mousemove', event => options.pointed(this, this.eventAt(event), event));
    this.canvas.addEventListener('mouseleave', () => options.pointed(this, -1));
    followMinimap(this);
    new ResizeObserver(() => this.resize()).observe(this.scroller);
    this.arrange();
  }

  // Anew, after what is shown has changed.
  arrange() {
    const {filter} = this.options;
    const shown = this.run.lanes.map((unused, lane) => lane).filter(lane => filter.showsLane(this.run.lanes[lane]));
    this.nodeLanes = shown.filter(lane => !this.run.lanes[lane].isClient);
    this.clientLanes = shown.filter(lane => this.run.lanes[lane].isClient);
    this.lanes = [...this.clientLanes, ...this.nodeLanes];  // from the left
    this.layout = new Layout(this.run, {
      compact: filter.compact, zoom: filter.zoom, shows: i => filter.shows(this.run, i)});
    this.resize();
  }

  resize() {
    this.viewHeight = this.scroller.clientHeight;
    this.axisWidth = 92;
    const columns = this.cuts.reduce((most, band) => Math.max(most, band.column + 1), 0);
    this.netWidth = columns ? Math.max(64, columns * 22 + 12) : 14;
    this.placeLanes();
    this.spacer.style.height = this.layout.height + laneHead + 'px';
    this.spacer.style.width = this.width + 'px';
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.viewHeight + 'px';
    this.redraw();
  }

  // Clients get what their bars need, as long as there is room for the nodes, which share the rest.
  placeLanes() {
    const room = this.scroller.clientWidth - this.axisWidth - this.netWidth;
    const share = room / Math.max(this.lanes.length, 1);
    const most = Math.max(90, 0.4 * room / Math.max(this.clientLanes.length, 1));
    this.clientWidth = new Map(this.clientLanes.map(lane => {
      const columns = this.layout.bars.all.filter(bar => bar.lane === lane)
        .reduce((largest, bar) => Math.max(largest, bar.heap.ends.length), 1);
      return [lane, Math.min(most, Math.max(Math.min(share, 190), 110 * columns))];
    }));
    const taken = [...this.clientWidth.values()].reduce((sum, width) => sum + width, 0);
    this.laneWidth = Math.max(120, (room - taken) / Math.max(this.nodeLanes.length, 1));
    this.leftOf = new Map();
    let x = this.axisWidth + this.netWidth;
    for (const lane of this.lanes) {
      this.leftOf.set(lane, x);
      x += this.clientWidth.get(lane) ?? this.laneWidth;
    }
    this.width = Math.max(this.scroller.clientWidth, x);
  }

  laneX(lane) {
    const left = this.leftOf.get(lane);
    return left === undefined ? null : left + (this.clientWidth.has(lane) ? 14 : 28);
  }

  // Where the bar of an operation stands, and its tail; null when its client is hidden.
  boxOf(bar) {
    if (!bar || !this.leftOf.has(bar.lane)) return null;
    const left = this.leftOf.get(bar.lane), right = left + this.clientWidth.get(bar.lane) - 12;
    const tails = Math.min(this.layout.tails.get(bar.lane) ?? 0, mostTails);
    const width = (right - 4 * tails - left - 4) / bar.heap.ends.length;
    return {x: left + 4 + bar.column * width, width: Math.max(2, width - 4), tail: right - 4 * (bar.tail % mostTails)};
  }

  eventX(i) {
    const {run} = this;
    if (run.isOfClient(i)) {
      const box = this.boxOf(this.layout.barOf.get(run.operationOf[i]));
      return box ? box.x + Math.min(10, box.width / 2) : this.laneX(run.lane[i]);
    }
    if (run.node[i] === 0) return this.axisWidth + this.netWidth - 8;
    if (run.kind[i] === 'cut' || run.kind[i] === 'heal') return this.axisWidth + 14;
    const x = this.laneX(run.lane[i]);
    if (x === null) return null;
    if (run.kind[i] === 'persist' || run.kind[i] === 'durable') return x - 15;
    if (run.kind[i] === 'lose' && run.messageOf[i]) {
      const to = this.laneX(run.laneOf.get(run.peer[i]) ?? -1);
      return arrowEnds(this, {message: run.messageOf[i], to: i, kind: 'lost', y0: 0, y1: 0}, x, to).x1;
    }
    return x;
  }

  labelX(i) {
    const {run} = this;
    if (run.node[i] === 0) return this.eventX(i) + 10;
    // The head of an arrow that comes from the right stands where the words would begin.
    const isFromRight = run.kind[i] === 'deliver' && run.laneOf.get(run.peer[i]) > run.lane[i];
    return this.laneX(run.lane[i]) + (isFromRight ? 18 : run.witnesses.includes(i) ? 15 : 10);
  }

  labelRoom(i) {
    return this.run.node[i] === 0 ? this.width - this.labelX(i) : this.laneX(this.run.lane[i]) + this.laneWidth - 24 - this.labelX(i);
  }

  hatching(c) {
    const tile = element('canvas');
    tile.width = tile.height = 8;
    const t = tile.getContext('2d');
    t.strokeStyle = colours.faint;
    t.beginPath();
    t.moveTo(0, 8); t.lineTo(8, 0); t.moveTo(-2, 2); t.lineTo(2, -2); t.moveTo(6, 10); t.lineTo(10, 6);
    t.stroke();
    return c.createPattern(tile, 'repeat');
  }

  redraw() {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      drawPane(this);
      drawMinimap(this);
    });
  }

  choose(i) {
    this.chosen = i;
    if (i >= 0) this.causality ??= new Causality(this.run);
    this.lit = i < 0 || this.run.lane[i] < 0 ? null : this.causality.lit(i);
    this.redraw();
  }

  // Scrolls when the event is not comfortably in view.
  reveal(i, always = false) {
    const y = this.layout.yNear(i);
    const {scrollTop} = this.scroller;
    if (always || y < scrollTop + 40 || y > scrollTop + this.viewHeight - 80) {
      this.scroller.scrollTop = y - this.viewHeight / 2;
    }
    const x = this.layout.isShown(i) ? this.eventX(i) : null;
    const {scrollLeft, clientWidth} = this.scroller;
    if (x !== null && (x < scrollLeft + 20 || x > scrollLeft + clientWidth - 60)) {
      this.scroller.scrollLeft = x - clientWidth / 2;
    }
    this.redraw();
  }

  // The event whose mark or words are under the pointer, the call of the operation whose bar is, or
  // where the arrow begins that is.
  eventAt({offsetX, offsetY}) {
    const x = offsetX, y = offsetY - laneHead + this.scroller.scrollTop;
    const {layout} = this;
    let best = -1, nearest = 11;
    const [first, last] = layout.instantsBetween(y - 40, y + 40);
    for (let k = first; k <= last; ++k) {
      for (const i of layout.instants[k].events) {
        if (Math.abs(layout.y[i] - y) > rowHeight / 2 + 3) continue;
        const at = this.eventX(i);
        if (at === null || ['cut', 'heal'].includes(this.run.kind[i])) continue;
        const isBare = this.run.kind[i] === 'lose' || this.run.isOfClient(i);
        const right = isBare ? at + 8 : this.labelX(i) + Math.min(90, this.labelRoom(i));
        const away = (x < at ? at - x : x > right ? x - right : 0) + Math.abs(layout.y[i] - y) / 2 +
          (x > at + 12 ? 4 : 0);
        if (away < nearest) { nearest = away; best = i; }
      }
    }
    if (best < 0 || nearest > 4) {
      layout.bars.visit(y - 1, y + 1, bar => {
        const box = this.boxOf(bar);
        const isInside = box && x >= box.x && x <= box.x + box.width && y <= bar.bodyEnd;
        const isOnTail = box && bar.tail >= 0 && Math.abs(x - box.tail) < 3;
        if (isInside || isOnTail) { nearest = 0; best = bar.operation.call; }
      });
      layout.links.visit(y - 5, y + 5, link => {
        const ends = linkEnds(this, link);
        const away = ends ? distanceToLine(ends, x, y) : Infinity;
        if (away < Math.min(nearest, 6)) { nearest = away; best = link.from; }
      });
      layout.arrows.visit(y - 5, y + 5, arrow => {
        const away = this.distanceTo(arrow, x, y);
        if (away < Math.min(nearest, 6)) { nearest = away; best = arrow.message.send; }
      });
    }
    return best;
  }

  distanceTo(arrow, x, y) {
    const from = this.laneX(this.run.lane[arrow.message.send]);
    if (from === null) return Infinity;
    const to = this.laneX(this.run.laneOf.get(this.run.peer[arrow.message.send]) ?? -1);
    return distanceToLine(arrowEnds(this, arrow, from, to), x, y);
  }
}

function distanceToLine({x0, y0, x1, y1}, x, y) {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
  const along = Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
  return Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
}
