// A list of any length: only the rows in sight exist.

import { h } from '../dom.js';

/** rowHeight in pixels; make(index) gives the element of a row. */
export class VirtualList {
  constructor({ label, rowHeight = 32, height = 420, make }) {
    this.rowHeight = rowHeight;
    this.make = make;
    this.most = height;
    this.length = 0;
    this.rows = new Map();
    this.space = h('div', { class: 'space' });
    this.element = h('div', { class: 'list', tabindex: '0', role: 'group', 'aria-label': label }, this.space);
    this.element.addEventListener('scroll', () => this.draw(), { passive: true });
  }

  /** Shows that many rows; all of them are made anew. */
  set(length) {
    this.length = length;
    this.space.style.setProperty('height', `${length * this.rowHeight}px`);
    this.element.style.setProperty('height', `${Math.min(this.most, Math.max(1, length) * this.rowHeight + 2)}px`);
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.index : null;
    this.rows.clear();
    this.draw(true);
    if (focused !== null && focused !== undefined) this.rows.get(Number(focused))?.focus({ preventScroll: true });
  }

  draw(anew = false) {
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.rowHeight) - 6);
    const last = Math.min(this.length, Math.ceil((this.element.scrollTop + this.most) / this.rowHeight) + 6);
    const wanted = [];
    for (let i = first; i < last; i++) {
      let row = this.rows.get(i);
      if (!row) {
        row = this.make(i);
        row.dataset.index = i;
        row.style.setProperty('top', `${i * this.rowHeight}px`);
        row.style.setProperty('height', `${this.rowHeight}px`);
        this.rows.set(i, row);
        anew = true;
      }
      wanted.push(row);
    }
    for (const i of this.rows.keys()) {
      if (i < first || i >= last) {
        this.rows.delete(i);
        anew = true;
      }
    }
    if (anew) this.space.replaceChildren(...wanted);
  }
}
