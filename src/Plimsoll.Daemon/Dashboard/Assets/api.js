// Requests to the service, and the live overview.

let session = null;
const lost = new Set();

/** An answer that is no success: what is wrong, and what to change. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.title ?? `the service answered ${status}`);
    this.status = status;
    this.cure = problem?.cure ?? null;
  }
}

export const who = () => session;

/** True when the one who looks may do what needs this scope. */
export const may = scope => ({ read: 1, submit: 2, admin: 3 })[session?.scope] >= ({ read: 1, submit: 2, admin: 3 })[scope];

/** Called when the session is over. */
export function onSessionLost(action) {
  lost.add(action);
}

async function send(method, path, body, options = {}) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && session) headers['x-plimsoll-csrf'] = session.csrf;
  const response = await fetch(path, { method, headers: { ...headers, ...options.headers }, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', signal: options.signal });
  if (response.ok || (options.raw && response.status === 416)) return response;
  const problem = await response.json().catch(() => null);
  if (response.status === 401 && session) {
    session = null;
    for (const action of lost) action();
  }
  throw new Refused(response.status, problem);
}

export const get = async (path, options) => (await send('GET', path, undefined, options)).json();
export const raw = (path, options) => send('GET', path, undefined, { ...options, raw: true });

export async function change(method, path, body) {
  const response = await send(method, path, body);
  return response.status === 204 ? null : response.json().catch(() => null);
}

/** An answer, or null when this service does not have it (yet). */
export async function maybe(path) {
  try {
    return await get(path);
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || error.status === 501)) return null;
    throw error;
  }
}

export async function resume() {
  const response = await fetch('/api/v1/session', { cache: 'no-store' });
  session = response.status === 200 ? await response.json() : null;
  return session;
}

export async function login(token) {
  session = await change('POST', '/api/v1/session', { token });
  return session;
}

export async function logout() {
  await change('DELETE', '/api/v1/session').catch(() => null);
  session = null;
  for (const action of lost) action();
}

/** The overview, each second, over server-sent events; connects again after a restart of the service. */
export class Live extends EventTarget {
  newest = null;
  state = 'connecting';
  #source = null;
  #timer = 0;
  #wait = 500;

  start() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = this.#source = new EventSource('/api/v1/overview/live');
    source.addEventListener('overview', event => {
      this.#wait = 500;
      this.newest = JSON.parse(event.data);
      this.#move('live');
      this.dispatchEvent(new Event('overview'));
    });
    source.addEventListener('error', () => {
      source.close();
      if (this.#source === source) this.#again();
    });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** EventSource gives up on some errors and hides the status, so connecting again is done here. */
  #again() {
    this.#move('lost');
    this.#timer = setTimeout(async () => {
      this.#wait = Math.min(10_000, this.#wait * 1.7);
      try {
        const response = await fetch('/api/v1/session', { cache: 'no-store' });
        if (response.status === 204) {
          session = null;
          for (const action of lost) action();
          return;
        }
        if (!response.ok) throw new Error(`the service answered ${response.status}`);
        session = await response.json();
        this.start();
      } catch {
        this.#again();
      }
    }, this.#wait);
  }

  #move(state) {
    if (this.state !== state) {
      this.state = state;
      this.dispatchEvent(new Event('state'));
    }
  }
}

export const live = new Live();
