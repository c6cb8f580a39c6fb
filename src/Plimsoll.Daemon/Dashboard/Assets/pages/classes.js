// What was learned of each class of tasks: two levels of memory, how long it takes, and how good the prediction is.

import { h, put } from '../dom.js';
import { maybe } from '../api.js';
import { bytes, count, duration, percent, when } from '../format.js';
import { every, failed, head, panel } from '../parts/page.js';

export const classes = {
  show(main) {
    const body = h('div', { class: 'cards' });
    main.append(head('Classes', { crumb: 'what tasks of a kind were seen to need' }), body);
    const fetch = every(5000, async () => {
      try {
        const answer = await maybe('/api/v1/classes?limit=200');
        const list = answer?.classes ?? [];
        const scale = Math.max(1, ...list.map(one => one.learned ? one.learned.settled_bytes + one.learned.burst_bytes : 0));
        put(body, list.length ? list.map(one => card(one, scale)) : h('p', { class: 'empty' }, 'Nothing was learned yet: a class is known when the first of its tasks has ended.'));
      } catch (error) { failed(body, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};

function card(state, scale) {
  const one = state.learned;
  const now = [['Now', `${count(state.live)} run, ${count(state.ready)} could run and wait`], state.width && ['At once', `${state.width} at most, after trouble with memory`],
    state.breaker.state !== 'closed' && ['Breaker', breaker(state.breaker)]].filter(Boolean);
  if (!one) return panel(state.class, null, h('p', { class: 'muted small' }, 'Nothing was measured yet.'), entries(now));
  const share = one.predicted ? one.exceeded / one.predicted : null;
  const bar = h('div', { class: 'meter', role: 'img', 'aria-label': `settled ${bytes(one.settled_bytes)}, burst ${bytes(one.burst_bytes)}` }, h('i', { class: 'k-owed' }), h('i', { class: 'second' }));
  bar.children[0].style.setProperty('width', `${(one.settled_bytes + one.burst_bytes) / scale * 100}%`);
  bar.children[1].style.setProperty('width', `${one.settled_bytes / scale * 100}%`);
  return panel(state.class, null, bar, entries([
    ...now,
    ['Settled', bytes(one.settled_bytes)], ['Burst above it', `${bytes(one.burst_bytes)}, ${percent(one.burst_share)} of the time`], ['Shared pages', bytes(one.mapped_bytes)],
    ['Settles within', duration(one.seconds_to_settle)], ['Time', `${duration(one.median_seconds)} median, ${duration(one.long_seconds)} for nine in ten`],
    ['Calibration', share === null ? 'not judged yet' : `${count(one.exceeded)} of ${count(one.predicted)} exceeded their prediction (${percent(share)}; 5 % are meant)`],
    ['Rests on', `${count(one.samples)} of ${count(one.measured)} attempts, last ${when(one.learned_at)}`],
    one.follows_size && ['Input', 'memory follows the size of the input'],
  ].filter(Boolean)));
}

const breaker = one => `${one.state.replace('_', ' ')}${one.failures ? ` after ${count(one.failures)} failures` : ''}${one.open_until ? `, a probe may start ${when(one.open_until)}` : ''}`;
const entries = list => h('dl', { class: 'facts', style: { 'margin-top': '0.7rem' } }, list.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
