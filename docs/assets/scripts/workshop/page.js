// The workshop of contributors: choose an entry, fill its form, see what comes of it, hand it over.
// Nothing is sent: the engine works in this browser, and the draft stays in it.

import { day, megabytes, today } from "../shared/dates.js";
import { element, slot } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { SITE } from "../shared/trusted_types.js";
import { question, solved } from "./conflicts.js";
import {
  draftOf,
  drafts,
  forgetDraft,
  isDrafts,
  keepDraft,
  keepsDrafts,
  noteProposed,
  noteTogether,
  reference,
} from "./drafts.js";
import { firstAnswer } from "./first_answers.js";
import { STEPS } from "./forge.js";
import { Form } from "./form.js";
import { mail } from "./mail.js";
import { byMessageAlone, choices, told } from "./move.js";
import { described, toGive } from "./picture.js";
import { diff, french, tree } from "./preview.js";

const FIRST = "term"; // the kind that is changed the most
const PAGE = "page";
const QUIET = 400; // ms without a key before what is typed is checked
const MESSAGES = {
  worker: "Le fichier de l’atelier n’a pas pu être chargé.",
  slow: "L’atelier ne répond pas depuis une minute.",
  unsupported: "Ce navigateur ne sait pas faire tourner l’atelier.",
};
const JOINED =
  "Cette fiche a changé sur le site depuis le début de votre brouillon. Vos changements et les nouveaux sont réunis ci-dessous.";
const TO_CHOOSE = `${JOINED} Là où les deux se contredisent, choisissez.`;
const GONE =
  "Cette fiche n’est plus sur le site. Si vous la proposez, elle y revient : demandez d’abord pourquoi elle est partie.";
const HOMELESS =
  "Le formulaire n’a plus de case pour ceci, copiez-le ailleurs avant d’aller plus loin :";
const OPENED = "L’atelier est ouvert. Choisissez une fiche.";
const COMING = "Vous pouvez écrire : les vérifications arrivent.";
const CHOOSE = "quelqu’un d’autre l’a changé aussi. Choisissez ce qui reste.";
const LEAVING =
  "Ce navigateur ne garde pas votre brouillon : en ouvrant une autre fiche, vous perdez ce que vous avez écrit. Continuer ?";

class Workshop {
  #place;
  #engine;
  /** Whether the engine answers: before, forms are those that the build has written, and nothing is checked. */
  #ready = false;
  /** The last time that an entry was asked for: an answer that comes after another's is dropped. */
  #asked = 0;
  /** @type {Editing.Catalogue} */
  #catalogue;
  /** What is open. @type {Editing.Entry} */
  #entry;
  /** @type {Form} */
  #form;
  /** The new name of the entry, or its end. @type {Editing.Move | undefined} */
  #move;
  /** The pictures that were chosen on this device, by their names here. @type {Map<string, File>} */
  #pictures = new Map();
  /** What is left to choose in the form, and where each is now. */
  #conflicts = [];
  /** What is typed and kept nowhere. */
  #unkept = false;
  /** The last draft that was erased. @type {Editing.Draft} */
  #erased;
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
    const { length } = drafts();
    if (length > 0) {
      const many = `${length} brouillons vous attendent dans ce navigateur.`;
      if (length > 1) this.#slot("kept").textContent = many;
      this.#slot("kept").hidden = false;
      this.#slot("open").textContent = "Ouvrir l’atelier et reprendre le brouillon";
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
      mail: () => this.#mail(),
      restore: () => this.#restore(),
      join: () => this.#join(),
      rename: () => this.#moveTo({ name: this.#slot("new_name").value }),
      remove: () => this.#moveTo({ instead: this.#slot("instead").value }),
      stay: () => this.#moveTo(undefined),
      take: () => this.#takeOther(),
      mine: () => this.#keepMine(),
    };
    for (const [name, act] of Object.entries(acts)) this.#slot(name).onclick = act;
    this.#slot("kind").addEventListener("change", () => this.#kindChosen());
    addEventListener("beforeunload", (event) => {
      if (this.#unkept) event.preventDefault();
    });
    addEventListener("storage", ({ key }) => isDrafts(key) && this.#typedElsewhere());
    for (const type of ["input", "change"]) {
      this.#slot("form").addEventListener(type, () => this.#typed());
    }
    this.#slot("form").addEventListener("picture", (/** @type {CustomEvent} */ event) =>
      this.#addPicture(event.detail),
    );
    // A field that is left is judged. What is clicked on leaving it stays in its place until then.
    this.#slot("form").addEventListener("focusout", () =>
      setTimeout(() => this.#written && this.#showMistakes(this.#written), QUIET),
    );
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
      this.#slot("fetched").textContent = this.#catalogue ? sizes : `Téléchargement : ${sizes}`;
      return;
    }
    this.#slot("fetched").textContent = "";
    if (state === "loading") {
      const opening = total
        ? `L’atelier s’ouvre : étape ${done} sur ${total}.`
        : "L’atelier s’ouvre.";
      this.#say(this.#catalogue ? COMING : opening);
    }
    if (state === "ready" && !this.#ready) {
      this.#ready = true;
      if (this.#entry) this.#check();
      else this.#say(OPENED);
    }
    if (state === "computing" && this.#entry) this.#say("Vérification…");
    if (state === "failed") this.#failed(message, reload);
  }

  /** Ask the engine, or what the build has answered while the engine is not there. */
  async #answer(request) {
    const known = this.#ready
      ? undefined
      : await firstAnswer(this.#place.dataset.workshop, request);
    return known ?? this.#engine.request(request);
  }

  // The choice of an entry

  /** Offer what there is to edit, and start the engine. */
  async #open() {
    this.#slot("open").disabled = true;
    this.#slot("failure").hidden = true;
    try {
      this.#catalogue ??= await this.#answer({ ask: "catalogue" });
    } catch {
      return; // said already
    }
    this.#slot("start").hidden = true;
    this.#slot("chooser").hidden = false;
    this.#slot("kind").replaceChildren(
      ...this.#catalogue.kinds.map(({ kind, title }) =>
        element("option", { value: kind }, french(title)),
      ),
    );
    this.#slot("kind").value = FIRST;
    this.#showNames();
    await this.#kindChosen();
    this.#listDrafts();
    const asked = [fileAsked(), ...drafts().map(({ file }) => file)];
    if (asked.some(isPage) || drafts().some(({ move }) => move)) await this.#fetchPages();
    await this.#endHeld();
    this.#listDrafts();
    this.#say(OPENED);
    if (this.#entry) this.#check();
    else await this.#openFirst();
    this.#engine.start();
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
      await this.#showKind(last.kind);
      await this.#showEntry({ ask: "open", ...reference(last) });
    } else if (named.length > 0) {
      await this.#showKind(named[0].kind);
      if (named.length > 1) this.#offerOf(file);
      else {
        this.#slot("entry").value = JSON.stringify(reference(named[0]));
        await this.#choose();
      }
    } else if (file) {
      this.#refuse(
        `L’atelier ne modifie pas encore « ${file} ». La page Contribuer dit comment faire.`,
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

  #showNames() {
    this.#slot("names").replaceChildren(...suggestions(this.#catalogue.names));
  }

  /** The pages of the site come when they are asked for: they weigh as much as the entries. */
  async #fetchPages() {
    if (this.#catalogue.pages) return;
    const response = await fetch(`${this.#place.dataset.workshop}pages.json`);
    const given = await response.json();
    this.#catalogue = await this.#engine.request({ ask: "pages", ...given });
    this.#showNames();
  }

  #showKind(kind) {
    this.#slot("kind").value = kind;
    return this.#kindChosen();
  }

  #kind(name) {
    return this.#catalogue.kinds.find(({ kind }) => kind === name);
  }

  async #kindChosen() {
    const chosen = this.#slot("kind").value;
    try {
      if (chosen === PAGE) {
        for (const name of ["known", "new"]) this.#slot(name).hidden = true;
        await this.#fetchPages();
        if (this.#slot("kind").value !== chosen) return;
      }
    } catch {
      this.#refuse("Les pages du site n’ont pas pu être chargées. Réessayez dans un moment.");
      return;
    }
    const { kind, entries, new: words } = this.#kind(chosen);
    const groups = new Map();
    for (const { group = "", file, part, title } of entries) {
      if (!groups.has(group)) groups.set(group, []);
      const value = JSON.stringify(reference({ kind, file, part }));
      groups.get(group).push(element("option", { value }, french(title)));
    }
    const lists = [...groups].flatMap(([label, options]) =>
      label ? [element("optgroup", { label: french(label) }, ...options)] : options,
    );
    this.#slot("entry").replaceChildren(...lists);
    this.#slot("known").hidden = lists.length === 0;
    this.#slot("new").hidden = !words;
    this.#slot("new_words").textContent = french(words ?? "");
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

  /** Show the form of an entry, with what its draft (`given`, or the kept one) holds. */
  async #showEntry(request, given) {
    if (!given && this.#unkept && !confirm(french(LEAVING))) return;
    this.#slot("refused").hidden = true;
    this.#asked += 1;
    const asked = this.#asked;
    let response;
    let draft = given;
    try {
      response = await this.#answer({ ...request, draft });
      draft ??= response.type === "opened" ? draftOf(response) : undefined;
      if (draft && !given) response = await this.#engine.request({ ...request, draft });
    } catch {
      return;
    }
    if (asked !== this.#asked) return;
    if (response.type === "refused") {
      this.#refuse(response.message);
      if (request.new !== undefined) this.#slot("id").focus();
      return;
    }
    const entry = (this.#entry = response);
    this.#unkept = false;
    // What was left to choose the last time is in the draft; a moved entry has its own.
    const left = entry.draft?.moved ? [] : (draft?.conflicts ?? []);
    const named = entry.title && "title" in entry.schema.properties ? { title: entry.title } : {};
    const value = entry.draft?.value ?? { ...named, ...entry.value };
    this.#move = draft?.move;
    this.#fill(value, entry.draft?.conflicts.concat(left));
    this.#sayMoved();
    this.#offerMove();
    if (entry.draft?.moved) this.#keep(draft.proposed);
    this.#slot("draft").hidden = !draftOf(entry);
    this.#slot("unkept").hidden = keepsDrafts();
    this.#slot("elsewhere").hidden = true;
    this.#slot("newer").hidden = !entry.exists;
    this.#slot("editor").hidden = false;
    this.#slot("file").textContent = entry.file;
    this.#slot("title").textContent = french(this.#title(entry));
    this.#slot("title").focus();
    history.replaceState(null, "", entry.exists ? `?fichier=${entry.file}` : location.pathname);
    this.#check();
  }

  #title(entry) {
    const { kind, file, part, title } = entry;
    const { entries, new: words } = this.#kind(kind);
    const known = entries.find((one) => one.file === file && one.part === part);
    if (!known) {
      const name = title ?? part.split(".")[1] ?? file.split(/[/.]/).at(-2);
      return draftOf(entry)?.title ?? `${words} : ${name}`;
    }
    return known.group ? `${known.group} : ${known.title}` : known.title;
  }

  /** Say what has become of the entry since its draft was begun. */
  #sayMoved() {
    const { moved, gone, homeless = [] } = this.#entry.draft ?? {};
    const words = gone ? GONE : this.#conflicts.length > 0 ? TO_CHOOSE : JOINED;
    const left = homeless.map((one) => `${HOMELESS} ${one}`);
    this.#slot("moved").hidden = !moved && left.length === 0;
    this.#slot("moved").textContent = french([...(moved ? [words] : []), ...left].join("\n"));
  }

  #fill(value, conflicts = []) {
    const { names, links } = this.#catalogue;
    this.#form = new Form(this.#entry.schema, value, { names, links });
    this.#conflicts = conflicts.map((conflict) => {
      const one = { ...conflict };
      const title = this.#form.nameOf(one.field);
      one.now = this.#form.ask(
        one.field,
        question(one, title, (side) => this.#solve(one, side)),
      );
      return one;
    });
    this.#slot("form").replaceChildren(this.#form.element);
  }

  /** Return what is left to choose; a conflict goes with its row. */
  #left() {
    this.#conflicts = this.#conflicts.filter((one) => one.now());
    for (const one of this.#conflicts) one.field = one.now();
    return this.#conflicts;
  }

  #solve(one, side) {
    const { field } = one;
    const { value, conflicts } = solved(this.#form.value, this.#left(), one, side);
    this.#fill(value, conflicts);
    this.#keep();
    this.#check();
    this.#form.reach(field);
  }

  /** Another tab has written the drafts: that of the entry here is not lost to what is typed next. */
  #typedElsewhere() {
    if (!this.#catalogue) return;
    this.#listDrafts();
    const kept = this.#entry && draftOf(this.#entry);
    if (!kept || JSON.stringify(kept.value) === JSON.stringify(this.#form.value)) return;
    this.#slot("elsewhere").hidden = false;
  }

  #takeOther() {
    this.#unkept = false;
    return this.#resume({ ...this.#entry, ...draftOf(this.#entry) });
  }

  #keepMine() {
    this.#slot("elsewhere").hidden = true;
    this.#keep();
    this.#slot("title").focus();
  }

  /** Keep what is typed, with what it started from. */
  #keep(proposed) {
    if (!this.#slot("elsewhere").hidden) {
      this.#unkept = true;
      return;
    }
    const entry = this.#entry;
    const conflicts = this.#left().map(({ field, mine, theirs }) => ({ field, mine, theirs }));
    const kept = keepDraft({
      ...reference(entry),
      value: this.#form.value,
      base: entry.value,
      title: this.#title(entry),
      day: today(),
      proposed,
      conflicts,
      move: this.#move,
    });
    this.#unkept = !kept;
    this.#slot("draft").hidden = !kept;
    this.#slot("unkept").hidden = kept;
    if (this.#erased && draftOf(this.#erased)) this.#offerErased(undefined);
    this.#listDrafts();
  }

  #typed() {
    if (!this.#entry) return;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), QUIET);
  }

  /** Ask what comes of the form; until the engine is there, nothing is said of it. */
  #check() {
    if (this.#ready) this.#engine.ask(this.#request());
    else {
      this.#slot("outcome").hidden = true;
      this.#engine.start();
    }
  }

  /** What the engine is asked to write. */
  #request() {
    const others = this.#together().filter((draft) => !this.#isOpen(draft));
    return {
      ask: "write",
      ...reference(this.#entry),
      value: this.#form.value,
      move: this.#move,
      others: others.map((draft) => ({
        ...reference(draft),
        value: draft.value,
        move: draft.move,
      })),
    };
  }

  // Another name, or the end

  /** Show what may be asked, or what was. */
  #offerMove() {
    const { movable, file } = this.#entry;
    this.#slot("moving").hidden = !movable;
    this.#slot("move_refused").hidden = true;
    this.#slot("move_box").hidden = !this.#move;
    if (!movable) return;
    this.#slot("new_name").value = "";
    const names = this.#catalogue.names[movable];
    this.#slot("instead").replaceChildren(...choices(names, file));
    this.#slot("move_told").textContent = this.#move ? french(told(this.#move, names)) : "";
  }

  /** Rename the entry, take it away, or leave it as it is; what is refused is said, and not kept. */
  async #moveTo(/** @type {Editing.Move | undefined} */ move) {
    const before = this.#move;
    this.#move = move;
    try {
      if (move) await this.#fetchPages();
      const response = await this.#engine.request(this.#request());
      if (response.type === "refused") {
        this.#move = before;
        this.#refuseMove(response.message);
        return;
      }
      this.#keep();
      this.#offerMove();
      this.#show(response);
      if (move) this.#slot("stay").focus();
    } catch {
      this.#move = before;
    }
  }

  #refuseMove(words) {
    this.#slot("move_refused").textContent = french(words);
    this.#slot("move_refused").hidden = false;
    this.#slot("moving").open = true;
  }

  /** The drafts that are proposed with the open one. */
  #together() {
    return drafts().filter((draft) => draft.together ?? (draft.day === today() && !draft.proposed));
  }

  /** Offer to propose other drafts with the open one. */
  #offerOthers() {
    const others = drafts().filter((draft) => !this.#isOpen(draft));
    const together = this.#together().map(({ file, part }) => `${file}#${part}`);
    this.#slot("with").hidden = others.length === 0;
    this.#slot("with_list").replaceChildren(
      ...others.map((draft, index) => {
        const box = element("input", { type: "checkbox", id: `avec-${index}` });
        box.checked = together.includes(`${draft.file}#${draft.part}`);
        box.onchange = () => {
          noteTogether(draft, box.checked);
          this.#check();
        };
        const label = element("label", { for: box.id }, french(draft.title ?? draft.file));
        return element("div", { class: "choice" }, box, label);
      }),
    );
  }

  /** Take a picture of this device: the engine names it, the file stays here. */
  async #addPicture({ file, tell, name }) {
    try {
      const request = { ask: "picture", ...(await described(file)) };
      const response = await this.#engine.request(request);
      if (response.type === "refused") {
        tell(response.message);
        return;
      }
      this.#pictures.set(response.name, file);
      name(response.name);
      tell("Décrivez-la ci-dessous pour qui ne la voit pas, et dites de quel droit elle paraît.");
    } catch (error) {
      tell(error.message);
    }
  }

  #clear() {
    this.#erase(draftOf(this.#entry) ?? reference(this.#entry));
    this.#slot("title").focus();
  }

  /** Forget a draft; the last one that was erased can be taken back. */
  #erase(draft) {
    forgetDraft(draft);
    this.#offerErased(draft);
    if (this.#isOpen(draft)) {
      this.#move = undefined;
      this.#fill(this.#entry.value);
      this.#offerMove();
      for (const name of ["draft", "moved"]) this.#slot(name).hidden = true;
      this.#unkept = false;
      this.#check();
    }
    this.#listDrafts();
  }

  #offerErased(draft) {
    this.#erased = draft;
    this.#slot("erased").hidden = !draft?.value;
    this.#slot("erased_title").textContent = french(draft?.title ?? draft?.file ?? "");
  }

  #restore() {
    const draft = this.#erased;
    keepDraft(draft);
    this.#offerErased(undefined);
    this.#listDrafts();
    return this.#resume(draft);
  }

  #isOpen({ file, part }) {
    return this.#entry?.file === file && this.#entry.part === part;
  }

  async #resume(draft) {
    await this.#showKind(draft.kind);
    return this.#showEntry({ ask: "open", ...reference(draft) });
  }

  /** Show every draft, the last one first. */
  #listDrafts() {
    const all = drafts().reverse();
    this.#slot("drafts").hidden = all.length === 0;
    this.#slot("draft_list").replaceChildren(
      ...all.map((draft) => {
        const title = french(draft.title ?? draft.file);
        const [open, erase] = [title, "Effacer"].map((words, index) => {
          const look = index === 0 ? "link" : "button secondary";
          return element("button", { type: "button", class: look }, words);
        });
        open.onclick = () => this.#resume(draft);
        erase.append(element("span", { class: "visually-hidden" }, french(` : ${title}`)));
        erase.onclick = () => {
          this.#erase(draft);
          this.#slot("restore").focus();
        };
        const since = draft.proposed ? `proposée le ${day(draft.proposed)}` : "";
        const last = draft.day && !since ? `modifiée le ${day(draft.day)}` : since;
        const held = this.#isOpen(draft) ? { "aria-current": "true" } : {};
        return element("li", held, open, element("span", {}, last), erase);
      }),
    );
  }

  /** End the drafts whose every word the site holds, and say which. */
  async #endHeld() {
    const ended = [];
    for (const draft of drafts()) {
      const request = { ask: "open", ...reference(draft), draft };
      const response = await this.#engine.request(request).catch(() => undefined);
      // A new name that was taken leaves no entry under the old one.
      const held = response?.draft?.held && !draft.move;
      const done = held || (draft.move && response?.draft?.gone);
      if (!done || this.#isOpen(draft) || draft.conflicts?.length) continue;
      forgetDraft(draft);
      ended.push(draft.title ?? draft.file);
    }
    this.#slot("held").hidden = ended.length === 0;
    this.#slot("held").textContent = french(
      `Le site contient maintenant ce que vous aviez écrit : ${ended.join(", ")}. Ce brouillon est fini.`,
    );
  }

  /** Join what is typed with a file that is newer than the one of this page. */
  async #join() {
    const { file } = this.#entry;
    const text = this.#slot("newer_text").value;
    const told = this.#slot("newer_refused");
    let response;
    try {
      response = await this.#engine.request({ ask: "replace", file, text });
    } catch {
      return;
    }
    told.hidden = response.type !== "refused";
    if (response.type === "refused") {
      told.textContent = french(response.message);
      return;
    }
    const { value: base } = this.#entry;
    const conflicts = this.#left().map(({ field, mine, theirs }) => ({ field, mine, theirs }));
    const move = this.#move;
    const draft = { ...reference(this.#entry), base, value: this.#form.value, conflicts, move };
    this.#slot("newer").open = false;
    await this.#showEntry({ ask: "open", ...reference(this.#entry) }, draft);
  }

  // What comes of it

  #show(response) {
    if (response.type === "refused" && this.#move) this.#refuseMove(response.message);
    if (response.type !== "written" || response.file !== this.#entry?.file) return;
    this.#written = response;
    this.#slot("outcome").hidden = false;
    this.#offerOthers();
    this.#showMistakes(response);
    this.#slot("diff").replaceChildren(...diff(response.diff));
    this.#slot("same").hidden = response.changed;
    this.#slot("text").textContent = response.text;
    this.#slot("waiting").hidden = Boolean(response.page);
    if (response.page) this.#slot("page").replaceChildren(...tree(response.page.nodes, SITE));
    else this.#slot("waiting").textContent = french(waitingWords(response));
  }

  #showMistakes({ mistakes, others, understood, files }) {
    const left = this.#left();
    const { shown, waiting } = this.#form.show(mistakes, understood);
    const wrong = shown.filter(({ warning }) => !warning).length + others.length + left.length;
    const empty = waiting.filter(({ warning }) => !warning).length;
    this.#slot("outcome").dataset.wrong = wrong || empty ? "yes" : "no";
    const counted = wrong === 1 ? "1 chose à corriger." : `${wrong} choses à corriger.`;
    const toFill =
      empty === 1 ? "Il reste 1 case à remplir." : `Il reste ${empty} cases à remplir.`;
    const right = files.length > 0 ? "vous pouvez proposer ce changement." : "rien n’a changé.";
    const blamed = wrong > 0 ? counted : toFill;
    this.#say(wrong || empty ? blamed : `Aucune faute : ${right}`);
    this.#slot("mistakes").replaceChildren(
      ...left.map(({ field }) => toField(field, this.#form, french(CHOOSE))),
      ...shown.map((one) => mistake(one, this.#form)),
      ...others.map((words) => element("li", {}, french(words))),
    );
    this.#slot("right").hidden = shown.length + others.length + left.length > 0;
    this.#slot("waiting_fields").hidden = empty === 0;
    this.#slot("waiting_fields").replaceChildren(
      "Encore à remplir : ",
      ...waiting.flatMap(({ field }, index) => [index ? ", " : "", fieldButton(field, this.#form)]),
    );
    this.#offer();
  }

  /** Say what to do with the files: a forge opens them, or someone is to be given them. */
  #offer() {
    const { repository, contact } = this.#catalogue;
    const { files, pictures } = this.#written;
    this.#slot("pictures").hidden = pictures.length === 0;
    this.#slot("picture_list").replaceChildren(
      ...pictures.map((one) => toGive(one, this.#pictures.get(one.name))),
    );
    const ready = files.length > 0 && this.#slot("outcome").dataset.wrong === "no";
    this.#slot("without_forge").hidden = Boolean(repository);
    this.#slot("with_forge").hidden = !repository || byMessageAlone(files);
    for (const name of ["mail", "copy", "download"]) this.#slot(name).disabled = !ready;
    this.#slot("mail").hidden = !contact;
    this.#slot("not_ready").hidden = ready;
    const onForge = repository && !byMessageAlone(files) ? files : [];
    this.#slot("several").hidden = onForge.length < 2;
    this.#slot("too_many").hidden = !repository || onForge.length === files.length;
    this.#slot("forges").replaceChildren(
      ...onForge.map((one) => this.#forgeButton(one, ready, files.length > 1)),
    );
    const [first] = onForge;
    this.#slot("steps").textContent = first?.forge ? french(STEPS[first.forge.way]) : "";
    this.#slot("others").replaceChildren(
      ...files
        .filter(({ file }) => file !== this.#entry.file)
        .map((one) =>
          element(
            "details",
            {},
            element("summary", {}, french(`Et dans : ${one.title}`)),
            element("div", { class: "changes" }, ...diff(one.diff)),
          ),
        ),
    );
    const changes = this.#written.message.changes.replaceAll("{site}", String(SITE));
    this.#slot("said").textContent = french(files.length > 0 ? changes : "");
    this.#slot("said_box").hidden = files.length === 0;
  }

  /** Return the button that opens the forge with one file. */
  #forgeButton({ title, text, forge }, ready, several) {
    const words = forge.way === "fresh" ? "Ouvrir la forge" : "Copier et ouvrir la forge";
    const button = element("button", { type: "button", class: "button" }, words);
    if (several) button.append(french(` : ${title}`));
    button.disabled = !ready;
    button.onclick = async () => {
      if (forge.way !== "fresh" && !(await this.#copyText(text))) return;
      window.open(forge.address, "_blank", "noopener");
      this.#proposed();
    };
    return element("p", { class: "actions" }, button);
  }

  /** Note that what is open, and what goes with it, was proposed today. */
  #proposed() {
    for (const draft of this.#together()) noteProposed(draft, today());
    noteProposed(this.#entry, today());
    this.#unkept = false;
    this.#listDrafts();
  }

  #mail() {
    const { contact } = this.#catalogue;
    const { message } = this.#written;
    const { address, whole } = mail(message, { contact, home: String(SITE) });
    if (!whole || !address) this.#download();
    if (address) location.href = address;
    else window.open(contact, "_blank", "noopener");
    this.#slot("done").textContent = french(
      whole && address
        ? "Votre messagerie s’ouvre avec le message prêt : il ne reste qu’à l’envoyer."
        : `Le fichier « ${message.name} » est téléchargé : joignez-le à votre message, puis envoyez.`,
    );
    this.#proposed();
  }

  #copy() {
    const { message } = this.#written;
    return this.#copyText(mail(message, { contact: null, home: String(SITE) }).text);
  }

  async #copyText(text) {
    const told = this.#slot("done");
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Le texte est copié.";
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
    const { message } = this.#written;
    const { text } = mail(message, { contact: null, home: String(SITE) });
    save(new Blob([text], { type: "text/plain" }), message.name);
    this.#unkept = false;
    this.#slot("done").textContent = french(`Le fichier « ${message.name} » est téléchargé.`);
  }

  // What fails

  #failed(message, reload) {
    this.#ready = false;
    if (this.#catalogue) this.#catalogue.pages = false; // those that it held are gone
    this.#say(this.#entry ? "L’atelier s’est arrêté : voyez en haut." : "");
    const again = element(
      "button",
      { type: "button", class: "button" },
      reload ? "Recharger la page" : "Réessayer",
    );
    again.onclick = () => (reload ? location.reload() : this.#open());
    const words = reload
      ? "Rechargez la page : votre brouillon est gardé."
      : "Rien de ce que vous avez écrit n’est perdu.";
    const box = this.#slot("failure");
    box.replaceChildren(
      element("p", {}, element("strong", {}, "L’atelier s’est arrêté."), " ", french(message)),
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
  return /^(data\/[a-z0-9_/-]+\.yaml|docs\/[a-z0-9_/-]+\.md)$/.test(asked) ? asked : "";
}

/** Whether a file is a page written by hand. @param {string} file */
function isPage(file) {
  return file.startsWith("docs/");
}

/** Why there is no page to show. @param {Editing.Written} written */
function waitingWords({ mistakes, others }) {
  const wrong = others.length > 0 || mistakes.some(({ warning }) => !warning);
  return wrong
    ? "La page se montre quand il n'y a plus de faute."
    : "Aucune page ne montre ce fichier à elle seule.";
}

/** Return the lists of names that fields suggest. @param {Editing.Catalogue["names"]} names */
function suggestions(names) {
  return Object.entries(names).map(([name, known]) => {
    // Titles are what people know; the file gets the id.
    const options = Object.entries(known).map(([id, title]) =>
      element("option", { value: title || id }),
    );
    return element("datalist", { id: `noms-${name}` }, ...options);
  });
}

/** Return the item of a mistake, which leads to its field. @param {Editing.Mistake} mistake @param {Form} form */
function mistake({ field, message, warning }, form) {
  const item = toField(field, form, french(message));
  if (warning) item.className = "warning";
  return item;
}

/** Return an item of the list of what to correct. @param {Editing.Path | null} field @param {Form} form */
function toField(field, form, ...content) {
  const item = element("li");
  if (field) item.append(fieldButton(field, form), "\u00a0: ");
  item.append(...content);
  return item;
}

/** Return the button that leads to a field. @param {Editing.Path} field @param {Form} form */
function fieldButton(field, form) {
  const go = element("button", { type: "button", class: "link" }, french(form.nameOf(field)));
  go.onclick = () => form.reach(field);
  return go;
}

const place = document.querySelector("[data-workshop]");
if (place) new Workshop(place);
