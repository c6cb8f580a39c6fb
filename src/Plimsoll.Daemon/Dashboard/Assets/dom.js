// Builds and updates elements. Text always becomes a text node: nothing that comes from a task is ever read as markup.

const svgNames = new Set(['svg', 'g', 'path', 'rect', 'circle', 'line', 'text', 'defs', 'pattern', 'polyline', 'title', 'clipPath', 'desc']);

/** An element: h('a', { href, class: 'x', onclick }, 'text', child). */
export function h(name, attributes, ...children) {
  const element = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  set(element, attributes);
  element.append(...flat(children));
  return element;
}

/** Sets attributes and listeners; null or false removes one. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else if (name === 'value' || name === 'checked' || name === 'disabled') element[name] = value;
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? '' : value);
  }
  return element;
}

/** Replaces what is inside, unless the text is the same. */
export function put(element, ...children) {
  if (children.length === 1 && (typeof children[0] === 'string' || typeof children[0] === 'number')) {
    const text = String(children[0]);
    if (element.childNodes.length !== 1 || element.firstChild.nodeType !== Node.TEXT_NODE || element.firstChild.data !== text) element.textContent = text;
    return element;
  }
  element.replaceChildren(...flat(children));
  return element;
}

/** Keeps one element per item and its order; elements stay, so focus and selection stay with them. */
export function keep(container, items, keyOf, make, update) {
  const kept = container.kept ??= new Map();
  const seen = new Set();
  let at = container.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    if (seen.has(key)) continue;
    seen.add(key);
    let element = kept.get(key);
    if (!element) kept.set(key, element = make(item));
    update?.(element, item);
    if (element === at) at = at.nextSibling;
    else container.insertBefore(element, at);
  }
  for (const [key, element] of kept) {
    if (!seen.has(key)) {
      element.remove();
      kept.delete(key);
    }
  }
  while (at && !seen.has(at)) {
    const next = at.nextSibling;
    if (![...kept.values()].includes(at)) at.remove();
    at = next;
  }
}

/** Tells people who listen instead of looking. */
export function say(text) {
  document.getElementById('said').textContent = text;
}

const flat = children => children.flat(3).filter(child => child !== null && child !== undefined && child !== false)
  .map(child => child instanceof Node ? child : document.createTextNode(String(child)));
