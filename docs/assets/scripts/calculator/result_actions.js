// What one does with an answer: see it in time, print it, copy it, put its dates in a calendar.

import { today, words } from "../shared/dates.js";
import { element, slot as slotOf } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { SITE } from "../shared/trusted_types.js";
import { calendarFile } from "./calendar_file.js";
import { fragment } from "./form.js";
import { line, moment, recap, sheetText } from "./result_text.js";
import { drawTimeline } from "./timeline.js";

/** Letters of a link from which programs of mail are known to cut it. */
const LONG = 2_000;

/** Complete the answer shown in `region`: its timeline, its printed sheet, its buttons. */
export function offer(region, form, result) {
  const card = region.querySelector("[data-result]");
  const slot = (name) => slotOf(card, name);
  const calculator = form.dataset.calculator;
  // The answers of this moment: the form may change afterwards.
  const { page: own } = form.closest("[data-calculator-root]").dataset;
  const page = new URL(own ?? `simulateurs/${calculator}/`, SITE).href;
  const link = `${page}#${fragment(form)}`;
  const answers = recap(form);
  const day = (form.elements.namedItem("au") ?? form.elements.namedItem("date"))?.value;

  drawTimeline(card.querySelector("[data-section=timeline]"), result, day);

  slot("page").textContent = page;
  slot("printed").textContent = moment(new Date());
  slot("version").textContent = result.rules.version;
  slot("checked").textContent = words(result.rules.checked);
  slot("asked").replaceChildren(...answers.map((pair) => element("li", {}, line(pair))));

  const said = slot("kept");
  const byHand = slot("by_hand");
  const say = (what) => {
    said.textContent = said.dataset[what];
    byHand.hidden = what !== "refused";
  };
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
      say(what);
    } catch {
      say("refused");
      const field = byHand.querySelector("textarea");
      field.value = text;
      field.focus();
      field.select();
    }
  };
  const on = (name, act) =>
    card.querySelector(`[data-keep-${name}]`).addEventListener("click", act);
  const site = slot("site").textContent;
  on("link", () => copy(link, own && link.length > LONG ? "long" : "link"));
  on("print", () => print());
  on("text", () => copy(sheetText(card, { result, answers, page, site }), "text"));

  const dates = result.dates.filter(({ date }) => date >= today());
  card.querySelector("[data-keep-calendar]").hidden = dates.length === 0;
  if (dates.length === 0) return;
  const about = slot("calendar_words");
  about.textContent =
    (dates.length === 1 ? about.dataset.one : about.dataset.many.replace("#", dates.length)) +
    about.dataset.alarm;
  on("calendar", async () => {
    const description = [
      result.summary,
      ...new Set(result.reasons.map(({ source }) => `${source.title} ${source.url ?? ""}`.trim())),
      ...result.not_checked,
      slot("informs").textContent,
    ];
    try {
      const text = await calendarFile({ dates, description, page, name: site });
      save(new Blob([text], { type: "text/calendar;charset=utf-8" }), `${calculator}.ics`);
      say("calendar");
    } catch {
      say("missing");
    }
  });
}

// On paper, the hour is that of the printing; site/folds.js opens what is folded.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-slot=printed]")) {
    place.textContent = moment(new Date());
  }
});
