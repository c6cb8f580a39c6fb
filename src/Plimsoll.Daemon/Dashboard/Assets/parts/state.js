// A state as a word with its colour, and how far a run is.

import { h, put, set } from '../dom.js';
import { words } from '../format.js';

export const state = name => h('span', { class: 'state', 'data-state': name }, words(name));

export function showState(element, name) {
  set(element, { 'data-state': name });
  put(element, words(name));
}

const parts = [['succeeded', c => c.succeeded], ['failed', c => c.failed + c.dead], ['skipped', c => c.skipped + c.cancelled], ['running', c => c.running], ['frozen', c => c.frozen], ['retrying', c => c.retrying]];

/** A bar of how many tasks stand where. */
export function progress(counts) {
  const bar = h('div', { class: 'progress', role: 'img' }, parts.map(([name]) => h('i', { class: name })));
  showProgress(bar, counts);
  return bar;
}

export function showProgress(bar, counts) {
  const all = total(counts) || 1;
  parts.forEach(([, of], i) => bar.children[i].style.setProperty('width', `${of(counts) / all * 100}%`));
  set(bar, { 'aria-label': `${ended(counts)} of ${total(counts)} tasks have ended` });
}

export const ended = c => c.succeeded + c.failed + c.dead + c.cancelled + c.skipped;
export const total = c => ended(c) + c.waiting + c.ready + c.running + c.frozen + c.retrying;
