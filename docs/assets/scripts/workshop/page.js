// The workshop of contributors: choose an entry, fill its form, see what comes of it, hand it over.
// Nothing is sent: the engine works in this browser, and the draft stays in it.

import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { SITE } from "../shared/trusted_types.js";
import { Form } from "./form.js";
import { diff, element, french, tree } from "./preview.js";

const QUIET = 400; // ms without a key before what is typed is checked
const ADDRESS = 6_000; // characters: a longer address is refused by some browsers and forges
const DRAFTS = "reperes-iae.atelier";
const MESSAGES = {
  worker: "Le fichier de l'atelier n'a pas pu être chargé.",
  slow: "L'atelier ne répond pas depuis une minute.",
  unsupported: "Ce navigateur ne sait pas faire tourner l'atelier.",
};

const place = document.querySelector("[data-workshop]");
if (place) start();

function start() {
  const slot = (name) => place.querySelector(`[data-slot="${name}"]`);
  const status = slot("status");
  const asked = new URLSearchParams(location.search).get("fichier") ?? "";
  const file = /^data\/[a-z0-9_/]+\.yaml$/.test(asked) ? asked : "";
  let catalogue;
  let entry; // what is open: { kind, file, part, exists, schema, value }
  let form;
  let written; // the last answer of the engine
  let timer;

  const engine = new Engine({
    runtime: place.dataset.workshop,
    messages: MESSAGES,
    onState(state, { message, reload, done, total } = {}) {
      place.dataset.state = state;
      if (state === "loading") {
        say(total ? `L'atelier s'ouvre : étape ${done} sur ${total}.` : "L'atelier s'ouvre.");
      }
      if (state === "computing") say("Vérification…");
      if (state === "failed") failed(message, reload);
    },
    onResponse: show,
  });

  place.hidden = false;
  document.querySelector("[data-without-script]").remove();
  place.addEventListener("submit", (event) => event.preventDefault());
  slot("open").onclick = () => open();
  for (const [name, act] of Object.entries({ choose, begin, clear, copy, download, forge })) {
    slot(name).onclick = act;
  }
  slot("kind").addEventListener("change", kindChosen);
  slot("form").addEventListener("input", typed);
  slot("form").addEventListener("change", typed);
  if (Object.keys(drafts()).length > 0) {
    slot("kept").hidden = false;
    slot("open").textContent = "Ouvrir l'atelier et reprendre le brouillon";
  }

  function say(words) {
    status.textContent = french(words);
  }

  /** Start the engine, and offer what there is to edit. */
  async function open() {
    slot("open").disabled = true;
    slot("failure").hidden = true;
    try {
      catalogue ??= await engine.request({ ask: "catalogue" });
    } catch {
      return; // said already
    }
    slot("start").hidden = true;
    slot("chooser").hidden = false;
    slot("names").replaceChildren(
      ...Object.entries(catalogue.names).map(([name, known]) => {
        const options = Object.entries(known).map(([value, label]) =>
          element("option", label ? { value, label } : { value }),
        );
        return element("datalist", { id: `noms-${name}` }, ...options);
      }),
    );
    slot("kind").replaceChildren(
      ...catalogue.kinds.map(({ kind, title }) => element("option", { value: kind }, title)),
    );
    kindChosen();
    say("L'atelier est ouvert. Choisissez une fiche.");
    if (entry) {
      check();
      return;
    }
    await first();
  }

  /** Open what the address names, or the last draft. */
  async function first() {
    const known = catalogue.kinds.flatMap(({ kind, entries }) =>
      entries.map((one) => ({ ...one, kind })),
    );
    const named = known.filter((one) => one.file === file);
    const last = Object.values(drafts())
      .filter((one) => !file || one.file === file)
      .at(-1);
    if (last && named.length !== 1) {
      slot("kind").value = last.kind;
      kindChosen();
      await showEntry({ ask: "open", ...reference(last) });
    } else if (named.length > 0) {
      slot("kind").value = named[0].kind;
      kindChosen();
      const list = slot("entry");
      if (named.length === 1) {
        list.value = JSON.stringify(reference(named[0]));
        await choose();
      } else {
        // Several entries are in this file: the choice is shown, the first one ready.
        const group = [...list.options].filter(({ value }) => value.includes(`"${file}"`));
        list.value = group[0]?.value ?? list.value;
        list.focus();
      }
    } else if (file) {
      refuse(`L'atelier ne modifie pas encore « ${file} ». La page Contribuer dit comment faire.`);
    } else {
      slot("kind").focus();
    }
  }

  /** What names an entry to the engine. */
  function reference({ kind, file: name, part }) {
    return { kind, file: name, part };
  }

  function kindChosen() {
    const {
      kind,
      entries,
      new: words,
    } = catalogue.kinds.find((one) => one.kind === slot("kind").value);
    const groups = new Map();
    for (const one of entries) {
      const group = one.group ?? "";
      if (!groups.has(group)) groups.set(group, []);
      const value = JSON.stringify(reference({ ...one, kind }));
      groups.get(group).push(element("option", { value }, one.title));
    }
    const lists = [...groups].map(([label, options]) =>
      label ? [element("optgroup", { label }, ...options)] : options,
    );
    slot("entry").replaceChildren(...lists.flat());
    slot("new").hidden = !words;
    slot("new_words").textContent = words ?? "";
  }

  function choose() {
    return showEntry({ ask: "open", ...JSON.parse(slot("entry").value) });
  }

  function begin() {
    return showEntry({ ask: "open", kind: slot("kind").value, new: slot("id").value });
  }

  function refuse(words) {
    slot("refused").textContent = french(words);
    slot("refused").hidden = false;
  }

  /** Show the form of an entry, with what the draft of it holds. */
  async function showEntry(request) {
    slot("refused").hidden = true;
    let response;
    try {
      response = await engine.request(request);
    } catch {
      return;
    }
    if (response.type === "refused") {
      refuse(response.message);
      if (request.new !== undefined) slot("id").focus();
      return;
    }
    entry = response;
    const draft = drafts()[key(entry)];
    fill(draft?.value ?? entry.value);
    slot("draft").hidden = !draft;
    slot("editor").hidden = false;
    slot("outcome").hidden = false;
    slot("file").textContent = entry.file;
    slot("title").textContent = french(titleOf(entry));
    slot("title").focus();
    history.replaceState(null, "", entry.exists ? `?fichier=${entry.file}` : location.pathname);
    check();
  }

  function titleOf({ kind, file: name, part }) {
    const { entries, new: words } = catalogue.kinds.find((one) => one.kind === kind);
    const known = entries.find((one) => one.file === name && one.part === part);
    if (!known) return `${words} : ${part.split(".")[1] ?? name.split(/[/.]/).at(-2)}`;
    return known.group ? `${known.group} : ${known.title}` : known.title;
  }

  function fill(value) {
    form = new Form(entry.schema, value, {
      names: catalogue.names,
      exists: entry.exists && (entry.kind !== "prescriber" || "code" in (entry.value.kind ?? {})),
    });
    slot("form").replaceChildren(form.element);
  }

  function typed() {
    if (!entry) return;
    remember();
    clearTimeout(timer);
    timer = setTimeout(check, QUIET);
  }

  function check() {
    engine.ask({ ask: "write", ...reference(entry), value: form.value });
  }

  // What comes of it

  function show(response) {
    if (response.type !== "written" || response.file !== entry?.file) return;
    written = response;
    const wrong =
      response.mistakes.filter(({ warning }) => !warning).length + response.others.length;
    slot("outcome").dataset.wrong = wrong ? "yes" : "no";
    form.show(response.mistakes);
    const counted = wrong === 1 ? "1 chose à corriger." : `${wrong} choses à corriger.`;
    const right = response.changed ? "vous pouvez proposer ce changement." : "rien n'a changé.";
    say(wrong ? counted : `Aucune faute : ${right}`);
    slot("mistakes").replaceChildren(
      ...response.mistakes.map(mistake),
      ...response.others.map((words) => element("li", {}, french(words))),
    );
    slot("right").hidden = response.mistakes.length + response.others.length > 0;
    slot("diff").replaceChildren(...diff(response.diff));
    slot("same").hidden = response.changed;
    slot("text").textContent = response.text;
    slot("waiting").hidden = Boolean(response.page);
    if (response.page) slot("page").replaceChildren(...tree(response.page.nodes, SITE));
    offer();
  }

  function mistake({ field, message, line, column, warning }) {
    const item = element("li", warning ? { class: "warning" } : {});
    if (field) {
      const go = element("button", { type: "button", class: "link" }, french(form.nameOf(field)));
      go.onclick = () => form.reach(field);
      item.append(go, "\u00a0: ");
    }
    item.append(
      french(message),
      " ",
      element("span", { class: "position" }, french(`(ligne ${line}, colonne ${column})`)),
    );
    return item;
  }

  /** Say what to do with the file: a forge opens it, or someone is to be given it. */
  function offer() {
    const { repository } = catalogue;
    const ready = written.changed && slot("outcome").dataset.wrong === "no";
    slot("without_forge").hidden = Boolean(repository);
    slot("with_forge").hidden = !repository;
    slot("forge").hidden = !repository;
    slot("forge").disabled = slot("copy").disabled = slot("download").disabled = !ready;
    slot("not_ready").hidden = ready;
    if (!repository) return;
    const steps = {
      fresh: "La forge s'ouvre avec le fichier déjà rempli.",
      long: "Le fichier est trop long pour une adresse. Nous le copions, puis la forge ouvre un fichier vide : collez-y le texte.",
      known:
        "Nous copions le fichier entier, puis la forge l'ouvre : effacez tout son texte, et collez le nouveau.",
    };
    slot("steps").textContent = french(steps[way()]);
    slot("forge").textContent = entryWritten() ? "Copier et ouvrir la forge" : "Ouvrir la forge";
    if (way() === "long") slot("forge").textContent = "Copier et ouvrir la forge";
  }

  /** Whether the file is on the forge already. */
  function entryWritten() {
    return entry.exists || entry.kind === "prescriber" || entry.kind === "rule";
  }

  function way() {
    if (entryWritten()) return "known";
    return forgeAddress(true).length > ADDRESS ? "long" : "fresh";
  }

  function forgeAddress(filled) {
    const { repository, branch } = catalogue;
    const base = repository.replace(/\/$/, "");
    if (entryWritten()) return `${base}/edit/${branch}/${entry.file}`;
    const value = filled ? { value: written.text } : {};
    return `${base}/new/${branch}?${new URLSearchParams({ filename: entry.file, ...value })}`;
  }

  async function forge() {
    const one = way();
    if (one !== "fresh" && !(await copy())) return;
    window.open(forgeAddress(one === "fresh"), "_blank", "noopener");
  }

  async function copy() {
    const told = slot("done");
    try {
      await navigator.clipboard.writeText(written.text);
      told.textContent = "Le fichier est copié.";
      return true;
    } catch {
      told.textContent = french(
        "Le navigateur refuse de copier : prenez le texte ci-dessus, dans « Tout le fichier ».",
      );
      slot("whole").open = true;
      return false;
    }
  }

  function download() {
    const name = entry.file.split("/").at(-1);
    save(new Blob([written.text], { type: "application/yaml" }), name);
    slot("done").textContent = french(
      `Le fichier « ${name} » est téléchargé. Sa place est ${entry.file}.`,
    );
  }

  // The draft

  function key({ file: name, part }) {
    return `${name}#${part}`;
  }

  function drafts() {
    try {
      return JSON.parse(localStorage.getItem(DRAFTS)) ?? {};
    } catch {
      return {};
    }
  }

  function keepDrafts(all) {
    try {
      if (Object.keys(all).length > 0) localStorage.setItem(DRAFTS, JSON.stringify(all));
      else localStorage.removeItem(DRAFTS);
      return true;
    } catch {
      return false;
    }
  }

  /** Keep what is typed, last: the next visit opens it first. */
  function remember() {
    const { [key(entry)]: _, ...others } = drafts();
    others[key(entry)] = { ...reference(entry), value: form.value };
    slot("draft").hidden = !keepDrafts(others);
  }

  function clear() {
    const { [key(entry)]: _, ...others } = drafts();
    keepDrafts(others);
    fill(entry.value);
    slot("draft").hidden = true;
    check();
    slot("title").focus();
  }

  // What fails

  function failed(message, reload) {
    say("");
    const again = element(
      "button",
      { type: "button", class: "button" },
      reload ? "Recharger la page" : "Réessayer",
    );
    again.onclick = () => (reload ? location.reload() : open());
    const words = reload
      ? "Rechargez la page : votre brouillon est gardé."
      : "Rien de ce que vous avez écrit n'est perdu.";
    const box = slot("failure");
    box.replaceChildren(
      element("p", {}, element("strong", {}, "L'atelier s'est arrêté."), " ", french(message)),
      element("p", {}, french(words)),
      element("p", { class: "actions" }, again),
    );
    box.hidden = false;
    slot("open").disabled = false;
  }
}
