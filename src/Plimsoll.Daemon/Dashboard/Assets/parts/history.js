// How it was: what the service keeps of the last ten minutes, six hours and thirty days.

import { h, put, set } from '../dom.js';
import { maybe } from '../api.js';
import { bytes, count, percent } from '../format.js';
import { lineChart } from './chart.js';
import { every, panel } from './page.js';

const ranges = [
  { name: '10 min', minutes: 10, points: 200, every: 3000 },
  { name: '6 h', minutes: 360, points: 360, every: 30_000 },
  { name: '30 days', minutes: 43_200, points: 240, every: 300_000 },
];

const charts = [
  { title: 'Memory', format: bytes, base: 2, lines: [
    { key: 'memory.used.bytes', name: 'all', color: 'var(--slate)' }, { key: 'memory.tasks.bytes', name: 'tasks', color: 'var(--hull)', area: true }, { key: 'memory.capacity.bytes', name: 'load line', color: 'var(--ink)', dash: '4 3' }] },
  { title: 'Tasks', format: count, least: 3, lines: [
    { key: 'tasks.running', name: 'running', color: 'var(--sea)', area: true }, { key: 'tasks.ready', name: 'could run', color: 'var(--wait)' }, { key: 'tasks.frozen', name: 'frozen', color: 'var(--ice)', quiet: true }] },
  { title: 'Processors', format: percent, most: 1, lines: [{ key: 'cpu.busy', name: 'busy', color: 'var(--sea)', area: true }, { key: 'cpu.stalled', name: 'stalled', color: 'var(--wait)' }] },
  { title: 'Memory pressure', format: percent, least: 0.06, lines: [{ key: 'memory.stalled', name: 'time in which all tasks stalled', color: 'var(--bad)', area: true }] },
];

const names = charts.flatMap(one => one.lines.map(line => line.key));

/** The panel with all charts; update() is called now and then while it is shown. */
export function history() {
  let range = ranges[0];
  const body = h('div', { class: 'history' }, h('p', { class: 'empty' }, 'Being read.'));
  const chips = h('div', { class: 'filters', role: 'group', 'aria-label': 'Time shown' });
  for (const one of ranges) {
    chips.append(h('button', { class: 'chip', type: 'button', 'aria-pressed': String(one === range), onclick: event => {
      range = one;
      for (const chip of chips.children) set(chip, { 'aria-pressed': String(chip === event.currentTarget) });
      read.now();
    } }, one.name));
  }
  let last = -Infinity;
  const read = every(1000, async () => {
    if (performance.now() - last < range.every && body.dataset.range === range.name) return;
    const asked = range;
    last = performance.now();
    const answer = await maybe(`/api/v1/series?name=${names.join(',')}&minutes=${asked.minutes}&points=${asked.points}`).catch(() => null);
    if (!answer) return;
    body.dataset.range = asked.name;
    const width = Math.max(260, body.clientWidth || 340);
    put(body, charts.map(one => draw(one, answer.series, asked, width)));
  });
  return { element: h('div', { class: 'history-panel' }, panel('History', null, chips, body)), update: read.turn, now: read.now };
}

function draw(chart, all, range, width) {
  const lines = chart.lines.map(line => ({ ...line, stretch: all.find(one => one.name === line.key) })).filter(line => line.stretch && (!line.quiet || line.stretch.mean.some(value => value > 0)));
  if (lines.every(line => line.stretch.mean.every(value => value === null))) return h('figure', {}, h('figcaption', {}, chart.title), h('p', { class: 'empty small' }, 'Not measured on this machine, or not yet.'));
  const series = lines.map(line => {
    const from = new Date(line.stretch.from).getTime() / 1000;
    return { ...line, points: line.stretch.mean.map((value, i) => [from + (i + 0.5) * line.stretch.step_seconds, value]) };
  });
  const newest = line => line.stretch.mean.findLast(value => value !== null);
  const largest = line => Math.max(...line.stretch.largest.filter(value => value !== null));
  const toX = series[0].points.at(-1)[0];
  return h('figure', {},
    h('figcaption', {}, h('strong', {}, chart.title), ' ', lines.map(line => h('span', { class: 'line-key' }, h('i', { style: { '--c': line.color } }), `${line.name} ${chart.format(newest(line))}`))),
    lineChart({ label: `${chart.title}, last ${range.name}: ${lines.map(line => `${line.name} ${chart.format(newest(line))} now, ${chart.format(largest(line))} at most`).join('; ')}`, series, format: chart.format, formatX: clock(range), width, height: 130, base: chart.base, most: chart.most, least: chart.least, fromX: toX - range.minutes * 60, toX, zone: -new Date().getTimezoneOffset() * 60 }));
}

const clock = range => (value, exact) => {
  const at = new Date(value * 1000);
  if (range.minutes > 1440 && !exact) return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  const time = at.toLocaleTimeString('en-GB').slice(0, range.minutes <= 10 && exact ? 8 : 5);
  return range.minutes > 1440 ? `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}` : time;
};
