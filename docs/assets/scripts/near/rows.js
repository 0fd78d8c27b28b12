// The rows of the directory (generator/publish/directory_files.py): what is near, and what is asked for.

/**
 * A structure or a prescriber, by the names of the index's columns. What is not known is left out.
 * @typedef {{ id: string, nom: string, types: string[], adresse?: string, commune?: string, code?: string, longitude?: number, latitude?: number, telephone?: string, courriel?: string, site?: string, jour: string, source: string, lien?: string, reseaux?: string[], fiche?: string, secteurs?: string[], metiers?: string, corrige?: string }} Row
 */
/** @typedef {[number, number]} Place longitude, latitude */
/** @typedef {{ name: string, page: string, does: "embauche" | "prescrit" }} Kind */
/**
 * @typedef {{ day: string | null, columns: string[], boxes: Record<string, number[]>, kinds: Record<string, Kind>, networks: Record<string, string>, sectors: Record<string, string>, sources: Record<string, string> }} Index
 */

/** Beyond it nothing is near, and no other département is asked for. */
export const FARTHEST = 60; // kilometres
const DEGREE = 111.2; // kilometres of a degree of latitude

/**
 * Return the rows of a file, as objects.
 * @param {unknown[][]} rows @param {string[]} columns @returns {Row[]}
 */
export function read(rows, columns) {
  return rows.map((values) => {
    const known = columns.map((name, place) => [name, values[place]]);
    return Object.fromEntries(known.filter(([, value]) => value !== null && value !== undefined));
  });
}

/** The distance of two places, in kilometres as the crow flies. @param {Place} one @param {Place} other */
export function kilometres(one, other) {
  const narrow = Math.cos((((one[1] + other[1]) / 2) * Math.PI) / 180);
  return DEGREE * Math.hypot((one[0] - other[0]) * narrow, one[1] - other[1]);
}

/**
 * The distance of a place to a box that holds others: zero inside it.
 * @param {Place} place @param {number[]} box west, south, east, north
 */
export function toBox([longitude, latitude], [west, south, east, north]) {
  const nearest = /** @type {Place} */ ([
    Math.min(Math.max(longitude, west), east),
    Math.min(Math.max(latitude, south), north),
  ]);
  return kilometres([longitude, latitude], nearest);
}

/**
 * Return the rows of a kind, of a network and of a sector: all where none is asked for.
 * @param {Row[]} rows @param {Record<string, Kind>} kinds
 * @param {{ kind: string, network: string, sector: string }} asked a code, `embauche`, `prescrit`, or nothing
 */
export function asked(rows, kinds, { kind, network, sector }) {
  return rows.filter(
    (row) =>
      (!kind || row.types.some((code) => code === kind || kinds[code]?.does === kind)) &&
      (!network || row.reseaux?.includes(network)) &&
      (!sector || row.secteurs?.includes(sector)),
  );
}

/**
 * Return the rows that are placed with their distance, the nearest first.
 * @param {Row[]} rows @param {Place} place @returns {{ row: Row, far: number }[]}
 */
export function byDistance(rows, place) {
  return rows
    .flatMap((row) =>
      row.longitude === undefined || row.latitude === undefined
        ? []
        : [{ row, far: kilometres(place, [row.longitude, row.latitude]) }],
    )
    .sort((one, other) => one.far - other.far);
}

/**
 * Return the other départements that may hold a row nearer than the last of those that are shown.
 * @param {Place} place @param {Record<string, number[]>} boxes @param {string} own
 * @param {number} limit in kilometres
 */
export function around(place, boxes, own, limit) {
  return Object.keys(boxes).filter((code) => code !== own && toBox(place, boxes[code]) < limit);
}

/** Say a distance as people do. @param {number} far in kilometres */
export function told(far) {
  return far < 1 ? "à moins d’un kilomètre" : `à ${Math.round(far)}\u00a0km`;
}
