// The directory: the twenty nearest to a commune, then its département; or one département.

import { day } from "../shared/dates.js";
import { element, reach } from "../shared/dom.js";
import { keptCommune } from "../shared/near.js";
import { SITE } from "../shared/trusted_types.js";
import { words } from "./communes.js";
import { load } from "./files.js";
import { around, asked, byDistance, FARTHEST, read, told } from "./rows.js";

/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./rows.js").Index} Index */
/** @typedef {import("./rows.js").Place} Place */
/** A commune, and the place of the person where she gave it; `code` may be empty. @typedef {{ name: string, code: string, department: string, place?: Place }} Chosen */

const NEAREST = 20;
/** In the frame of another site, twenty rows are all. */
const FRAMED = "embed" in document.documentElement.dataset;
const AT_ONCE = FRAMED ? NEAREST : 50;

/** @param {HTMLElement} section */
function start(section) {
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (section.querySelector(`[data-part="${name}"]`));
  const choice = (/** @type {string} */ id) =>
    /** @type {HTMLSelectElement} */ (document.getElementById(id));
  const kinds = choice("annuaire-type");
  const [networks, sectors] = [choice("annuaire-reseau"), choice("annuaire-secteur")];
  const more = /** @type {HTMLButtonElement} */ (part("more"));
  const own = section.dataset.place ?? "";
  /** @type {Chosen} */
  let chosen = { name: "", code: "", department: own };
  /** @type {Index} */
  let index;
  let shown = AT_ONCE;
  // « Les prescripteurs les plus proches »: who follows that link comes for the list.
  let arriving = own === "" && location.hash !== "";
  let latest = 0; // a slower answer to a choice that is no longer made is dropped

  /** @param {string} department @returns {Promise<{ rows: Row[], communes: Record<string, Place> }>} */
  const shard = async (department) => {
    const file = await load(`lignes/${department}`);
    file.read ??= read(file.rows, index.columns);
    return { rows: file.read, communes: file.communes };
  };

  const show = async () => {
    const mine = ++latest;
    const { name, department } = chosen;
    section.hidden = department === "";
    if (department === "") return;
    try {
      index ??= await load("lignes/index");
      fillKinds();
      const [{ rows, communes }, index2] = [await shard(department), index];
      const place = chosen.place ?? (name ? await placeOf(chosen, communes) : undefined);
      const wanted = (/** @type {Row[]} */ all) =>
        asked(all, index2.kinds, {
          kind: kinds.value,
          network: networks.value,
          sector: sectors.value,
        });
      let near = place ? byDistance(wanted(rows), place).slice(0, NEAREST) : [];
      if (mine !== latest) return;
      fill(
        networks,
        index.networks,
        rows.flatMap((row) => row.reseaux ?? []),
      );
      fill(
        sectors,
        index.sectors,
        rows.flatMap((row) => row.secteurs ?? []),
      );
      part("finer").hidden = networks.options.length + sectors.options.length === 2;
      draw(near, wanted(rows));
      if (place) {
        const limit = near.length < NEAREST ? FARTHEST : Math.min(near[NEAREST - 1].far, FARTHEST);
        const others = around(place, index2.boxes, department, limit);
        const found = await Promise.all(others.map((code) => shard(code)));
        if (mine !== latest) return;
        if (found.length) {
          const all = [rows, ...found.map((one) => one.rows)].flat();
          near = byDistance(wanted(all), place).slice(0, NEAREST);
          draw(near, wanted(rows));
        }
      }
      section.dataset.state = "ready";
      if (arriving) {
        arriving = false;
        reach(/** @type {HTMLElement} */ (section.querySelector("h2")));
      }
    } catch {
      if (mine === latest) part("told").textContent = section.dataset.lost ?? "";
    }
  };

  /** @param {{ row: Row, far: number }[]} near @param {Row[]} rows those of the département */
  const draw = (near, rows) => {
    const { name, place } = chosen;
    const above = new Set(near.map(({ row }) => row.id));
    const left = rows.filter((row) => !above.has(row.id));
    // Without a distance, those of the commune itself come first.
    const here = name && near.length === 0 ? left.filter(isHere) : [];
    const others = [...here, ...left.filter((row) => !here.includes(row))];
    const rest = FRAMED && near.length > 0 ? [] : others;
    part("near").replaceChildren(...near.map(({ row, far }) => item(row, told(far))));
    part("rest").replaceChildren(...rest.slice(0, shown).map((row) => item(row, "")));
    const both = near.length > 0 && rest.length > 0;
    part("rest-title").hidden = !both;
    more.hidden = FRAMED || rest.length <= shown;
    part("print").hidden = near.length + rest.length === 0;
    const count = near.length ? near.length : rest.length;
    const nearest = place ? "here" : "nearest";
    const sentence = near.length ? nearest : count === 0 ? "none" : count === 1 ? "one" : "many";
    part("told").textContent = (section.dataset[sentence] ?? "")
      .replace("#", String(count))
      .replace("COMMUNE", name);
    const from = index.day ? section.dataset.from : section.dataset.unfilled;
    const start = near.length ? section.dataset[place ? "fromHere" : "fromCommune"] : "";
    part("from").textContent =
      `${(from ?? "").replace("#", index.day ? day(index.day) : "")} ${start}`.trim();
  };

  /** @param {Row} row */
  const isHere = (row) =>
    row.code && chosen.code
      ? row.code === chosen.code
      : words((row.commune ?? "").replace(/^\d+ /, "")).join(" ") === words(chosen.name).join(" ");

  /** @param {Row} row @param {string} far */
  const item = (row, far) => {
    const name = row.fiche ? page(`annuaire/${row.fiche}/`, row.nom) : row.nom;
    const types = row.types.flatMap((code, place) => {
      const kind = index.kinds[code];
      const words = kind.does === "prescrit" ? ` (${section.dataset.may})` : "";
      return [place ? ", " : "", page(kind.page, kind.name), words];
    });
    const members = (row.reseaux ?? []).flatMap((key, place) => [
      place ? ", " : " · réseau\u00a0: ",
      page(`reseaux/${key}/`, index.networks[key] ?? key),
    ]);
    const where = [row.adresse, row.commune].filter(Boolean).join(", ");
    const reach = [
      row.telephone && link(`tel:${row.telephone.replace(/[^\d+]/g, "")}`, row.telephone),
      row.courriel && link(`mailto:${row.courriel}`, row.courriel),
      row.site && link(row.site, new URL(row.site).hostname.replace(/^www\./, "")),
    ].filter((one) => one !== undefined);
    const source = index.sources[row.source] ?? row.source;
    const report = (section.dataset.report ?? "").replace(
      "LIGNEDELANNUAIRE",
      encodeURIComponent(`${row.nom} (${row.id})`),
    );
    return element(
      "li",
      {},
      element("strong", {}, name),
      far ? element("span", { class: "far" }, ` ${far}`) : "",
      element("p", {}, ...types, ...members),
      row.metiers ? element("p", {}, row.metiers) : "",
      where ? element("p", {}, where) : "",
      reach.length
        ? element("p", {}, ...reach.flatMap((one, at) => (at ? [" · ", one] : [one])))
        : "",
      element(
        "p",
        { class: "help" },
        `Au ${day(row.jour)}, d’après `,
        row.lien ? link(row.lien, source) : source,
        row.corrige ? `, corrigé ici le ${day(row.corrige)}` : "",
        ". ",
        element(
          "a",
          { class: "report", href: new URL(report, SITE).href },
          "Signaler une erreur",
          element("span", { class: "visually-hidden" }, `\u00a0: ${row.nom}`),
        ),
        element("span", { class: "row-id" }, ` ${row.id}`),
      ),
    );
  };

  const fillKinds = () => {
    if (kinds.options.length > 1) return;
    for (const does of /** @type {const} */ (["embauche", "prescrit"])) {
      const group = element("optgroup", { label: section.dataset[does] ?? "" });
      group.append(element("option", { value: does }, section.dataset[`${does}All`] ?? ""));
      for (const [code, kind] of Object.entries(index.kinds)) {
        if (kind.does === does) group.append(element("option", { value: code }, kind.name));
      }
      kinds.append(group);
    }
    // « Qui embauche », « Qui peut prescrire »: what the page before asked for.
    const wanted = location.hash.slice(1);
    if ([...kinds.options].some(({ value }) => value && value === wanted)) kinds.value = wanted;
  };

  /**
   * Fill a choice with what rows of the département have; without any, it is not shown.
   * @param {HTMLSelectElement} select @param {Record<string, string>} titles @param {string[]} known
   */
  const fill = (select, titles, known) => {
    const there = new Set(known);
    const { value } = select;
    if (value) there.add(value);
    while (select.options.length > 1) select.remove(1);
    for (const [key, title] of Object.entries(titles)) {
      if (there.has(key)) select.append(element("option", { value: key }, title));
    }
    select.value = value;
    /** @type {HTMLElement} */ (select.closest(".field")).hidden = there.size === 0;
  };

  for (const select of [kinds, networks, sectors]) {
    select.addEventListener("change", () => {
      shown = AT_ONCE;
      show();
    });
  }
  more.addEventListener("click", () => {
    const before = part("rest").childElementCount;
    shown += AT_ONCE;
    show().then(() => {
      const next = part("rest").children[before];
      next?.setAttribute("tabindex", "-1");
      /** @type {HTMLElement | undefined} */ (next)?.focus();
    });
  });
  part("print").addEventListener("click", () => {
    document.body.dataset.list = "";
    print();
  });
  addEventListener("afterprint", () => delete document.body.dataset.list);

  if (own === "") {
    const { commune, place } = keptCommune();
    chosen = { name: commune, code: "", department: place };
    document.addEventListener("commune:chosen", (event) => {
      chosen = /** @type {CustomEvent<Chosen>} */ (event).detail;
      shown = AT_ONCE;
      show();
    });
  }
  show();
}

/**
 * Return where a commune is: in the middle of what the directory places there, or in the communes of its
 * postcode; nothing when neither is known.
 * @param {Chosen} chosen @param {Record<string, Place>} places by the code of a commune
 * @returns {Promise<Place | undefined>}
 */
async function placeOf(chosen, places) {
  /** @type {[string, string, string][]} */
  const communes = await load(`communes/${chosen.department}`);
  const same = words(chosen.name).join(" ");
  const own = communes.find(([name, code]) =>
    chosen.code ? code === chosen.code : words(name).join(" ") === same,
  );
  if (!own) return undefined;
  if (places[own[1]]) return places[own[1]];
  const postcodes = own[2].split(" ");
  const beside = communes
    .filter(([, code, theirs]) => places[code] && postcodes.some((one) => theirs.includes(one)))
    .map(([, code]) => places[code]);
  if (beside.length === 0) return undefined;
  const middle = (/** @type {0 | 1} */ axis) =>
    beside.reduce((sum, place) => sum + place[axis], 0) / beside.length;
  return [middle(0), middle(1)];
}

/** @param {string} address @param {(string | Node)[]} content */
function link(address, ...content) {
  return element("a", { href: address }, ...content);
}

/** A page of this site. @param {string} path @param {string} text */
function page(path, text) {
  return link(new URL(path, SITE).href, text);
}

const section = document.querySelector("[data-directory]");
if (section instanceof HTMLElement) start(section);
