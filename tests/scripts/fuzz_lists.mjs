// A fuzzer of lists: from one true table, files that say the same, and files that no longer do.
// The first must give the same situations, or a question; the second must never give them.

import { csv, encode, ods, read, serial, xlsx } from "./lists.mjs";

/** Numbers that a seed decides, from 0 to 1 (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const COLUMNS = [
  ["Référence", "reference"],
  ["Premier jour du PASS IAE", "debut"],
  ["Suspensions du PASS IAE 1 : Premier jour", "suspensions.1.debut"],
  ["Suspensions du PASS IAE 1 : Dernier jour", "suspensions.1.fin"],
  ["Prolongations accordées 1 : Premier jour", "prolongations.1.debut"],
  ["Prolongations accordées 1 : Dernier jour", "prolongations.1.fin"],
  ["À quelle date regarder le PASS IAE ?", "au"],
];
/** Names that are not ours, whose match must be asked. */
const OTHER_NAMES = [
  ["Nom du salarié", "Matricule"],
  ["Début du PASS", "Date début PASS IAE", "Début PASS IAE"],
  ["Suspension 1 début", "Début susp. 1", "suspension : premier jour"],
  ["Suspension 1 fin", "Fin susp. 1", "suspension : dernier jour"],
  ["Prolongation 1 début", "Prolong. 1 début", "Prolongations : premier jour"],
  ["Prolongation 1 fin", "Prolong. 1 fin", "Prolongations : dernier jour"],
  ["Date regardée", "Jour du contrôle"],
];
const MONTHS = [
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
].map((names) => names.split(" "));
const WEEKDAYS = "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" ");

/** A tool that takes its chances from a seed. */
function dice(next) {
  const one = (list) => list[Math.floor(next() * list.length)];
  const some = (chance) => next() < chance;
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return { one, some, between };
}

const plus = (iso, days) =>
  new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);

/** A table whose rows are all different, as ISO days: [reference, debut, …, au]. */
function truth({ some, between }) {
  return Array.from({ length: between(1, 8) }, (_, row) => {
    const begins = plus("2023-01-01", between(0, 1_200));
    const suspended = some(0.6) ? plus(begins, between(30, 300)) : "";
    const prolonged = some(0.6) ? plus(begins, between(600, 900)) : "";
    return [
      `D-${String(row).padStart(4, "0")}`,
      begins,
      suspended,
      suspended && plus(suspended, between(1, 200)),
      prolonged,
      prolonged && plus(prolonged, between(1, 300)),
      plus("2026-01-01", between(0, 700)),
    ];
  });
}

/** What the simulator is asked for such a table. */
export function situations(rows) {
  const span = (debut, fin) => (debut ? [{ debut, fin }] : []);
  return rows.map(([, debut, s, e, p, q, au]) => ({
    debut,
    au,
    suspensions: span(s, e),
    prolongations: span(p, q),
  }));
}

/** What the clocks of France add at an instant: the hour changes within some days. */
function offset(instant) {
  return /\+\d{2}:\d{2}/.exec(ZONE.format(new Date(instant)))[0];
}
const ZONE = new Intl.DateTimeFormat("fr", {
  timeZone: "Europe/Paris",
  timeZoneName: "longOffset",
});

/** Write a day in one of the ways of people and spreadsheets. */
function written(iso, { one }) {
  if (iso === "") return "";
  const [year, month, day] = iso.split("-");
  const [y, m, d] = [year, month, day].map(Number);
  const weekday = WEEKDAYS[new Date(iso).getUTCDay()];
  const [night, noon] = ["00", "12"].map((hour) => offset(`${iso}T${hour}:00:00Z`));
  return one([
    `${day}/${month}/${year}`,
    `${d}/${m}/${year}`,
    `${day}.${month}.${year}`,
    `${day}-${month}-${year}`,
    iso,
    `${year}/${month}/${day}`,
    `${iso}T00:00:00`,
    `${iso} 00:00`,
    `${day}/${month}/${year} 08:30`,
    new Date(`${iso}T00:00:00${night}`).toISOString(),
    `${iso}T23:59:59${noon}`,
    `${d === 1 ? "1er" : d} ${MONTHS[0][m - 1]} ${year}`,
    `${d} ${MONTHS[1][m - 1]} ${year}`,
    `${d}-${MONTHS[1][m - 1].replace(".", "")}-${String(y).slice(2)}`,
    `${weekday} ${d} ${MONTHS[0][m - 1]} ${year}`.toUpperCase(),
    String(serial(iso)),
  ]);
}

/** A typed cell of a workbook. */
function typed(iso, tool) {
  if (iso === "") return "";
  const { one } = tool;
  return one([
    { day: iso },
    { day: iso, format: "long" },
    { day: iso, format: "short" },
    { day: iso, format: "general" },
    { day: iso, time: one([0.3, 0.5, 0.999]) },
    { formula: "TODAY()", value: serial(iso), format: "date" },
    { formula: "A1", value: written(iso, tool) },
    { inline: [written(iso, tool), ""] },
    written(iso, tool),
  ]);
}

/** The names of the columns, written in one of the ways that are known; or, `asked`, of people. */
function names(tool, asked) {
  const { one, some } = tool;
  const short = some(0.3);
  return COLUMNS.map((both, index) => {
    if (asked && some(0.5)) return one(OTHER_NAMES[index]);
    const name = both[short ? 1 : 0];
    return one([name, name.toUpperCase(), name.toLowerCase(), name, ` ${name} `]);
  });
}

/**
 * Write a table as a file, and say how: the encoding, the separator, the sheets, the header, the
 * order of the columns, the ways of writing days. `change` spoils the cells of the file, as
 * `{ row: [name of a column: cell] }`, after they are written.
 */
function file(rows, tool, { asked = false, spoil = (cells) => cells } = {}) {
  const { one, some, between } = tool;
  const kind = one(["csv", "csv", "xlsx", "xlsx", "ods"]);
  const cell = kind === "csv" ? written : typed;
  const header = names(tool, asked);
  let lines = rows.map(([reference, ...days]) => [
    reference,
    ...days.map((day) => cell(day, tool)),
  ]);
  if (kind === "ods") {
    lines = lines.map((line) =>
      line.map((one) =>
        typeof one === "object"
          ? one.day && !one.format
            ? { day: one.day }
            : (one.day ?? one.value ?? one.inline[0])
          : one,
      ),
    );
    lines = lines.map((line) =>
      line.map((one) => (typeof one === "number" && one > 36_526 ? String(one) : one)),
    );
  }
  let cells = spoil([header, ...lines], { kind, ...tool });
  if (cells === undefined) return undefined;
  if (some(0.3)) {
    const order = cells[0].map((_, index) => index).sort(() => (some(0.5) ? 1 : -1));
    cells = cells.map((line) => order.map((index) => line[index] ?? ""));
  }
  if (some(0.3)) {
    const place = between(0, cells[0].length);
    cells = cells.map((line, row) =>
      line.toSpliced(place, 0, row === 0 ? "Ville" : one(["Mende", "", "Sète"])),
    );
  }
  const title = some(0.3) ? [["Suivi des salariés"], ...(some(0.5) ? [[]] : [])] : [];
  const how = [kind];
  if (kind !== "csv") {
    const sheets = [{ name: "Liste", rows: [...title, ...cells] }];
    if (some(0.3)) sheets.unshift({ name: "Vide", rows: [] });
    if (some(0.2)) sheets.unshift({ name: "Mode d'emploi", rows: [["Remplissez la liste"]] });
    if (some(0.2)) sheets.push({ name: "Notes", rows: [["à faire"], ["rappeler"]] });
    if (kind === "ods") return { bytes: ods(sheets), how };
    if (some(0.2)) sheets.unshift({ name: "Courbe", chart: true });
    const options = { shared: some(0.5), prefix: one(["", "", "x"]), date1904: some(0.2) };
    // A text or a value of a formula counts as the workbook does.
    const plain = !options.date1904 || !JSON.stringify(cells).match(/"value":\d|"\d{5}"/);
    return { bytes: xlsx(sheets, { ...options, date1904: options.date1904 && plain }), how };
  }
  const separator = one([";", ",", "\t", "|"]);
  const ending = one(["\r\n", "\n", "\r"]);
  let text = csv([...title, ...cells], separator, ending);
  if (some(0.1)) text = `sep=${separator}${ending}${text}`;
  const encoding = one([
    "text",
    "utf-8",
    "utf-8-sig",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "macintosh",
    "cp850",
  ]);
  how.push(encoding, separator);
  if (encoding === "text") return { bytes: text, how };
  if (encoding === "utf-8") return { bytes: new TextEncoder().encode(text), how };
  if (encoding === "utf-8-sig") return { bytes: new TextEncoder().encode(`\uFEFF${text}`), how };
  if (encoding.startsWith("utf-16")) {
    return { bytes: encode(some(0.7) ? `\uFEFF${text}` : text, encoding), how };
  }
  return { bytes: encode(text, encoding), how };
}

// What spoils a table: afterwards it does not say the same

/** A cell that says something, of the columns that count. */
function aCell(cells, { between }) {
  const full = [];
  for (let row = 1; row < cells.length; row += 1) {
    for (let column = 1; column < cells[row].length; column += 1) {
      if (cells[row][column] !== "") full.push([row, column]);
    }
  }
  return full[between(0, full.length - 1)];
}

const put = (cells, [row, column], cell) =>
  cells.map((line, index) => (index === row ? line.with(column, cell) : line));

const SPOILED = {
  "a cell in error": (cells, tool) => {
    const error = tool.one(["#N/A", "#REF!", "#VALEUR!", "#DIV/0!", "Err:502", "####"]);
    return put(cells, aCell(cells, tool), tool.kind === "csv" ? error : { error });
  },
  "a formula without its value": (cells, tool) =>
    put(cells, aCell(cells, tool), tool.kind === "csv" ? "=AUJOURDHUI()" : { formula: "TODAY()" }),
  "a column without a name": (cells, tool) => {
    const [, column] = aCell(cells, tool);
    return put(cells, [0, column], "");
  },
  "a column called otherwise": (cells, tool) => {
    const [, column] = aCell(cells, tool);
    return put(cells, [0, column], tool.one(["Divers", "Remarque", "Zone 3", "x"]));
  },
  "a lost column": (cells, tool) => {
    const [, column] = aCell(cells, tool);
    return cells.map((line) => line.toSpliced(column, 1));
  },
  "a day shifted by one": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    return put(cells, [row, column], plus(tool.rows[row - 1][column], tool.one([-1, 1])));
  },
  "an instant of the day before": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    const day = tool.rows[row - 1][column];
    return put(cells, [row, column], `${plus(day, -1)}T12:00:00Z`);
  },
  "an hour that does not exist": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    return put(cells, [row, column], `${tool.rows[row - 1][column]} 99:99`);
  },
  "a weekday of another date": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    const [year, month, day] = tool.rows[row - 1][column].split("-").map(Number);
    const wrong = (new Date(tool.rows[row - 1][column]).getUTCDay() + tool.between(1, 6)) % 7;
    return put(cells, [row, column], `${WEEKDAYS[wrong]} ${day} ${MONTHS[0][month - 1]} ${year}`);
  },
  "a year of two digits": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    const [year, month, day] = tool.rows[row - 1][column].split("-");
    return put(cells, [row, column], `${day}/${month}/${year.slice(2)}`);
  },
  "two columns exchanged": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    const other = column === 1 ? 6 : 1;
    if (tool.rows.every((one) => one[column] === one[other])) return undefined;
    const line = cells[0].with(column, cells[0][other]).with(other, cells[0][column]);
    return row > 0 ? cells.with(0, line) : undefined;
  },
  "a cell moved to another row": (cells, tool) => {
    const [row, column] = aCell(cells, tool);
    if (cells.length < 3) return undefined;
    const other = row === 1 ? 2 : 1;
    if (tool.rows[row - 1][column] === tool.rows[other - 1][column]) return undefined;
    const cell = cells[row][column];
    return put(put(cells, [row, column], cells[other][column]), [other, column], cell);
  },
  "a lost row": (cells, tool) =>
    cells.length < 3 ? undefined : cells.toSpliced(tool.between(1, cells.length - 1), 1),
  "a name given twice": (cells, tool) => {
    const [, column] = aCell(cells, tool);
    return cells.map((line, row) => [
      ...line,
      row === 0 ? line[column] : line[column] || "01/01/2020",
    ]);
  },
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
/** Write a value with its fields in one order: columns may come in any. */
const key = (value) => {
  if (Array.isArray(value)) return `[${value.map(key)}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${name}:${key(value[name])}`)}}`;
};

/** Tell whether a reading gives the answers of a table, all of its rows being answered. */
function gives(reading, rows) {
  if (reading.outcome !== "read" || reading.errors.length > 0) return false;
  const found = reading.rows.map(({ situation }) => key(situation));
  return same(found, situations(rows).map(key));
}

const KINDS = Object.keys(SPOILED);

/** Make one file and read it; nothing where the table cannot be spoiled so. */
export function attempt(seed, number) {
  const tool = dice(random(seed + number));
  const rows = truth(tool);
  const kind = number % 2 === 0 ? "the same" : KINDS[(number >> 1) % KINDS.length];
  const asked = kind === "the same" && tool.some(0.25);
  const spoil = SPOILED[kind] && ((cells, more) => SPOILED[kind](cells, { ...more, rows }));
  const made = file(rows, tool, { asked, spoil });
  if (!made) return undefined;
  let reading = read(made.bytes);
  if (asked && reading.outcome === "asked") {
    // What is proposed is accepted; what is not is said, by someone who knows the table.
    reading = read(made.bytes, "pass_iae", { decided: decisions(reading.questions) });
  }
  const outcome = verdict(kind, reading, { right: gives(reading, rows), asked });
  return { kind, rows, made, reading, outcome, asked };
}

/**
 * Try files from a seed: `counts` says how many were right, asked about, refused, wrong; `wrong`
 * describes each wrong one.
 */
export function fuzz(seed, tries) {
  const counts = { tried: 0, right: 0, asked: 0, refused: 0, wrong: 0 };
  const wrong = [];
  for (let number = 0; number < tries; number += 1) {
    const tried = attempt(seed, number);
    if (!tried) continue;
    const { kind, made, reading, outcome } = tried;
    counts.tried += 1;
    counts[outcome] += 1;
    if (outcome !== "wrong") continue;
    const said = [reading.outcome, ...reading.said, ...(reading.errors ?? [])].join(" | ");
    wrong.push(`seed ${seed} + ${number}, ${kind}, ${made.how.join(" ")}: ${said}`);
  }
  return { counts, wrong };
}

/** These still give other answers, each in its place; after the others, nothing may be answered. */
const OTHER_ANSWERS = [
  "a day shifted by one",
  "an instant of the day before",
  "two columns exchanged",
  "a cell moved to another row",
  "a lost row",
];

function verdict(kind, reading, { right, asked }) {
  if (kind === "the same") {
    if (right) return "right";
    // Under other names, a question may remain; under known ones, there is none to ask.
    return reading.outcome === "asked" && asked ? "asked" : "wrong";
  }
  if (right) return "wrong";
  if (reading.outcome !== "read") return reading.outcome;
  if (reading.errors.length > 0) return "refused";
  return OTHER_ANSWERS.includes(kind) ? "right" : "wrong";
}

/** What a person who knows the table says of its columns. */
function decisions({ columns }) {
  const meant = new Map(
    OTHER_NAMES.flatMap((known, index) => known.map((name) => [name, COLUMNS[index][1]])),
  );
  return Object.fromEntries(
    columns.map(({ key, name, path }) => [key, meant.get(name.trim()) ?? path]),
  );
}

// `node tests/scripts/fuzz_lists.mjs SEED TRIES` prints the counts: benchmarks/lists.py runs it.
if (process.argv[1] === import.meta.filename) {
  const [seed, tries] = process.argv.slice(2).map(Number);
  const { counts, wrong } = fuzz(seed, tries);
  console.log(JSON.stringify(counts));
  for (const one of wrong) console.error(one);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
