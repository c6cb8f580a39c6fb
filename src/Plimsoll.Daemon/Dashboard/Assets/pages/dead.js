// Tasks that used up their retries, with their evidence.

import { h, put } from '../dom.js';
import { get, may } from '../api.js';
import { bytes, count, when, words } from '../format.js';
import { action } from '../parts/dialog.js';
import { every, failed, head, panel } from '../parts/page.js';

export const dead = {
  show(main) {
    const body = h('div', { class: 'stack' });
    main.append(head('Dead letters', { crumb: 'tasks that ended badly with every retry used up' }), body);
    const fetch = every(3000, async () => {
      try {
        const list = await letters();
        put(body, list.length === 0 ? h('p', { class: 'empty' }, 'There are none.') : list.map(one => letter(one, fetch)));
      } catch (error) { failed(body, error); }
    });
    fetch.now();
    return { update: now => { if (!document.querySelector('dialog[open]')) fetch.turn(now); } };
  },
};

const letters = async () => (await get('/api/v1/dead?limit=200')).letters;

function letter(one, fetch) {
  const id = one.id;
  const name = one.task;
  const facts = [['Outcome', words(one.outcome) + (one.exit_code !== undefined ? `, exit code ${one.exit_code}` : one.signal ? `, signal ${one.signal}` : '')], one.reason && ['Reason', one.reason], ['Ended', when(one.ended_at)], ['Attempts', count(one.attempts)], ['Class', one.class], one.peak_resident_bytes && ['Peak', bytes(one.peak_resident_bytes)]].filter(Boolean);
  const tools = may('submit') ? h('span', { class: 'tabs aside' },
    action({ label: 'Retry', title: `Put ${name} back?`, text: 'It gets its attempts anew.', send: () => ['POST', `/api/v1/tasks/${id}/retry`, {}], done: () => 'It was put back.', after: () => fetch.now() }),
    action({ label: 'Purge', danger: true, title: `Forget ${name}?`, text: 'It is listed no more, and its output is deleted.', send: () => ['DELETE', `/api/v1/dead/${id}`], done: () => 'It is forgotten.', after: () => fetch.now() })) : null;
  return h('section', { class: 'panel', 'aria-label': name }, h('header', {}, h('h2', {}, h('a', { href: `#/task/${id}` }, name)), h('span', { class: 'muted small' }, `run ${one.run}`), tools), h('dl', { class: 'facts' }, facts.map(([key, value]) => [h('dt', {}, key), h('dd', {}, value)])));
}
