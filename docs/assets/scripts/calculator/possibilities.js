// What each missing answer would give, in as few rows as say it.

/**
 * Put together the rows that differ by the answer to one question and give the same verdict. A row
 * is its codes, one for each question, and its verdict in words; each code becomes a set.
 * @param {[string[], string][]} rows @returns {[string[][], string][]}
 */
export function gathered(rows) {
  /** @type {[string[][], string][]} */
  let sets = rows.map(([codes, verdict]) => [codes.map((code) => [code]), verdict]);
  for (let rank = (rows[0]?.[0].length ?? 0) - 1; rank >= 0; rank -= 1) {
    /** @type {Map<string, [string[][], string]>} */
    const found = new Map();
    for (const [codes, verdict] of sets) {
      const key = JSON.stringify([codes.toSpliced(rank, 1), verdict]);
      const same = found.get(key);
      if (same) same[0][rank].push(...codes[rank]);
      else found.set(key, [codes, verdict]);
    }
    sets = [...found.values()];
  }
  return sets;
}

/**
 * Say a set of answers among `all`: nothing when any of them will do, the few that are left out when
 * they are fewer.
 * @param {string[]} set @param {string[]} all @param {string} other the words before those left out
 */
export function saidShortly(set, all, other) {
  const left = all.filter((one) => !set.includes(one));
  if (left.length === 0) return "";
  const listed = (/** @type {string[]} */ some) =>
    some.map((one) => `«\u00a0${one}\u00a0»`).join(" ou ");
  return left.length < set.length ? `${other} ${listed(left)}` : listed(set);
}
