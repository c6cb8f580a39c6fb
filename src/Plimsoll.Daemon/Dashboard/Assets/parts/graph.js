// The tasks of a run and their order. Tasks of one matrix, and of one class at one depth when that is still too much, are one box with a count.

import { h, put, set } from '../dom.js';
import { count } from '../format.js';

const MostSingle = 24, MostBoxes = 60;
const BoxWidth = 158, BoxHeight = 40, GapX = 46, GapY = 12;
const order = ['s', 'f', 'd', 'c', 'k', 'R', 'a', 'F', 'b', 'r', 'w'];
const colors = { s: '--good', R: '--sea', a: '--sea', F: '--ice', f: '--bad', d: '--bad', c: '--slate', k: '--slate', b: '--wait' };

export class Graph {
  constructor(model, chosen) {
    this.chosen = chosen;
    this.element = h('div', { class: 'scroll graph', tabindex: '0', role: 'group', 'aria-label': 'Graph of tasks' });
    this.#group(model);
    this.#build(model);
  }

  #group(model) {
    const { names, classes, class_of: classOf } = model.graph;
    const ways = [i => names[i], i => `${names[i].replace(/\[.*\]$/s, '')}\n${model.depth[i]}`, i => `${classes[classOf[i]]}\n${model.depth[i]}`, i => `level ${model.depth[i] + 1}`];
    for (const way of ways) {
      this.boxes = [];
      this.boxOf = new Int32Array(model.count);
      const found = new Map();
      for (let i = 0; i < model.count; i++) {
        const key = way(i);
        let at = found.get(key);
        if (at === undefined) {
          found.set(key, at = this.boxes.length);
          this.boxes.push({ name: key.split('\n')[0], tasks: [], depth: 0 });
        }
        this.boxes[at].tasks.push(i);
        this.boxOf[i] = at;
      }
      if (this.boxes.length <= (way === ways[0] ? MostSingle : MostBoxes)) break;
    }
    for (const box of this.boxes) box.depth = Math.max(...box.tasks.slice(0, 5000).map(i => model.depth[i]));
  }

  #build(model) {
    const edges = new Map();
    model.graph.from.forEach((from, i) => {
      const a = this.boxOf[from], b = this.boxOf[model.graph.to[i]];
      if (a !== b) edges.set(a * 100_000 + b, [a, b]);
    });
    const columns = [];
    for (const box of this.boxes) (columns[box.depth] ??= []).push(box);
    const filled = columns.filter(Boolean);
    this.#settle(filled, [...edges.values()]);
    const rows = Math.max(...filled.map(column => column.length), 1);
    const width = filled.length * (BoxWidth + GapX) - GapX + 4, height = rows * (BoxHeight + GapY) + 4;
    this.svg = h('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'false' });
    this.lines = [...edges.values()].map(([a, b]) => {
      const from = this.boxes[a], to = this.boxes[b];
      const x1 = from.x + BoxWidth, y1 = from.y + BoxHeight / 2, x2 = to.x, y2 = to.y + BoxHeight / 2, bend = Math.max(18, (x2 - x1) / 2);
      const path = h('path', { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, fill: 'none', stroke: 'var(--rule-strong)' });
      this.svg.append(path);
      return { a, b, path };
    });
    for (const box of this.boxes) this.#box(box, model);
    this.element.append(this.svg);
  }

  /** Each column in the order of the middle of what it follows: few crossings, in one pass each way. */
  #settle(columns, edges) {
    const before = new Map(this.boxes.map(box => [box, []]));
    for (const [a, b] of edges) before.get(this.boxes[b]).push(this.boxes[a]);
    columns.forEach((column, x) => {
      const middle = box => before.get(box).length ? before.get(box).reduce((sum, one) => sum + one.y, 0) / before.get(box).length : box.y ?? 0;
      column.forEach((box, i) => { box.y ??= i; });
      column.sort((a, b) => middle(a) - middle(b));
      column.forEach((box, i) => {
        box.x = 2 + x * (BoxWidth + GapX);
        box.y = 2 + i * (BoxHeight + GapY);
      });
    });
  }

  #box(box, model) {
    box.parts = order.map(() => h('rect', { height: 5, y: BoxHeight - 8, rx: 1 }));
    box.text = h('text', { x: 9, y: 17, 'font-size': 12, fill: 'var(--ink)' }, cut(box.name, 22));
    box.more = h('text', { x: 9, y: 17, 'font-size': 11, fill: 'var(--ink-3)' });
    box.frame = h('rect', { width: BoxWidth, height: BoxHeight, rx: 4, fill: 'var(--panel)', stroke: 'var(--rule-strong)' });
    const single = box.tasks.length === 1;
    box.link = h('g', { transform: `translate(${box.x} ${box.y})`, role: 'link', tabindex: '0', style: { cursor: 'pointer' } },
      h('title', {}, single ? model.graph.names[box.tasks[0]] : `${box.name}, ${box.tasks.length} tasks`), box.frame, box.text, box.more, box.parts);
    const open = () => single ? location.hash = `#/task/${model.graph.run}.${box.tasks[0]}` : this.chosen(box);
    box.link.addEventListener('click', open);
    box.link.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open();
      }
    });
    this.svg.append(box.link);
  }

  update(model) {
    const hot = new Set(model.path.map(i => this.boxOf[i]));
    const hotEdges = new Set();
    for (let i = 1; i < model.path.length; i++) hotEdges.add(this.boxOf[model.path[i - 1]] * 100_000 + this.boxOf[model.path[i]]);
    for (const box of this.boxes) {
      const counts = {};
      for (const i of box.tasks) counts[model.states[i]] = (counts[model.states[i]] ?? 0) + 1;
      let x = 9;
      order.forEach((state, i) => {
        const width = (counts[state] ?? 0) / box.tasks.length * (BoxWidth - 18);
        set(box.parts[i], { x: x.toFixed(1), width: width.toFixed(1), fill: colors[state] ? `var(${colors[state]})` : 'var(--sunk)' });
        x += width;
      });
      const done = order.slice(0, 5).reduce((sum, state) => sum + (counts[state] ?? 0), 0);
      put(box.more, box.tasks.length > 1 ? `${count(done)} / ${count(box.tasks.length)}` : '');
      set(box.more, { x: BoxWidth - 9, 'text-anchor': 'end', y: 17 });
      put(box.text, cut(box.name, box.tasks.length > 1 ? 14 : 22));
      set(box.frame, { stroke: hot.has(this.boxOf[box.tasks[0]]) ? 'var(--hull)' : 'var(--rule-strong)', 'stroke-width': hot.has(this.boxOf[box.tasks[0]]) ? 2 : 1 });
    }
    for (const { a, b, path } of this.lines) {
      const isHot = hotEdges.has(a * 100_000 + b);
      set(path, { stroke: isHot ? 'var(--hull)' : 'var(--rule-strong)', 'stroke-width': isHot ? 2 : 1 });
    }
  }
}

const cut = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;
