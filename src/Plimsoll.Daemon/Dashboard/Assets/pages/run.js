// One run: how far it is, the graph of its tasks with the critical path, when each ran, and every task.

import { h, put, set } from '../dom.js';
import { get, live, may, maybe } from '../api.js';
import { bytes, count, dollars, duration, when } from '../format.js';
import { Graph } from '../parts/graph.js';
import { RunModel, names } from '../parts/runmodel.js';
import { Timeline } from '../parts/timeline.js';
import { VirtualList } from '../parts/list.js';
import { action } from '../parts/dialog.js';
import { every, failed, panel } from '../parts/page.js';
import { state as stateWord } from '../parts/state.js';
import { whatIf } from '../parts/whatif.js';

/** How long the last updates took, in milliseconds: for measuring. */
const updates = window.plimsollUpdates = [];

const order = ['R', 'F', 'a', 'b', 'r', 'w', 'd', 'f', 's', 'c', 'k'];

const figure = (measure, value) => ({ duration, memory: bytes, cost: dollars })[measure]?.(value) ?? String(Math.round(value * 100) / 100);

export const run = {
  show(main, { run: number }) {
    const title = h('h1', {}, `Run ${number}`);
    const crumb = h('span', { class: 'crumb' });
    const facts = h('dl', { class: 'now' });
    const body = h('div', { class: 'run-cols' });
    const timeline = new Timeline();
    const question = whatIf(number);
    let model = null, graph = null, list = null, detail = null;
    let filter = { state: '', text: '', tasks: null };
    let shown = [];

    const tools = may('submit') ? [
      action({ label: 'Cancel run', danger: true, title: `Cancel run ${number}?`, text: 'Its running tasks are ended, and what waits never starts.', confirm: 'Cancel run', fields: [{ name: 'reason', label: 'Why', value: 'cancelled on the dashboard' }], send: values => ['POST', `/api/v1/runs/${number}/cancel`, { reason: values.reason || null }], done: answer => `${count(answer?.tasks?.length ?? 0)} tasks named; the run is being cancelled.`, after: () => fetch.now() }),
      action({ label: 'Retry failed', title: 'Put failed and dead tasks back?', text: 'Each gets its attempts anew, and what depends on it is taken up again.', confirm: 'Retry', send: () => ['POST', `/api/v1/runs/${number}/retry`, {}], done: answer => `${count(answer?.tasks?.length ?? 0)} tasks were put back.`, after: () => fetch.now() }),
    ] : [];
    const beside = h('div');
    main.append(h('div', { class: 'head' }, title, crumb, h('div', { class: 'tools' }, tools)), facts, beside, body);

    /** What took more or less than in earlier runs; nothing when nothing did. */
    async function compare() {
        const answer = await maybe(`/api/v1/runs/${number}/comparison`).catch(() => null);
        const differing = answer?.rows.filter(one => one.differs) ?? [];
        put(beside, differing.length ? panel('Beside earlier runs', `of the last ${count(answer.before.length)} of this name`, h('ul', { class: 'beside' }, differing.slice(0, 8).map(one => h('li', { 'data-way': one.value > one.usual ? 'more' : 'less' },
          h('span', {}, one.text), h('span', { class: 'num muted' }, `${figure(one.measure, one.value)}, usually ${figure(one.measure, one.usual)}`))))) : '');
    }

    const chips = h('div', { class: 'filters', role: 'group', 'aria-label': 'Tasks to show' });
    const search = h('input', { type: 'search', 'aria-label': 'Find tasks by name', placeholder: 'Name', oninput: () => { filter.text = search.value.toLowerCase(); filter.tasks = null; showTasks(); } });
    const found = h('span', { class: 'muted small' });

    function showTasks() {
      shown = [];
      for (let i = 0; i < model.count; i++) {
        if ((!filter.state || model.states[i] === filter.state) && (!filter.text || model.graph.names[i].toLowerCase().includes(filter.text)) && (!filter.tasks || filter.tasks.has(i))) shown.push(i);
      }
      const rank = Object.fromEntries(order.map((state, i) => [state, i]));
      shown.sort((a, b) => rank[model.states[a]] - rank[model.states[b]] || a - b);
      list.set(shown.length);
      put(found, `${count(shown.length)} of ${count(model.count)}`);
      put(chips, chip('', 'All', model.count), order.filter(state => model.counts[state]).map(state => chip(state, names[state], model.counts[state])), search, found, filter.tasks && h('button', { class: 'plain', onclick: () => { filter.tasks = null; showTasks(); } }, 'Show all of the run'));
    }

    const chip = (state, name, number) => h('button', { class: 'chip', type: 'button', 'aria-pressed': filter.state === state ? 'true' : 'false', onclick: () => { filter.state = state; showTasks(); } }, name, h('span', { class: 'muted' }, count(number)));

    const row = at => {
      const i = shown[at];
      return h('a', { class: 'row task-row', href: `#/task/${number}.${i}` },
        h('span', { title: model.graph.names[i] }, model.graph.names[i]), stateWord(names[model.states[i]]),
        h('span', { class: 'num cell-tries' }, model.columns.attempts[i] || ''), h('span', { class: 'num' }, model.columns.started[i] >= 0 ? duration(model.length(i)) : ''),
        h('span', { class: 'num cell-cost' }, model.columns.dollars[i] ? dollars(model.columns.dollars[i]) : ''));
    };

    function build() {
      graph = new Graph(model, box => { filter = { state: '', text: '', tasks: new Set(box.tasks) }; search.value = ''; showTasks(); list.element.scrollIntoView({ block: 'nearest' }); });
      list = new VirtualList({ label: 'Tasks of the run', make: row, height: 480 });
      put(body,
        panel('Timeline', 'red: the critical path', timeline.element),
        model.graph.from.length > 0 && panel('Graph', 'red: the critical path', graph.element),
        panel('Tasks', null, chips, h('div', { class: 'list-head task-row' }, h('span', {}, 'Task'), h('span', {}, 'State'), h('span', { class: 'num cell-tries' }, 'Tries'), h('span', { class: 'num' }, 'Time'), h('span', { class: 'num cell-cost' }, 'Cost')), list.element),
        question.element);
    }

    function showFacts() {
      const c = model.counts;
      const sum = states => states.reduce((all, one) => all + (c[one] ?? 0), 0);
      const cost = Object.values(model.columns.dollars).reduce((all, one) => all + one, 0);
      const entries = [['Running', count(sum(['R', 'a', 'F'])), ''], ['Could run', count(sum(['r', 'b'])), 'and wait'], ['Wait for needs', count(c.w ?? 0), ''], ['Ended', count(sum(['s', 'f', 'd', 'c', 'k'])), `of ${count(model.count)}`],
        sum(['f', 'd']) ? ['Failed', count(sum(['f', 'd'])), c.d ? `${count(c.d)} dead letter${c.d === 1 ? '' : 's'}` : ''] : null,
        ['Critical path', duration(model.pathSeconds), `${count(model.path.length)} task${model.path.length === 1 ? '' : 's'}`], cost ? ['Cost', dollars(cost), ''] : null].filter(Boolean);
      put(facts, entries.map(([name, value, more]) => h('div', {}, h('dt', {}, name), h('dd', {}, value, ' ', h('small', {}, more)))));
    }

    let seen = '', compared = null;
    const fetch = every(1000, async () => {
      try {
        const overview = live.newest?.runs.find(one => one.run === Number(number));
        const stamp = JSON.stringify(overview?.counts ?? null);
        if (model && stamp === seen && overview?.state !== 'running') return;
        const columns = await get(`/api/v1/runs/${number}/columns`);
        const first = !model;
        const from = performance.now();
        if (!model || columns.states.length > model.count) {
          const found = await maybe(`/api/v1/runs/${number}/graph`);
          if (!found) return large();
          model = new RunModel(found);
          model.take(columns, frozen());
          build();
        } else model.take(columns, frozen());
        if (compared !== (compared = overview?.state ?? 'old')) compare();
        question.hide(overview?.state !== 'running' && overview?.state !== 'open');
        seen = stamp;
        graph.update(model);
        timeline.set(model);
        showFacts();
        showTasks();
        if (!first) updates.push(performance.now() - from);
        if (updates.length > 100) updates.shift();
      } catch (error) { model ? null : failed(body, error); }
    });

    /** Too large to draw, or still empty: counts, and the way to the tasks. */
    function large() {
      put(body, panel('Tasks', null, h('p', {}, 'This run has no task yet, or too many to be drawn. ', h('code', {}, `plimsoll status ${number}`), ' lists them.')));
    }

    const frozen = () => new Set((live.newest?.running ?? []).filter(one => one.state === 'frozen' && one.id.startsWith(`${number}.`)).map(one => Number(one.id.split('.')[1])));

    get(`/api/v1/runs/${number}`).then(answer => {
      detail = answer;
      put(title, `Run ${number}: ${detail.run.name}`);
      document.title = `${title.textContent} · Plimsoll`;
      put(crumb, `${detail.plan && detail.plan !== detail.kind ? detail.plan : detail.kind}, began ${when(detail.run.opened_at)}`);
    }).catch(error => failed(body, error));
    fetch.now();
    return { update: fetch.turn, stop: () => timeline.stop() };
  },
};
