// Sentences with places to fill, and names as they are compared.

/** Fill the `{name}` of a sentence. @param {string} sentence @param {Record<string, any>} values */
export function say(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * Write a name as it is compared: without accents, capitals, signs or double spaces.
 * @param {string} text
 */
export function plain(text) {
  const letters = text.replace(/œ/gi, "oe").normalize("NFKD").replace(/\p{M}/gu, "");
  return letters
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The letters of a column, as spreadsheets show them: A to Z, then AA. @param {number} index @returns {string} */
export function letters(index) {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
