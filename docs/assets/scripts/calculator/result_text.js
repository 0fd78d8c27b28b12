// What was asked and what was answered, in words: for the printed sheet and the plain text.

import { dayOf, words } from "../shared/dates.js";
import { slot } from "../shared/dom.js";
import { counts, questionControls } from "./form.js";
import { inOrder, optionAddress } from "./result.js";
import { when } from "./timeline.js";

/**
 * Return the answers of a form, or of a part of it, as [question, answer in words]; what is empty
 * is left out.
 */
export function recap(form, part = form) {
  const pairs = [];
  const rows = new Map();
  const asked = questionControls(form).filter(
    (control) => part.contains(control) && counts(control),
  );
  for (const name of new Set(asked.map((control) => control.name))) {
    const controls = asked.filter((control) => control.name === name);
    const row = controls[0].closest("[data-row]");
    if (!row) {
      pairs.push(...read(controls));
      continue;
    }
    if (!rows.has(row)) {
      const group = row.closest("[data-repeat]");
      const number = [...group.querySelectorAll("[data-row]")].indexOf(row) + 1;
      rows.set(row, [`${text(group.querySelector("legend"))}, n°\u00a0${number}`, ""]);
      pairs.push(rows.get(row));
    }
    const pair = rows.get(row);
    pair[1] = [pair[1], ...read(controls).map(line)].filter(Boolean).join("\u202f; ");
  }
  return pairs.filter(([, answer]) => answer !== "");
}

function read(controls) {
  const [control] = controls;
  const { list, boolean } = control.dataset;
  const chosen = controls.filter(({ checked }) => checked).map((choice) => text(choice.labels[0]));
  if (control.type === "checkbox" && boolean !== undefined) {
    return [[question(control), words(control.checked)]];
  }
  if (list !== undefined) {
    if (chosen.length === 0) return [[question(control), "aucune case cochée"]];
    // A criterion is a question of its own: it is answered by yes.
    if (control.closest(".choice").querySelector("[data-deduced]"))
      return chosen.map((label) => [label, "oui"]);
    return [[question(control), chosen.join(", ")]];
  }
  if (control.type === "radio") return chosen.map((label) => [question(control), label]);
  if (control.value === "") return [];
  const value = control.type === "number" ? Number(control.value) : control.value;
  return [[question(control), words(value)]];
}

/** Return what a control answers: the legend of its group, or its label; a record's name first. */
function question(control) {
  const own = control.closest("fieldset.field");
  const grouped = control.type === "radio" || control.dataset.list !== undefined;
  if (grouped) return text(own.querySelector("legend"));
  const label = text(control.labels[0]);
  const record = control.name.includes(".") && !control.closest("[data-row]");
  return record ? `${text(own.querySelector("legend"))}, ${label}` : label;
}

function text(node) {
  const copy = node.cloneNode(true);
  for (const extra of copy.querySelectorAll(".optional")) extra.remove();
  return copy.textContent.replace(/[ \t\n]+/g, " ").trim();
}

/** Write one pair of `recap` as a line. */
export function line([question, answer]) {
  return `${question}${question.endsWith("?") ? " " : "\u00a0: "}${answer}`;
}

/** Say which day and hour it is: « 24 novembre 2026 à 14 h 05 ». */
export function moment(date) {
  const hour = date.toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" });
  return `${words(dayOf(date))} à ${hour.replace(":", "\u00a0h\u00a0")}`;
}

/** Write the whole answer as plain text, in reading order; titles are those of `card`. */
export function sheetText(card, { result, answers, page, site }) {
  const word = (name) => slot(card, name).textContent;
  const items = (...names) =>
    names.flatMap((name) => [
      ...card.querySelectorAll(`[data-section="${name}"] [data-list] > li`),
    ]);
  const cited = ({ source, since, note }, item) =>
    `  ${slot(item, "basis").textContent}\u00a0: ${source.title}` +
    `${source.url ? ` (${source.url})` : ""}, depuis le ${words(since)}.${note ? ` ${note}` : ""}` +
    (source.quote ? `\n  Le texte\u00a0: «\u00a0${source.quote}\u00a0»` : "");
  const section = (name, lines) => {
    if (lines.length === 0) return [];
    const place = card.querySelector(`[data-section="${name}"]`);
    return ["", place.dataset.words ?? place.querySelector("h3").textContent, ...lines];
  };
  const values = [...card.querySelectorAll("[data-line]:not([hidden])")].map(
    (line) => `- ${[...line.children].map((part) => part.textContent).join("\u00a0: ")}`,
  );
  return [
    site,
    word("title"),
    page,
    `Établi le ${moment(new Date())}`,
    `Règles\u00a0: version ${result.rules.version}, relues le ${words(result.rules.checked)}`,
    "",
    word("asked_title"),
    ...answers.map((pair) => `- ${line(pair)}`),
    "",
    word("answer_title"),
    result.summary,
    ...[...card.querySelectorAll('[data-section="cases"]:not([hidden]) tbody tr')].map(
      ({ cells: [asked, given] }) => {
        const answers = [...asked.childNodes].map((node) => node.textContent);
        return `- ${answers.join("\u202f; ")}\u00a0: ${given.firstElementChild.textContent}`;
      },
    ),
    ...values,
    ...nextSteps(card),
    ...section(
      "options",
      result.options.map((option, position) => {
        const item = items("options")[position];
        const part = (name, after) => {
          const node = item.querySelector(`[data-part="${name}"]`);
          return node.hidden ? "" : `\n  ${node.querySelector("strong").textContent} ${after}`;
        };
        const state = `${slot(item, "status").textContent}. ${slot(item, "window").textContent}`;
        return (
          `${position + 1}. ${option.label}\n  ${state.trim()}\n  ${option.text}` +
          part("who", option.who) +
          part("papers", option.papers.join(" ")) +
          `\n  ${optionAddress(option)}\n${cited(option, item)}`
        );
      }),
    ),
    ...section(
      "dates",
      result.dates.map(({ label, date }) => `- ${words(date)}\u00a0: ${label}`),
    ),
    ...section(
      "timeline",
      result.periods.map((span) => `- ${span.label}, ${when(span)}`),
    ),
    ...section(
      "reasons",
      inOrder(result.reasons, result.values.possible_des ? "favorable" : card.dataset.tone).map(
        (reason, position) => {
          const item = items("reasons", "more_reasons")[position];
          const status = slot(item, "status").textContent;
          return `${position + 1}. ${status}\u00a0: ${reason.text}\n${cited(reason, item)}`;
        },
      ),
    ),
    ...section(
      "proofs",
      result.proofs.map((proof, position) => {
        const validity = proof.validity ? ` ${proof.validity}.` : "";
        const item = items("proofs")[position];
        return `- ${proof.title}\u00a0: ${proof.document}.${validity}\n${cited(proof, item)}`;
      }),
    ),
    ...section(
      "not_checked",
      result.not_checked.map((text) => `- ${text}`),
    ),
    "",
    word("informs"),
    "",
  ].join("\n");
}

/** Return what to do next, with the address of each place. */
function nextSteps(card) {
  const steps = [...card.querySelectorAll("[data-next] > ol > li")].map((step, position) =>
    [
      `${position + 1}. ${step.firstChild.textContent.trim()}`,
      ...[...step.querySelectorAll("li")].map((item) => `  - ${item.textContent}`),
      ...[...step.querySelectorAll("a")].map((link) => `  ${link.textContent}\u00a0: ${link.href}`),
    ].join("\n"),
  );
  return steps.length ? ["", card.querySelector("[data-next] h3").textContent, ...steps] : [];
}
