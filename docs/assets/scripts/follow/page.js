// One person's file, beside the simulator that answers it: kept on her device, printed, written to.

import { fragmentOf } from "../calculator/address.js";
import { counts, fragment, questionControls, situation } from "../calculator/form.js";
import { inside } from "../calculator/rows.js";
import { day, today, words } from "../shared/dates.js";
import { element } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { SITE } from "../shared/trusted_types.js";
import { written as fileOf, read } from "./file.js";
import { blanksOf, factsOf, fill, nextBlank } from "./letters.js";

const place = document.querySelector("[data-follow]");
const form = document.querySelector('form[data-calculator="suivi"]');
const after = document.querySelector("[data-after]");
if (place && form && after) open(place, form, after);

function open(place, form, after) {
  const said = JSON.parse(place.dataset.words);
  const { letters, person, blanks, ...writing } = JSON.parse(place.dataset.letters);
  const find = (name, root = place) => root.querySelector(`[data-${name}]`);
  const on = (name, act, root = place) => {
    find(name, root).disabled = false;
    find(name, root).addEventListener("click", act);
  };
  const status = find("file-status");
  const back = find("file-back");
  const [chosen, letter] = [find("letter", after), find("letter-text", after)];
  let result;
  let touched = false;

  const tell = (...sentences) => {
    status.textContent = sentences.join(" ");
  };

  // The file.

  on("file-save", () => {
    const text = fileOf(situation(form), today());
    save(new Blob([text], { type: "application/json" }), `suivi-${today()}.json`);
    tell(said.saved);
  });
  on("file-choose", () => find("file-open").click());
  find("file-open").addEventListener("change", async () => {
    const target = find("file-open");
    const [file] = target.files;
    if (!file) return;
    const answer = read(await file.text(), known());
    target.value = ""; // the same file may be chosen again
    if ("refused" in answer) {
      tell(said[answer.refused]);
      return;
    }
    const before = fragment(form);
    location.hash = fragmentOf(answer.situation);
    const { unknown, older } = answer;
    tell(
      older ? said.older : said.opened,
      ...(unknown.length ? [said.unknown.replace("{}", unknown.join(", "))] : []),
    );
    back.hidden = !before.includes("pass_debut");
    back.firstElementChild.onclick = () => {
      location.hash = before;
      back.hidden = true;
      tell("");
    };
  });
  on("file-erase", () => {
    form.querySelector("[data-clear]").click();
    tell(said.erased);
  });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    result = undefined;
    touched = false;
    back.hidden = true;
    tell("");
    after.hidden = true;
    letter.value = "";
  });

  /** The paths that a file may hold: `au`, `contrats.debut`. */
  function known() {
    const names = questionControls(form).map(({ name }) => name.replace(/\.\d+\./, "."));
    for (const group of form.querySelectorAll("[data-repeat]")) {
      for (const control of group.querySelector("template").content.querySelectorAll("[name]")) {
        names.push(control.name.replace(/\.(#|\d+)\./, "."));
      }
    }
    return new Set(names);
  }

  // The letters.

  /** @returns {Record<string, string | undefined>} */
  const facts = () => ({
    ...factsOf(situation(form), result, { day, answer: answerWords, ...writing }),
    date: day(today()),
    page_prescripteurs: new URL("prescripteurs/", SITE).href,
    page_eligible: new URL("demarches/suis_je_eligible/", SITE).href,
  });
  const fillLetter = () => {
    const known = facts();
    const { text, needs, note } = letters[chosen.value];
    letter.value = fill(text, known, blanks);
    touched = false;
    find("letter-note", after).textContent = note ?? "";
    find("letter-note", after).hidden = !needs || Boolean(known[needs]);
    tellBlanks();
  };
  const tellBlanks = () => {
    const left = blanksOf(letter.value);
    const { left_none, left_one, left: many } = writing.words;
    find("letter-left", after).textContent =
      [left_none, left_one][left] ?? many.replace("{}", String(left));
    find("letter-next", after).hidden = left === 0;
  };
  letter.addEventListener("input", () => {
    touched = true;
    tellBlanks();
  });
  on(
    "letter-next",
    () => {
      const found = nextBlank(letter.value, letter.selectionEnd);
      letter.focus();
      letter.setSelectionRange(found.start, found.end);
    },
    after,
  );
  chosen.addEventListener("change", fillLetter);
  on("letter-fill", fillLetter, after);
  on(
    "letter-copy",
    async () => {
      const place = find("letter-status", after);
      try {
        await navigator.clipboard.writeText(letter.value);
        place.textContent = said.copied;
      } catch {
        place.textContent = said.refused;
        letter.select();
      }
    },
    after,
  );
  on("letter-print", () => printed(element("div", { class: "letter" }, letter.value)), after);

  /** The words of an answer, as the form shows them, in the middle of a sentence. */
  function answerWords(field, code) {
    const control = questionControls(form).find((one) => one.name === field && one.value === code);
    const label = control?.labels[0].textContent.trim() ?? "";
    return inside(label);
  }

  // The answer, and what is printed of it.

  addEventListener("calculator:result", ({ detail }) => {
    result = detail.result;
    after.hidden = false;
    find("papers", after).hidden = !result;
    if (!touched) fillLetter();
  });
  on("paper-file", () => printed(element("div", { class: "dense" }, ...filePaper())), after);
  on("paper-person", () => printed(element("div", { class: "plain" }, ...personPaper())), after);

  function filePaper() {
    const region = document.querySelector("[data-answer]");
    const shown = (one) => region.querySelector(one)?.textContent.trim() ?? "";
    const open = result.options.filter(({ status }) => status !== "impossible");
    const wrong = result.reasons.filter(({ status }) => status === "unmet");
    return [
      element("h1", {}, "Suivi d’un parcours"),
      element("p", { class: "to-fill-in" }, "Référence du dossier\u00a0: "),
      element("p", {}, `Établi le ${written(today())}. PASS IAE depuis le ${facts().pass_debut}.`),
      element(
        "p",
        {},
        element(
          "strong",
          {},
          `Au ${written(situation(form).au)}\u00a0: ${shown(".verdict-name")}.`,
        ),
        ` ${result.summary}`,
      ),
      ...listed(
        "Ce qui ne va pas",
        wrong.map(({ text }) => text),
      ),
      ...listed(
        "Ce qui approche",
        result.dates.map(({ label, date }) => `${written(date)}\u00a0: ${label}`),
      ),
      ...listed(
        "Ce qui est possible",
        open.map((option) => `${option.label}${window(option)}`),
      ),
      ...listed("Le parcours", rows()),
      element("p", { class: "help" }, shown('[data-slot="informs"]')),
    ];
  }

  /** What the rows of the form hold: a line each contract, a line for all of another kind. */
  function rows() {
    const groups = [...form.querySelectorAll("[data-repeat]")].filter(counts);
    return groups.flatMap((group) => {
      const lines = [...group.querySelectorAll("summary")]
        .filter(({ dataset, textContent }) => textContent !== dataset.empty)
        .map(({ textContent }) => textContent.trim());
      if (group.dataset.repeat === "contrats") return lines;
      const title = group.querySelector("legend").textContent.trim();
      return lines.length ? [`${title}\u00a0: ${lines.map(inside).join("\u00a0; ")}`] : [];
    });
  }

  function personPaper() {
    const state = statePassed();
    const can = result.options.filter(({ status }) =>
      ["possible", "sous_conditions"].includes(status),
    );
    const said = can.map(({ id }) => Object.keys(person).find((name) => id.startsWith(name)));
    const days = result.dates.filter(({ id }) => TOLD.some((one) => id.startsWith(one)));
    return [
      element("h1", {}, "Votre parcours"),
      element("p", {}, `Le ${written(today())}`),
      element("p", {}, fill(person[state].text, facts())),
      ...listed(
        "Vos dates",
        days.map(({ label, date }) => `${written(date)}\u00a0: ${label}`),
      ),
      ...listed(
        "Ce que vous pouvez faire",
        [...new Set(said)].filter(Boolean).map((name) => person[name].text),
      ),
      element("h2", {}, "À qui en parler"),
      element("p", { class: "to-fill-in" }, "Votre contact\u00a0: "),
      element("p", {}, "Posez toutes vos questions. Demandez que l’on vous explique chaque date."),
    ];
  }

  function statePassed() {
    const { fin_pass: end } = result.values;
    const { au, pass_debut: start, suspensions = [] } = situation(form);
    if (au > end) return "expire";
    if (au < start) return "futur";
    return suspensions.some(({ debut, fin }) => debut <= au && au <= fin) ? "suspendu" : "valide";
  }
}

/** The dates that count for the person herself; the others are for those who help her. */
const TOLD = ["fin_pass", "fin_contrat", "fin_suspension", "fin_convention", "sortie", "libre_le"];

function window({ from, until }) {
  if (!from) return "";
  return until ? `, du ${written(from)} au ${written(until)}` : `, à partir du ${written(from)}`;
}

/** A day on paper is not cut between two lines. */
function written(iso) {
  return words(iso).replaceAll(" ", "\u00a0");
}

function listed(title, lines) {
  if (lines.length === 0) return [];
  return [
    element("h2", {}, title),
    element("ul", {}, ...lines.map((line) => element("li", {}, line))),
  ];
}

/** Print this alone: it takes the place of the answer on paper, and is gone after. */
function printed(...content) {
  const paper = element(
    "div",
    { class: "answer paper", "data-result": "", "data-paper": "" },
    ...content,
  );
  after.after(paper);
  document.body.dataset.paper = "";
  addEventListener(
    "afterprint",
    () => {
      paper.remove();
      delete document.body.dataset.paper;
    },
    { once: true },
  );
  print();
}
