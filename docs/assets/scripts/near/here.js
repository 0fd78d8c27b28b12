// « Autour de moi »: where the device says that it is, and the commune that the directory knows nearest
// to it. The device is asked only when the person presses the button, and the place stays in the page.

import { FARTHEST, kilometres, toBox } from "./rows.js";

/** @typedef {import("./rows.js").Place} Place */
/** @typedef {(name: string) => Promise<any>} Load reads a file of `annuaire/`, by its name */
/** @typedef {{ name: string, code: string, department: string }} Commune */
/** What the page says when the device gives no place. @typedef {"refused" | "nowhere" | "slow"} Problem */

const WITHIN = 20_000; // ms that the device has
/** Places that are no more precise are told as such. */
export const VAGUE = 5; // kilometres

/**
 * Ask the device where it is. Rejects with the problem, as an error's message.
 * @param {Geolocation} device
 * @returns {Promise<{ place: Place, precision: number }>} precision in kilometres
 */
export function locate(device) {
  return new Promise((resolve, reject) => {
    device.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({ place: [longitude, latitude], precision: accuracy / 1000 }),
      ({ code }) => {
        /** @type {Record<number, Problem>} */
        const problems = { 1: "refused", 3: "slow" };
        reject(new Error(problems[code] ?? "nowhere"));
      },
      { timeout: WITHIN },
    );
  });
}

/**
 * Return the commune whose known addresses are the nearest to a place: not always the one that holds it,
 * which only its boundary would tell. Nothing when the directory knows none near there.
 * @param {Place} place @param {Load} load
 * @returns {Promise<Commune | undefined>}
 */
export async function communeNear(place, load) {
  /** @type {{ boxes: Record<string, number[]> }} */
  const { boxes } = await load("lignes/index");
  const departments = Object.keys(boxes)
    .map((department) => ({ department, far: toBox(place, boxes[department]) }))
    .sort((one, other) => one.far - other.far);
  let best = { department: "", code: "", far: FARTHEST };
  for (const { department, far } of departments) {
    if (far >= best.far) break;
    /** @type {{ communes: Record<string, Place> }} */
    const { communes } = await load(`lignes/${department}`);
    for (const [code, middle] of Object.entries(communes)) {
      const its = kilometres(place, middle);
      if (its < best.far) best = { department, code, far: its };
    }
  }
  if (best.code === "") return undefined;
  const { department, code } = best;
  /** @type {[string, string][]} */
  const named = await load(`communes/${department}`);
  const [name] = named.find(([, its]) => its === code) ?? [];
  return name === undefined ? undefined : { name, code, department };
}
