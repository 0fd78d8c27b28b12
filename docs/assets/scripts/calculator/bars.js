// Quantities of one kind, drawn as bars to one scale.

import { node } from "../shared/dom.js";

/** In the units of the drawing, as wide as a small phone: a line, a bar, the longest bar. */
const [WIDTH, LINE, BAR, LONGEST] = [320, 46, 14, 318];

let drawn = 0;

/**
 * Draw the bars of an answer in `section`, which stays hidden when there is none to compare.
 * @param {HTMLElement} section
 * @param {{ id: string, label: string, value: number, words: string }[]} bars
 */
export function drawBars(section, bars) {
  const most = Math.max(0, ...bars.map(({ value }) => value));
  section.hidden = most === 0;
  if (section.hidden) return;
  drawn += 1;
  const prefix = `barres-${drawn}`;
  const svg = node("svg", {
    viewBox: `0 0 ${WIDTH} ${LINE * bars.length}`,
    role: "img",
    "aria-labelledby": `${prefix}-titre ${prefix}-texte`,
  });
  const told = bars.map(({ label, words }) => `${label}\u00a0: ${words}.`).join(" ");
  svg.append(
    node("title", { id: `${prefix}-titre` }, section.querySelector("h3")?.textContent ?? ""),
    node("desc", { id: `${prefix}-texte` }, told),
  );
  for (const [rank, { id, label, value, words }] of bars.entries()) {
    const top = rank * LINE;
    const width = (value / most) * LONGEST;
    const text = node("text", { x: 0, y: top + 14 }, `${label}\u00a0: `);
    text.append(node("tspan", { class: "value" }, words));
    svg.append(text, node("rect", { "data-bar": id, x: 0, y: top + 20, width, height: BAR }));
  }
  section.querySelector("figure")?.replaceChildren(svg);
}
