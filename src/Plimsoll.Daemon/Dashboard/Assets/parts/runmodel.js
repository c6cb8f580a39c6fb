// A run in memory: its graph, how far each task is, and what follows from both. Made for ten thousand tasks and an update each second.

export const names = { w: 'waiting', r: 'ready', a: 'starting', R: 'running', F: 'frozen', b: 'retrying', s: 'succeeded', f: 'failed', d: 'dead', c: 'cancelled', k: 'skipped' };
const over = new Set(['s', 'f', 'd', 'c', 'k']);

export class RunModel {
  constructor(graph) {
    this.graph = graph;
    const n = this.count = graph.names.length;
    this.after = Array.from({ length: n }, () => []);
    this.before = Array.from({ length: n }, () => []);
    graph.from.forEach((from, i) => {
      this.after[from].push(graph.to[i]);
      this.before[graph.to[i]].push(from);
    });
    this.#order();
    this.own = Float64Array.from({ length: n }, (_, i) => Math.max(0, graph.rank_seconds[i] - this.after[i].reduce((most, next) => Math.max(most, graph.rank_seconds[next]), 0)));
  }

  /** Topological order and the depth of each task. */
  #order() {
    const open = this.before.map(one => one.length);
    const order = [];
    this.depth = new Int32Array(this.count);
    for (let i = 0; i < this.count; i++) if (open[i] === 0) order.push(i);
    for (let at = 0; at < order.length; at++) {
      for (const next of this.after[order[at]]) {
        this.depth[next] = Math.max(this.depth[next], this.depth[order[at]] + 1);
        if (--open[next] === 0) order.push(next);
      }
    }
    this.order = order;
  }

  /** Takes new columns. */
  take(columns, frozen) {
    this.columns = columns;
    const states = [...columns.states];
    for (let i = 0; i < this.count; i++) {
      if (states[i] === 'w' && this.before[i].every(need => over.has(columns.states[need]))) states[i] = 'r';
      else if (states[i] === 'R' && frozen?.has(i)) states[i] = 'F';
      else if (states[i] === 'a' && this.graph.classes[this.graph.class_of[i]] === 'llm') states[i] = 'R'; // a model call has no process that starts
    }
    this.states = states;
    this.counts = {};
    for (const one of states) this.counts[one] = (this.counts[one] ?? 0) + 1;
    this.#path();
    this.#lanes();
  }

  isOver(i) { return over.has(this.states[i]); }

  /** Seconds: of an ended task what it took, of others what is expected. */
  length(i) {
    const { started, ended, now } = this.columns;
    if (started[i] >= 0) {
      const seconds = ((ended[i] >= 0 ? ended[i] : now) - started[i]) / 1000;
      return ended[i] >= 0 ? seconds : Math.max(seconds, this.own[i]);
    }
    return this.isOver(i) ? 0 : this.own[i];
  }

  /** The longest chain of tasks, by what they took and are expected to take. */
  #path() {
    const sum = new Float64Array(this.count);
    const from = new Int32Array(this.count).fill(-1);
    let last = -1;
    for (const i of this.order) {
      sum[i] += this.length(i);
      if (last < 0 || sum[i] > sum[last]) last = i;
      for (const next of this.after[i]) {
        if (sum[i] > sum[next] || from[next] < 0) {
          sum[next] = sum[i];
          from[next] = i;
        }
      }
    }
    this.path = [];
    for (let i = last; i >= 0; i = from[i]) this.path.unshift(i);
    this.onPath = new Set(this.path);
    this.pathSeconds = last < 0 ? 0 : sum[last];
  }

  /** Tasks that have started, each in the first lane that was free then. */
  #lanes() {
    const { started, ended, now } = this.columns;
    const begun = [];
    for (let i = 0; i < this.count; i++) if (started[i] >= 0) begun.push(i);
    begun.sort((a, b) => started[a] - started[b] || a - b);
    const free = [];
    this.lane = new Int32Array(this.count).fill(-1);
    for (const i of begun) {
      let at = free.findIndex(until => until <= started[i]);
      if (at < 0) at = free.push(0) - 1;
      free[at] = ended[i] >= 0 ? Math.max(ended[i], started[i] + 1) : now + 1;
      this.lane[i] = at;
    }
    this.begun = begun;
    this.laneCount = free.length;
  }
}
