// What is shown, and what is looked for.

const groups = [
  ['timers', 'timers being set', ['set_timer', 'cancel_timer']],
  ['disk', 'writes', ['persist', 'durable']],
  ['application', 'inputs and outputs', ['input', 'emit']],
];

class Filter {
  constructor(runs) {
    this.compact = true;
    this.zoom = 1;
    this.hiddenNames = new Set();
    this.hiddenNodes = new Set();
    this.hiddenKinds = new Set();
    this.hiddenClients = new Set();
    this.hidesClients = false;
    this.names = new Map();  // of messages and timers, with how often they are sent or fire
    for (const run of runs) {
      for (let i = 0; i < run.count; ++i) {
        if (run.kind[i] !== 'send' && run.kind[i] !== 'fire') continue;
        this.names.set(run.name[i], (this.names.get(run.name[i]) || 0) + 1);
      }
    }
    this.nodes = [...new Set(runs.flatMap(run => run.nodes))];
    this.clients = [...new Set(runs.flatMap(run => run.clients))];
  }

  showsLane({id, isClient}) {
    return isClient ? !this.hidesClients && !this.hiddenClients.has(id) : !this.hiddenNodes.has(id);
  }

  shows(run, i) {
    const isClient = run.isOfClient(i);
    if (this.hiddenKinds.has(run.kind[i]) || !this.showsLane({id: run.node[i], isClient})) return false;
    if (!this.hiddenNames.has(run.name[i])) return true;
    return !['send', 'deliver', 'lose', 'duplicate', 'fire', 'set_timer', 'cancel_timer'].includes(run.kind[i]);
  }

  // `changed` is called after every change.
  show(into, changed) {
    const box = (text, isOn, set) => element('label', {}, element('input', {
      type: 'checkbox', checked: isOn, onchange: event => { set(event.target.checked); changed(); }}), ' ' + text);
    const toggle = (hidden, ...values) => isOn => {
      for (const value of values) isOn ? hidden.delete(value) : hidden.add(value);
    };
    into.append(
      box('compact idle gaps', true, isOn => { this.compact = isOn; }),
      menu('Nodes', ...this.nodes.map(id => box('node ' + id, true, toggle(this.hiddenNodes, id)))),
      ...(this.clients.length ? [menu('Clients', box('all clients', true, isOn => { this.hidesClients = !isOn; }),
        ...this.clients.map(id => box('client ' + id, true, toggle(this.hiddenClients, id))))] : []),
      menu('Messages and timers', ...[...this.names].sort((one, other) => other[1] - one[1])
        .map(([name, count]) => box(name + ' (' + count + ')', true, toggle(this.hiddenNames, name)))),
      menu('Kinds', ...groups.map(([id, text, kinds]) => box(text, true, toggle(this.hiddenKinds, ...kinds)))));
  }
}

function menu(title, ...items) {
  return element('details', {class: 'menu'}, element('summary', {}, title), element('div', {}, ...items));
}

// Search: words of the event, its content and its text, without regard to case.
class Search {
  constructor(panes, moved) {
    this.panes = panes;
    this.moved = moved;
    this.count = element('output', {});
    this.field = element('input', {type: 'search', placeholder: 'search  ( / )', 'aria-label': 'search',
      oninput: () => this.find(),
      onkeydown: event => {
        if (event.key === 'Enter') { this.step(moved.active(), event.shiftKey ? -1 : 1); this.field.blur(); }
        if (event.key === 'Escape') this.field.blur();
        event.stopPropagation();
      }});
  }

  find() {
    const wanted = this.field.value.toLowerCase();
    for (const pane of this.panes) {
      const {run} = pane;
      pane.matches = wanted ? new Uint8Array(run.count) : null;
      pane.found = [];
      for (let i = 0; wanted && i < run.count; ++i) {
        if (!pane.layout.isShown(i) || !searchText(run, i).includes(wanted)) continue;
        pane.matches[i] = 1;
        pane.found.push(i);
      }
      pane.redraw();
    }
    this.count.textContent = wanted ? this.panes.map(pane => pane.found.length).join(' | ') + ' found' : '';
  }

  // To the next match after the chosen event, or the one before; around the end.
  step(pane, by) {
    const {found} = pane;
    if (!found.length) return;
    const place = lastAtMost(found, pane.chosen);
    const isOn = place >= 0 && found[place] === pane.chosen;
    const next = by > 0 ? place + 1 : isOn ? place - 1 : place;
    this.moved.choose(pane, found[(next + found.length) % found.length]);
  }
}

function searchText(run, i) {
  return (placeOf(run, i) + ' ' + inWords(run, i)).toLowerCase();
}
