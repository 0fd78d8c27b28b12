// On the way to a calculator: its engine is fetched ahead, on a good connection only.

import { keep, kept } from "../shared/storage.js";
import { SITE } from "../shared/trusted_types.js";

const PLACES = ["simulateurs/", "demarches/"].map((path) => new URL(path, SITE).href);

const { connection } = navigator;
let warm = false;

/** Without news of the connection, only what a hand has decided is a reason to fetch. */
const signs = connection ? ["pointerover", "focusin", "pointerdown"] : ["pointerdown"];
for (const sign of signs) {
  document.addEventListener(sign, ({ target }) => {
    if (leads(target.closest?.("a[href]")?.href)) fetchAhead();
  });
}
// A click leaves the page, which stops what it was fetching: the next page takes over, unless its
// address holds answers: its worker has started already.
if (kept("moteur") && leads(location.href) && !location.hash.includes("=")) fetchAhead();

function leads(address = "") {
  return PLACES.some((place) => address.startsWith(place));
}

async function fetchAhead() {
  if (warm || connection?.saveData || (connection && connection.effectiveType !== "4g")) return;
  warm = true;
  keep("moteur", kept("moteur") || "attendu");
  try {
    const { FILES, FOLDER } = await import("./engine_files.js");
    const fetches = Object.keys(FILES).map(async (name) => {
      const response = await fetch(new URL(name, FOLDER), { priority: "low" });
      await response.arrayBuffer(); // a body that nobody reads stops in the middle
    });
    await Promise.all(fetches);
  } catch {
    warm = false; // no more than a hint: the calculator says what is missing
  }
}
