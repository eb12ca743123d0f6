// The columns of a trace (tools/view/columns.h), decoded. Events are numbered from 0 here and from
// 1 wherever a person sees them.

class Run {
  constructor(columns) {
    Object.assign(this, {
      title: columns.title, world: columns.world, seed: columns.seed, plan: columns.plan,
      violation: columns.violation, replay: columns.replay, nodes: columns.nodes,
      clients: columns.clients,
      end: columns.end, kinds: columns.kinds, words: columns.words,
      numbersOfWitnesses: columns.witnesses,  // as the trace says it, also of events that it lacks
    });
    this.count = columns.kind.length;
    this.witnesses = columns.witnesses.map(number => number - 1)
      .filter(i => i >= 0 && i < this.count);
    // The lanes of nodes, then those of clients.
    this.lanes = this.nodes.map(id => ({id, isClient: false, name: 'node ' + id}))
      .concat(this.clients.map(id => ({id, isClient: true, name: 'client ' + id})));
    this.laneOf = new Map(this.nodes.map((id, lane) => [id, lane]));
    this.laneOfClient = new Map(this.clients.map((id, place) => [id, this.nodes.length + place]));
    this.decode(columns);
    this.joinMessages();
    this.joinOperations();
    this.joinMarks(columns.marks);
    this.joinTimers();
    this.joinWrites();
    this.indexStates(columns);
  }

  decode(columns) {
    const count = this.count;
    this.kind = Array.from(columns.kind, letter => this.kinds[letter.charCodeAt(0) - 97]);
    this.at = new Float64Array(count);
    this.id = new Float64Array(count);
    this.cause = new Int32Array(count);
    this.lane = new Int32Array(count);
    this.node = columns.node;
    this.peer = columns.peer;
    this.name = columns.name.map(index => columns.strings[index]);
    this.text = columns.text.map(index => columns.strings[index]);
    this.content = new Array(count);
    let at = 0, id = 0, contents = 0;
    const contentOf = new Map();  // of each message
    for (let i = 0; i < count; ++i) {
      this.at[i] = at += columns.at[i];
      const step = columns.id[i];
      if (step) id += step > 0 ? step - 1 : step;
      this.id[i] = step ? id : 0;
      this.cause[i] = columns.cause[i] ? i - columns.cause[i] : -1;
      const lanes = this.isOfClient(i) ? this.laneOfClient : this.laneOf;
      this.lane[i] = lanes.get(columns.node[i]) ?? -1;
      const code = columns.content[i];
      this.content[i] = code === 0 ? '' : code === 1 ? columns.contents[contents++]
        : code === 2 ? contentOf.get(id) : columns.contents[code - 3];
      if (step && code && !this.isOfClient(i) && !contentOf.has(id)) contentOf.set(id, this.content[i]);
    }
  }

  isOfClient(i) {
    return this.kind[i] === 'call' || this.kind[i] === 'result';
  }

  // Of a node that the trace names.
  isOfNode(i) {
    return this.lane[i] >= 0 && !this.isOfClient(i);
  }

  // Each message: its send, where its copies arrived, and where they died.
  joinMessages() {
    this.messages = [];
    this.messageOf = new Array(this.count).fill(null);
    const byId = new Map();
    for (let i = 0; i < this.count; ++i) {
      const kind = this.kind[i];
      if (!this.id[i] || this.isOfClient(i)) continue;
      let message = byId.get(this.id[i]);
      if (kind === 'send') {
        message = {send: i, name: this.name[i], arrivals: [], losses: [], twin: -1};
        byId.set(this.id[i], message);
        this.messages.push(message);
      } else if (!message) {
        continue;  // it was sent before the trace begins
      } else if (kind === 'deliver' || kind === 'undecodable') {
        message.arrivals.push(i);
      } else if (kind === 'lose') {
        message.losses.push(i);
        this.name[i] = message.name;
      } else if (kind === 'duplicate') {
        message.twin = i;
        this.name[i] = message.name;
      }
      this.messageOf[i] = message;
    }
  }

  // Each operation of a client, from its call to its result, if there is one; and the links between
  // clients and nodes: a call and the input that it made, what a node told and the result of it.
  joinOperations() {
    this.operations = [];
    this.operationOf = new Array(this.count).fill(null);
    this.links = [];
    const open = new Map();
    for (let i = 0; i < this.count; ++i) {
      const from = this.cause[i];
      if (from >= 0 && from < i && this.isOfClient(i) !== this.isOfClient(from)) this.links.push({from, to: i});
      if (this.kind[i] === 'call') {
        const operation = {call: i, result: -1, outcome: 'open'};
        this.operations.push(operation);
        open.set(this.id[i], operation);
        this.operationOf[i] = operation;
      } else if (this.kind[i] === 'result' && open.has(this.id[i])) {
        const outcome = ['ok', 'failed'].includes(this.name[i]) ? this.name[i] : 'unknown';
        this.operationOf[i] = Object.assign(open.get(this.id[i]), {result: i, outcome});
        open.delete(this.id[i]);
      }
    }
  }

  // What a checker says of operations: where each takes effect, and which nothing explains.
  joinMarks(marks) {
    this.effects = [];
    const places = new Map();  // of each event, how many take effect after it
    (marks ? marks.effects : []).forEach(([call, after, then], k) => {
      const operation = this.operationOf[call - 1];
      if (!operation || after < 1 || after > this.count) return;
      const place = (places.get(after) || 0) + 1;
      places.set(after, place);
      this.effects.push(operation.effect = {operation, after: after - 1, place, then, number: k + 1});
    });
    for (const effect of this.effects) effect.of = places.get(effect.after + 1) + 1;
    const unexplained = marks && this.operationOf[marks.unexplained - 1];
    if (unexplained) unexplained.why = marks.why;
  }

  // Where a timer that fires or is cancelled was set. A timer is known by its value.
  joinTimers() {
    this.setAt = new Int32Array(this.count).fill(-1);
    const last = new Map();
    for (let i = 0; i < this.count; ++i) {
      const key = this.node[i] + ' ' + this.name[i] + this.content[i];
      if (this.kind[i] === 'set_timer') last.set(key, i);
      if (this.kind[i] === 'fire' || this.kind[i] === 'cancel_timer') {
        this.setAt[i] = last.get(key) ?? -1;
      }
    }
  }

  // When each record reached the disk: records arrive in order, and a crash ends those under way.
  joinWrites() {
    this.writes = [];
    this.writeOf = new Array(this.count).fill(null);
    const underWay = this.nodes.map(() => []);
    for (let i = 0; i < this.count; ++i) {
      const queue = underWay[this.lane[i]];
      if (!queue) continue;
      if (this.kind[i] === 'persist') {
        const write = {lane: this.lane[i], from: i, to: -1, end: 'under way'};
        this.writes.push(write);
        queue.push(write);
        this.writeOf[i] = write;
      } else if (this.kind[i] === 'durable' && queue.length) {
        this.writeOf[i] = Object.assign(queue.shift(), {to: i, end: 'durable'});
      } else if (this.kind[i] === 'crash') {
        const kept = parseInt(this.text[i]) || 0;
        queue.splice(0).forEach((write, place) => Object.assign(
          write, {to: i, end: place < kept ? 'durable' : 'lost'}));
      }
    }
  }

  // States are kept as they differ from the last one of their node, and put together when somebody
  // looks; every 64th is remembered then.
  indexStates(columns) {
    this.states = this.nodes.map(() => ({events: [], deltas: [], known: new Map()}));
    this.hasState = new Uint8Array(this.count);
    let number = 0;
    columns.state_texts.forEach((middle, i) => {
      const [after, front, back] = columns.states.slice(3 * i, 3 * i + 3);
      number += after;
      const states = this.states[this.lane[number - 1]];
      if (!states) return;
      this.hasState[number - 1] = 1;
      states.events.push(number - 1);
      states.deltas.push({front, back, middle});
    });
  }

  stateText(states, place) {
    if (place < 0) return '';
    let from = place - place % 64;
    while (from > 0 && !states.known.has(from)) from -= 64;
    let text = from > 0 ? states.known.get(from) : '';
    for (let i = from > 0 ? from + 1 : 0; i <= place; ++i) {
      const {front, back, middle} = states.deltas[i];
      text = text.slice(0, front) + middle + text.slice(text.length - back);
      if (i % 64 === 0) states.known.set(i, text);
    }
    return text;
  }

  // The state of a node right after event i, and the one before that; '' when it has none.
  statesAt(lane, i) {
    const states = this.states[lane];
    const place = lastAtMost(states.events, i);
    return {
      now: this.stateText(states, place),
      before: this.stateText(states, place - 1),
      since: place < 0 ? -1 : states.events[place],
    };
  }
}

// The place of the last element that is at most `limit`, in a sorted list; -1 when none is.
function lastAtMost(sorted, limit) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= limit) low = middle + 1; else high = middle;
  }
  return low - 1;
}
