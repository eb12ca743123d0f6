// Uses a page as a person would, inside of it, and reports into the DOM. `./lab test view` puts it
// at the end of pages; `expected` holds what the exports have to be, or null.

(() => {
  const report = [];
  const errors = [];
  addEventListener('error', event => errors.push(event.message));
  const check = (what, test) => {
    try {
      const problem = test();
      report.push(problem ? 'FAIL ' + what + ': ' + problem : 'PASS ' + what);
    } catch (error) {
      report.push('FAIL ' + what + ': ' + String(error.stack).replace(/\n/g, ' '));
    }
  };
  const differs = (is, wanted) => is === wanted ? '' : 'it is ' + is + ', not ' + wanted;
  const press = key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
  const pane = app.panes[0];
  const {run} = pane;
  const panel = document.getElementById('panel');
  const isInView = (which, i) => {
    const y = which.layout.yNear(i) - which.scroller.scrollTop;
    return y > 0 && y < which.viewHeight ? '' : 'it is at ' + y + ' of ' + which.viewHeight;
  };
  const clickAt = (x, y) => {
    const box = pane.canvas.getBoundingClientRect();
    pane.canvas.dispatchEvent(new MouseEvent('click', {clientX: box.left + x, clientY: box.top + y, bubbles: true}));
  };

  check('nothing from the trace has run', () => window.harmed || document.querySelector('img') ? 'it has' : '');
  check('the title is shown as it is', () =>
    differs(document.querySelector('h1').firstChild.data, run.title));
  if (app.panes.length === 1 && run.violation) {
    check('it opens at the failure', () => isInView(pane, failureOf(run)));
  }
  check('every copy of every message is drawn', () => {
    const copies = run.messages.reduce((sum, message) => sum + (message.twin >= 0 ? 2 : 1), 0);
    return differs(pane.layout.arrows.all.length, copies);
  });
  check('no message arrives above where it was sent', () => {
    const bad = pane.layout.arrows.all.filter(arrow => arrow.y1 < arrow.y0);
    return bad.length ? bad.length + ' do' : '';
  });
  check('no two marks are on each other', () => {
    const places = new Map();
    for (let i = 0; i < run.count; ++i) {
      if (['cut', 'heal', 'lose'].includes(run.kind[i])) continue;
      const place = placeOf(run, i) + ' ' + pane.layout.y[i];
      if (places.has(place)) return '#' + (i + 1) + ' is on #' + (places.get(place) + 1);
      places.set(place, i);
    }
    return '';
  });
  check('f goes to the failure and shows it', () => {
    press('f');
    return isInView(pane, failureOf(run)) ||
      differs(panel.querySelector('h2').textContent.split(' ')[0], '#' + (failureOf(run) + 1));
  });
  check('Escape lets go', () => { press('Escape'); return differs(pane.chosen, -1); });
  check('j and k step through all events', () => {
    press('j'); press('j'); press('k');
    return differs(pane.chosen, 0);
  });
  check('a click on a mark chooses its event', () => {
    pane.reveal(0, true);
    for (let i = 0; i < Math.min(run.count, 12); ++i) {
      if (run.kind[i] === 'lose' || run.lane[i] < 0) continue;
      pane.reveal(i, true);
      clickAt(pane.eventX(i), pane.layout.y[i] - pane.scroller.scrollTop + laneHead);
      if (pane.chosen !== i) return 'at #' + (i + 1) + ' it chose #' + (pane.chosen + 1);
    }
    return '';
  });
  check('a click on an arrow chooses its message', () => {
    const arrow = pane.layout.arrows.all.find(each => each.kind === 'arrives' && each.y1 - each.y0 < 300 &&
      run.peer[each.message.send] !== run.node[each.message.send]);
    if (!arrow) return '';
    const send = arrow.message.send;
    pane.reveal(send, true);
    const x = (pane.laneX(run.lane[send]) + pane.laneX(run.laneOf.get(run.peer[send]))) / 2;
    clickAt(x, (arrow.y0 + arrow.y1) / 2 - pane.scroller.scrollTop + laneHead);
    const chosen = pane.chosen >= 0 ? run.messageOf[pane.chosen] : null;
    return chosen === arrow.message ? '' : 'it chose #' + (pane.chosen + 1) + ', not #' + (send + 1);
  });
  if (run.count < 1000) {
    check('what is lit is what messages, causes and program order connect', () => {
      const after = Array.from({length: run.count}, () => []);
      const last = new Map();
      for (let i = 0; i < run.count; ++i) {
        if (run.kind[i] === 'lose' || run.lane[i] < 0) continue;
        if (last.has(run.lane[i])) after[last.get(run.lane[i])].push(i);
        last.set(run.lane[i], i);
        if (run.cause[i] >= 0 && run.cause[i] < i) after[run.cause[i]].push(i);
      }
      for (const message of run.messages) after[message.send].push(...message.arrivals);
      const reach = from => {
        const seen = new Set();
        const visit = i => after[i].forEach(to => { if (!seen.has(to)) { seen.add(to); visit(to); } });
        visit(from);
        return seen;
      };
      for (let i = 0; i < run.count; i += 7) {
        if (run.kind[i] === 'lose' || run.lane[i] < 0) continue;
        pane.choose(i);
        const future = reach(i);
        for (let k = 0; k < run.count; ++k) {
          if (run.kind[k] === 'lose' || run.lane[k] < 0 || k === i) continue;
          if ((pane.lit[k] === 2) !== future.has(k)) return '#' + (k + 1) + ' after #' + (i + 1);
        }
      }
      return '';
    });
  }
  const operations = run.operations.filter(({call}) => run.lane[call] >= 0);
  check('every operation of a client has a bar', () => {
    const calls = Array.from(run.kind).filter(kind => kind === 'call').length;
    const bad = pane.layout.bars.all.filter(bar => bar.y1 <= bar.y0 || bar.bodyEnd > bar.y1);
    return differs(pane.layout.bars.all.length, calls) || differs(bad.length, 0);
  });
  check('an operation is no message, and has one result', () => {
    const bad = run.operations.filter(({call, result}) => run.messageOf[call] || run.messageOf[result]);
    const results = run.operationOf.filter((operation, i) => operation && run.kind[i] === 'result').length;
    return differs(bad.length, 0) || differs(results, run.operations.filter(({result}) => result >= 0).length);
  });
  check('bars of one client stand side by side', () => {
    const boxes = pane.layout.bars.all.slice(0, 500).map(bar => ({...bar, ...pane.boxOf(bar)}));
    const areApart = (one, other) => one.lane !== other.lane || one.bodyEnd <= other.y0 || other.bodyEnd <= one.y0 ||
      one.x + one.width <= other.x || other.x + other.width <= one.x;
    for (const one of boxes) {
      const other = boxes.find(each => each.operation !== one.operation && !areApart(one, each));
      if (other) return '#' + (one.operation.call + 1) + ' is on #' + (other.operation.call + 1);
    }
    return '';
  });
  check('an arrow joins a client and a node, downwards', () => {
    const bad = pane.layout.links.all.filter(link => link.y1 < link.y0 || !linkEnds(pane, link));
    return differs(bad.length, 0) || differs(pane.layout.links.all.length, run.links.length);
  });
  check('a click on a bar or its tail chooses the operation', () => {
    for (const operation of [operations[0], operations.find(each => each.result < 0)]) {
      if (!operation) continue;
      pane.reveal(operation.call, true);
      const bar = pane.layout.barOf.get(operation);
      const box = pane.boxOf(bar);
      const height = y => y - pane.scroller.scrollTop + laneHead;
      press('Escape');
      clickAt(box.x + box.width - 3, height((bar.y0 + Math.min(bar.bodyEnd, bar.y0 + 40)) / 2));
      if (pane.chosen !== operation.call) return '#' + (operation.call + 1) + ': it chose #' + (pane.chosen + 1);
      if (operation.result >= 0) continue;
      press('Escape');
      clickAt(box.tail, height(Math.min(bar.y1 - 2, bar.bodyEnd + 30)));
      if (pane.chosen !== operation.call) return 'tail of #' + (operation.call + 1) + ': it chose #' + (pane.chosen + 1);
    }
    return '';
  });
  check('an operation shows its outcome, its duration, and who was asked', () => {
    for (const {call, result, outcome} of operations.slice(0, 10)) {
      app.choose(pane, call);
      const shown = panel.querySelector('.facts').textContent;
      const wanted = result < 0 ? ['unknown', 'open for' + spanText(run.end - run.at[call])]
        : [outcome, 'duration' + spanText(run.at[result] - run.at[call]), '#' + (result + 1)];
      for (const {from, to} of run.links) if (from === call) wanted.push('leads to#' + (to + 1));
      const missing = wanted.find(each => !shown.includes(each));
      if (missing) return '#' + (call + 1) + ' does not say ' + missing + ' but ' + shown;
    }
    return '';
  });
  if (operations.length) {
    check('clients can be hidden and come back', () => {
      const boxes = [...document.querySelectorAll('.menu label')];
      const all = boxes.find(label => label.textContent === ' all clients').firstChild;
      const one = boxes.find(label => label.textContent === ' client ' + run.clients[0]).firstChild;
      const count = () => pane.layout.bars.all.length + pane.clientLanes.length + pane.layout.links.all.length;
      const before = count();
      all.click();
      const without = count();
      all.click();
      one.click();
      const fewer = pane.layout.bars.all.filter(bar => bar.lane === run.nodes.length).length;
      one.click();
      return differs(without, 0) || differs(fewer, 0) || differs(count(), before);
    });
    check('search finds what clients do', () => {
      app.search.field.value = placeOf(run, operations[0].call) + ' calls';
      app.search.find();
      const first = pane.found[0];
      app.search.field.value = '';
      app.search.find();
      return differs(first, operations.find(({call}) => run.node[call] === run.node[operations[0].call]).call);
    });
    check('the keys go from lane to lane, clients on the left', () => {
      app.choose(pane, operations[0].call);
      for (const lane of pane.lanes) press('ArrowLeft');
      const leftmost = run.lane[pane.chosen];
      for (const lane of pane.lanes) press('ArrowRight');
      const rightmost = (run.nodes.length || run.clients.length) - 1;
      return differs(leftmost, run.nodes.length) || differs(run.lane[pane.chosen], rightmost);
    });
  }
  const unexplained = run.operations.find(({why}) => why);
  if (run.effects.length) {
    check('an operation takes effect within its bar, in the order of their numbers', () => {
      let last = -1;
      for (const {operation, number} of run.effects) {
        const bar = pane.layout.barOf.get(operation);
        if (!(bar.effectY >= bar.y0 && bar.effectY <= bar.y1)) return 'number ' + number + ' is outside';
        if (bar.effectY <= last) return 'number ' + number + ' is above the one before';
        last = bar.effectY;
      }
      return '';
    });
    check('an operation says when it takes effect, and what there is then', () => {
      const [{operation, then}] = run.effects;
      app.choose(pane, operation.call);
      const shown = panel.querySelector('.facts').textContent;
      return shown.includes('as number 1; then ' + then) ? '' : shown;
    });
    check('the one that nothing explains is red and says why', () => {
      app.choose(pane, unexplained.call);
      const shown = panel.querySelector('.facts').textContent;
      return differs(lookOf(unexplained).colour, 'red') || (shown.includes(unexplained.why) ? '' : shown);
    });
  }
  if (run.messages.length) check('search finds and n goes there', () => {
    const name = run.name[run.messages[0].send].split(/[\x00-\x1f]/)[0];
    app.search.field.value = name;
    app.search.find();
    press('Escape');
    press('n');
    const found = pane.found.length;
    const first = pane.chosen;
    app.search.field.value = '';
    app.search.find();
    return found > 0 && first === Array.from(pane.run.name).findIndex((each, i) => searchText(run, i).includes(name.toLowerCase()))
      ? '' : found + ' found, at #' + (first + 1);
  });
  if (run.messages.length) check('a hidden message is gone, and comes back', () => {
    const name = run.messages[0].name;
    const before = pane.layout.arrows.all.length;
    const box = [...document.querySelectorAll('.menu label')].find(label => label.textContent.startsWith(' ' + name + ' (')).firstChild;
    box.click();
    const hidden = pane.layout.arrows.all.filter(arrow => arrow.message.name === name).length;
    box.click();
    return differs(hidden, 0) || differs(pane.layout.arrows.all.length, before);
  });
  check('without compact gaps there are no breaks', () => {
    const box = document.querySelector('#tools input[type=checkbox]');
    box.click();
    const breaks = pane.layout.breaks.length;
    box.click();
    return differs(breaks, 0);
  });
  check('an event shows the state of every node', () => {
    app.choose(pane, run.count - 1);
    return differs(panel.querySelectorAll('.states tr:first-child th').length, run.nodes.length + 1);
  });
  check('help opens and closes', () => {
    press('?');
    const wasOpen = document.getElementById('help').open;
    press('?');
    return wasOpen && !document.getElementById('help').open ? '' : 'it did not';
  });
  if (expected) {
    pane.causality ??= new Causality(run);
    const same = (is, wanted) => {
      if (is === wanted) return '';
      const at = [...wanted].findIndex((character, i) => character !== is[i]);
      return 'it has ' + JSON.stringify(is.substr(at - 20, 60)) + ', not ' + JSON.stringify(wanted.substr(at - 20, 60));
    };
    check('JSON lines are those of ./lab view --export', () => same(asJsonLines(run), expected.jsonl));
    check('text is that of ./lab view --export', () => same(asText(run), expected.text));
    check('the history is that of ./lab view --export', () => same(asHistory(run), expected.history));
    check('ShiViz is that of ./lab view --export', () => same(asShiViz(run, pane.causality), expected.shiviz));
  }
  if (app.panes.length > 1) {
    const [left, right] = app.panes;
    check('both runs show the first difference', () => {
      for (const each of app.panes) each.reveal(left.divergence, true);
      return differs(left.divergence, right.divergence) || isInView(left, left.divergence) || isInView(right, right.divergence);
    });
    check('what is chosen in one is chosen in the other', () => {
      app.choose(left, 8);
      return differs(right.chosen, 8);
    });
    check('o changes to the other run', () => { press('o'); return differs(app.current, 1); });
  }
  if (run.count > 50000) {
    check('a frame looks at what can be seen alone', () => {
      const [first, last] = pane.layout.instantsBetween(1e6, 1e6 + 900);
      return last - first < 200 ? '' : 'it looks at ' + (last - first) + ' instants';
    });
    const times = [];
    for (let k = 0; k < 100; ++k) {
      pane.scroller.scrollTop = k * 20000;
      const begin = performance.now();
      drawPane(pane);
      drawMinimap(pane);
      times.push(performance.now() - begin);
    }
    times.sort((one, other) => one - other);
    report.push('INFO a frame takes ' + times[50].toFixed(1) + ' ms, at most ' + times[99].toFixed(1) + ' ms');
  }
  check('no handler of the page has failed', () => errors.join(' '));
  const result = document.createElement('pre');
  result.id = 'selftest';
  result.textContent = '\n\n' + report.join('\n') + '\nDONE\n';
  document.body.append(result);
})();
