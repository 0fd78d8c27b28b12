// The buttons above a text: bold, list, title, and the links of the site to choose from.

import { element } from "../shared/dom.js";
import { french } from "./preview.js";

let made = 0;

/**
 * Return a text with its selection between two marks, and where the selection is then.
 * @param {string} text @param {number} start @param {number} end @param {string} mark
 * @returns {Editing.Selected}
 */
export function around(text, start, end, mark) {
  const inside = text.slice(start, end);
  const kept = inside.trim();
  const from = start + inside.length - inside.trimStart().length;
  return {
    text: `${text.slice(0, from)}${mark}${kept}${mark}${text.slice(from + kept.length)}`,
    start: from + mark.length,
    end: from + mark.length + kept.length,
  };
}

/**
 * Return a text with a mark before each line of the selection, as a paragraph of its own.
 * @param {string} text @param {number} start @param {number} end @param {string} mark
 * @returns {Editing.Selected}
 */
export function before(text, start, end, mark) {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const after = text.indexOf("\n", end);
  const last = after === -1 ? text.length : after;
  const lines = text.slice(first, last).split("\n");
  const marked = lines.map((line) => (line.startsWith(mark) ? line : `${mark}${line}`)).join("\n");
  const head = text.slice(0, first).replace(/\n*$/, (ends) => (first > 0 ? "\n\n" : ends));
  return {
    text: `${head}${marked}${text.slice(last)}`,
    start: head.length,
    end: head.length + marked.length,
  };
}

/**
 * Return a text with a link in the place of its selection.
 * @param {string} text @param {number} start @param {number} end @param {string} link
 * @returns {Editing.Selected}
 */
export function instead(text, start, end, link) {
  return { text: text.slice(0, start) + link + text.slice(end), start, end: start + link.length };
}

/**
 * Write a link as the site reads it. `quote`: the words of the law, for an article.
 * @param {string} kind @param {string} name @param {string} words @param {string} quote
 */
export function link(kind, name, words, quote) {
  const said = words.trim().replace(/[[\]]/g, "");
  const cited = quote.trim().replaceAll('"', "’");
  return `[${said}](${kind}${name}${cited ? ` "${cited}"` : ""})`;
}

/** Return the id of what was chosen: by its title, or by its id. @param {Record<string, string>} known @param {string} typed */
export function chosen(known, typed) {
  const wanted = plain(typed);
  const found = Object.entries(known).find(
    ([id, title]) => plain(title) === wanted || plain(id) === wanted,
  );
  return found?.[0];
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").trim().toLowerCase();
}

/**
 * Return the buttons of a text of Markdown; they change its control as typing does.
 * @param {HTMLTextAreaElement} control @param {Editing.Context} context @param {boolean} titles
 */
export function toolbar(control, { links, names }, titles) {
  const put = (/** @type {Editing.Selected} */ { text, start, end }) => {
    control.value = text;
    control.focus();
    control.setSelectionRange(start, end);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const act = (/** @type {string} */ words, /** @type {() => void} */ done) => {
    const button = element("button", { type: "button", class: "button secondary" }, words);
    button.onclick = done;
    return button;
  };
  const with_ = (/** @type {typeof around} */ change, /** @type {string} */ mark) => () =>
    put(change(control.value, control.selectionStart, control.selectionEnd, mark));
  const buttons = [act("Gras", with_(around, "**")), act("Liste", with_(before, "- "))];
  if (titles) buttons.push(act("Titre", with_(before, "## ")));
  const box = element("div", { class: "toolbar", role: "group" }, ...buttons);
  box.setAttribute("aria-label", "Mise en forme");
  if (links.length > 0) box.append(linker(control, links, names, put));
  return box;
}

/**
 * @param {HTMLTextAreaElement} control @param {Editing.Context["links"]} links
 * @param {Editing.Catalogue["names"]} names @param {(selected: Editing.Selected) => void} put
 */
function linker(control, links, names, put) {
  const box = element("details", { class: "group" }, element("summary", {}, "Lien"));
  const id = `lien-${(made += 1)}`;
  const row = (
    /** @type {string} */ words,
    /** @type {HTMLElement} */ one,
    /** @type {number} */ n,
  ) => {
    one.id = `${id}-${n}`;
    return element(
      "div",
      { class: "field" },
      element("label", { for: one.id }, french(words)),
      one,
    );
  };
  const text = () => element("input", { type: "text", autocomplete: "off" });
  const [target, words, quote] = [text(), text(), text()];
  const kinds = [...links, { kind: "https", title: "Un autre site", names: "" }];
  const kind = element(
    "select",
    {},
    ...kinds.map((one) => element("option", { value: one.kind }, french(one.title))),
  );
  const cited = row("Les mots de l’article qui décident, à la lettre", quote, 3);
  const told = element("p", { class: "error", role: "alert", hidden: "" });
  const arrange = () => {
    const { names: list } = kinds.find((one) => one.kind === kind.value) ?? { names: "" };
    if (list) target.setAttribute("list", `noms-${list}`);
    else target.removeAttribute("list");
    cited.hidden = kind.value !== "article";
  };
  kind.onchange = arrange;
  const insert = element("button", { type: "button", class: "button" }, "Insérer le lien");
  insert.onclick = () => {
    const { selectionStart: start, selectionEnd: end, value } = control;
    const list = kinds.find((one) => one.kind === kind.value)?.names ?? "";
    const other = kind.value === "https";
    const name = other ? target.value.trim() : chosen(names[list] ?? {}, target.value);
    told.hidden = Boolean(name) && (!other || /^https:\/\/\S+$/.test(name ?? ""));
    told.textContent = french(
      other ? "Écrivez l’adresse entière : https://…" : "Choisissez dans la liste qui s’ouvre.",
    );
    if (!told.hidden || !name) return;
    const said = words.value || value.slice(start, end) || target.value;
    const scheme = other ? "" : `${kind.value}:`;
    box.open = false;
    put(instead(value, start, end, link(scheme, name, said, cited.hidden ? "" : quote.value)));
  };
  box.ontoggle = () => {
    if (box.open) words.value = control.value.slice(control.selectionStart, control.selectionEnd);
  };
  // What is typed here is no part of the entry.
  for (const type of ["input", "change"]) {
    box.addEventListener(type, (/** @type {Event} */ event) => event.stopPropagation());
  }
  arrange();
  box.append(
    row("Vers quoi ?", kind, 0),
    row("Lequel ?", target, 1),
    row("Les mots du lien", words, 2),
    cited,
    told,
    element("p", { class: "actions" }, insert),
  );
  return box;
}
