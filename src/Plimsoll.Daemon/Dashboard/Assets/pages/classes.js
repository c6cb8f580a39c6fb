// What was learned of each class of tasks: two levels of memory, how long it takes, and how good the prediction is.

import { h, put, set } from '../dom.js';
import { maybe } from '../api.js';
import { bytes, count, duration, percent, when } from '../format.js';
import { every, failed, head, panel } from '../parts/page.js';

export const classes = {
  show(main) {
    const body = h('div', { class: 'cards' });
    main.append(head('Classes', { crumb: 'what tasks of a kind were seen to need' }), body);
    const fetch = every(5000, async () => {
      try {
        const answer = await maybe('/api/v1/classes');
        const list = answer?.classes ?? [];
        const scale = Math.max(1, ...list.map(one => one.settled_bytes + one.burst_bytes));
        put(body, list.length ? list.map(one => card(one, scale)) : h('p', { class: 'empty' }, 'Nothing was learned yet: a class is known when the first of its tasks has ended.'));
      } catch (error) { failed(body, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};

function card(one, scale) {
  const share = one.predicted ? one.exceeded / one.predicted : null;
  const bar = h('div', { class: 'meter', role: 'img', 'aria-label': `settled ${bytes(one.settled_bytes)}, burst ${bytes(one.burst_bytes)}` }, h('i', { class: 'k-owed' }), h('i', { class: 'second' }));
  bar.children[0].style.setProperty('width', `${(one.settled_bytes + one.burst_bytes) / scale * 100}%`);
  bar.children[1].style.setProperty('width', `${one.settled_bytes / scale * 100}%`);
  const entries = [
    ['Settled', bytes(one.settled_bytes)], ['Burst above it', `${bytes(one.burst_bytes)}, ${percent(one.burst_share)} of the time`], ['Shared pages', bytes(one.mapped_bytes)],
    ['Settles within', duration(one.seconds_to_settle)], ['Time', `${duration(one.median_seconds)} median, ${duration(one.long_seconds)} for nine in ten`],
    ['Calibration', share === null ? 'not yet judged' : `${percent(share)} of ${count(one.predicted)} exceeded their prediction; 5 % are meant`],
    ['Rests on', `${count(one.samples)} of ${count(one.measured)} attempts, ${when(one.learned_at)}`],
    one.follows_size && ['Input', 'memory follows the size of the input'],
  ].filter(Boolean);
  return panel(one.class, null, bar, h('dl', { class: 'facts', style: { 'margin-top': '0.7rem' } }, entries.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}
