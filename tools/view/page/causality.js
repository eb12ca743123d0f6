// What happened before what (Lamport 1978): vector clocks, Lamport times, and what they light.

class Causality {
  constructor(run) {
    const {count, lanes} = run;
    this.run = run;
    this.width = lanes.length;
    this.clocks = new Int32Array(count * this.width);
    this.lamport = new Int32Array(count);
    const now = lanes.map(() => new Int32Array(this.width));
    const time = new Int32Array(this.width);
    for (let i = 0; i < count; ++i) {
      const lane = run.lane[i];
      // A message dies on the network; no node learns of it.
      if (lane < 0 || run.kind[i] === 'lose') continue;
      const clock = now[lane];
      const learn = from => {
        for (let k = 0; k < this.width; ++k) {
          clock[k] = Math.max(clock[k], this.clocks[from * this.width + k]);
        }
        time[lane] = Math.max(time[lane], this.lamport[from]);
      };
      const message = run.messageOf[i];
      if (message && message.arrivals.includes(i)) learn(message.send);
      if (run.cause[i] >= 0 && run.cause[i] < i) learn(run.cause[i]);
      ++clock[lane];
      this.lamport[i] = ++time[lane];
      this.clocks.set(clock, i * this.width);
    }
  }

  clock(i) {
    return this.clocks.subarray(i * this.width, (i + 1) * this.width);
  }

  // Whether i can have caused k, for events of nodes.
  isBefore(i, k) {
    const lane = this.run.lane[i];
    const count = this.clocks[i * this.width + lane];
    return count > 0 && i !== k && this.clocks[k * this.width + lane] >= count;
  }

  // For each event: 1 when it is in the past of the chosen one, 2 in its future, 3 itself, 0 neither.
  lit(chosen) {
    const {run} = this;
    const lit = new Uint8Array(run.count);
    const of = i => {
      if (i === chosen) return 3;
      if (run.kind[i] === 'lose') return run.messageOf[i] ? lit[run.messageOf[i].send] : 0;
      if (run.lane[i] < 0) return 0;
      return this.isBefore(i, chosen) ? 1 : this.isBefore(chosen, i) ? 2 : 0;
    };
    if (run.kind[chosen] === 'lose' && run.messageOf[chosen]) {
      // Nobody learnt of the loss; what led to it is what led to the send.
      const send = run.messageOf[chosen].send;
      const past = this.lit(send).map(light => light === 2 ? 0 : light && 1);
      past[chosen] = 3;
      return past;
    }
    for (let i = 0; i < run.count; ++i) lit[i] = of(i);
    return lit;
  }
}
