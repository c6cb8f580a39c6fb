// When each task ran: one lane per slot, drawn on a canvas so that ten thousand tasks cost a few milliseconds.

import { h, put } from '../dom.js';
import { duration } from '../format.js';
import { names } from './runmodel.js';

const colors = { s: '--good', R: '--sea', a: '--sea', F: '--ice', f: '--bad', d: '--bad', c: '--slate', k: '--slate', b: '--wait', w: '--slate', r: '--wait' };
const Axis = 22;

export class Timeline {
  constructor() {
    this.canvas = h('canvas', { role: 'img' });
    this.tip = h('div', { class: 'tip', hidden: true });
    this.element = h('div', { class: 'timeline-wrap' }, this.canvas, this.tip);
    this.canvas.addEventListener('mousemove', event => this.#point(event));
    this.canvas.addEventListener('mouseleave', () => { this.tip.hidden = true; });
    this.canvas.addEventListener('click', event => {
      const hit = this.#at(event);
      if (hit >= 0) location.hash = `#/task/${this.model.graph.run}.${hit}`;
    });
    this.watch = new ResizeObserver(() => this.model && this.draw());
    this.watch.observe(this.element);
  }

  stop() { this.watch.disconnect(); }

  set(model) {
    this.model = model;
    this.draw();
  }

  draw() {
    const { model, canvas } = this;
    const { started, ended, now } = model.columns;
    const width = this.element.clientWidth || 600;
    const lanes = Math.max(1, model.laneCount);
    this.laneHeight = Math.max(1.5, Math.min(20, 320 / lanes));
    const height = Math.ceil(lanes * this.laneHeight) + Axis + 4;
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.setProperty('height', `${height}px`);
    }
    const style = getComputedStyle(document.documentElement);
    const color = Object.fromEntries(Object.entries(colors).map(([state, name]) => [state, style.getPropertyValue(name)]));
    const draw = canvas.getContext('2d');
    draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw.clearRect(0, 0, width, height);
    this.begin = model.begun.length ? started[model.begun[0]] : 0;
    this.end = Math.max(this.begin + 1000, now);
    this.scale = width / (this.end - this.begin);
    const bar = Math.max(1, this.laneHeight - (this.laneHeight > 5 ? 2 : 0.4));
    draw.font = `${Math.min(11, bar - 3)}px system-ui, sans-serif`;
    draw.textBaseline = 'middle';
    for (const i of model.begun) {
      const x = (started[i] - this.begin) * this.scale;
      const w = Math.max(1, ((ended[i] >= 0 ? ended[i] : now) - started[i]) * this.scale - 0.6);
      const y = model.lane[i] * this.laneHeight;
      draw.fillStyle = color[model.states[i]];
      draw.globalAlpha = model.states[i] === 's' ? 0.62 : 0.9;
      draw.fillRect(x, y, w, bar);
      draw.globalAlpha = 1;
      if (model.onPath.has(i) && bar > 4) {
        draw.fillStyle = style.getPropertyValue('--hull');
        draw.fillRect(x, y + bar - 2.5, w, 2.5);
      }
      if (bar >= 13 && w > 46) {
        draw.fillStyle = style.getPropertyValue(model.states[i] === 's' ? '--on-done' : '--panel');
        draw.fillText(cut(draw, model.graph.names[i], w - 8), x + 4, y + bar / 2 + 0.5);
      }
    }
    this.#axis(draw, width, height, style);
    const running = (model.counts.R ?? 0) + (model.counts.a ?? 0) + (model.counts.F ?? 0);
    canvas.setAttribute('aria-label', `Timeline: ${model.begun.length} tasks have started in up to ${model.laneCount} places at once over ${duration((this.end - this.begin) / 1000)}; ${running} run now. The list below has every task.`);
  }

  #axis(draw, width, height, style) {
    draw.fillStyle = style.getPropertyValue('--ink-3');
    draw.strokeStyle = style.getPropertyValue('--rule');
    draw.font = '11px system-ui, sans-serif';
    draw.textBaseline = 'alphabetic';
    const span = (this.end - this.begin) / 1000;
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
    const step = steps.find(one => span / one <= width / 90) ?? 172800;
    for (let at = 0; at <= span; at += step) {
      const x = at * 1000 * this.scale;
      draw.fillRect(x, height - Axis, 1, 4);
      if (x < width - 40) draw.fillText(at === 0 ? '0' : clock(at), x + (x === 0 ? 0 : 4), height - 6);
    }
  }

  #at(event) {
    const box = this.canvas.getBoundingClientRect();
    const lane = Math.floor((event.clientY - box.top) / this.laneHeight);
    const time = (event.clientX - box.left) / this.scale + this.begin;
    const slack = 3 / this.scale;
    const { started, ended, now } = this.model.columns;
    return this.model.begun.findLast(i => this.model.lane[i] === lane && started[i] - slack <= time && (ended[i] >= 0 ? ended[i] : now) + slack >= time) ?? -1;
  }

  #point(event) {
    const hit = this.#at(event);
    this.tip.hidden = hit < 0;
    this.canvas.style.setProperty('cursor', hit < 0 ? 'default' : 'pointer');
    if (hit < 0) return;
    put(this.tip, `${this.model.graph.names[hit]}: ${names[this.model.states[hit]]}, ${duration(this.model.length(hit))}`);
    const box = this.element.getBoundingClientRect();
    this.tip.style.setProperty('left', `${Math.min(event.clientX - box.left + 12, box.width - 160)}px`);
    this.tip.style.setProperty('top', `${event.clientY - box.top + 14}px`);
  }
}

function clock(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : whole < 3600 ? `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}` : `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, '0')} h`;
}

function cut(draw, text, width) {
  if (draw.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (draw.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low > 1 ? `${text.slice(0, low)}…` : '';
}
