// Write a response of the contract into the page. The words are in the page's templates.

import { euros, words } from "../shared/dates.js";
import { element, slot } from "../shared/dom.js";
import { leadNear } from "../shared/near.js";
import { SITE } from "../shared/trusted_types.js";
import { fragmentOf } from "./address.js";
import { drawBars } from "./bars.js";
import { horizons } from "./horizons.js";
import { gathered, saidShortly } from "./possibilities.js";

/** How many reasons are read at once, alone or under a table, options or what to do next; the others are folded. */
const FIRST_REASONS = { alone: 3, below: 1 };

/**
 * Show a result in `region`. `form` has the words of the questions and of their answers;
 * `link(field, text)` makes a link to a question.
 */
export function showResult(region, result, { form, link }) {
  const card = clone(region, "result");
  const verdicts = JSON.parse(card.dataset.verdicts);
  card.dataset.result = "";
  card.dataset.verdict = result.verdict;
  // What is only too early is no refusal: the sentence says from which day on.
  const early = Boolean(result.values.possible_des);
  card.dataset.tone = early ? "attention" : verdicts[result.verdict].tone;
  slot(card, "verdict_name").textContent = early
    ? card.dataset.early
    : verdicts[result.verdict].label;
  slot(card, "summary").textContent = result.summary;
  const tabled = showPossibilities(card, result.values, { form, link, verdicts });
  for (const node of card.querySelectorAll("[data-value]")) {
    const value = result.values[node.dataset.value];
    // Verdicts by structure have a table of their own.
    const shown = typeof value === "object" ? "mois" in (value ?? {}) : value !== undefined;
    node.closest("[data-line]").hidden = !shown;
    node.dataset.raw = typeof value === "object" ? JSON.stringify(value) : String(value);
    const write = node.dataset.unit === "euro" ? euros : words;
    if (shown) node.textContent = write(value);
  }
  showNextSteps(card, result, form);
  const reasons = inOrder(result.reasons, early ? "favorable" : card.dataset.tone);
  const writeReason = (item, { status, ...reason }) => {
    item.dataset.status = status;
    slot(item, "status").textContent = item.dataset[status];
    slot(item, "text").textContent = reason.text;
    cite(item, reason);
  };
  const below = tabled || result.options.length > 0 || card.querySelector("[data-next]");
  const wrong = card.querySelector("[data-wrong]") && reasons.filter(unmet).length;
  const first = wrong ?? FIRST_REASONS[below ? "below" : "alone"];
  list(region, card, "reasons", reasons.slice(0, first), writeReason);
  list(region, card, "more_reasons", reasons.slice(first), writeReason, "reasons");
  if (wrong !== null) {
    card.querySelector("[data-wrong]").hidden = false;
    card.querySelector("[data-none]").hidden = wrong > 0;
  }
  card.querySelector('[data-section="more_reasons"] ol').start = first + 1;
  slot(card, "reason_count").textContent = String(reasons.length);
  list(region, card, "proofs", result.proofs, (item, proof) => {
    slot(item, "title").textContent = proof.title ?? proof.criterion;
    slot(item, "document").textContent = proof.document;
    slot(item, "validity").textContent = proof.validity ? `${proof.validity}.` : "";
    cite(item, proof);
  });
  drawBars(card.querySelector('[data-section="bars"]'), result.bars);
  list(region, card, "options", result.options, (item, option) => {
    item.dataset.status = option.status;
    item.dataset.option = option.id;
    slot(item, "label").textContent = option.label;
    slot(item, "status").textContent = item.dataset[option.status];
    slot(item, "window").textContent = spell(item, option);
    slot(item, "text").textContent = option.text;
    slot(item, "who").textContent = option.who ?? "";
    part(item, "who").hidden = !option.who;
    shortenWho(item, option.who ?? "");
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
    const about = slot(item, "about"); // a line that is folded whole has its name in sight
    if (about) about.textContent = option.label;
    cite(item, option);
  });
  leadToFirst(card, result.options);
  list(region, card, "dates", result.dates, (item, entry) => {
    slot(item, "date").textContent = words(entry.date);
    slot(item, "date").dateTime = entry.date;
    slot(item, "label").textContent = entry.label;
  });
  underHorizons(card, result.dates, form.elements.namedItem("au")?.value);
  list(region, card, "not_checked", result.not_checked, (item, text) => {
    item.textContent = text;
  });
  replace(region, card);
}

function unmet({ status }) {
  return status === "unmet";
}

/** On a line that is folded, who decides is said in a sentence; what follows it is in the fold. */
function shortenWho(item, who) {
  const place = slot(item, "who_first");
  if (!place) return;
  const [, first, more] = /^(.*?\.)(?: (.*))?$/s.exec(who) ?? ["", who];
  place.textContent = first;
  part(item, "who_more").hidden = !more;
}

/** Put the dates, already written, under how far they are from the day that is looked at. */
function underHorizons(card, dates, day) {
  const place = card.querySelector("[data-horizons]");
  if (!place) return;
  const items = [...place.children];
  place.replaceChildren(
    ...horizons(dates, day, JSON.parse(place.dataset.horizons)).flatMap(([title, near]) => [
      element("h4", {}, title),
      element("ul", {}, ...near.map((entry) => items[dates.indexOf(entry)])),
    ]),
  );
}

/** Name what can be done at once, and lead to it: the first option, when it is open. */
function leadToFirst(card, [first]) {
  const open = first?.status === "possible" || first?.status === "sous_conditions";
  card.querySelector('[data-section="next"]').hidden = !open;
  if (!open) return;
  const item = card.querySelector("[data-option]");
  const folded = item.querySelector(":scope > details");
  const heading = folded?.querySelector("summary") ?? slot(item, "label");
  const link = slot(card, "next");
  link.textContent = first.label;
  link.href = "#";
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the fragment belongs to the answers
    if (folded) folded.open = true;
    else heading.tabIndex = -1;
    heading.focus();
  });
}

/** Keep what to do next after this verdict, for this role; the proofs to bring are named there. */
function showNextSteps(card, { verdict, proofs, values }, form) {
  const role = form.elements.auteur?.value;
  const has = (codes, code) => JSON.parse(codes).includes(code);
  const all = [...card.querySelectorAll("[data-next]")];
  const kept = all.find(
    ({ dataset: { verdicts, roles, early } }) =>
      has(verdicts, verdict) &&
      (roles === "[]" || has(roles, role)) &&
      (early === undefined || values.possible_des),
  );
  for (const one of all) if (one !== kept) one.remove();
  leadNear(card, [form.elements.structure?.value ?? ""]);
  for (const place of kept?.querySelectorAll("[data-to-bring]") ?? []) {
    if (proofs.length === 0) place.remove();
    const documents = new Set(proofs.map((proof) => `${proof.document}.`));
    place.append(...[...documents].map((document) => element("li", {}, document)));
  }
}

/** Return the address of the calculator of an option, filled with what is known. */
export function optionAddress({ calculator, situation }) {
  const page = new URL(`simulateurs/${calculator}/`, SITE).href;
  return `${page}#${fragmentOf(situation)}`;
}

/**
 * Put first the reasons that decide: what is not met, then what is. Where the answer is a yes, what is
 * not met has not decided: it is only good to know.
 */
export function inOrder(reasons, tone) {
  const shown = reasons.map((reason) =>
    tone === "favorable" && reason.status === "unmet" ? { ...reason, status: "info" } : reason,
  );
  return ["unmet", "met", "info"].flatMap((status) => shown.filter((one) => one.status === status));
}

/**
 * Show what each answer that is missing would give, and which question to answer first; tell whether
 * there is a table.
 */
function showPossibilities(card, values, { form, link, verdicts }) {
  const { selon = [], par_structure: structures } = values;
  // No answer decides alone where only several together do: they all count then.
  const decisif = values.decisif?.length ? values.decisif : Object.keys(selon[0]?.reponses ?? {});
  const verdict = (code) => verdicts[code]?.label ?? slot(card, "cases").dataset.unknown;
  const fields = structures ? ["structure"] : decisif;
  const rows = structures
    ? Object.entries(structures).map(([code, one]) => [[code], verdict(one), ""])
    : selon.map(({ reponses, verdict: one, summary }) => [
        decisif.map((field) => reponses[field]),
        verdict(one),
        summary,
      ]);
  // A question that does not decide repeats the rows of those that do.
  const unique = [...new Map(rows.map((row) => [String(row[0]), row])).values()];
  const place = card.querySelector('[data-section="cases"]');
  // Where all structures give the same answer, the sentence has said it.
  const same = structures && new Set(Object.values(structures)).size === 1;
  place.hidden = unique.length === 0 || fields.length > 2 || same;
  if (!place.hidden) {
    const table = slot(card, "cases");
    const { answer, answers, other } = table.dataset;
    const questions = fields.map((field) => questionWords(form, field));
    const told = unique.map(([codes, ...rest]) => [
      fields.map((field, rank) => answerWords(form, field, codes[rank])),
      ...rest,
    ]);
    const alone = fields.length === 1;
    const head = [alone ? questions[0] : answers, answer];
    table.querySelector("thead").append(row("th", head, "col"));
    const lines = alone
      ? told.map(([[code], ...said]) => [[code], said])
      : gathered(/** @type {[string[], string][]} */ (told)).map(([sets, words]) => [
          sets.flatMap((set, rank) => {
            const all = [...new Set(told.map(([codes]) => codes[rank]))];
            const said = saidShortly(set, all, other);
            return said ? `${questions[rank]} ${said}` : [];
          }),
          [words],
        ]);
    table.querySelector("tbody").append(
      ...lines.map(([asked, said]) => {
        const line = row("td", ["", ""]);
        line.firstElementChild.append(...asked.map(paragraph));
        line.lastElementChild.append(...said.filter(Boolean).map(paragraph));
        return line;
      }),
    );
  }
  const first = card.querySelector('[data-section="decisive"]');
  first.hidden = decisif.length === 0;
  if (decisif.length > 0) {
    const question = questionWords(form, decisif[0]);
    slot(card, "decisive").append(link(decisif[0], question));
    // The table says what each answer gives: its sentences need not be read twice.
    const sentence = slot(card, "summary");
    if (decisif.length === 1) {
      sentence.textContent = `${sentence.dataset.depends} «\u00a0${question}\u00a0»`;
    } else if (!place.hidden) {
      const said = [...new Set(unique.map(([, words]) => `«\u00a0${words}\u00a0»`))];
      sentence.textContent = `${sentence.dataset.dependsMany} ${said.join(", ")}.`;
    }
  }
  return !place.hidden;
}

function paragraph(text) {
  const node = document.createElement("p");
  node.textContent = text;
  return node;
}

function row(tag, texts, scope) {
  const line = document.createElement("tr");
  line.append(
    ...texts.map((text) => {
      const cell = document.createElement(tag);
      if (scope) cell.scope = scope;
      cell.textContent = text;
      return cell;
    }),
  );
  return line;
}

/** Return the words of a question whose answers are radio buttons. */
function questionWords(form, field) {
  const [control] = controls(form, field);
  return plainWords(control.closest("fieldset.field").querySelector("legend"));
}

function answerWords(form, field, code) {
  const control = controls(form, field).find(({ value }) => value === String(code));
  return control ? plainWords(control.labels[0]) : words(code);
}

function controls(form, field) {
  return [...form.elements].filter(({ name }) => name === field);
}

function plainWords(node) {
  const copy = node.cloneNode(true);
  for (const extra of copy.querySelectorAll(".optional")) extra.remove();
  return copy.textContent.replace(/[ \t\n]+/g, " ").trim();
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

function list(region, card, name, entries, write, template = name) {
  const section = card.querySelector(`[data-section="${name}"]`);
  section.hidden = entries.length === 0;
  section.querySelector("[data-list]").replaceChildren(
    ...entries.map((entry) => {
      const item = clone(region, template);
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
