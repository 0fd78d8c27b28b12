// The files of a team: each is read as the export of the platform, or as a list of its own, whose columns
// are asked where their names do not say what they hold.

import { remembered } from "../spreadsheet/matching.js";
import { ofExport, ofList } from "./records.js";

const SLICE = 500; // rows taken at once from the reader

/**
 * What a file may be. `key`: under which the reader's choices of columns are kept on the device.
 * @typedef {{
 *   key: string,
 *   list: Lists.List,
 *   read: typeof ofList,
 *   defaults: Lists.Default[],
 * }} Kind
 */

/**
 * A file whose columns the reader must tell.
 * @typedef {{ file: File, kind: Kind, reading: Lists.Reading }} Question
 */

/**
 * Return what a file may be, with what the page says for all its rows.
 * @param {{ export: Lists.List, list: Lists.List }} lists
 * @param {Lists.Default[]} defaults of a list of the team's own; an export takes the kind of employer alone
 * @returns {Kind[]}
 */
export function kindsOf(lists, defaults) {
  const employer = defaults
    .filter(({ path }) => path === "structure")
    .map((one) => ({ ...one, path: "type_employeur" }));
  return [
    { key: "equipe-export", list: lists.export, read: ofExport, defaults: employer },
    { key: "equipe-liste", list: lists.list, read: ofList, defaults },
  ];
}

/** What one says of its columns does not hold for another file of the same name. @param {File} file */
export function nameOf({ name, size, lastModified }) {
  return `${name} ${size} ${lastModified}`;
}

/**
 * Which of two readings asks less: fewer columns missing, then more columns that are known.
 * @param {Lists.Reading} one @param {Lists.Reading} other
 */
export function easier(one, other) {
  const missing = (/** @type {Lists.Reading} */ { questions }) => questions?.missing.length ?? 0;
  const known = (/** @type {Lists.Reading} */ { questions }) =>
    questions?.columns.filter(({ path }) => path !== "").length ?? 0;
  return missing(one) - missing(other) || known(other) - known(one);
}

/** The files of a run, and what the reader has said of them. */
export class Files {
  #reader;
  #words;
  /** @type {Map<string, { key?: string, decided?: Lists.Words, sheet?: number }>} */
  #said = new Map();

  /** @param {{ ask: (task: string, given: object) => Promise<any> }} reader @param {Lists.Words} words */
  constructor(reader, words) {
    this.#reader = reader;
    this.#words = words;
  }

  /** Other files: what was said of the last ones does not hold. */
  forget() {
    this.#said.clear();
  }

  /** Keep what the reader says of a file. @param {File} file @param {{ key?: string, decided?: Lists.Words, sheet?: number }} said */
  say(file, said) {
    const name = nameOf(file);
    this.#said.set(name, { ...this.#said.get(name), ...said });
  }

  /**
   * Read a file: its rows, or what must be asked first.
   * @param {File} file @param {Kind[]} kinds @param {{ source: string, review?: boolean }} more `source`: how
   * its rows are named; `review`: ask again what is known
   * @returns {Promise<{ question: Question } | { rows: Team.Row[], kind: Kind, reading: Lists.Reading, told: boolean }>}
   */
  async read(file, kinds, { source, review = false }) {
    const said = this.#said.get(nameOf(file)) ?? {};
    /** @type {Question | undefined} */
    let question;
    for (const kind of kinds.filter(({ key }) => !said.key || said.key === key)) {
      const decided = said.decided ?? remembered(kind.key);
      const { list: specification, defaults } = kind;
      const given = { file, text: "", added: [], words: this.#words, sheet: said.sheet };
      const asked = { ...given, specification, defaults, decided, review };
      /** @type {Lists.Reading} */
      const reading = await this.#reader.ask("read", asked);
      if (!reading.questions) {
        const rows = await this.#rows(Number(reading.rows), kind, source);
        return { rows, kind, reading, told: Object.keys(decided).length > 0 };
      }
      if (!question || easier(reading, question.reading) <= 0) question = { file, kind, reading };
      if (reading.questions.missing.length === 0) break;
    }
    return { question: /** @type {Question} */ (question) };
  }

  /** @param {number} count @param {Kind} kind @param {string} source */
  async #rows(count, { list, read }, source) {
    /** @type {Team.Row[]} */
    const rows = [];
    for (let from = 0; from < count; from += SLICE) {
      const slice = await this.#reader.ask("slice", { from, to: from + SLICE });
      for (const row of slice) rows.push(read(row, source, list));
    }
    return rows;
  }
}
