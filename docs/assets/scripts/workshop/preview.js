// The elements of the workshop. No text becomes HTML: the policy of the site refuses it.

import { element } from "../shared/dom.js";

/** Put the apostrophes of French, and its spaces, which no line ends at. @param {string} text */
export function french(text) {
  return text
    .replace(/« /g, "«\u00a0")
    .replace(/ ([»:;?!])/g, "\u00a0$1")
    .replace(/(?<=\p{L})'(?=[\p{L}\p{N}«])/gu, "’");
}

const TAGS = new Set(
  (
    "p h1 h2 h3 h4 ul ol li dl dt dd strong em code pre blockquote table thead tbody tr th td " +
    "a abbr span div br hr section"
  ).split(" "),
);
const ATTRIBUTES = new Set(["class", "title", "data-basis", "hidden", "data-from", "data-until"]);

/**
 * Make the elements of a page from its tree, links from the home page `home` on.
 * @param {Editing.Node[]} nodes @param {URL} home @returns {(string | HTMLElement)[]}
 */
export function tree(nodes, home) {
  return nodes.map((node) => {
    if (typeof node === "string") return node;
    const [tag, attributes, ...inside] = node;
    // The title of the page is under those of the workshop.
    /** @type {any} */
    const one = document.createElement(TAGS.has(tag) ? tag.replace(/^h(\d)$/, lower) : "span");
    for (const [name, value] of Object.entries(attributes)) {
      if (ATTRIBUTES.has(name)) one.setAttribute(name, value);
    }
    if (attributes.href !== undefined) {
      const address = new URL(attributes.href, home);
      if (["http:", "https:", "mailto:"].includes(address.protocol)) one.href = address.href;
      one.target = "_blank";
      one.rel = "noopener";
    }
    one.append(...tree(inside, home));
    return one;
  });
}

/** @param {string} _ @param {string} level */
function lower(_, level) {
  return `h${Math.min(6, Number(level) + 2)}`;
}

/** @type {Record<string, [tag: "ins" | "del", said: string]>} */
const MARKS = { "+": ["ins", "Ajouté"], "-": ["del", "Enlevé"] };

/**
 * Show the lines that change: by a sign, by a word that is heard, and by a colour.
 * @param {Editing.Written["diff"]} lines
 */
export function diff(lines) {
  return lines.map(({ mark, text }) => {
    if (mark === "at") return element("p", { class: "place" }, text);
    const [tag, said] = MARKS[mark] ?? ["span"];
    const heard = said ? [element("span", { class: "visually-hidden" }, french(`${said} : `))] : [];
    const sign = element("span", { "aria-hidden": "true" }, mark === "-" ? "−" : mark);
    return element(tag, { class: "line" }, sign, ...heard, text || " ");
  });
}
