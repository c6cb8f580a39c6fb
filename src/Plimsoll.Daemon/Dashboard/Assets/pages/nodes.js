// The machines that run tasks, and the locks and leases they share.

import { h, put } from '../dom.js';
import { maybe } from '../api.js';
import { bytes, count, duration, when } from '../format.js';
import { state } from '../parts/state.js';
import { every, failed, head, panel, table } from '../parts/page.js';

export const nodes = {
  show(main) {
    const machines = h('div'), locks = h('div'), leases = h('div');
    main.append(head('Nodes'), h('div', { class: 'stack' }, panel('Machines', null, machines), panel('Locks, limits and quotas', null, locks), panel('Leases', 'held without a task', leases)));
    const fetch = every(2000, async () => {
      try {
        const [all, held, lent] = await Promise.all([maybe('/api/v1/nodes'), maybe('/api/v1/locks'), maybe('/api/v1/leases')]);
        put(machines, all?.nodes?.length ? table('Machines', [{ name: 'Node' }, { name: 'State' }, { name: 'Tasks', css: 'num' }, { name: 'Held', css: 'num' }, { name: 'Room', css: 'num' }, { name: 'Capacity', css: 'num' }, { name: 'Cores', css: 'num' }, { name: 'Labels', css: 'wide' }],
          all.nodes.map(one => [one.name ?? one.node, state(one.is_up === false || one.state === 'down' ? 'down' : 'up'), count(one.live ?? one.running) + (one.frozen ? ` (${one.frozen} frozen)` : ''), bytes(one.held_bytes), bytes(one.room_bytes), bytes(one.capacity_bytes), one.cores ? `${one.cores_held ?? 0} / ${one.cores}` : '–', (one.labels ?? []).join(', ')])) : h('p', { class: 'empty' }, 'This machine alone.'));
        put(locks, held?.locks?.length ? table('Locks', [{ name: 'Name' }, { name: 'Kind' }, { name: 'Taken', css: 'num' }, { name: 'Held by' }, { name: 'Waiting', css: 'num' }],
          held.locks.map(one => [one.name, one.kind ?? '', one.units ? `${count(one.taken)} / ${count(one.units)}` : count(one.taken ?? 0), names(one.holders), count(one.waiting ?? 0)])) : h('p', { class: 'empty' }, 'No lock is known.'));
        put(leases, lent?.leases?.length ? table('Leases', [{ name: 'Lease' }, { name: 'State' }, { name: 'Memory', css: 'num' }, { name: 'Locks' }, { name: 'For' }, { name: 'Ends', css: 'num' }],
          lent.leases.map(one => [h('a', { href: `#/task/${one.id}` }, one.id), state(one.state), bytes(one.memory_bytes), one.locks.join(', '), one.purpose ?? '', when(one.expires_at)])) : h('p', { class: 'empty' }, 'None.'));
      } catch (error) { failed(machines, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};

function names(holders) {
  const list = holders ?? [];
  return list.length === 0 ? '–' : h('span', {}, list.slice(0, 5).map((one, i) => [i > 0 && ', ', one.id ?? one.task ? h('a', { href: `#/task/${one.id ?? one.task}` }, one.name ?? one.id ?? one.task) : one.name]), list.length > 5 && ` and ${list.length - 5} more`);
}
