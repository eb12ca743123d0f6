// One run in its scrolling window: where its lanes are, what is chosen, and what lies under the
// pointer.

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
    this.lanes = this.run.nodes.map((id, lane) => lane).filter(lane => filter.showsNode(this.run.nodes[lane]));
    this.layout = new Layout(this.run, {
      compact: filter.compact, zoom: filter.zoom, shows: i => filter.shows(this.run, i)});
    this.resize();
  }

  resize() {
    this.viewHeight = this.scroller.clientHeight;
    this.axisWidth = 92;
    const columns = this.cuts.reduce((most, band) => Math.max(most, band.column + 1), 0);
    this.netWidth = columns ? Math.max(64, columns * 22 + 12) : 14;
    const room = this.scroller.clientWidth - this.axisWidth - this.netWidth;
    this.laneWidth = Math.max(120, room / Math.max(this.lanes.length, 1));
    this.width = Math.max(this.scroller.clientWidth, this.axisWidth + this.netWidth + this.laneWidth * this.lanes.length);
    this.placeOfLane = new Map(this.lanes.map((lane, place) => [lane, place]));
    this.spacer.style.height = this.layout.height + laneHead + 'px';
    this.spacer.style.width = this.width + 'px';
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.viewHeight + 'px';
    this.redraw();
  }

  laneX(lane) {
    const place = this.placeOfLane.get(lane);
    return place === undefined ? null
      : this.axisWidth + this.netWidth + place * this.laneWidth + 28;
  }

  eventX(i) {
    const {run} = this;
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

  // The event whose mark or words are under the pointer, or the send of the message whose arrow is.
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
        const right = this.run.kind[i] === 'lose' ? at + 8 : this.labelX(i) + Math.min(90, this.labelRoom(i));
        const away = (x < at ? at - x : x > right ? x - right : 0) + Math.abs(layout.y[i] - y) / 2 +
          (x > at + 12 ? 4 : 0);
        if (away < nearest) { nearest = away; best = i; }
      }
    }
    if (best < 0 || nearest > 4) {
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
    const {x0, y0, x1, y1} = arrowEnds(this, arrow, from, to);
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
    const along = Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
    return Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
  }
}
