// The machines that run tasks, and the locks and leases they share.

import { h, put } from '../dom.js';
import { maybe } from '../api.js';
import { bytes, count, duration, percent, when } from '../format.js';
import { state } from '../parts/state.js';
import { every, failed, head, panel, table } from '../parts/page.js';

export const nodes = {
  show(main) {
    const machines = h('div'), scaling = h('div'), locks = h('div'), leases = h('div');
    main.append(head('Nodes'), h('div', { class: 'stack' }, panel('Machines', null, machines), panel('How many there should be', 'for whoever starts and stops machines', scaling), panel('Locks, limits and quotas', null, locks), panel('Leases', 'held without a task', leases)));
    const fetch = every(2000, async () => {
      try {
        const [all, held, lent, advice] = await Promise.all(['dashboard', 'locks', 'leases', 'scaling'].map(name => maybe(`/api/v1/${name}`)));
        put(scaling, advice ? entries([['Advice', `${count(advice.desired_nodes)} ${advice.desired_nodes === 1 ? 'machine' : 'machines'}${advice.desired_nodes === advice.nodes ? ', as now' : `; ${count(advice.nodes)} now`}${advice.reason === 'as it was' ? '' : `: ${advice.reason}`}`],
          advice.ready > 0 && ['Would start', `${count(advice.ready)} tasks, the oldest waiting for ${duration(advice.oldest_wait_seconds)}`], advice.changed_at && ['Changed', when(advice.changed_at)]]) : h('p', { class: 'empty' }, 'This service gives no advice.'));
        put(machines, all?.system_health.nodes.length ? all.system_health.nodes.map(machine) : h('p', { class: 'empty' }, 'Nothing was read yet.'));
        const locked = held?.locks ?? all?.concurrency.locks ?? [];
        put(locks, locked.length ? table('Locks', [{ name: 'Name' }, { name: 'Kind' }, { name: 'Taken', css: 'num' }, { name: 'Held by' }, { name: 'Waiting', css: 'num' }, { name: 'Longest wait', css: 'num' }],
          locked.map(one => [one.name, one.kind, one.units ? `${figure(one.taken ?? one.held)} / ${figure(one.units)}` : figure(one.taken ?? one.held), names(one.holders), count(waiting(one)), waiting(one) ? duration(one.longest_wait_seconds) : '–'])) : h('p', { class: 'empty' }, 'Nobody holds or waits for one.'));
        put(leases, lent?.leases?.length ? table('Leases', [{ name: 'Lease' }, { name: 'State' }, { name: 'Memory', css: 'num' }, { name: 'Locks' }, { name: 'For' }, { name: 'Ends', css: 'num' }],
          lent.leases.map(one => [h('a', { href: `#/task/${one.id}` }, one.id), state(one.state), bytes(one.memory_bytes), one.locks.join(', '), one.purpose ?? '', when(one.expires_at)])) : h('p', { class: 'empty' }, 'None.'));
      } catch (error) { failed(machines, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};

const figure = value => value === undefined || value === null ? '–' : String(Math.round(value * 10) / 10);
const waiting = one => typeof one.waiting === 'number' ? one.waiting : Array.isArray(one.waiters) ? one.waiters.length : one.waiters ?? 0;

const entries = list => h('dl', { class: 'facts' }, list.filter(Boolean).map(([key, value]) => [h('dt', {}, key), h('dd', {}, value)]));

/** A machine with its load as a bar: held against what it may hold. */
function machine(one) {
  const capacity = one.capacity_bytes ?? one.memory_limit_bytes;
  const used = h('i', { class: 'second' }), owed = h('i', { class: 'k-owed' });
  used.style.setProperty('width', `${(one.tasks_bytes ?? 0) / capacity * 100}%`);
  owed.style.setProperty('width', `${(one.held_bytes ?? 0) / capacity * 100}%`);
  const facts = [
    ['Tasks', `${count(one.live)}${one.frozen ? `, ${one.frozen} frozen` : ''}${one.gated ? ', nothing starts: memory is short' : ''}`],
    ['Memory', `${bytes(one.memory_free_bytes)} free of ${bytes(one.memory_limit_bytes)}; tasks may hold ${bytes(one.capacity_bytes)}, ${bytes(one.reserve_bytes)} are kept for the host`],
    ['Held', `${bytes(one.tasks_bytes)} used and ${bytes(one.owed_bytes)} owed; ${bytes(one.burst_pool_bytes)} for bursts, ${bytes(one.foreign_bytes)} used by others`],
    ['Processors', `${one.cores ?? '–'} cores, ${percent(one.cpu_busy)} busy${one.cpu_stalled > 0.005 ? `, ${percent(one.cpu_stalled)} stalled` : ''}`],
    one.stalled_some > 0.005 && ['Pressure', `${percent(one.stalled_some)} of the time something waits for memory`],
    one.swap_total_bytes && ['Swap', `${bytes(one.swap_used_bytes)} of ${bytes(one.swap_total_bytes)}`],
    one.disk_total_bytes && ['Disk', `${bytes(one.disk_free_bytes)} free of ${bytes(one.disk_total_bytes)}`],
  ];
  return h('div', { class: 'machine' }, h('h3', {}, one.name || `node ${one.id}`, ' ', state(one.is_up ? 'up' : 'down')),
    h('div', { class: 'meter', role: 'img', 'aria-label': `${bytes(one.held_bytes)} of ${bytes(capacity)} held` }, owed, used),
    h('div', { class: 'legend' }, [['var(--hull)', 'used by tasks'], ['var(--hull-soft)', 'owed to tasks'], ['var(--sunk)', 'room up to the load line']].map(([color, words]) => h('span', {}, h('i', { style: { '--c': color } }), words))),
    entries(facts));
}

function names(holders) {
  if (!Array.isArray(holders)) return holders ? `${count(holders)} tasks` : '–';
  if (holders.length === 0) return '–';
  return h('span', {}, holders.slice(0, 5).map((one, i) => [i > 0 && ', ', h('a', { href: `#/task/${one.id}` }, one.task)]), holders.length > 5 && ` and ${holders.length - 5} more`);
}
