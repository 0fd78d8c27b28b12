// Write a response of the contract into the page. The words are in the page's templates.

import { words } from "../shared/dates.js";
import { slot } from "../shared/dom.js";
import { SITE } from "../shared/trusted_types.js";

/** Show a result in `region`. */
export function showResult(region, result) {
  const card = clone(region, "result");
  card.dataset.result = "";
  card.dataset.verdict = result.verdict;
  slot(card, "summary").textContent = result.summary;
  for (const node of card.querySelectorAll("[data-value]")) {
    const value = result.values[node.dataset.value];
    // Verdicts by structure are for programs: the summary and the reasons tell them.
    const shown = typeof value === "object" ? "mois" in (value ?? {}) : value !== undefined;
    node.closest("[data-line]").hidden = !shown;
    node.dataset.raw = typeof value === "object" ? JSON.stringify(value) : String(value);
    if (shown) node.textContent = words(value);
  }
  list(region, card, "reasons", result.reasons, (item, reason) => {
    item.dataset.status = reason.status;
    slot(item, "status").textContent = item.dataset[reason.status];
    slot(item, "text").textContent = reason.text;
    cite(item, reason);
  });
  list(region, card, "proofs", result.proofs, (item, proof) => {
    slot(item, "title").textContent = proof.title ?? proof.criterion;
    slot(item, "document").textContent = proof.document;
    slot(item, "validity").textContent = proof.validity ? `${proof.validity}.` : "";
    cite(item, proof);
  });
  list(region, card, "options", result.options, (item, option) => {
    item.dataset.status = option.status;
    item.dataset.option = option.id;
    slot(item, "label").textContent = option.label;
    slot(item, "status").textContent = item.dataset[option.status];
    slot(item, "window").textContent = spell(item, option);
    slot(item, "text").textContent = option.text;
    slot(item, "who").textContent = option.who ?? "";
    part(item, "who").hidden = !option.who;
    slot(item, "papers").replaceChildren(
      ...option.papers.map((paper) => {
        const line = document.createElement("li");
        line.textContent = paper;
        return line;
      }),
    );
    part(item, "papers").hidden = option.papers.length === 0;
    slot(item, "link").href = optionAddress(option);
    slot(item, "link_label").textContent = option.label;
    cite(item, option);
  });
  list(region, card, "dates", result.dates, (item, entry) => {
    slot(item, "date").textContent = words(entry.date);
    slot(item, "date").dateTime = entry.date;
    slot(item, "label").textContent = entry.label;
  });
  list(region, card, "not_checked", result.not_checked, (item, text) => {
    item.textContent = text;
  });
  replace(region, card);
}

/** Return the address of the calculator of an option, filled with what is known. */
export function optionAddress({ calculator, situation }) {
  const page = new URL(`simulateurs/${calculator}/`, SITE).href;
  return `${page}#${new URLSearchParams(situation)}`;
}

/** Show a plain message: `unknown`, `failed`, or the introduction of the errors of a form. */
export function showMessage(region, kind, message) {
  const card = clone(region, kind);
  slot(card, "message").textContent = message;
  replace(region, card);
  return card;
}

function cite(item, cited) {
  slot(item, "basis").textContent = item.dataset[`basis_${cited.basis}`] ?? cited.basis;
  slot(item, "basis").dataset.basis = cited.basis;
  slot(item, "since").textContent = words(cited.since);
  const source = slot(item, "source");
  source.textContent = cited.source.title;
  if (cited.source.url) source.href = cited.source.url;
  const note = slot(item, "note");
  if (note) note.textContent = cited.note ?? "";
  const { quote } = cited.source;
  const shown = quote ? `«\u00a0${quote}\u00a0»` : "";
  slot(item, "quote").hidden = !quote;
  slot(item, "words").textContent = shown;
  slot(item, "printed_words").textContent = shown;
}

function list(region, card, name, entries, write) {
  const section = card.querySelector(`[data-section="${name}"]`);
  section.hidden = entries.length === 0;
  section.querySelector("[data-list]").replaceChildren(
    ...entries.map((entry) => {
      const item = clone(region, name);
      write(item, entry);
      return item;
    }),
  );
}

function clone(region, name) {
  const templates = region.closest("[data-calculator-root]");
  const template = templates.querySelector(`template[data-template="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}

/** Say when an option may be taken, in the words of its template. */
function spell(item, { from, until }) {
  if (!from) return "";
  const sentence = until ? item.dataset.window_both : item.dataset.window_from;
  return sentence.replace("{from}", words(from)).replace("{until}", until ? words(until) : "");
}

function part(node, name) {
  return node.querySelector(`[data-part="${name}"]`);
}

function replace(region, card) {
  region.replaceChildren(card);
}
