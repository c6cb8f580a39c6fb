// Asks before something is changed, does it, and says what came of it.

import { h, put, say } from '../dom.js';
import { change } from '../api.js';

/** Shows a dialog; resolves to the values of its fields, or null when it was left. */
export function ask({ title, text, confirm, danger = false, fields = [] }) {
  return new Promise(resolve => {
    const inputs = fields.map(field => h('input', { id: `ask-${field.name}`, name: field.name, type: field.type ?? 'text', value: field.value ?? '', placeholder: field.placeholder, inputmode: field.inputmode }));
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title' },
      h('form', { method: 'dialog' },
        h('h2', { id: 'ask-title' }, title),
        text && h('p', {}, text),
        fields.map((field, i) => h('div', { class: 'field' }, h('label', { for: `ask-${field.name}` }, field.label), inputs[i])),
        h('div', { class: 'choices' },
          h('button', { type: 'button', onclick: () => dialog.close('') }, 'Keep as it is'),
          h('button', { class: danger ? 'danger primary' : 'primary', value: 'yes' }, confirm))));
    dialog.addEventListener('close', () => {
      const values = Object.fromEntries(inputs.map(input => [input.name, input.value.trim()]));
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? values : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    (inputs[0] ?? dialog.querySelector('button.primary')).focus();
  });
}

/** A button that asks, then sends. */
export function action({ label, title, text, confirm, danger, fields, send, done, after }) {
  const note = h('span', { class: 'small', role: 'status' });
  const button = h('button', {
    type: 'button', class: danger ? 'danger' : null, onclick: async () => {
      const values = await ask({ title, text, confirm: confirm ?? label, danger, fields });
      if (!values) return;
      button.disabled = true;
      put(note, '');
      try {
        const [method, path, body] = send(values);
        const answer = await change(method, path, body);
        const words = done?.(answer, values) ?? 'Done.';
        put(note, words);
        say(words);
        after?.();
        setTimeout(() => put(note, ''), 6000);
      } catch (error) {
        note.className = 'small bad';
        put(note, `${error.message}${error.cure ? `. ${error.cure}` : ''}`);
      } finally {
        button.disabled = false;
      }
    },
  }, label);
  return h('span', { class: 'act' }, button, ' ', note);
}
