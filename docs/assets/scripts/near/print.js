// The page of a département: its list on paper, to hand over.

const place = document.querySelector("[data-print]");
if (place instanceof HTMLElement) {
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => print());
}
