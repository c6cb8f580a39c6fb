// What every page has: a title, its tools, and a way to fetch again now and then while it is shown.

import { h, put } from '../dom.js';

export function head(title, { crumb, tools = [] } = {}) {
  return h('div', { class: 'head' }, h('h1', {}, title), crumb && h('span', { class: 'crumb' }, crumb), tools.length > 0 && h('div', { class: 'tools' }, tools));
}

export function panel(title, aside, ...children) {
  return h('section', { class: 'panel', 'aria-label': title }, h('header', {}, h('h2', {}, title), aside && h('span', { class: 'aside' }, aside)), children);
}

/** Runs an async function now and at each turn that is at least so many milliseconds after the last one; never two at a time. */
export function every(milliseconds, work) {
  let last = -Infinity;
  let busy = false;
  const turn = async () => {
    if (busy || performance.now() - last < milliseconds || document.hidden) return;
    busy = true;
    last = performance.now();
    try {
      await work();
    } finally {
      busy = false;
    }
  };
  return { turn, now: () => { last = -Infinity; return turn(); } };
}

/** Shows why something could not be fetched, in place of it. */
export function failed(element, error) {
  put(element, h('p', { class: 'notice bad' }, `${error.message}${error.cure ? `. ${error.cure}` : ''}`));
}

/** A table; rows are arrays of cells. */
export function table(label, columns, rows) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, h('table', { class: 'rows' },
    h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.css }, column.name)))),
    h('tbody', {}, rows.map(cells => h('tr', {}, cells.map((cell, i) => h('td', { class: columns[i].css }, cell)))))));
}
