// The frame: who is logged in, the rail, and which page is shown.

import { h, put, say, set } from './dom.js';
import { live, login, logout, onSessionLost, resume, who } from './api.js';
import { count } from './format.js';
import { overview } from './pages/overview.js';
import { runs } from './pages/runs.js';
import { run } from './pages/run.js';
import { task } from './pages/task.js';
import { classes } from './pages/classes.js';
import { gateway } from './pages/gateway.js';
import { nodes } from './pages/nodes.js';
import { dead } from './pages/dead.js';
import { alerts } from './pages/alerts.js';

const places = [
  { path: '', name: 'Overview', page: overview },
  { path: 'runs', name: 'Runs', page: runs, count: now => now.runs.filter(one => one.state === 'running').length || '' },
  { path: 'run/:run', page: run, under: 'runs' },
  { path: 'task/:task', page: task, under: 'runs' },
  { path: 'classes', name: 'Classes', page: classes },
  { path: 'gateway', name: 'Gateway', page: gateway },
  { path: 'nodes', name: 'Nodes', page: nodes },
  { path: 'dead', name: 'Dead letters', page: dead, count: now => now.counts.dead ? count(now.counts.dead) : '', hot: true },
  { path: 'alerts', name: 'Alerts', page: alerts, count: () => alerts.firing || '', hot: true },
];

const app = document.getElementById('app');
let shown = null;
let frame = null;

export const mark = () => h('svg', { viewBox: '0 0 32 32', 'aria-hidden': 'true' },
  h('circle', { cx: 16, cy: 16, r: 10.5, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }),
  h('path', { d: 'M1 16h30', stroke: 'currentColor', 'stroke-width': 3 }));

/** Which place an address (#/run/7) means, and the values in it. */
function find() {
  const words = location.hash.replace(/^#\/?/, '').split('?')[0].split('/');
  for (const place of places) {
    const parts = place.path.split('/');
    if (parts.length !== words.length) continue;
    const values = {};
    if (parts.every((part, i) => part.startsWith(':') ? (values[part.slice(1)] = decodeURIComponent(words[i])) : part === words[i])) return { place, values };
  }
  return { place: places[0], values: {} };
}

function build() {
  const links = places.filter(place => place.name).map(place => {
    const number = h('span', { class: place.hot ? 'count hot' : 'count' });
    return { place, number, link: h('a', { href: `#/${place.path}` }, place.name, number) };
  });
  const state = h('span', { class: 'link-state', role: 'status' });
  const main = h('main', { id: 'main', tabindex: '-1' });
  put(app, h('div', { class: 'frame' },
    h('header', { class: 'rail' },
      h('a', { class: 'brand', href: '#/' }, mark(), 'Plimsoll'),
      h('nav', { 'aria-label': 'Pages' }, h('ul', {}, links.map(one => h('li', {}, one.link)))),
      h('div', { class: 'foot' }, state, h('span', { class: 'who' }, `${who().name}, ${who().scope}`), h('button', { class: 'plain', onclick: logout }, 'Log out'))),
    main));
  return { links, state, main };
}

function showState() {
  if (!frame) return;
  set(frame.state, { 'data-state': live.state });
  put(frame.state, ({ live: 'Live', lost: 'Connecting again', connecting: 'Connecting' })[live.state]);
}

function showCounts() {
  if (!frame || !live.newest) return;
  for (const { place, number } of frame.links) put(number, String(place.count?.(live.newest) ?? ''));
}

function route() {
  if (!who()) return showLogin();
  frame ??= build();
  shown?.stop?.();
  const { place, values } = find();
  for (const one of frame.links) set(one.link, { 'aria-current': one.place === place || one.place.path === place.under ? 'page' : null });
  frame.main.replaceChildren();
  shown = place.page.show(frame.main, values);
  const title = frame.main.querySelector('h1')?.textContent ?? place.name;
  document.title = `${title} · Plimsoll`;
  if (document.activeElement !== document.body) frame.main.focus({ preventScroll: true });
  scrollTo(0, 0);
  showState();
  showCounts();
  if (live.newest) shown?.update?.(live.newest);
}

function showLogin() {
  live.stop();
  shown?.stop?.();
  shown = frame = null;
  document.title = 'Log in · Plimsoll';
  const token = h('input', { id: 'token', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', 'aria-describedby': 'where' });
  const wrong = h('p', { class: 'bad', role: 'alert' });
  const enter = async event => {
    event.preventDefault();
    put(wrong, '');
    try {
      await login(token.value);
      begin();
    } catch (error) {
      put(wrong, `${error.message}. ${error.cure ?? ''}`);
      token.select();
    }
  };
  put(app, h('main', { class: 'login', id: 'main', tabindex: '-1' }, mark(),
    h('form', { onsubmit: enter },
      h('h1', {}, 'Plimsoll'),
      h('label', { for: 'token' }, 'Token of this service'), token,
      h('p', { class: 'small muted', id: 'where' }, 'It is in the file ', h('code', {}, '.plimsoll/token'), ' of the project. It is exchanged for a cookie and not kept.'),
      wrong, h('button', { class: 'primary', type: 'submit' }, 'Log in'))));
  token.focus();
}

function begin() {
  live.start();
  route();
}

live.addEventListener('overview', () => {
  showCounts();
  shown?.update?.(live.newest);
});
live.addEventListener('state', () => {
  showState();
  if (live.state === 'lost') say('The service does not answer; connecting again.');
});
addEventListener('hashchange', route);
onSessionLost(showLogin);
await resume();
if (who()) begin();
else showLogin();
