// What is done to the service as a whole: pause and resume starting, drain, limits.

import { h, put } from '../dom.js';
import { live } from '../api.js';
import { action } from './dialog.js';
import { bytes } from '../format.js';

export function serviceActions() {
  const pause = action({
    label: 'Pause', title: 'Start nothing more?', text: 'What runs goes on. Tasks are accepted and wait until starting is resumed.',
    fields: [{ name: 'reason', label: 'Why (shown to everybody who waits)', value: 'paused on the dashboard' }],
    send: values => ['POST', '/api/v1/pause', { reason: values.reason || null }], done: () => 'Paused.',
  });
  const resume = action({ label: 'Resume', title: 'Start tasks again?', send: () => ['POST', '/api/v1/resume', {}], done: () => 'Resumed.' });
  const drain = action({
    label: 'Drain', danger: true, title: 'Drain the service?', text: 'It accepts and starts nothing more, and waits for what runs. Resume ends that.',
    send: () => ['POST', '/api/v1/drain', {}], done: () => 'Draining.',
  });
  const element = h('div', { class: 'tabs' });
  let state = null;
  return {
    element,
    update(now) {
      const next = now.paused ? 'paused' : 'open';
      if (state === next) return;
      state = next;
      put(element, next === 'paused' ? resume : pause, limits(), drain);
    },
  };
}

/** Size as people write it: 4G, 500M. */
function size(text) {
  const match = /^\s*([\d.]+)\s*([kmgt]?)i?b?\s*$/i.exec(text);
  return match ? Math.round(Number(match[1]) * 1024 ** ' kmgt'.indexOf(match[2].toLowerCase() || ' ')) : null;
}

function limits() {
  return action({
    label: 'Limits', title: 'Change the limits', text: 'They hold for what starts from now on. An empty field stays as it is.', confirm: 'Change limits',
    fields: [
      { name: 'tasks', label: 'Tasks at once (auto, or a number)', placeholder: live.newest?.concurrency.limit ?? 'auto' },
      { name: 'reserve', label: 'Memory kept for the host (for example 4G)', placeholder: bytes(live.newest?.line?.reserve_bytes) },
    ],
    send: values => {
      const body = {};
      if (values.tasks) body.max_concurrent = /^\d+$/.test(values.tasks) ? Number(values.tasks) : values.tasks;
      if (values.reserve) body.memory_reserve_bytes = size(values.reserve) ?? values.reserve;
      return ['PATCH', '/api/v1/limits', body];
    },
    done: () => 'Limits changed.',
  });
}
