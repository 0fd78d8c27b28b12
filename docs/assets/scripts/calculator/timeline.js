// The periods and the dates of an answer, drawn to scale, and the same facts as a table.

import { today, words } from "../shared/dates.js";
import { node, slot } from "../shared/dom.js";

const DAY = 86_400_000; // ms

/** What tells kinds apart without colour; a kind that is not here is plain. */
const PATTERNS = {
  suspension: "M0 8 8 0",
  prolongation: "M0 0 8 8",
  carence: "M0 8 8 0M0 0 8 8",
  fenetre: "M0 4H8",
  decompte: "M4 0V8",
};
/** Few marks, so that their words never touch at 320 px: « 15 sept. », « sept. », « 2026 ». */
const [MOST_DAYS, MOST_MONTHS, MOST_YEARS] = [3, 4, 5];
const DAY_STEPS = [1, 2, 5, 10, 15, 21];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
/** In ems: a line of text, a bar, what stands between two lanes, and the two lines of the scale. */
const [LINE, BAR, GAP, SCALE] = [1.35, 0.8, 0.7, 2.9];
const CHARACTER = 0.55; // em, wider than most, so that no line is cut

let drawn = 0;

/** Draw `result` in `section`; `day` (ISO, or nothing) is the one looked at. */
export function drawTimeline(section, result, day) {
  section.hidden = result.periods.length === 0;
  if (section.hidden) return;
  const facts = [
    ...result.periods,
    ...result.dates.map(({ label, date }) => ({ kind: "date", label, debut: date, fin: date })),
  ];
  if (day) {
    const label = day === today() ? "Aujourd’hui" : "Jour regardé";
    facts.push({ kind: "jour", label, debut: day, fin: day });
  }
  section.querySelector("tbody").replaceChildren(...facts.map(row));

  const figure = section.querySelector("figure");
  // Where there is room, what is folded on a phone is in sight.
  const fold = section.querySelector("[data-wide]");
  if (fold) fold.open = matchMedia("(width >= 60em)").matches;
  const [first, last] = [
    facts
      .map(({ debut }) => debut)
      .sort()
      .at(0),
    facts
      .map(({ fin }) => fin)
      .sort()
      .at(-1),
  ];
  slot(section, "caption").textContent =
    `Du ${words(first)} au ${words(last)}. Un losange marque une date.`;
  drawn += 1;
  const prefix = `frise-${drawn}`;
  let width;
  // A label is cut into lines for the width there is: known when shown, changed by a rotation.
  const fit = () => {
    const room = figure.clientWidth || section.clientWidth; // folded, it has no width of its own
    if (room === width) return;
    width = room;
    const em = parseFloat(getComputedStyle(figure).fontSize);
    figure.querySelector("svg")?.remove();
    figure.prepend(draw(facts, first, last, Math.floor(width / em / CHARACTER), prefix));
  };
  // In a frame of its own: an observer that changes the size it observes is an error.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(figure);
}

/** Say when: « du 1er mars 2026 au 2 avril 2026 », « le 2 avril 2026 ». */
export function when({ debut, fin }) {
  return debut === fin ? `le ${words(debut)}` : `du ${words(debut)} au ${words(fin)}`;
}

function row({ kind, label, debut, fin }) {
  const line = document.createElement("tr");
  line.dataset.kind = kind;
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = label;
  line.append(name);
  const days = kind === "date" || kind === "jour" ? [debut] : [debut, fin];
  for (const iso of days) {
    const cell = document.createElement("td");
    if (days.length === 1) cell.colSpan = 2;
    const time = document.createElement("time");
    time.dateTime = iso;
    time.textContent = words(iso);
    cell.append(time);
    line.append(cell);
  }
  return line;
}

function draw(facts, first, last, characters, prefix) {
  const start = Date.parse(first);
  const length = Date.parse(last) + DAY - start;
  const at = (ms) => `${(((ms - start) / length) * 96 + 2).toFixed(2)}%`; // 2 % free on each side
  const svg = node("svg", { role: "img", "aria-labelledby": `${prefix}-titre ${prefix}-texte` });
  svg.append(
    node("title", { id: `${prefix}-titre` }, "Frise des périodes et des dates"),
    node(
      "desc",
      { id: `${prefix}-texte` },
      [
        `Du ${words(first)} au ${words(last)}.`,
        ...facts.map((fact) => `${fact.label}, ${when(fact)}.`),
      ].join(" "),
    ),
    patterns(prefix),
  );
  const lines = node("g");
  const lanes = node("g");
  let y = SCALE;
  for (const fact of facts) {
    const lane = node("g");
    Object.assign(lane.dataset, { kind: fact.kind, debut: fact.debut, fin: fact.fin });
    for (const text of wrap(`${fact.label}, ${when(fact)}`, characters)) {
      y += LINE;
      lane.append(node("text", { x: 0, y: `${y - 0.3}em` }, text));
    }
    lane.append(...shape(fact, at, y, prefix));
    lanes.append(lane);
    y += BAR + GAP;
    if (fact.kind === "jour") {
      const x = at(Date.parse(fact.debut) + DAY / 2);
      const ends = { y1: `${SCALE}em`, y2: `${y - GAP}em` };
      lines.append(node("line", { class: "day", x1: x, x2: x, ...ends }));
    }
  }
  for (const {
    date,
    words: [main = "", year = ""],
    anchor,
  } of ticks(start, length)) {
    const x = at(date.getTime());
    lines.prepend(
      node("line", { class: "tick", x1: x, x2: x, y1: `${SCALE - 0.3}em`, y2: `${y - GAP}em` }),
      node("text", { x, y: "1em", "text-anchor": anchor }, main),
      node("text", { x, y: "2.2em", "text-anchor": anchor }, year),
    );
  }
  svg.setAttribute("height", `${y}em`);
  svg.append(lines, lanes);
  return svg;
}

function shape({ kind, debut, fin }, at, y, prefix) {
  const start = Date.parse(debut);
  const middle = at(start + DAY / 2);
  if (kind === "jour" || kind === "date") {
    // A nested svg is moved by a percentage, which a path cannot be.
    const place = node("svg", { x: middle, y: `${y}em`, overflow: "visible" });
    const d = kind === "date" ? "M0 0 6 6 0 12-6 6Z" : "M-6 12 0 2 6 12Z";
    place.append(node("path", { class: kind, d }));
    return [place];
  }
  const [left, right] = [at(start), at(Date.parse(fin) + DAY)].map(parseFloat);
  const fill = PATTERNS[kind] ? { fill: `url(#${prefix}-${kind})` } : {};
  const bar = { class: "bar", x: `${left}%`, y: `${y}em`, height: `${BAR}em`, ...fill };
  return [node("rect", { ...bar, width: `${(right - left).toFixed(2)}%` })];
}

function patterns(prefix) {
  const definitions = node("defs");
  for (const [kind, d] of Object.entries(PATTERNS)) {
    const size = { width: 8, height: 8 };
    const tile = { patternUnits: "userSpaceOnUse", ...size };
    const pattern = node("pattern", { id: `${prefix}-${kind}`, ...tile });
    pattern.dataset.kind = kind;
    pattern.append(
      node("rect", { class: "background", ...size }),
      node("path", { class: "stroke", d }),
    );
    definitions.append(pattern);
  }
  return definitions;
}

/** Return the marks of the scale, with their words on two lines. */
function ticks(start, length) {
  const days = length / DAY;
  const short = days <= MOST_DAYS * DAY_STEPS.at(-1);
  const found = short ? dayTicks(start, days) : monthTicks(start, length);
  const gap = found.length > 1 ? (found[1].date - found[0].date) / length : 1;
  let shown;
  return found.map(({ date, main }) => {
    const at = (date - start) / length;
    const [first, last] = [at < 0.08, at > 0.92];
    const anchor = first ? "start" : last ? "end" : "middle";
    // Words pushed inwards from an edge need room, or stay away.
    if ((first || last) && gap < 0.3) return { date, words: [], anchor };
    const year = String(date.getUTCFullYear());
    const words = [main, main === year || year === shown ? "" : year];
    shown = year;
    return { date, words, anchor };
  });
}

function dayTicks(start, days) {
  const step = DAY_STEPS.find((size) => days / size <= MOST_DAYS);
  const write = new Intl.DateTimeFormat("fr-FR", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return Array.from({ length: Math.ceil(days / step) }, (_, position) => {
    const date = new Date(start + position * step * DAY);
    return { date, main: write.format(date).replace(/^1 /, "1er ") };
  });
}

function monthTicks(start, length) {
  const index = (ms) => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth();
  // The months whose first day is inside.
  const [first, last] = [index(start - 1) + 1, index(start + length - 1)];
  const most = (size) => (size < 12 ? MOST_MONTHS : MOST_YEARS);
  const step = MONTH_STEPS.find((size) => (last - first + 1) / size <= most(size));
  const write = new Intl.DateTimeFormat("fr-FR", { month: "short", timeZone: "UTC" });
  const found = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const date = new Date(Date.UTC(Math.floor(month / 12), month % 12));
    found.push({ date, main: step < 12 ? write.format(date) : String(date.getUTCFullYear()) });
  }
  return found;
}

/** Cut a text into lines; « du 1er mars 2026 » stays in one piece. */
function wrap(text, characters) {
  const day = /\b(du|au|le) (\d\S*) (\p{L}+) (\d{4})/gu;
  const lines = [""];
  for (const word of text.replace(day, "$1\u00a0$2\u00a0$3\u00a0$4").split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= characters || lines.at(-1) === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
