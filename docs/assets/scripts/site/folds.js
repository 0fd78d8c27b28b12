// What is folded opens where a link leads into it, and on paper. The newest browsers do it alone.

const ON_PAPER = ":is([data-result] details, article details:is(.facts, [data-item])):not([open])";

/** Open all folds around what the address names, and show it. */
function openTarget() {
  const shut = document.querySelectorAll("details:not([open]):has(:target)");
  for (const fold of shut) if (fold instanceof HTMLDetailsElement) fold.open = true;
  if (shut.length > 0) document.querySelector(":target")?.scrollIntoView();
}

addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(ON_PAPER)) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.open = true;
    fold.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-folded]")) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.open = false;
    delete fold.dataset.folded;
  }
});
