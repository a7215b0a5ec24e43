// Building and reconciling elements. Text only ever enters as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `data` and `aria` are objects, functions named on… are listeners, null is left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "data") Object.assign(node.dataset, value);
  else if (name === "class") node.className = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

export function icon(id) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${id}`);
  svg.append(use);
  return svg;
}

export function setIcon(svg, id) {
  svg.firstElementChild.setAttribute("href", `#i-${id}`);
}

/** The element with this `data-part`, or else with this `data-testid`. */
export function part(name, root = document) {
  return root.querySelector(`[data-part="${name}"]`) ?? root.querySelector(`[data-testid="${name}"]`);
}

/** Writes only what differs, so that screen readers hear of changes and of nothing else. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setData(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (node.dataset[name] !== String(value)) node.dataset[name] = String(value);
  }
}

export function setAttributes(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
}

const keys = new WeakMap();

/** Makes the children of `container` match `items`; nodes keep their identity, focus and place. */
export function keyed(container, items, keyOf, create, update) {
  const known = new Map([...container.children].map((node) => [keys.get(node), node]));
  let place = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let node = known.get(key);
    known.delete(key);
    if (!node) {
      node = create(item);
      keys.set(node, key);
    }
    update(node, item);
    if (node === place) place = place.nextElementSibling;
    else container.insertBefore(node, place);
  }
  for (const node of known.values()) node.remove();
}
