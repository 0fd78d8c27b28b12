// The workshop of contributors: choose an entry, fill its form, see what comes of it, hand it over.
// Nothing is sent: the engine works in this browser, and the draft stays in it.

import { megabytes } from "../shared/dates.js";
import { element, slot } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { SITE } from "../shared/trusted_types.js";
import { draftOf, drafts, forgetDraft, keepDraft, reference } from "./drafts.js";
import { STEPS, toForge } from "./forge.js";
import { Form } from "./form.js";
import { diff, french, tree } from "./preview.js";

const QUIET = 400; // ms without a key before what is typed is checked
const MESSAGES = {
  worker: "Le fichier de l'atelier n'a pas pu être chargé.",
  slow: "L'atelier ne répond pas depuis une minute.",
  unsupported: "Ce navigateur ne sait pas faire tourner l'atelier.",
};

class Workshop {
  #place;
  #engine;
  /** @type {Editing.Catalogue} */
  #catalogue;
  /** What is open. @type {Editing.Entry} */
  #entry;
  /** @type {Form} */
  #form;
  /** The last answer of the engine. @type {Editing.Written} */
  #written;
  #timer;

  constructor(place) {
    this.#place = place;
    this.#engine = new Engine({
      runtime: place.dataset.workshop,
      messages: MESSAGES,
      onState: (state, detail) => this.#state(state, detail),
      onResponse: (response) => this.#show(response),
    });
    place.hidden = false;
    document.querySelector("[data-without-script]").remove();
    this.#listen();
    if (drafts().length > 0) {
      this.#slot("kept").hidden = false;
      this.#slot("open").textContent = "Ouvrir l'atelier et reprendre le brouillon";
    }
  }

  #listen() {
    this.#place.addEventListener("submit", (event) => event.preventDefault());
    const acts = {
      open: () => this.#open(),
      choose: () => this.#choose(),
      begin: () => this.#begin(),
      clear: () => this.#clear(),
      copy: () => this.#copy(),
      download: () => this.#download(),
      forge: () => this.#forge(),
    };
    for (const [name, act] of Object.entries(acts)) this.#slot(name).onclick = act;
    this.#slot("kind").addEventListener("change", () => this.#kindChosen());
    for (const type of ["input", "change"]) {
      this.#slot("form").addEventListener(type, () => this.#typed());
    }
  }

  #slot(name) {
    return slot(this.#place, name);
  }

  #say(words) {
    this.#slot("status").textContent = french(words);
  }

  #state(/** @type {Engines.State} */ state, /** @type {Engines.Detail} */ detail) {
    const { message, reload, done, total, download } = detail;
    this.#place.dataset.state = state;
    if (download) {
      const sizes = `${megabytes(download.done)} sur ${megabytes(download.total)}`;
      this.#slot("fetched").textContent = `Téléchargement : ${sizes}`;
      return;
    }
    this.#slot("fetched").textContent = "";
    if (state === "loading") {
      this.#say(total ? `L'atelier s'ouvre : étape ${done} sur ${total}.` : "L'atelier s'ouvre.");
    }
    if (state === "computing") this.#say("Vérification…");
    if (state === "failed") this.#failed(message, reload);
  }

  // The choice of an entry

  /** Start the engine, and offer what there is to edit. */
  async #open() {
    this.#slot("open").disabled = true;
    this.#slot("failure").hidden = true;
    try {
      this.#catalogue ??= await this.#engine.request({ ask: "catalogue" });
    } catch {
      return; // said already
    }
    this.#slot("start").hidden = true;
    this.#slot("chooser").hidden = false;
    this.#slot("names").replaceChildren(...suggestions(this.#catalogue.names));
    this.#slot("kind").replaceChildren(
      ...this.#catalogue.kinds.map(({ kind, title }) => element("option", { value: kind }, title)),
    );
    this.#kindChosen();
    this.#say("L'atelier est ouvert. Choisissez une fiche.");
    if (this.#entry) this.#check();
    else await this.#openFirst();
  }

  /** Open what the address names, or the last draft. */
  async #openFirst() {
    const file = fileAsked();
    const named = this.#catalogue.kinds.flatMap(({ kind, entries }) =>
      entries.filter((one) => one.file === file).map((one) => ({ ...one, kind })),
    );
    const last = drafts()
      .filter((one) => !file || one.file === file)
      .at(-1);
    if (last && named.length !== 1) {
      this.#showKind(last.kind);
      await this.#showEntry({ ask: "open", ...reference(last) });
    } else if (named.length > 0) {
      this.#showKind(named[0].kind);
      if (named.length > 1) this.#offerOf(file);
      else {
        this.#slot("entry").value = JSON.stringify(reference(named[0]));
        await this.#choose();
      }
    } else if (file) {
      this.#refuse(
        `L'atelier ne modifie pas encore « ${file} ». La page Contribuer dit comment faire.`,
      );
    } else this.#slot("kind").focus();
  }

  /** Several entries are in this file: the choice is shown, the first one ready. */
  #offerOf(file) {
    const list = this.#slot("entry");
    const group = [...list.options].filter(({ value }) => value.includes(`"${file}"`));
    list.value = group[0]?.value ?? list.value;
    list.focus();
  }

  #showKind(kind) {
    this.#slot("kind").value = kind;
    this.#kindChosen();
  }

  #kind(name) {
    return this.#catalogue.kinds.find(({ kind }) => kind === name);
  }

  #kindChosen() {
    const { kind, entries, new: words } = this.#kind(this.#slot("kind").value);
    const groups = new Map();
    for (const { group = "", file, part, title } of entries) {
      if (!groups.has(group)) groups.set(group, []);
      const value = JSON.stringify(reference({ kind, file, part }));
      groups.get(group).push(element("option", { value }, title));
    }
    const lists = [...groups].flatMap(([label, options]) =>
      label ? [element("optgroup", { label }, ...options)] : options,
    );
    this.#slot("entry").replaceChildren(...lists);
    this.#slot("new").hidden = !words;
    this.#slot("new_words").textContent = words ?? "";
  }

  #choose() {
    return this.#showEntry({ ask: "open", ...JSON.parse(this.#slot("entry").value) });
  }

  #begin() {
    return this.#showEntry({
      ask: "open",
      kind: this.#slot("kind").value,
      new: this.#slot("id").value,
    });
  }

  #refuse(words) {
    this.#slot("refused").textContent = french(words);
    this.#slot("refused").hidden = false;
  }

  // The form of an entry

  /** Show the form of an entry, with what the draft of it holds. */
  async #showEntry(request) {
    this.#slot("refused").hidden = true;
    let response;
    try {
      response = await this.#engine.request(request);
    } catch {
      return;
    }
    if (response.type === "refused") {
      this.#refuse(response.message);
      if (request.new !== undefined) this.#slot("id").focus();
      return;
    }
    const entry = (this.#entry = response);
    const draft = draftOf(entry);
    this.#fill(draft?.value ?? entry.value);
    this.#slot("draft").hidden = !draft;
    this.#slot("editor").hidden = false;
    this.#slot("outcome").hidden = false;
    this.#slot("file").textContent = entry.file;
    this.#slot("title").textContent = french(this.#title(entry));
    this.#slot("title").focus();
    history.replaceState(null, "", entry.exists ? `?fichier=${entry.file}` : location.pathname);
    this.#check();
  }

  #title({ kind, file, part }) {
    const { entries, new: words } = this.#kind(kind);
    const known = entries.find((one) => one.file === file && one.part === part);
    if (!known) return `${words} : ${part.split(".")[1] ?? file.split(/[/.]/).at(-2)}`;
    return known.group ? `${known.group} : ${known.title}` : known.title;
  }

  #fill(value) {
    const { schema, exists, kind, value: written } = this.#entry;
    this.#form = new Form(schema, value, {
      names: this.#catalogue.names,
      exists: exists && (kind !== "prescriber" || "code" in (written.kind ?? {})),
    });
    this.#slot("form").replaceChildren(this.#form.element);
  }

  #typed() {
    if (!this.#entry) return;
    this.#slot("draft").hidden = !keepDraft(this.#entry, this.#form.value);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), QUIET);
  }

  #check() {
    this.#engine.ask({ ask: "write", ...reference(this.#entry), value: this.#form.value });
  }

  #clear() {
    forgetDraft(this.#entry);
    this.#fill(this.#entry.value);
    this.#slot("draft").hidden = true;
    this.#check();
    this.#slot("title").focus();
  }

  // What comes of it

  #show(response) {
    if (response.type !== "written" || response.file !== this.#entry?.file) return;
    this.#written = response;
    this.#showMistakes(response);
    this.#slot("diff").replaceChildren(...diff(response.diff));
    this.#slot("same").hidden = response.changed;
    this.#slot("text").textContent = response.text;
    this.#slot("waiting").hidden = Boolean(response.page);
    if (response.page) this.#slot("page").replaceChildren(...tree(response.page.nodes, SITE));
    this.#offer();
  }

  #showMistakes({ mistakes, others, changed }) {
    const wrong = mistakes.filter(({ warning }) => !warning).length + others.length;
    this.#slot("outcome").dataset.wrong = wrong ? "yes" : "no";
    this.#form.show(mistakes);
    const counted = wrong === 1 ? "1 chose à corriger." : `${wrong} choses à corriger.`;
    const right = changed ? "vous pouvez proposer ce changement." : "rien n'a changé.";
    this.#say(wrong ? counted : `Aucune faute : ${right}`);
    this.#slot("mistakes").replaceChildren(
      ...mistakes.map((one) => mistake(one, this.#form)),
      ...others.map((words) => element("li", {}, french(words))),
    );
    this.#slot("right").hidden = mistakes.length + others.length > 0;
  }

  /** Say what to do with the file: a forge opens it, or someone is to be given it. */
  #offer() {
    const { repository } = this.#catalogue;
    const [forge, copy, download] = ["forge", "copy", "download"].map((name) => this.#slot(name));
    const ready = this.#written.changed && this.#slot("outcome").dataset.wrong === "no";
    this.#slot("without_forge").hidden = Boolean(repository);
    this.#slot("with_forge").hidden = forge.hidden = !repository;
    forge.disabled = copy.disabled = download.disabled = !ready;
    this.#slot("not_ready").hidden = ready;
    if (!repository) return;
    const { way } = this.#toForge();
    this.#slot("steps").textContent = french(STEPS[way]);
    forge.textContent = way === "fresh" ? "Ouvrir la forge" : "Copier et ouvrir la forge";
  }

  #toForge() {
    return toForge(this.#catalogue, this.#entry, this.#written.text);
  }

  async #forge() {
    const { way, address } = this.#toForge();
    if (way === "fresh" || (await this.#copy())) window.open(address, "_blank", "noopener");
  }

  async #copy() {
    const told = this.#slot("done");
    try {
      await navigator.clipboard.writeText(this.#written.text);
      told.textContent = "Le fichier est copié.";
      return true;
    } catch {
      told.textContent = french(
        "Le navigateur refuse de copier : prenez le texte ci-dessus, dans « Tout le fichier ».",
      );
      this.#slot("whole").open = true;
      return false;
    }
  }

  #download() {
    const { file } = this.#entry;
    const name = file.split("/").at(-1);
    save(new Blob([this.#written.text], { type: "application/yaml" }), name);
    this.#slot("done").textContent = french(
      `Le fichier « ${name} » est téléchargé. Sa place est ${file}.`,
    );
  }

  // What fails

  #failed(message, reload) {
    this.#say("");
    const again = element(
      "button",
      { type: "button", class: "button" },
      reload ? "Recharger la page" : "Réessayer",
    );
    again.onclick = () => (reload ? location.reload() : this.#open());
    const words = reload
      ? "Rechargez la page : votre brouillon est gardé."
      : "Rien de ce que vous avez écrit n'est perdu.";
    const box = this.#slot("failure");
    box.replaceChildren(
      element("p", {}, element("strong", {}, "L'atelier s'est arrêté."), " ", french(message)),
      element("p", {}, french(words)),
      element("p", { class: "actions" }, again),
    );
    box.hidden = false;
    this.#slot("open").disabled = false;
  }
}

/** The file of `data/` that the address names, or an empty text. */
function fileAsked() {
  const asked = new URLSearchParams(location.search).get("fichier") ?? "";
  return /^data\/[a-z0-9_/]+\.yaml$/.test(asked) ? asked : "";
}

/** Return the lists of names that fields suggest. @param {Editing.Catalogue["names"]} names */
function suggestions(names) {
  return Object.entries(names).map(([name, known]) => {
    const options = Object.entries(known).map(([value, label]) =>
      element("option", label ? { value, label } : { value }),
    );
    return element("datalist", { id: `noms-${name}` }, ...options);
  });
}

/** Return the item of a mistake, which leads to its field. @param {Editing.Mistake} mistake @param {Form} form */
function mistake({ field, message, line, column, warning }, form) {
  const item = element("li", warning ? { class: "warning" } : {});
  if (field) {
    const go = element("button", { type: "button", class: "link" }, french(form.nameOf(field)));
    go.onclick = () => form.reach(field);
    item.append(go, "\u00a0: ");
  }
  const place = element(
    "span",
    { class: "position" },
    french(`(ligne ${line}, colonne ${column})`),
  );
  item.append(french(message), " ", place);
  return item;
}

const place = document.querySelector("[data-workshop]");
if (place) new Workshop(place);
