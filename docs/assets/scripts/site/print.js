// A page that is handed over on paper: the button that prints it, and the day, which paper keeps.

import { day, dayInFrance } from "../shared/dates.js";

const place = document.querySelector("[data-print]");
if (place instanceof HTMLElement) {
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => print());
}

const printed = document.querySelector("[data-printed]");
const [address, time] = printed?.querySelectorAll("b, time") ?? [];
if (printed instanceof HTMLElement && time instanceof HTMLTimeElement) {
  address.textContent = new URL("../..", location.href).href.replace(/^https?:\/\/|\/$/g, "");
  time.dateTime = dayInFrance();
  time.textContent = day(time.dateTime);
  printed.hidden = false;
}
