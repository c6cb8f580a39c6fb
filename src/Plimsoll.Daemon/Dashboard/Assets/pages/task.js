// One task: why it stands where it stands, its attempts, what it held of memory, and what it wrote.

import { h, put, set } from '../dom.js';
import { get, may, maybe } from '../api.js';
import { bytes, count, dollars, duration, tame, when, words } from '../format.js';
import { lineChart } from '../parts/chart.js';
import { action } from '../parts/dialog.js';
import { showState, state } from '../parts/state.js';
import { every, failed, panel, table } from '../parts/page.js';

/** Time since the attempt began, on the axis. */
const age = (seconds, exact) => exact ? duration(seconds) : seconds < 60 ? `${Math.round(seconds * 10) / 10} s` : duration(seconds).replace(' 00 s', '').replace(' 00 min', '');

export const task = {
  show(main, { task: id }) {
    const title = h('h1', {}, `Task ${id}`);
    const where = h('span', { class: 'crumb' });
    const stateWord = h('span', { class: 'state' });
    const why = h('ul', { class: 'why' });
    const facts = h('dl', { class: 'facts' });
    const attempts = h('div');
    const memory = h('div');
    const log = h('pre', { class: 'log', tabindex: '0', 'aria-label': 'End of the output' });
    const logNote = h('p', { class: 'small muted' });
    const body = h('div', { class: 'stack' });
    let stream = 'both', detail = null, newest = null, profile = null, pinned = true;

    const choose = (value, words) => h('button', { class: 'chip', type: 'button', 'aria-pressed': String(stream === value), onclick: event => {
      stream = value;
      for (const one of event.currentTarget.parentNode.children) set(one, { 'aria-pressed': String(one === event.currentTarget) });
      showLog();
    } }, words);
    log.addEventListener('scroll', () => { pinned = log.scrollTop + log.clientHeight > log.scrollHeight - 20; }, { passive: true });
    const tools = may('submit') ? [
      action({ label: 'Cancel', danger: true, title: 'Cancel this task?', text: 'If it runs it is asked to end, and killed after its grace. What depends on it is skipped.', confirm: 'Cancel task', fields: [{ name: 'reason', label: 'Why', value: 'cancelled on the dashboard' }], send: values => ['POST', `/api/v1/tasks/${id}/cancel`, { reason: values.reason || null }], done: () => 'It is being cancelled.', after: () => fetch.now() }),
      action({ label: 'Retry', title: 'Put this task back?', text: 'It gets its attempts anew.', send: () => ['POST', `/api/v1/tasks/${id}/retry`, {}], done: answer => answer?.tasks?.length ? 'It was put back.' : 'It has not ended badly, so there is nothing to retry.', after: () => fetch.now() }),
      action({ label: 'Priority', title: 'Change the priority?', text: 'Larger starts first.', confirm: 'Change priority', fields: [{ name: 'priority', label: 'Priority', inputmode: 'numeric', value: '10' }], send: values => ['PUT', `/api/v1/tasks/${id}/priority`, { priority: Number(values.priority) }], done: (_, values) => `The priority is ${values.priority}.`, after: () => fetch.now() }),
    ] : [];
    main.append(h('div', { class: 'head' }, title, stateWord, where, h('div', { class: 'tools' }, tools)), body);
    put(body,
      h('div', { class: 'pair' }, h('div', { class: 'stack' }, panel('Why it stands there', null, why), panel('Attempts', null, attempts)), panel('Task', null, facts)),
      panel('Memory', 'measured, against what was expected', memory),
      panel('Output', null, h('div', { class: 'filters', role: 'group', 'aria-label': 'Stream' }, choose('both', 'Both'), choose('stdout', 'Output'), choose('stderr', 'Error')), logNote, log));

    function show() {
      const one = detail.task;
      put(title, one.name);
      document.title = `${one.name} · Plimsoll`;
      put(where, h('a', { href: `#/run/${one.run}` }, `run ${one.run}`));
      showState(stateWord, one.state);
      put(why, detail.reasons.length === 0 ? h('li', {}, h('p', {}, one.state === 'running' ? 'Nothing holds it: it runs.' : one.state === 'succeeded' ? 'It has succeeded.' : 'Nothing is known that holds it.')) : detail.reasons.map(reason => h('li', {},
        h('p', {}, reason.message), h('p', { class: 'small muted' }, [words(reason.code), reason.needed && `needs ${reason.needed}`, reason.available && `there is ${reason.available}`, reason.released_by && `released by ${reason.released_by}`].filter(Boolean).join(' · ')))));
      const usage = one.usage;
      const entries = [['Class', one.class], ['Priority', one.priority], detail.template && ['Template', detail.template], detail.executes && ['Runs', h('code', {}, tame(detail.executes, 2000))],
        detail.params && ['Values', h('code', {}, tame(JSON.stringify(detail.params), 2000))], detail.parent && ['Submitted by', h('a', { href: `#/task/${detail.parent}` }, detail.parent)],
        one.started_at && ['Started', when(one.started_at)], one.ended_at && ['Ended', when(one.ended_at)],
        usage && ['Cost', `${dollars(usage.dollars)} in ${count(usage.calls)} calls, ${count(usage.input_tokens + usage.cached_tokens)} tokens in, ${count(usage.output_tokens)} out`],
        ...Object.entries(detail.outputs ?? {}).map(([key, value]) => [`Output ${key}`, h('code', {}, tame(value, 500))])].filter(Boolean);
      put(facts, entries.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
      put(attempts, detail.attempts.length === 0 ? h('p', { class: 'empty' }, 'None yet.') : table('Attempts', [{ name: 'No.' }, { name: 'Outcome' }, { name: 'Exit', css: 'num' }, { name: 'Time', css: 'num' }, { name: 'Peak', css: 'num' }, { name: 'Processor', css: 'num wide' }, { name: 'Reason' }],
        [...detail.attempts].reverse().map(a => [a.number, state(a.outcome ?? 'running'), a.signal ? `signal ${a.signal}` : a.exit_code ?? '', duration(a.ended_at ? (new Date(a.ended_at) - new Date(a.admitted_at)) / 1000 : (Date.now() - new Date(a.admitted_at)) / 1000), a.peak_resident_bytes ? bytes(a.peak_resident_bytes) : '–', a.ended_at ? duration(a.cpu_seconds) : '–', a.reason ?? ''])));
      const over = ['succeeded', 'failed', 'dead', 'cancelled', 'skipped'].includes(one.state);
      for (const [label, fits] of [['Cancel', !over], ['Retry', over && one.state !== 'succeeded'], ['Priority', !over]]) {
        const tool = tools.find(tool => tool.firstChild.textContent === label);
        if (tool) tool.firstChild.hidden = !fits;
      }
      showMemory();
    }

    function showMemory() {
      const last = detail.attempts.at(-1);
      const points = (last?.memory?.curve ?? []).map(point => [point.seconds, point.bytes]);
      if (newest && newest.attempt === last?.number && !last.ended_at && newest.used_bytes && newest.elapsed_seconds > (points.at(-1)?.[0] ?? 0)) points.push([newest.elapsed_seconds, newest.used_bytes]);
      const levels = [profile?.settled > 0 && { y: profile.settled, text: `settled ${bytes(profile.settled)}`, color: 'var(--sea)' }, profile?.burst > 0 && { y: profile.settled + profile.burst, text: `with burst ${bytes(profile.settled + profile.burst)}`, color: 'var(--hull)' },
        profile?.limit && { y: profile.limit, text: `limit ${bytes(profile.limit)}`, color: 'var(--bad)', dash: '1 0' }].filter(Boolean);
      put(memory, points.length ? lineChart({ label: `Memory of attempt ${last.number}: at most ${bytes(Math.max(...points.map(point => point[1])))}`, series: [{ name: 'held', points, color: 'var(--hull)', area: true }], levels, width: Math.max(300, memory.clientWidth || 640), format: bytes, formatX: age, base: 2, fromX: 0 }) : h('p', { class: 'empty' }, last ? 'It was too short to be measured.' : 'It has not started.'));
    }

    async function showLog() {
      try {
        const tail = await maybe(`/api/v1/tasks/${id}/tail?bytes=65536&stream=${stream}`);
        const text = [tail?.stdout, tail?.stderr].filter(Boolean).join(tail?.stdout && tail?.stderr ? '\n── standard error ──\n' : '');
        put(logNote, !tail ? '' : tail.cut ? `Attempt ${tail.attempt}; only the end is shown, plimsoll logs prints all of it.` : tail.attempt ? `Attempt ${tail.attempt}.` : '');
        const clean = text ? tame(text) : 'Nothing was written.';
        if (log.textContent !== clean) {
          log.textContent = clean;
          if (pinned) log.scrollTop = log.scrollHeight;
        }
      } catch { /* the rest of the page says it */ }
    }

    const fetch = every(1500, async () => {
      try {
        detail = await get(`/api/v1/tasks/${encodeURIComponent(id)}`);
        profile ??= await expected();
        show();
        await showLog();
      } catch (error) { detail ? null : failed(body, error); }
    });

    let limited = false;
    /** The limit that was declared for it, once. */
    async function limit() {
      if (limited) return;
      limited = true;
      const found = (await maybe('/api/v1/dashboard').catch(() => null))?.agent_status.attempts.find(one => one.task === id);
      if (found?.limit_bytes) profile = { settled: 0, burst: 0, ...profile, limit: found.limit_bytes };
    }

    async function expected() {
      const found = (await maybe(`/api/v1/classes/${encodeURIComponent(detail.task.class)}`).catch(() => null))?.learned;
      return found ? { settled: found.settled_bytes, burst: found.burst_bytes } : null;
    }

    fetch.now();
    return {
      update(now) {
        const running = now.running.find(one => one.id === id);
        if (running) {
          limit();
          newest = running;
          if (running.settled_bytes) profile = { ...profile, settled: running.settled_bytes, burst: running.burst_bytes };
          if (detail) showMemory();
        }
        if (!detail || !detail.task.ended_at || running) fetch.turn();
      },
    };
  },
};
