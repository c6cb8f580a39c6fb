// What somebody should look at, with the numbers that say so.

import { h, put } from '../dom.js';
import { maybe, may } from '../api.js';
import { span, when, words } from '../format.js';
import { state } from '../parts/state.js';
import { action } from '../parts/dialog.js';
import { every, failed, head, panel, table } from '../parts/page.js';

export const alerts = {
  firing: 0,
  show(main) {
    const now = h('div'), past = h('div'), rules = h('div'), silences = h('div');
    main.append(head('Alerts'), h('div', { class: 'stack' }, panel('Raised now', null, now), panel('Silences', null, silences), panel('Before', null, past), panel('Rules in force', null, rules)));
    const fetch = every(2000, async () => {
      try {
        const answer = await read();
        put(now, answer.raised.length ? answer.raised.map(one => entry(one, fetch)) : h('p', { class: 'empty' }, answer.missing ? 'This service does not watch for alerts.' : 'Nothing to look at.'));
        put(silences, answer.silences.length ? answer.silences.map(one => silence(one, fetch)) : h('p', { class: 'empty' }, 'None: every alert is delivered.'));
        if (rules.childElementCount === 0 && answer.rules.length) put(rules, ruleTable(answer.rules));
        put(past, answer.history.length ? answer.history.slice(0, 100).map(one => entry(one)) : h('p', { class: 'empty' }, 'None.'));
      } catch (error) { failed(now, error); }
    });
    fetch.now();
    return { update: () => { if (!document.querySelector('dialog[open]')) fetch.turn(); } };
  },
};

async function read() {
  const answer = await maybe('/api/v1/alerts');
  const raised = answer?.active ?? [];
  alerts.firing = raised.filter(one => one.severity !== 'info' && !one.silenced).length;
  return { raised, history: answer?.history ?? [], rules: answer?.rules ?? [], silences: answer?.silences ?? [], missing: !answer };
}

function entry(one, fetch) {
  const id = one.id;
  const more = [one.severity, words(one.rule), one.subject, `since ${when(one.raised_at)}`, one.cleared_at && `until ${when(one.cleared_at)}`, one.raises > 1 && `raised ${one.raises} times`, one.acknowledged_by && `acknowledged by ${one.acknowledged_by}`, one.silenced && 'silenced'].filter(Boolean).join(' · ');
  return h('div', { class: 'alert', 'data-severity': one.severity },
    h('div', {}, one.message),
    fetch && may('admin') ? h('span', { class: 'tabs' },
      action({ label: 'Acknowledge', title: 'Acknowledge this alert?', text: 'It stays listed; others see that somebody looks at it.', send: () => ['POST', `/api/v1/alerts/${encodeURIComponent(id)}/acknowledge`, {}], done: () => 'Acknowledged.', after: () => fetch.now() }),
      action({ label: 'Silence', title: 'Silence this alert?', text: 'It is not delivered for an hour.', send: () => ['POST', `/api/v1/alerts/${encodeURIComponent(id)}/silence`, { minutes: 60, reason: 'silenced on the dashboard' }], done: () => 'Silenced for an hour.', after: () => fetch.now() })) : h('span'),
    h('div', { class: 'small muted' }, more));
}

function silence(one, fetch) {
  return h('div', { class: 'alert' }, h('div', {}, `${one.rule ? words(one.rule) : 'All rules'}${one.subject ? `, ${one.subject}` : ''}`),
    may('admin') ? action({ label: 'End silence', title: 'Deliver these alerts again?', send: () => ['DELETE', `/api/v1/alerts/silences/${one.id}`], done: () => 'Ended.', after: () => fetch.now() }) : h('span'),
    h('div', { class: 'small muted' }, [`until ${when(one.until)}`, one.reason, `by ${one.by}`].filter(Boolean).join(' · ')));
}

function ruleTable(rules) {
  return table('Rules in force', [{ name: 'Rule' }, { name: 'Group', css: 'wide' }, { name: 'Severity' }, { name: 'Raised at' }, { name: 'Held for', css: 'num wide' }, { name: 'Why there', css: 'wide' }],
    rules.map(one => [words(one.name), one.group, state(one.severity), one.condition, one.for_seconds ? span(one.for_seconds) : 'at once', one.reason]));
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
