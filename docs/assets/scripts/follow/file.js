// A person's file: the situation of the contract, with a version, as readable JSON.

export const FORMAT = "reperes-iae/suivi";
export const VERSION = 1;
/** Characters; the longest pathway is far under it. */
const MOST = 1_000_000;

/**
 * Write a file.
 * @param {Contract.Situation} situation @param {string} day the day of the saving, as ISO
 */
export function written(situation, day) {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, enregistre_le: day, situation }, null, 2)}\n`;
}

/**
 * Read a file. `refused` is the name of the sentence that says why it is not; `unknown` are the answers
 * left out, by path, that no question of `known` asks (`contrats.debut` for each row of a group).
 * Before the versions, a file was the situation alone.
 * @param {string} text @param {Set<string>} known
 * @returns {{ refused: string } | { situation: Contract.Situation, unknown: string[], older: boolean }}
 */
export function read(text, known) {
  if (text.length > MOST) return { refused: "large" };
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return { refused: "unreadable" };
  }
  if (!isRecord(file)) return { refused: "other" };
  const older = file.format === undefined && "pass_debut" in file;
  if (!older && file.format !== FORMAT) return { refused: "other" };
  if (!older && !(Number.isInteger(file.version) && file.version >= 1)) return { refused: "other" };
  if (!older && file.version > VERSION) return { refused: "newer" };
  const given = older ? file : file.situation;
  if (!isRecord(given)) return { refused: "other" };
  /** @type {string[]} */
  const unknown = [];
  /** @type {Contract.Situation} */
  const situation = {};
  for (const [name, value] of Object.entries(given)) {
    if (Array.isArray(value) && value.every(isRecord)) {
      situation[name] = value.map((row, rank) =>
        kept(row, name, `${name}.${rank}`, known, unknown),
      );
    } else if (known.has(name) && !isRecord(value) && !Array.isArray(value))
      situation[name] = value;
    else unknown.push(name);
  }
  return { situation, unknown, older };
}

/**
 * @param {Record<string, any>} row @param {string} group @param {string} path
 * @param {Set<string>} known @param {string[]} unknown
 */
function kept(row, group, path, known, unknown) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const [name, value] of Object.entries(row)) {
    if (known.has(`${group}.${name}`) && typeof value !== "object") found[name] = value;
    else unknown.push(`${path}.${name}`);
  }
  return found;
}

/** @param {any} value @returns {value is Record<string, any>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
