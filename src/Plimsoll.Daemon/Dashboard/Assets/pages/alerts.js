// What somebody should look at, with the numbers that say so.

import { h, put } from '../dom.js';
import { maybe, may } from '../api.js';
import { when, words } from '../format.js';
import { action } from '../parts/dialog.js';
import { every, failed, head, panel } from '../parts/page.js';

export const alerts = {
  firing: 0,
  show(main) {
    const now = h('div'), past = h('div');
    main.append(head('Alerts'), h('div', { class: 'stack' }, panel('Raised now', null, now), panel('Before', null, past)));
    const fetch = every(2000, async () => {
      try {
        const answer = await read();
        put(now, answer.raised.length ? answer.raised.map(one => entry(one, fetch)) : h('p', { class: 'empty' }, answer.missing ? 'This service does not watch for alerts.' : 'Nothing to look at.'));
        put(past, answer.history.length ? answer.history.slice(0, 100).map(one => entry(one)) : h('p', { class: 'empty' }, 'None.'));
      } catch (error) { failed(now, error); }
    });
    fetch.now();
    return { update: () => { if (!document.querySelector('dialog[open]')) fetch.turn(); } };
  },
};

async function read() {
  const answer = await maybe('/api/v1/alerts');
  const all = answer?.alerts ?? answer?.raised ?? [];
  const isOver = one => Boolean(one.cleared_at) || one.state === 'cleared';
  const raised = all.filter(one => !isOver(one));
  alerts.firing = raised.filter(one => one.severity !== 'info').length;
  return { raised, history: answer?.history ?? all.filter(isOver), missing: !answer };
}

function entry(one, fetch) {
  const id = one.id ?? one.key ?? one.rule;
  const more = [words(one.rule ?? one.name), one.subject, `since ${when(one.raised_at ?? one.since)}`, one.cleared_at && `until ${when(one.cleared_at)}`, one.acknowledged_by && `acknowledged by ${one.acknowledged_by}`, one.acknowledged && !one.acknowledged_by && 'acknowledged', one.silenced && 'silenced'].filter(Boolean).join(' · ');
  return h('div', { class: 'alert', 'data-severity': one.severity },
    h('div', {}, h('span', { class: 'unseen' }, `${one.severity}: `), one.message ?? one.text ?? one.reason),
    fetch && may('submit') ? h('span', { class: 'tabs' },
      action({ label: 'Acknowledge', title: 'Acknowledge this alert?', text: 'It stays listed; others see that somebody looks at it.', send: () => ['POST', `/api/v1/alerts/${encodeURIComponent(id)}/acknowledge`, {}], done: () => 'Acknowledged.', after: () => fetch.now() }),
      action({ label: 'Silence', title: 'Silence this alert?', text: 'It is not delivered for an hour.', send: () => ['POST', `/api/v1/alerts/${encodeURIComponent(id)}/silence`, { seconds: 3600 }], done: () => 'Silenced for an hour.', after: () => fetch.now() })) : h('span'),
    h('div', { class: 'small muted' }, more));
}

/** The worst few, for the overview; nothing while there are none. */
export function alertList({ most }) {
  const element = h('div');
  element.hidden = true;
  let none = false;
  const fetch = every(2500, async () => {
    if (none) return;
    const answer = await read().catch(() => null);
    if (!answer) return;
    none = answer.missing;
    const rank = { critical: 0, warning: 1, info: 2 };
    const list = [...answer.raised].sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, most);
    element.hidden = list.length === 0;
    put(element, list.length ? panel('Alerts', h('a', { href: '#/alerts' }, 'All alerts'), list.map(one => entry(one))) : '');
  });
  fetch.now();
  return { element, update: fetch.turn };
}
