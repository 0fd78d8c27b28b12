// The searches of the State's platform, for one commune: links that a person follows. Nothing is asked
// of anybody here, and the commune stays in this tab.

import { keep, kept } from "./storage.js";

/** Words that people shorten, as the State writes them. @type {Record<string, string>} */
const LONG = { st: "saint", ste: "sainte" };
/** The platform's word for each kind of structure. */
const KINDS = new Set(["ACI", "AI", "EI", "EITI", "ETTI", "GEIQ"]);

/**
 * Return a text as the State's list of communes writes it: `L'Haÿ-les-Roses` → `lhay-les-roses`.
 * @param {string} text
 */
function plain(text) {
  return text
    .trim()
    .toLowerCase()
    .normalize("NFKD") // the platform drops what is no plain letter: « œ » goes away
    .replace(/[^a-z0-9\s-]/g, "")
    .split(/[\s-]+/)
    .map((word) => LONG[word] ?? word)
    .join("-");
}

/**
 * Return the département of its number or of a postcode: `48`, `48000`, `2A`, `97110` → `971`; or nothing.
 * @param {string} text
 */
function department(text) {
  const given = text.replace(/\s/g, "").toLowerCase();
  const [, postcode] = /^(\d{5})$/.exec(given) ?? [];
  if (postcode?.startsWith("20")) return Number(postcode) < 20200 ? "2a" : "2b";
  const code = postcode
    ? postcode.slice(0, /^9[78]/.test(postcode) ? 3 : 2)
    : given.padStart(2, "0");
  return /^(0[1-9]|[1-8]\d|9[0-5]|2[ab]|97\d)$/.test(code) && code !== "20" ? code : "";
}

/**
 * Return the name that the platform's searches give to a commune, or nothing when it cannot be told.
 * @param {string} commune @param {string} place the number of its département, or its postcode
 */
export function communeCode(commune, place) {
  const [name, code] = [plain(commune), department(place)];
  return name && code ? `${name}-${code}` : "";
}

/** Keep the commune of the person in this tab. @param {string} commune @param {string} place */
export function keepCommune(commune, place) {
  keep("commune", commune);
  keep("commune.departement", place);
}

/** Return the commune that this tab keeps, and its département. */
export function keptCommune() {
  return { commune: kept("commune"), place: kept("commune.departement") };
}

/**
 * Lead the links of a node to what is near the commune of the person, when it is known.
 * @param {ParentNode} node @param {string[]} kinds of structure, by their ids; none means all
 * @param {string} [distance] in kilometres, where the person chooses it
 */
export function leadNear(node, kinds, distance) {
  const { commune, place } = keptCommune();
  const code = communeCode(commune, place);
  const types = kinds.map((kind) => kind.toUpperCase()).filter((kind) => KINDS.has(kind));
  for (const link of node.querySelectorAll("a[data-around]")) {
    link.dataset.everywhere ??= link.href;
    link.dataset.words ??= link.textContent ?? "";
    const { around = "", byKind, everywhere, words } = link.dataset;
    const asked = byKind === undefined ? [] : types.map((type) => `&kinds=${type}`);
    const far = distance ? around.replace(/distance=\d+/, `distance=${distance}`) : around;
    link.href = code ? far.replace("COMMUNE", code) + asked.join("") : everywhere;
    link.textContent = code ? `${words}, autour de ${commune.trim()}` : words;
  }
}
