// What more memory, more machines or more quota would change for the rest of a run: asked of the simulator.

import { h, put, say } from '../dom.js';
import { get } from '../api.js';
import { count, percent, span, words } from '../format.js';
import { panel } from './page.js';

/** A panel with the question; hide(true) once the run has ended. */
export function whatIf(run) {
  const field = (name, label, placeholder) => h('label', {}, label, h('input', { name, placeholder, autocomplete: 'off', spellcheck: 'false' }));
  const answer = h('p', { role: 'status' });
  const button = h('button', { type: 'submit' }, 'Ask');
  const form = h('form', { class: 'ask-what', onsubmit: async event => {
    event.preventDefault();
    const values = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    if (values.length === 0) return put(answer, 'Fill in at least one of them.');
    button.disabled = true;
    put(answer, 'Being simulated.');
    try {
      const found = await get(`/api/v1/runs/${run}/what-if?${new URLSearchParams(values)}`);
      put(answer, tell(found));
      say(answer.textContent);
    } catch (error) {
      put(answer, `${error.message}. ${error.cure ?? ''}`);
    } finally {
      button.disabled = false;
    }
  } }, field('memory', 'Memory of each machine', '64G'), field('nodes', 'Further machines', '2'), field('quota', 'Quota, times', '2'), button);
  const element = panel('What would help?', 'the rest of this run, simulated', form, answer);
  return { element, hide: over => { element.hidden = over; } };
}

function tell(found) {
  const factor = found.changed_seconds > 0 ? found.seconds / found.changed_seconds : 1;
  const change = factor > 1.05 ? `${factor.toFixed(1)}x as fast` : factor < 0.95 ? `${(1 / factor).toFixed(1)}x as long` : 'no difference to speak of';
  const waits = found.waits.filter(one => one.share >= 0.05).map(one => `${words(one.cause)} ${percent(one.share)}`).join(', ');
  return `The ${count(found.tasks)} tasks that have not ended are expected to take ${span(found.seconds)} as things are, and ${span(found.changed_seconds)} with that: ${change}.${waits ? ` As things are they wait for: ${waits}.` : ''}`;
}
