// A form made from a JSON Schema, in plain HTML: every field has its label, what to write, an
// example, and its mistake beside it. What is typed is read as text; the checks say what it means.

import { day, today } from "../shared/dates.js";
import { element } from "../shared/dom.js";
import { chooser } from "./picture.js";
import { french } from "./preview.js";
import { toolbar } from "./toolbar.js";

let made = 0;

/** A form of a value; `names` are the entries to suggest, `links` what its texts may lead to. */
export class Form {
  #root;
  #visited = new Set();

  constructor(schema, value, { names, links }) {
    const context = { definitions: schema.$defs, names, links, required: true };
    this.#root = mapping(schema, value, { ...context, bare: true });
    this.element = this.#root.element;
    this.element.addEventListener("focusout", ({ target }) => this.#visited.add(target));
  }

  get value() {
    return this.#root.get() ?? {};
  }

  /** Bring the field of a mistake into view. */
  reach(path) {
    const field = this.#find(path);
    for (let folded = field.element; folded; folded = folded.parentElement) {
      if (folded.tagName === "DETAILS") folded.open = true;
    }
    const control = field.element.querySelector("input, textarea, select, button, summary");
    control?.focus({ preventScroll: true });
    field.element.scrollIntoView({ block: "center" });
  }

  /**
   * Put a question beside a field. Return what tells where the field is now, as rows come and go: its
   * path, or undefined once its row was taken away.
   */
  ask(path, box) {
    const way = [this.#root];
    for (const part of path) {
      const inner = way.at(-1).child?.(part);
      if (!inner) break;
      way.push(inner);
    }
    way.at(-1).slot.after(box);
    return () => {
      const now = path.map((part, index) => {
        const inner = way[index + 1];
        return inner ? (way[index].place?.(inner) ?? part) : part;
      });
      return now.includes(-1) ? undefined : now;
    };
  }

  /** The words that name a field. */
  nameOf(path) {
    return this.#find(path).title;
  }

  /**
   * Show each mistake beside its field, once it was left, and what was understood of others. Return the
   * mistakes that are shown, and those that wait: nobody is blamed for what is not written yet.
   */
  show(mistakes, understood = []) {
    for (const slot of this.element.querySelectorAll(".error, .warning, .understood")) {
      slot.hidden = true;
      slot.textContent = "";
    }
    for (const control of this.element.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
    }
    for (const { field: path, text } of understood) {
      const { told } = this.#find(path);
      if (!told) continue;
      told.textContent = french(`Compris : ${text}.`);
      told.hidden = false;
    }
    const [shown, waiting] = [[], []];
    for (const one of mistakes) {
      const field = one.field && this.#find(one.field);
      const waits = field && this.#waits(field);
      (waits ? waiting : shown).push(one);
      if (!field || waits) continue;
      field.slot.textContent += (field.slot.textContent && " ") + french(one.message);
      field.slot.className = one.warning ? "warning" : "error";
      field.slot.hidden = false;
      if (!one.warning) field.control?.setAttribute("aria-invalid", "true");
    }
    return { shown, waiting };
  }

  /** Tell whether somebody is in a field for the first time, or has not been in an empty one. */
  #waits(field) {
    if ([...this.#visited].some((control) => field.element.contains(control))) return false;
    const held = field.get?.();
    const empty = held === undefined || JSON.stringify(held) === "{}";
    return empty || field.element.contains(document.activeElement);
  }

  #find(path) {
    let field = this.#root;
    for (const part of path) {
      const inner = field.child?.(part);
      if (!inner) break;
      field = inner;
    }
    return field;
  }
}

/** Return the parts that a schema leaves the choice of, without « nothing ». */
function branches(schema, context) {
  if (schema.$ref) return branches(context.definitions[schema.$ref.split("/").at(-1)], context);
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (inner.length === 0) return schema.type === "null" ? [] : [schema];
  return inner.flatMap((one) => branches(one, context));
}

/** Return the field of a schema: { element, title, slot, control, get(), child(part) }. */
function field(name, schema, value, context) {
  const parts = branches(schema, context);
  const said = { name, title: schema.title ?? parts[0].title ?? name, schema, ...context };
  if (schema.fixed) return fixed(value, said);
  const objects = parts.filter(({ type }) => type === "object");
  if (objects.length > 1) return choice(objects, value, said);
  if (objects.length === 1 && parts.length > 1) return cases(value, said);
  if (objects.length === 1 && !objects[0].properties) return cases(value, said, objects[0]);
  if (objects.length === 1) {
    const [one] = objects;
    return context.required ? mapping(one, value, said) : optional(one, value, said);
  }
  const list = parts.find(({ type }) => type === "array");
  if (list) return several(list, value, said);
  return single(parts, value, said);
}

// Words around a control

function described(said, control, { group = false } = {}) {
  const id = `champ-${(made += 1)}`;
  const slot = element("p", { class: "error", id: `${id}-erreur`, hidden: "" });
  const { description, examples } = said.schema;
  const help = element("p", { class: "help", id: `${id}-aide` });
  help.textContent = french(description ?? "");
  const [example] = examples ?? [];
  if (["string", "number"].includes(typeof example) && !control?.options) {
    help.textContent += french(`${description ? " " : ""}Exemple : ${example}`);
  }
  const words = [french(said.title)];
  if (!said.required) words.push(" ", element("span", { class: "optional" }, "(facultatif)"));
  const about = help.textContent ? [help] : [];
  const ids = [...about.map((one) => one.id), slot.id].join(" ");
  if (group) {
    const box = element("fieldset", { class: "group", "aria-describedby": ids });
    box.append(element("legend", {}, ...words), ...about, slot);
    return { element: box, slot, title: said.title };
  }
  control.id = id;
  control.setAttribute("aria-describedby", ids);
  const told = element("p", { class: "understood", hidden: "" });
  const box = element("div", { class: "field" });
  box.append(element("label", { for: id }, ...words), ...about, control, told, slot);
  return { element: box, slot, told, control, title: said.title };
}

/** What makes the address of an entry stays as it was given. */
function fixed(value, said) {
  const slot = element("p", { class: "error", hidden: "" });
  return { element: element("div", {}, slot), slot, title: said.title, get: () => value };
}

// One value

function single(parts, value, said) {
  const codes = parts.flatMap(
    (one) => one.enum ?? (one.type === "boolean" ? ["true", "false"] : []),
  );
  const texts = parts.filter(({ type }) => type === "string");
  const given = shown(value, said);
  let control;
  if (codes.length > 0 && parts.length === 1) {
    const labels = { true: "Oui", false: "Non", ...parts[0].labels };
    const empty = codes.includes("") ? [] : [element("option", { value: "" }, "À choisir")];
    if (!said.required && empty.length) empty[0].textContent = "Rien";
    control = element("select", {}, ...empty);
    for (const code of codes) {
      control.append(element("option", { value: code }, french(labels[code] ?? (code || "Rien"))));
    }
    // What is not among the choices stays, for the check to say so.
    if (given && !codes.includes(given)) control.append(element("option", { value: given }, given));
  } else if (texts.length === 1 && parts.length === 1 && isLong(texts[0])) {
    control = element("textarea", { rows: texts[0].contentMediaType ? "10" : "3" });
  } else {
    control = element("input", { type: "text", autocomplete: "off" });
    if (said.schema.names) control.setAttribute("list", `noms-${said.schema.names}`);
  }
  control.value = given;
  const get = () => control.value.trim() || undefined;
  const box = described(said, control);
  if (texts[0]?.contentMediaType) {
    control.before(toolbar(control, said, Boolean(said.schema.headings)));
  }
  if (said.schema.upload) control.after(chooser(control));
  if (said.schema.today) {
    const now = act("Aujourd’hui", said.title);
    now.onclick = () => {
      control.value = day(today());
      changed(control);
      control.focus();
    };
    control.after(now);
  }
  return { ...box, get };
}

/** Write a value as people do: a day in words, the title of what a name leads to. */
function shown(value, said) {
  if (value === undefined) return "";
  const title = said.names[said.schema.names]?.[value];
  if (title) return title;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : String(value);
}

function isLong({ minLength = 0, maxLength = Infinity }) {
  return minLength > 0 && maxLength >= 200;
}

// Several values under their names

function mapping(schema, value, said) {
  const required = new Set(schema.required ?? []);
  const fields = new Map();
  for (const [name, one] of Object.entries(schema.properties)) {
    const { definitions, names, links } = said;
    const context = { definitions, names, links, required: required.has(name) };
    fields.set(name, field(name, one, value?.[name], context));
  }
  const box = said.bare
    ? { element: element("div", {}), slot: element("p", { class: "error", hidden: "" }), title: "" }
    : described(said, undefined, { group: true });
  if (said.bare) box.element.append(box.slot);
  for (const { element: one } of fields.values()) box.element.append(one);
  return {
    ...box,
    child: (name) => fields.get(name),
    get() {
      const got = [...fields].map(([name, one]) => [name, one.get()]);
      const kept = got.filter(([, one]) => one !== undefined);
      return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    },
  };
}

function optional(schema, value, said) {
  const box = described(said, undefined, { group: true });
  const [add, remove] = ["Ajouter", "Enlever"].map((word) => act(word, said.title));
  let inner;
  const put = (given) => {
    inner = mapping(schema, given, { ...said, bare: true });
    box.element.append(inner.element, remove);
    add.remove();
  };
  add.onclick = () => {
    put({});
    changed(box.element);
    inner.element.querySelector("input, select, textarea")?.focus();
  };
  remove.onclick = () => {
    inner.element.remove();
    inner = undefined;
    remove.replaceWith(add);
    changed(box.element);
    add.focus();
  };
  if (value === undefined) box.element.append(add);
  else put(value);
  return { ...box, get: () => inner?.get(), child: (name) => inner?.child(name) };
}

/** Several forms of one thing: a source. What was typed in one waits while another is shown. */
function choice(objects, value, said) {
  const box = described(said, undefined, { group: true });
  const kinds = objects.map(({ required: [first] }) => first); // the key that tells it from others
  const chosen = element(
    "select",
    {},
    element("option", { value: "" }, said.required ? "À choisir" : "Rien"),
  );
  kinds.forEach((kind, index) => {
    chosen.append(element("option", { value: kind }, french(objects[index].title)));
  });
  const filled = new Map();
  const fill = (kind) => {
    if (!filled.has(kind)) {
      const given = value?.[kind] === undefined ? {} : value;
      filled.set(
        kind,
        mapping(objects[kinds.indexOf(kind)], given, { ...said, required: true, bare: true }),
      );
    }
    return filled.get(kind);
  };
  chosen.value = kinds.find((kind) => value?.[kind] !== undefined) ?? "";
  const place = element("div", {});
  const show = () => place.replaceChildren(...(chosen.value ? [fill(chosen.value).element] : []));
  chosen.addEventListener("change", show);
  show();
  const label = element("label", {}, "Forme");
  chosen.id = `champ-${(made += 1)}`;
  label.htmlFor = chosen.id;
  box.element.append(element("div", { class: "field" }, label, chosen), place);
  const current = () => (chosen.value ? fill(chosen.value) : undefined);
  return {
    ...box,
    control: chosen,
    get: () => current()?.get(),
    child: (name) => current()?.child(name),
  };
}

/** One value, or one for each case: « ai : 2, ei : 3 »; always by case when nothing else may be. */
function cases(value, said, only) {
  const box = described(said, undefined, { group: true });
  const byCase = Boolean(only) || (value !== null && typeof value === "object");
  const known = only ? (branches(only.propertyNames ?? {}, said)[0]?.labels ?? {}) : {};
  const whole = element("input", { type: "text", autocomplete: "off", "aria-label": said.title });
  const rows = element("div", {});
  const add = act("Ajouter un cas", said.title);
  const row = (name = "", one = "") => {
    const [key, text] = [name, one].map(() =>
      element("input", { type: "text", autocomplete: "off" }),
    );
    key.value = known[name] ?? name;
    text.value = String(one);
    const fields = [
      ["Cas", key],
      ["Valeur", text],
    ].map(([words, control]) => {
      control.id = `champ-${(made += 1)}`;
      return element(
        "div",
        { class: "field" },
        element("label", { for: control.id }, words),
        control,
      );
    });
    const remove = act("Enlever", `le cas ${name}`);
    const line = element("div", { class: "case" }, ...fields, remove);
    remove.onclick = () => {
      line.remove();
      changed(box.element);
      add.focus();
    };
    rows.append(line);
    return key;
  };
  const arrange = (one) => {
    whole.hidden = !one;
    rows.hidden = add.hidden = one;
  };
  const shape = act(byCase ? "Écrire une seule valeur" : "Écrire une valeur par cas", "");
  let alone = !byCase;
  shape.onclick = () => {
    alone = !alone;
    if (!alone && rows.children.length === 0) row();
    shape.textContent = alone ? "Écrire une valeur par cas" : "Écrire une seule valeur";
    arrange(alone);
    changed(box.element);
  };
  add.onclick = () => row().focus();
  if (byCase) for (const [name, one] of Object.entries(value)) row(name, one);
  else whole.value = value === undefined ? "" : String(value);
  arrange(alone);
  box.element.append(whole, rows, element("p", { class: "actions" }, add));
  if (only) {
    if (rows.children.length === 0) row();
  } else add.after(" ", shape);
  const codes = new Map(Object.entries(known).map(([code, title]) => [title, code]));
  const get = () => {
    if (alone) return whole.value.trim() || undefined;
    const pairs = [...rows.children].map((line) =>
      [...line.querySelectorAll("input")].map((input) => input.value.trim()),
    );
    const kept = pairs.filter(([name, one]) => name || one);
    const coded = kept.map(([name, one]) => [codes.get(name) ?? name, one]);
    return coded.length > 0 ? Object.fromEntries(coded) : undefined;
  };
  return { ...box, control: whole, get };
}

// Lists

function several(schema, value, said) {
  const [item] = branches(schema.items, said);
  if (item.enum) return ticks(item, value, said);
  if (item.type === "string" && !said.schema.names) return lines(value, said);
  return rowsOf(schema.items, value, said);
}

function ticks(item, value, said) {
  const box = described(said, undefined, { group: true });
  const known = [...item.enum, ...(value ?? []).filter((one) => !item.enum.includes(one))];
  const inputs = known.map((code) => {
    const input = element("input", { type: "checkbox", value: code });
    input.checked = (value ?? []).includes(code);
    input.id = `champ-${(made += 1)}`;
    const label = element("label", { for: input.id }, french(item.labels?.[code] ?? code));
    box.element.append(element("div", { class: "choice" }, input, label));
    return input;
  });
  // What is ticked already keeps its order.
  const get = () => {
    const ticked = inputs.filter((one) => one.checked).map((one) => one.value);
    const before = (value ?? []).filter((one) => ticked.includes(one));
    const all = [...before, ...ticked.filter((one) => !before.includes(one))];
    return all.length > 0 ? all : undefined;
  };
  return { ...box, control: inputs[0], get };
}

function lines(value, said) {
  const control = element("textarea", { rows: String(Math.max(2, value?.length ?? 0)) });
  control.value = (value ?? []).join("\n");
  const description = `${said.schema.description ?? ""} Un par ligne.`.trim();
  const box = described({ ...said, schema: { ...said.schema, description } }, control);
  const get = () => {
    const kept = control.value
      .split("\n")
      .map((one) => one.trim())
      .filter(Boolean);
    return kept.length > 0 ? kept : undefined;
  };
  return { ...box, get };
}

function rowsOf(schema, value, said) {
  const box = described(said, undefined, { group: true });
  const rows = [];
  const place = element("div", {});
  const add = act("Ajouter", said.title);
  const items = branches(schema, said);
  const plain = items.every(({ type }) => type === "string");

  const row = (given, at, open) => {
    const { definitions, names, links } = said;
    const context = { definitions, names, links, required: true };
    const title = items.length === 1 ? items[0].title : said.title.replace(/s$/, "");
    const about = { title, names: said.schema.names };
    const inner = plain
      ? word(given, said)
      : field(said.name, { ...schema, ...about }, given, context);
    const remove = act("Enlever", "");
    const box = plain
      ? element("div", { class: "case" })
      : element("details", { class: "group" }, element("summary", {}));
    if (!plain && open) box.open = true;
    const up = act("Monter", "");
    box.append(inner.element, ...(plain ? [] : [up, " "]), remove);
    const one = { ...inner, element: box };
    up.onclick = () => {
      const from = rows.indexOf(one);
      rows.splice(from - 1, 2, one, rows[from - 1]);
      place.insertBefore(box, place.children[from - 1]);
      number();
      changed(add);
      (up.hidden ? box.querySelector("summary") : up).focus();
    };
    remove.onclick = () => {
      rows.splice(rows.indexOf(one), 1);
      box.remove();
      number();
      changed(add);
      add.focus();
    };
    rows.splice(at, 0, one);
    place.insertBefore(box, place.children[at] ?? null);
    return one;
  };
  /** Say of each row which one it is, and what is in it. */
  const number = () => {
    rows.forEach((one, index) => {
      if (plain) one.control.setAttribute("aria-label", french(`${said.title}, n° ${index + 1}`));
      const remove = one.element.lastElementChild;
      remove.setAttribute("aria-label", french(`Enlever : ${said.title}, n° ${index + 1}`));
      const summary = one.element.querySelector("summary");
      const up = plain ? undefined : remove.previousElementSibling;
      up?.setAttribute("aria-label", french(`Monter : ${said.title}, n° ${index + 1}`));
      if (up) up.hidden = index === 0;
      if (summary) summary.textContent = french(`${index + 1}. ${summed(one.get())}`);
    });
  };
  (value ?? []).forEach((one, index) => row(one, index, false));
  number();
  add.onclick = () => {
    const at = said.schema.newestFirst ? 0 : rows.length;
    // The cases of the value before are those of the next one.
    const before = rows.at(-1)?.get()?.value;
    const shape = before && typeof before === "object" ? Object.keys(before) : [];
    const like = { value: Object.fromEntries(shape.map((name) => [name, ""])) };
    const one = row(shape.length > 0 ? like : undefined, at, true);
    number();
    changed(add);
    one.element.querySelector("input, select, textarea")?.focus();
  };
  place.addEventListener("input", number);
  box.element.append(place, add);
  return {
    ...box,
    child: (index) => rows[index],
    place: (one) => rows.indexOf(one),
    get() {
      // An empty row counts: its place is that of its mistakes.
      const got = rows.map((one) => one.get() ?? (plain ? "" : {}));
      return got.length > 0 ? got : undefined;
    },
  };
}

/** One word of a list that is suggested: the list has said what it is. */
function word(value, said) {
  const control = element("input", { type: "text", autocomplete: "off" });
  control.setAttribute("list", `noms-${said.schema.names}`);
  control.value = shown(value, said);
  const slot = element("p", { class: "error", id: `champ-${(made += 1)}-erreur`, hidden: "" });
  const told = element("p", { class: "understood", hidden: "" });
  control.setAttribute("aria-describedby", slot.id);
  const box = element("div", { class: "field" }, control, told, slot);
  return {
    element: box,
    slot,
    told,
    control,
    title: said.title,
    get: () => control.value.trim() || undefined,
  };
}

/** Sum up what a row holds, in a few words. */
function summed(value) {
  if (!value) return "à remplir";
  const { label, since, word, before, title, article, url, document, text } = value;
  const words = label ?? since ?? word ?? before ?? title ?? article ?? document ?? text ?? url;
  const one = typeof value.value === "object" ? undefined : value.value;
  const all = [words, words === title ? undefined : one, value.year ?? value.date].filter(Boolean);
  const shown = all.join(" · ") || "à remplir";
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}

function act(words, about) {
  const button = element("button", { type: "button", class: "button secondary" }, words);
  if (about) button.append(element("span", { class: "visually-hidden" }, french(` : ${about}`)));
  return button;
}

function changed(from) {
  from.dispatchEvent(new Event("input", { bubbles: true }));
}
