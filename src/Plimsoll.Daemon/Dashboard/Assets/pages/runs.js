// All runs, newest first.

import { h, put } from '../dom.js';
import { get } from '../api.js';
import { count, dollars, duration, when } from '../format.js';
import { ended, progress, state, total } from '../parts/state.js';
import { every, failed, head, panel, table } from '../parts/page.js';

export const runs = {
  show(main) {
    const body = h('div');
    main.append(head('Runs'), panel('Newest first', null, body));
    const fetch = every(2000, async () => {
      try {
        const { runs } = await get('/api/v1/runs?limit=200');
        put(body, runs.length === 0 ? h('p', { class: 'empty' }, 'No run yet. plimsoll submit plan.yaml starts one.') : table('Runs',
          [{ name: 'Run' }, { name: 'State' }, { name: 'Progress' }, { name: 'Ended', css: 'num' }, { name: 'Time', css: 'num' }, { name: 'Began', css: 'num wide' }, { name: 'Cost', css: 'num wide' }],
          runs.map(run => [
            h('a', { href: `#/run/${run.run}` }, `${run.run} ${run.name}`), state(run.state), progress(run.counts),
            `${count(ended(run.counts))} / ${count(total(run.counts))}`, duration(run.wall_seconds), when(run.opened_at), dollars(run.usage?.dollars)])));
      } catch (error) { failed(body, error); }
    });
    fetch.now();
    return { update: fetch.turn };
  },
};
