// The load line: a ship's side with its draught marks. Below the line lies what is loaded, above it the freeboard that is kept for the host.

import { h, put, set } from '../dom.js';
import { bytes } from '../format.js';

const Width = 330;
const Height = 360;
const Top = 18;
const Left = 52;
const Right = 236;
const Bottom = 338;

const layers = [
  ['others', 'k-others', 'Used by others', line => line.others_bytes],
  ['shared', 'k-shared', 'Shared pages', line => line.shared_bytes],
  ['used', 'k-used', 'Used by tasks', line => line.used_bytes],
  ['owed', 'k-owed', 'Owed to tasks', line => line.owed_bytes],
  ['burst', 'k-burst', 'Burst pool', line => line.burst_bytes],
];

export class LoadLine {
  constructor() {
    this.figure = h('div', { class: 'figure' });
    this.rects = layers.map(([, css]) => h('rect', { class: `${css} eases`, x: Left, width: Right - Left }));
    this.marks = h('g');
    this.line = h('g', { class: 'eases' },
      h('path', { d: `M${Left - 6} 0H${Right + 64}`, stroke: 'var(--ink)', 'stroke-width': 2.5 }),
      h('circle', { cx: Right + 30, cy: 0, r: 15, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2.5 }),
      h('text', { class: 'line-text', x: Right + 52, y: -9 }));
    this.title = h('title', { id: 'load-line-title' }, 'Load line');
    this.desc = h('desc', { id: 'load-line-text' });
    const hull = `M${Left} ${Top}H${Right}V${Bottom - 26}Q${Right} ${Bottom} ${Right - 30} ${Bottom}H${Left + 30}Q${Left} ${Bottom} ${Left} ${Bottom - 26}Z`;
    this.svg = h('svg', { viewBox: `0 0 ${Width} ${Height}`, role: 'img', 'aria-labelledby': 'load-line-title load-line-text' },
      this.title, this.desc,
      h('defs', {},
        h('pattern', { id: 'owed', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
          h('rect', { width: 6, height: 6, fill: 'var(--hull-soft)' }), h('rect', { width: 2.4, height: 6, fill: 'var(--hull)' })),
        h('pattern', { id: 'burst', width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
          h('rect', { width: 6, height: 6, fill: 'var(--panel)' }), h('circle', { cx: 3, cy: 3, r: 1.3, fill: 'var(--hull)' })),
        h('clipPath', { id: 'hull' }, h('path', { d: hull }))),
      h('g', { 'clip-path': 'url(#hull)' }, h('rect', { x: Left, y: Top, width: Right - Left, height: Bottom - Top, class: 'k-free' }), this.reserve = h('rect', { x: Left, width: Right - Left, y: Top, fill: 'var(--panel)' }), this.rects),
      h('path', { d: hull, fill: 'none', stroke: 'var(--rule-strong)', 'stroke-width': 1.5 }),
      this.marks, this.line);
    this.key = h('dl', { class: 'key' });
    this.values = {};
    for (const [name, css, words] of [...layers].reverse()) this.#entry(name, css, words);
    this.#entry('room', 'k-free', 'Room to load');
    this.#entry('reserve', 'k-reserve', 'Reserve, kept for the host');
    this.element = h('section', { class: 'panel hull', 'aria-label': 'Load line' }, this.figure, this.svg, this.key);
  }

  #entry(name, css, words) {
    this.values[name] = h('dd');
    this.key.append(h('dt', {}, h('i', { class: css }), h('span', {}, words)), this.values[name]);
  }

  update(overview) {
    const line = overview.line;
    if (!line?.total_bytes) {
      put(this.figure, h('p', { class: 'muted' }, 'The memory of this machine cannot be read.'));
      return;
    }
    const total = line.total_bytes;
    const capacity = line.capacity_bytes ?? total;
    const y = value => Bottom - Math.min(1, Math.max(0, value / total)) * (Bottom - Top);
    let sum = 0;
    const amounts = layers.map(([, , , of]) => of(line));
    amounts.forEach((amount, i) => {
      const from = y(sum);
      sum += amount;
      set(this.rects[i], { y: y(sum).toFixed(1), height: Math.max(0, from - y(sum)).toFixed(1) });
    });
    const at = y(capacity);
    set(this.reserve, { height: Math.max(0, at - Top).toFixed(1) });
    this.line.style.setProperty('transform', `translateY(${at.toFixed(1)}px)`);
    put(this.line.lastChild, '');
    this.#scale(total, y);
    const room = Math.max(0, capacity - sum);
    amounts.forEach((amount, i) => put(this.values[layers[i][0]], bytes(amount)));
    put(this.values.room, bytes(room));
    put(this.values.reserve, line.reserve_bytes === undefined ? '–' : bytes(line.reserve_bytes));
    const share = Math.round(sum / capacity * 100);
    put(this.figure, h('strong', {}, `${share} %`), h('span', { class: 'muted' }, line.capacity_bytes ? `loaded, of ${bytes(capacity)} up to the line` : `of ${bytes(total)}; memory does not limit what starts`));
    put(this.desc, `${bytes(sum)} of ${bytes(capacity)} are loaded: ${layers.map(([, , words], i) => `${words} ${bytes(amounts[i])}`).join(', ')}. ${bytes(room)} are left; ${bytes(line.reserve_bytes ?? 0)} are kept for the host.`);
  }

  /** Draught marks: the next round step that gives five to nine of them. */
  #scale(total, y) {
    if (this.scaled === total) return;
    this.scaled = total;
    const gib = 2 ** 30;
    const step = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64, 128, 256].find(one => total / (one * gib) <= 9) ?? 512;
    const marks = [];
    for (let value = 0; value <= total; value += step * gib) {
      const at = y(value);
      marks.push(h('path', { d: `M${Left - 7} ${at}h7`, stroke: 'var(--rule-strong)' }), h('text', { x: Left - 12, y: at + 4, 'text-anchor': 'end' }, bytes(value)));
    }
    put(this.marks, marks);
  }
}
