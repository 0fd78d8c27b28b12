// From the bytes of a text file to its lines: which encoding, which separator.

/** @typedef {(header: string[]) => number} Known counts the columns that a header names */
/** @typedef {{ rows: Lists.Line[], encoding?: string, openQuote?: number }} Text */

const MARKS = /** @type {const} */ ([
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
]);
/** What browsers do not decode: the letters of the old consoles, which pay software still writes. */
const CP850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
/** The encodings without a mark, the most common first: it wins when nothing tells them apart. */
const GUESSES = ["windows-1252", "macintosh", "cp850"];
const FRENCH = /[àâçéèêëîïôùûœæÀÂÇÉÈÊËÎÏÔÙÛŒÆ’«»€°\u00a0\u202f–]/g;
const OTHER = /[^\0-\x7f]/g;
/** A capital inside a word, or the other way round: « dÇcembre », « AOêT ». */
const MIXED = /[a-zà-ÿ][A-ZÀ-ÖØ-Þ]|[A-ZÀ-ÖØ-Þ]{2}[ß-ÿ]/g;
const SEPARATORS = [";", "\t", ",", "|"];
/** Lines in which a header is looked for. */
export const TOP = 40;

/** The apostrophe that writing puts before a formula; reading takes it back. */
const DEFUSED = /^'(?=\s*[=+\-@＝＋－＠\t\r])/;

/**
 * Decode a text. `known` tells which encoding names the most columns.
 * @param {Uint8Array} bytes @param {(text: string) => number} known
 * @returns {{ text: string, encoding: string }}
 */
export function decode(bytes, known) {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) {
      return { encoding, text: new TextDecoder(encoding).decode(bytes) };
    }
  }
  const wide = withoutMark(bytes);
  if (wide) return { encoding: wide, text: new TextDecoder(wide).decode(bytes) };
  try {
    return { encoding: "utf-8", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const tried = GUESSES.map((encoding) => {
      const text =
        encoding === "cp850" ? decode850(bytes) : new TextDecoder(encoding).decode(bytes);
      return { encoding, text, columns: known(text), letters: frenchLetters(text) };
    });
    tried.sort((one, other) => other.columns - one.columns || other.letters - one.letters);
    return tried[0];
  }
}

/** UTF-16 has a zero beside each ordinary letter. @param {Uint8Array} bytes */
function withoutMark(bytes) {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 4_096);
  for (let index = 0; index < length; index += 1) if (bytes[index] === 0) zeros[index % 2] += 1;
  if (zeros[1] > length / 4 && zeros[0] === 0) return "utf-16le";
  if (zeros[0] > length / 4 && zeros[1] === 0) return "utf-16be";
  return undefined;
}

/** @param {Uint8Array} bytes */
function decode850(bytes) {
  let text = "";
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : CP850[byte - 128];
  return text;
}

/** Count the letters of French, less what French does not write. @param {string} text */
function frenchLetters(text) {
  const french = text.match(FRENCH)?.length ?? 0;
  return 2 * french - (text.match(OTHER)?.length ?? 0) - 2 * (text.match(MIXED)?.length ?? 0);
}

/**
 * Read the lines of a text. The separator that names the most columns is the right one.
 * `openQuote` is the number of the line where a quote is opened and never closed.
 * @param {string} text @param {Known} known @param {any} Papa @returns {Text}
 */
export function readText(text, known, Papa) {
  // Some spreadsheets name the separator on a first line of its own; it stays a line, left empty.
  const body = text.replace(/^"?sep=.?"?[;,\t|]*(?=[\r\n])/i, "");
  const named = /^"?sep=(.)/i.exec(text)?.[1];
  const counts = SEPARATORS.map((delimiter) => {
    const { data } = Papa.parse(body, { delimiter, preview: TOP });
    const best = Math.max(
      0,
      ...data.map((/** @type {string[]} */ cells) => known(cells.map(clean))),
    );
    // Where no name is known, the separator that parts the first lines most evenly.
    return best * 1_000 + width(data) + (delimiter === named ? 1 : 0);
  });
  const delimiter = SEPARATORS[counts.indexOf(Math.max(...counts))];
  const { data, errors } = Papa.parse(body, { delimiter });
  const open = errors.find((/** @type {any} */ { code }) => code === "MissingQuotes");
  return {
    rows: data.map((/** @type {string[]} */ cells, /** @type {number} */ index) => ({
      number: index + 1,
      cells: cells.map(clean),
    })),
    openQuote: open && open.row + 1,
  };
}

/** The most cells that at least two lines have. @param {string[][]} lines */
function width(lines) {
  const widths = lines.map((cells) => cells.length).sort((one, other) => other - one);
  return Math.min(widths[1] ?? widths[0] ?? 0, 400);
}

/** @param {string} cell */
function clean(cell) {
  return cell.replace(DEFUSED, "");
}
