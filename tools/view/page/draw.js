// Draws what can be seen of a pane, and nothing else: the cost of a frame does not depend on how
// long the run is.

const laneHead = 26;

function drawPane(pane) {
  const {canvas, layout} = pane;
  const c = canvas.getContext('2d');
  const ratio = window.devicePixelRatio || 1;
  const width = pane.width, height = pane.viewHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.fillStyle = colours.paper;
  c.fillRect(0, 0, width, height);
  c.font = '11.5px system-ui, sans-serif';
  c.textBaseline = 'middle';
  const top = pane.scroller.scrollTop, bottom = top + height;
  c.save();
  c.translate(0, laneHead - top);
  const range = {c, pane, layout, run: pane.run, top: top - 40, bottom, width};
  drawBreaks(range);
  drawBands(range);
  drawLanes(range);
  drawCuts(range);
  drawOperations(range);
  drawLinks(range);
  drawMessages(range);
  drawDisk(range);
  drawEvents(range);
  drawEnd(range);
  drawAxis(range);
  c.restore();
  drawLaneHeads(c, pane, width);
}

function alphaOf(pane, i) {
  return pane.lit && !pane.lit[i] && !pane.run.witnesses.includes(i) && (pane.run.lane[i] >= 0 || pane.run.kind[i] === 'lose') ? 0.16 : 1;
}

function drawBreaks({c, layout, top, bottom, width}) {
  for (const gap of layout.breaks) {
    if (gap.y > bottom || gap.y + breakHeight < top) continue;
    c.fillStyle = colours.shade;
    c.fillRect(0, gap.y + 5, width, breakHeight - 10);
    c.strokeStyle = colours.faint;
    c.lineWidth = 1;
    c.beginPath();
    for (const y of [gap.y + 5, gap.y + breakHeight - 5]) {
      for (let x = 0; x <= width; x += 6) c[x ? 'lineTo' : 'moveTo'](x, y + (x / 6 % 2 ? 2 : -2));
    }
    c.stroke();
  }
}

function drawBands({c, pane, layout, top, bottom}) {
  for (const band of pane.bands) {
    const x = pane.laneX(band.lane);
    const y0 = Math.max(layout.yNear(band.from), top), y1 = Math.min(layout.yNear(band.to), bottom);
    if (x === null || y0 >= y1) continue;
    c.fillStyle = band.kind === 'down' ? pane.hatching(c) : colours.yellow;
    c.globalAlpha = band.kind === 'down' ? 1 : 0.3;
    c.fillRect(x - 20, y0, Math.min(pane.laneWidth - 16, 40), y1 - y0);
    c.globalAlpha = 1;
  }
}

function drawLanes({c, pane, layout, top, bottom}) {
  c.strokeStyle = colours.line;
  c.lineWidth = 1.5;
  for (const lane of pane.lanes) {
    const x = pane.laneX(lane);
    const gaps = pane.bands.filter(band => band.lane === lane && band.kind === 'down')
      .map(band => [layout.yNear(band.from), layout.yNear(band.to)]);
    let y = Math.max(0, top);
    c.beginPath();
    for (const [from, to] of [...gaps, [Math.min(bottom, layout.endY), Infinity]]) {
      if (from > y) { c.moveTo(x, y); c.lineTo(x, from); }
      y = Math.max(y, to);
    }
    c.stroke();
  }
}

function drawCuts({c, pane, layout, top, bottom, width}) {
  for (const band of pane.cuts) {
    const y0 = layout.yNear(band.from), y1 = layout.yNear(band.to);
    if (y1 < top || y0 > bottom) continue;
    const x = pane.axisWidth + 6 + band.column * 22;
    c.fillStyle = colours.red;
    c.globalAlpha = 0.22;
    c.fillRect(x, y0, 16, y1 - y0);
    c.globalAlpha = 1;
    c.strokeStyle = colours.red;
    c.setLineDash([2, 4]);
    c.lineWidth = 1;
    for (const y of [y0, y1]) { c.beginPath(); c.moveTo(x, y); c.lineTo(width, y); c.stroke(); }
    c.setLineDash([]);
    c.fillStyle = colours.ink;
    c.save();
    c.translate(x + 8, Math.max(y0, top + 40) + 6);
    c.rotate(Math.PI / 2);
    c.textAlign = 'left';
    if (y1 - Math.max(y0, top + 40) > 60) c.fillText('cut ' + band.label, 0, 0, y1 - y0 - 8);
    c.restore();
  }
}

// Stays where it is when there are more lanes than fit.
function drawAxis({c, pane, layout, top, bottom}) {
  const {scrollLeft} = pane.scroller;
  c.save();
  c.translate(scrollLeft, 0);
  if (scrollLeft > 0) {
    c.fillStyle = colours.paper;
    c.fillRect(0, top, pane.axisWidth - 1, bottom - top);
  }
  c.fillStyle = colours.quiet;
  c.textAlign = 'left';
  for (const gap of layout.breaks) {
    if (gap.y > bottom || gap.y + breakHeight < top) continue;
    c.fillText(spanText(gap.length) + ' idle', 8, gap.y + breakHeight / 2);
  }
  const [first, last] = layout.instantsBetween(top, bottom);
  c.textAlign = 'right';
  let free = -Infinity;
  for (let k = first; k <= last; ++k) {
    const instant = layout.instants[k];
    const y = instant.y + rowHeight / 2;
    c.fillStyle = colours.line;
    c.fillRect(pane.axisWidth - 5, instant.y + 2, 3, instant.rows * rowHeight - 4);
    if (y < free) continue;
    c.fillStyle = colours.quiet;
    c.fillText(axisText(instant.at), pane.axisWidth - 10, y);
    free = y + 13;
  }
  c.fillText('end, ' + spanText(pane.run.end), pane.axisWidth - 10, layout.endY + 8);
  c.restore();
}

function drawEvents({c, pane, layout, run, top, bottom}) {
  const [first, last] = layout.instantsBetween(top, bottom);
  for (let k = first; k <= last; ++k) {
    for (const i of layout.instants[k].events) {
      const y = layout.y[i];
      if (y < top || y > bottom + 20) continue;
      const x = pane.eventX(i);
      if (x === null) continue;
      c.globalAlpha = alphaOf(pane, i);
      if (run.kind[i] !== 'lose' && run.kind[i] !== 'cut' && run.kind[i] !== 'heal') {
        drawGlyph(c, glyphOf(run, i), x, y);
        drawLabel(c, pane, i, y);
      }
      drawRings(c, pane, i, x, y);
      c.globalAlpha = 1;
    }
  }
}

function drawLabel(c, pane, i, y) {
  const [text, tone] = labelOf(pane.run, i);
  const room = text ? pane.labelRoom(i) : 0;
  if (room < 30) return;
  const short = text.length * 6 > room ? fitted(c, text, room) : text;
  const x = pane.labelX(i);
  c.textAlign = 'left';
  c.lineWidth = 4;
  c.lineJoin = 'round';
  c.strokeStyle = colours.paper;
  c.strokeText(short, x, y + 0.5);
  c.fillStyle = tone === 'loud' ? colours.ink : tone === 'fault' ? colours.red
    : tone === 'faint' ? colours.faint : colours.quiet;
  c.fillText(short, x, y + 0.5);
}

function fitted(c, text, room) {
  let length = Math.min(text.length, Math.floor(room / 4));
  while (length > 1 && c.measureText(text.slice(0, length) + '…').width > room) --length;
  return length < text.length ? text.slice(0, length) + '…' : text;
}

function drawRings(c, pane, i, x, y) {
  const ring = (radius, colour, width) => {
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.stroke();
  };
  if (pane.onlyHere && pane.onlyHere[i]) ring(8, colours.yellow, 2.5);
  if (pane.run.witnesses.includes(i)) { c.globalAlpha = 1; ring(10, colours.red, 3); }
  if (pane.matches && pane.matches[i]) ring(8, colours.purple, 2);
  if (pane.chosen === i) { ring(12, colours.ink, 2); }
}

function drawEnd({c, pane, layout, width}) {
  if (pane.divergence >= 0) {
    const y = layout.yNear(pane.divergence) - rowHeight / 2;
    c.fillStyle = colours.red;
    c.fillRect(0, y - 1, width, 2);
    c.textAlign = 'right';
    c.fillText('first difference', width - 8, y - 8);
  }
  c.fillStyle = colours.quiet;
  c.fillRect(pane.axisWidth, layout.endY, width, 1);
}

function drawLaneHeads(c, pane, width) {
  c.fillStyle = colours.shade;
  c.fillRect(0, 0, width, laneHead);
  c.fillStyle = colours.line;
  c.fillRect(0, laneHead - 1, width, 1);
  c.fillStyle = colours.ink;
  c.font = 'bold 12px system-ui, sans-serif';
  c.textAlign = 'left';
  if (pane.netWidth > 40) c.fillText('cuts', pane.axisWidth + 6, laneHead / 2);
  for (const lane of pane.lanes) {
    c.fillText(pane.run.lanes[lane].name, pane.laneX(lane) - (pane.run.lanes[lane].isClient ? 10 : 18), laneHead / 2);
  }
  c.fillStyle = colours.shade;
  c.fillRect(pane.scroller.scrollLeft, 0, pane.axisWidth - 1, laneHead - 1);
  c.fillStyle = colours.quiet;
  c.textAlign = 'right';
  c.fillText('time', pane.scroller.scrollLeft + pane.axisWidth - 10, laneHead / 2);
}
