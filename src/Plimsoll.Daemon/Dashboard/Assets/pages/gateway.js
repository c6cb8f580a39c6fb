// The gateway: what each quota has left, who waits for it, what providers refused, and what it cost.

import { h, put } from '../dom.js';
import { maybe } from '../api.js';
import { count, dollars, percent, words } from '../format.js';
import { every, failed, head, panel, table } from '../parts/page.js';

export const gateway = {
  show(main) {
    const quotas = h('div', { class: 'cards' }), costs = h('div');
    main.append(head('Gateway', { crumb: 'one quota for all agents' }), h('div', { class: 'stack' }, quotas, panel('What tasks spent on models', 'largest first', costs)));
    const fetch = every(1500, async () => {
      try {
        const answer = await maybe('/api/v1/gateway');
        put(quotas, answer?.quotas?.length ? answer.quotas.map(card) : h('p', { class: 'empty' }, answer ? 'No quota is in use yet.' : 'This service has no gateway: no provider is configured.'));
        const spent = answer?.tasks ?? [];
        put(costs, spent.length ? table('Cost per task', [{ name: 'Task' }, { name: 'Cost', css: 'num' }, { name: 'Calls', css: 'num' }, { name: 'Tokens in', css: 'num' }, { name: 'From cache', css: 'num wide' }, { name: 'Tokens out', css: 'num' }, { name: '429s', css: 'num' }, { name: 'Queued', css: 'num wide' }],
          spent.map(one => [h('a', { href: `#/task/${one.id}` }, one.name), dollars(one.usage.dollars), count(one.usage.calls), count(one.usage.input_tokens), count(one.usage.cached_tokens), count(one.usage.output_tokens), count(one.usage.refusals), `${one.usage.queued_seconds.toFixed(1)} s`])) : h('p', { class: 'empty' }, 'No task has called a model.'));
      } catch (error) { failed(quotas, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};

const models = one => one.models === '*' ? 'all models' : one.models;

function card(one) {
  return panel(`${one.provider} ${one.account !== one.provider && one.account !== 'default' ? one.account : ''}`.trim(), models(one),
    h('dl', { class: 'now' }, [['Waiting', one.waiting], ['In flight', one.in_flight], ['429s', one.refusals]].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, count(value))))),
    one.levels.map(level => level2(level)));
}

function level2(level) {
  const share = level.per_minute ? Math.max(0, Math.min(1, level.remaining / level.per_minute)) : 0;
  const bar = h('i');
  bar.style.setProperty('width', `${share * 100}%`);
  return h('div', { class: 'fit', style: { 'margin-top': '0.5rem' } }, h('div', { class: 'small' }, `${words(level.dimension)}: ${count(level.remaining)} left of ${count(level.per_minute)} ${level.dimension === 'concurrency' ? '' : ' a minute'}${level.learned ? ', learned from the provider' : ''}`), h('div', { class: 'meter', role: 'img', 'aria-label': `${percent(share)} left` }, bar));
}

/** Levels in a few lines, for the overview; empty where there is no gateway. */
export function quotaList() {
  const element = h('div');
  let none = false;
  const fetch = every(3000, async () => {
    if (none) return;
    const answer = await maybe('/api/v1/gateway').catch(() => undefined);
    if (answer === null || answer?.quotas?.length === 0 && !answer.tasks?.length) none = answer === null;
    put(element, answer?.quotas?.length ? panel('Quotas', h('a', { href: '#/gateway' }, 'Gateway'), answer.quotas.slice(0, 4).map(one => {
      const lowest = [...one.levels].sort((a, b) => a.remaining / a.per_minute - b.remaining / b.per_minute)[0];
      return h('div', {}, h('p', { class: 'small' }, `${one.provider}, ${models(one)}: ${count(one.waiting)} wait, ${count(one.in_flight)} in flight, ${count(one.refusals)} refused`), lowest && level2(lowest));
    })) : '');
    element.hidden = !answer?.quotas?.length;
  });
  element.hidden = true;
  fetch.now();
  return { element, update: fetch.turn };
}
