// Elements of the page. What is written in them is text: the policy of the site refuses HTML.

/**
 * Return a new element, with its attributes and what it holds: elements or texts.
 * @param {string} name @param {Record<string, any>} attributes @param {(string | Node)[]} content
 * @returns {any} of the class of its tag
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/**
 * Return the place of that name in a node: what the page leaves for a script to fill.
 * @param {ParentNode} node @param {string} name
 */
export function slot(node, name) {
  return node.querySelector(`[data-slot="${name}"]`);
}

/**
 * Return a new element of a drawing, with its attributes and its text.
 * @param {string} name @param {Record<string, any>} attributes @param {string} [text]
 */
export function node(name, attributes = {}, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Move the focus to a heading, and bring what follows it into view. @param {HTMLElement} heading */
export function reach(heading) {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}
