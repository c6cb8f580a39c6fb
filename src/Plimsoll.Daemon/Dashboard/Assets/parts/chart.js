// Small charts of lines over time, as SVG.

import { h, put } from '../dom.js';

const Left = 52, Right = 12, Top = 14, Bottom = 24;

/**
 * series: [{ points: [[x, y|null]], color, area, dash }], levels: [{ y, text, color, dash }].
 * Gaps stay gaps: no line crosses them, and their time is shaded.
 * stepX gives the distance of marks on the x axis for a span; zone shifts where they lie.
 */
export function lineChart({ label, series, levels = [], format, formatX, stepX = roundSeconds, zone = 0, height = 190, width = 640, most, base = 10, fromX, toX, least = 0 }) {
  const all = series.flatMap(one => one.points.filter(known));
  const xs = series.flatMap(one => one.points.map(point => point[0]));
  if (all.length === 0) return h('p', { class: 'empty' }, 'Nothing was measured.');
  const minX = fromX ?? Math.min(...xs), maxX = Math.max(toX ?? Math.max(...xs), minX + 1e-9);
  const highest = most ?? Math.max(least, ...all.map(point => point[1]), ...levels.map(level => level.y));
  const step = roundStep((highest || 1) / 3, base);
  const maxY = most ?? Math.max(1, Math.ceil(highest / step - 1e-9)) * step;
  const x = value => Left + (value - minX) / (maxX - minX) * (width - Left - Right);
  const y = value => height - Bottom - Math.min(1, value / maxY) * (height - Top - Bottom);
  const svg = h('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const [from, to] of gaps(series)) svg.append(h('rect', { class: 'gap', x: x(from).toFixed(1), width: Math.max(1, x(to) - x(from)).toFixed(1), y: Top, height: height - Top - Bottom }, h('title', {}, 'not measured')));
  for (let value = 0; value <= maxY * 1.001; value += step) {
    svg.append(h('path', { d: `M${Left} ${y(value).toFixed(1)}H${width - Right}`, stroke: 'var(--rule)' }), h('text', { x: Left - 7, y: y(value) + 4, 'text-anchor': 'end' }, format(value)));
  }
  const stride = stepX((maxX - minX) / Math.max(2, Math.floor((width - Left - Right) / 90)));
  for (let value = Math.ceil((minX + zone) / stride) * stride - zone; value <= maxX; value += stride) {
    const at = x(value);
    svg.append(h('path', { d: `M${at.toFixed(1)} ${height - Bottom}v4`, stroke: 'var(--rule-strong)' }), h('text', { x: at, y: height - 6, 'text-anchor': at < Left + 14 ? 'start' : at > width - Right - 22 ? 'end' : 'middle' }, formatX(value)));
  }
  for (const one of series) {
    for (const piece of pieces(one.points)) {
      const path = piece.map(point => `${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`).join('L');
      if (one.area) svg.append(h('path', { d: `M${x(piece[0][0]).toFixed(1)} ${y(0)}L${path}L${x(piece.at(-1)[0]).toFixed(1)} ${y(0)}Z`, fill: one.color, opacity: 0.16 }));
      svg.append(piece.length === 1 ? h('circle', { cx: x(piece[0][0]), cy: y(piece[0][1]), r: 1.5, fill: one.color }) : h('path', { d: `M${path}`, fill: 'none', stroke: one.color, 'stroke-width': 1.6, 'stroke-linejoin': 'round', 'stroke-dasharray': one.dash }));
    }
  }
  let lowest = Infinity;
  for (const level of [...levels].filter(one => one.y <= maxY).sort((a, b) => a.y - b.y)) {
    // Words of levels that lie close are moved up, one above the other, and the highest stays inside.
    const at = Math.max(Top - 3, Math.min(y(level.y) - 4, lowest - 12));
    lowest = at;
    svg.append(h('path', { d: `M${Left} ${y(level.y)}H${width - Right}`, stroke: level.color ?? 'var(--ink-2)', 'stroke-dasharray': level.dash ?? '4 3' }), h('text', { class: 'level', x: width - Right, y: at, 'text-anchor': 'end' }, level.text));
  }
  hover(svg, { series, format, formatX, x, minX, maxX, width, height });
  return svg;
}

/** Under the pointer: when, and what each line is there. */
function hover(svg, { series, format, formatX, x, minX, maxX, width, height }) {
  const named = series.filter(one => one.name);
  if (named.length === 0) return;
  const line = h('path', { stroke: 'var(--ink-2)', 'stroke-dasharray': '2 2' });
  const words = h('text', { class: 'level', y: Top - 4 });
  svg.append(line, words);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect();
    const at = minX + ((event.clientX - box.left) / box.width * width - Left) / (width - Left - Right) * (maxX - minX);
    const near = named[0].points.reduce((best, point, i) => Math.abs(point[0] - at) < Math.abs(named[0].points[best][0] - at) ? i : best, 0);
    if (at < minX || at > maxX || !named[0].points[near]) return;
    const px = x(named[0].points[near][0]);
    line.setAttribute('d', `M${px} ${Top}V${height - Bottom}`);
    words.setAttribute('x', px > width / 2 ? px - 5 : px + 5);
    words.setAttribute('text-anchor', px > width / 2 ? 'end' : 'start');
    put(words, `${formatX(named[0].points[near][0], true)}: ${named.map(one => `${one.name} ${known(one.points[near] ?? []) ? format(one.points[near][1]) : 'not measured'}`).join(', ')}`);
  });
  svg.addEventListener('pointerleave', () => { line.removeAttribute('d'); put(words, ''); });
}

const known = point => point[1] !== null && point[1] !== undefined;

/** Stretches of time after the first value in which no line has one. */
function gaps(series) {
  const points = series[0].points;
  const found = [];
  let from = null, begun = false;
  points.forEach((point, i) => {
    const missing = series.every(one => !known(one.points[i] ?? []));
    begun ||= !missing;
    if (missing && begun) from ??= points[Math.max(0, i - 1)][0];
    if (!missing && from !== null) {
      found.push([from, point[0]]);
      from = null;
    }
  });
  if (from !== null) found.push([from, points.at(-1)[0]]);
  return found;
}

/** The next larger of 1, 2, 5 (of 1, 2, 4 … for sizes) times a power of the base. */
export function roundStep(least, base = 10) {
  if (base === 2) return 2 ** Math.ceil(Math.log2(Math.max(least, 1)));
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(one => one * power).find(one => one >= least * 0.9999);
}

const times = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000];

export const roundSeconds = least => times.find(one => one >= least) ?? Math.ceil(least / 864_000) * 864_000;

function pieces(points) {
  const found = [];
  let piece = [];
  for (const point of points) {
    if (!known(point)) {
      if (piece.length) found.push(piece);
      piece = [];
    } else piece.push(point);
  }
  if (piece.length) found.push(piece);
  return found;
}
