// Everything that happens now: how far the machine is loaded, what runs, what waits and why.

import { h, keep, put, set } from '../dom.js';
import { bytes, count, duration, percent, span, words } from '../format.js';
import { may } from '../api.js';
import { LoadLine } from '../parts/loadline.js';
import { showState, progress, showProgress, ended, total } from '../parts/state.js';
import { head, panel } from '../parts/page.js';
import { serviceActions } from '../parts/service.js';
import { alertList } from './alerts.js';
import { quotaList } from './gateway.js';
import { history } from '../parts/history.js';

export const overview = {
  show(main) {
    const gauge = new LoadLine();
    const figures = h('dl', { class: 'now' });
    const trouble = h('div');
    const running = h('ul', { class: 'list-plain' });
    const causes = h('ul', { class: 'causes' });
    const waiting = h('tbody');
    const runsBody = h('tbody');
    const alerts = alertList({ most: 5 });
    const quotas = quotaList();
    const past = history();
    const runningPanel = panel('Running', '', running);
    const waitingPanel = panel('Waiting', '', causes, h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Waiting tasks' }, h('table', { class: 'rows' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Task, next in turn first'), h('th', { scope: 'col' }, 'Waits for'))), waiting)));
    const tools = serviceActions();
    main.append(
      head('Overview', { tools: may('admin') ? [tools.element] : [] }), trouble, figures,
      h('div', { class: 'overview' },
        gauge.element, past.element,
        h('div', { class: 'stack main-stack' },
          alerts.element,
          waitingPanel, runningPanel, quotas.element,
          panel('Runs', h('a', { href: '#/runs' }, 'All runs'), h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Runs' }, h('table', { class: 'rows' }, h('tbody', {}, ''), runsBody))))));
    return {
      update(now) {
        gauge.update(now);
        tools.update(now);
        alerts.update();
        quotas.update();
        past.update();
        showFigures(figures, now);
        put(trouble, now.trouble ? h('p', { class: 'notice bad', role: 'alert' }, now.trouble) : now.status === 'stopping' ? h('p', { class: 'notice' }, 'The service is stopping: what runs is waited for, nothing starts.') : now.paused ? h('p', { class: 'notice' }, `Nothing starts: ${now.paused}`) : '');
        showRunning(runningPanel, running, now);
        showWaiting(waitingPanel, causes, waiting, now);
        showRuns(runsBody, now.runs.slice(0, 8));
      },
    };
  },
};

function showFigures(element, now) {
  const waiting = now.counts.ready + now.counts.retrying;
  const entries = [
    ['Running', count(now.concurrency.now), now.concurrency.limit ? `of at most ${now.concurrency.limit}` : 'as memory allows'],
    ['Could run', count(waiting), waiting ? 'and wait' : ''],
    ['Wait for needs', count(now.counts.waiting), ''],
    ['Ended', count(ended(now.counts)), `of ${count(total(now.counts))}`],
    ['Processors', now.processors ? percent(now.processors.busy) : '–', now.processors?.stalled > 0.005 ? `busy, ${percent(now.processors.stalled)} stalled` : 'busy'],
    now.counts.frozen ? ['Frozen', count(now.counts.frozen), 'memory is short'] : null,
    now.forecast ? ['All ended in about', ...forecast(now)] : null,
  ].filter(Boolean);
  put(element, entries.map(([name, value, more]) => h('div', {}, h('dt', {}, name), h('dd', {}, value, ' ', h('small', {}, more)))));
}

/** What is left of the forecast, which is up to half a minute old, with where eight of ten such forecasts fall. */
function forecast(now) {
  const passed = (new Date(now.at) - new Date(now.forecast.at)) / 1000;
  const left = seconds => span(Math.max(0, Math.round(seconds - passed)));
  return [left(now.forecast.drain_seconds), `8 of 10 times ${left(now.forecast.low_seconds)} to ${left(now.forecast.high_seconds)}`];
}

function showRunning(section, list, now) {
  put(section.querySelector('.aside') ?? section.querySelector('header').appendChild(h('span', { class: 'aside' })), now.running.length ? 'memory against prediction' : '');
  if (now.running.length === 0) {
    list.kept = null;
    put(list, h('li', { class: 'empty' }, 'Nothing runs.'));
    return;
  }
  const scale = Math.max(...now.running.map(one => Math.max(one.used_bytes, one.settled_bytes + one.burst_bytes)), 1);
  keep(list, now.running.slice(0, 60), one => `${one.id}/${one.attempt}`, makeRunning, (row, one) => {
    put(row.parts.time, duration(one.elapsed_seconds));
    showState(row.parts.state, one.state);
    put(row.parts.memory, one.used_bytes ? bytes(one.used_bytes) : '–');
    set(row, { 'data-measured': String(one.used_bytes > 0) });
    row.parts.used.style.setProperty('width', `${one.used_bytes / scale * 100}%`);
    row.parts.expected.style.setProperty('left', `${one.settled_bytes / scale * 100}%`);
    set(row.parts.meter, { 'aria-label': `${bytes(one.used_bytes)} used, ${bytes(one.settled_bytes)} expected, bursts of ${bytes(one.burst_bytes)}` });
  });
}

function makeRunning(one) {
  const parts = { time: h('span', { class: 'num' }), state: h('span', { class: 'state' }), memory: h('span', { class: 'num held' }), used: h('i', { class: 'second' }), expected: h('i', { class: 'mark' }) };
  parts.meter = h('div', { class: 'meter', role: 'img' }, parts.used, parts.expected);
  const row = h('li', { class: 'live-item' },
    h('a', { class: 'name', href: `#/task/${one.id}` }, one.name, one.attempt > 1 ? ` (attempt ${one.attempt})` : ''),
    parts.state, parts.time, parts.meter, parts.memory);
  row.parts = parts;
  return row;
}

function showWaiting(section, causes, body, now) {
  keep(causes, now.causes, one => one.code, one => {
    const row = h('li', {}, h('b'), h('p', {}, h('span'), ' ', h('span', { class: 'muted small' })));
    return row;
  }, (row, one) => {
    put(row.firstChild, count(one.tasks));
    put(row.lastChild.firstChild, words(one.code));
    put(row.lastChild.lastChild, one.message);
  });
  const more = now.counts.waiting ? `${count(now.counts.waiting)} more wait for their needs` : '';
  put(section.querySelector('.aside') ?? section.querySelector('header').appendChild(h('span', { class: 'aside' })), more);
  if (now.waiting.length === 0) {
    body.kept = null;
    put(body, h('tr', {}, h('td', { class: 'empty', colspan: 2 }, now.counts.waiting ? 'Everything that could run does.' : 'Nothing waits.')));
    return;
  }
  keep(body, together(now.waiting).slice(0, 12), one => one.tasks[0].id, () => h('tr', {}, h('td', { class: 'names' }, h('ul'), h('span', { class: 'muted small' })), h('td')), (row, one) => {
    keep(row.firstChild.firstChild, one.tasks.slice(0, Shown), task => task.id, task => h('li', {}, h('a', { href: `#/task/${task.id}` }, task.name)));
    put(row.firstChild.lastChild, one.tasks.length > Shown ? `and ${count(one.tasks.length - Shown)} more` : '');
    put(row.lastChild, one.message);
  });
}

/** Tasks that stand behind each other for the same reason are one row. */
const Shown = 6;

function together(waiting) {
  const rows = [];
  for (const task of waiting) {
    const last = rows.at(-1);
    if (last?.message === task.reason.message) last.tasks.push(task);
    else rows.push({ message: task.reason.message, tasks: [task] });
  }
  return rows;
}

export function showRuns(body, runs) {
  if (runs.length === 0) {
    body.kept = null;
    put(body, h('tr', {}, h('td', { class: 'empty' }, 'No run yet. plimsoll submit plan.yaml starts one.')));
    return;
  }
  keep(body, runs, one => one.run, one => {
    const row = h('tr', {}, h('td', { class: 'name' }, h('a', { href: `#/run/${one.run}` }, `${one.run} ${one.name}`)), h('td', {}, h('span', { class: 'state' })), h('td', {}, progress(one.counts)), h('td', { class: 'num' }), h('td', { class: 'num wide' }));
    return row;
  }, (row, one) => {
    const cells = row.children;
    showState(cells[1].firstChild, one.state);
    showProgress(cells[2].firstChild, one.counts);
    put(cells[3], `${count(ended(one.counts))} / ${count(total(one.counts))}`);
    put(cells[4], one.remaining_seconds ? `at least ${duration(one.remaining_seconds)} more` : '');
  });
}
