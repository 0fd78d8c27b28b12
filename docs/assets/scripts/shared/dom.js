// Elements of the page. What is written in them is text: the policy of the site refuses HTML.

/** Return a new element, with its attributes and what it holds: elements or texts. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** Return the place of that name in a node: what the page leaves for a script to fill. */
export function slot(node, name) {
  return node.querySelector(`[data-slot="${name}"]`);
}
