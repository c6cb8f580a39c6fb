// Small charts of lines over time, as SVG.

import { h } from '../dom.js';

/** series: [{ points: [[x, y|null]], color, area }], levels: [{ y, text, dash }]. Gaps stay gaps. */
export function lineChart({ label, series, levels = [], format, formatX, height = 190, width = 640, most }) {
  const left = 52, right = 12, top = 12, bottom = 24;
  const all = series.flatMap(one => one.points.filter(point => point[1] !== null && point[1] !== undefined));
  const xs = series.flatMap(one => one.points.map(point => point[0]));
  if (all.length === 0) return h('p', { class: 'empty' }, 'Nothing was measured.');
  const minX = Math.min(...xs), maxX = Math.max(...xs, minX + 1e-9);
  const maxY = most ?? (Math.max(...all.map(point => point[1]), ...levels.map(level => level.y)) * 1.08 || 1);
  const x = value => left + (value - minX) / (maxX - minX) * (width - left - right);
  const y = value => height - bottom - Math.min(1, value / maxY) * (height - top - bottom);
  const svg = h('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (let i = 0; i <= 3; i++) {
    const value = maxY * i / 3;
    svg.append(h('path', { d: `M${left} ${y(value).toFixed(1)}H${width - right}`, stroke: 'var(--rule)' }), h('text', { x: left - 7, y: y(value) + 4, 'text-anchor': 'end' }, format(value)));
  }
  for (let i = 0; i <= 4; i++) {
    const value = minX + (maxX - minX) * i / 4;
    svg.append(h('text', { x: x(value), y: height - 6, 'text-anchor': i === 0 ? 'start' : i === 4 ? 'end' : 'middle' }, formatX(value)));
  }
  for (const one of series) {
    for (const piece of pieces(one.points)) {
      const path = piece.map(point => `${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`).join('L');
      if (one.area) svg.append(h('path', { d: `M${x(piece[0][0])} ${y(0)}L${path}L${x(piece.at(-1)[0])} ${y(0)}Z`, fill: one.color, opacity: 0.16 }));
      svg.append(piece.length === 1 ? h('circle', { cx: x(piece[0][0]), cy: y(piece[0][1]), r: 1.5, fill: one.color }) : h('path', { d: `M${path}`, fill: 'none', stroke: one.color, 'stroke-width': 1.6, 'stroke-linejoin': 'round' }));
    }
  }
  for (const level of levels) {
    if (level.y > maxY) continue;
    svg.append(h('path', { d: `M${left} ${y(level.y)}H${width - right}`, stroke: level.color ?? 'var(--ink-2)', 'stroke-dasharray': level.dash ?? '4 3' }), h('text', { x: width - right, y: y(level.y) - 4, 'text-anchor': 'end' }, level.text));
  }
  return svg;
}

function pieces(points) {
  const found = [];
  let piece = [];
  for (const point of points) {
    if (point[1] === null || point[1] === undefined) {
      if (piece.length) found.push(piece);
      piece = [];
    } else piece.push(point);
  }
  if (piece.length) found.push(piece);
  return found;
}
