// What a structure counts once a year for the dialogue with the State. Each number keeps its persons.

const DAY = 86_400_000; // ms

/**
 * The value of a dated rule on a day; nothing outside the days on which one is known.
 * @param {Team.Dated[]} values @param {string} day
 */
export function valueOn(values, day) {
  return values.findLast(({ since, until }) => since <= day && (!until || day <= until))?.value;
}

/** The years of which something is known, the latest first. @param {Team.Entry[]} records @param {string} today */
export function yearsOf(records, today) {
  const years = new Set([today.slice(0, 4)]);
  for (const { asked, person } of records) {
    for (const { debut, fin } of asked.hires) {
      for (const day of [debut, fin]) if (day && day <= today) years.add(day.slice(0, 4));
    }
    for (const { facts } of person.rows) if (facts.sortie) years.add(facts.sortie.slice(0, 4));
  }
  return [...years].sort().reverse();
}

/** When she came, and when she left: nothing as long as a contract runs or follows. @param {Team.Entry} record @param {string} today */
export function stay({ person, asked }, today) {
  const { hires } = asked;
  if (hires.length === 0) return undefined;
  const entry = hires[0].debut;
  const said = person.rows.map(({ facts }) => facts.sortie).find(Boolean);
  const open = hires.some(({ fin }) => fin === undefined || fin >= today);
  const last = hires.reduce((latest, { fin }) => (fin && fin > latest ? fin : latest), entry);
  const exit = said ?? (open ? undefined : last);
  return { entry, exit: exit !== undefined && exit < today ? exit : undefined, last: hires.at(-1) };
}

/**
 * Whether the State counts that exit: yes, no, or nothing where the file does not say enough, or where
 * no rule is known on that day.
 * @param {Team.Entry} record @param {{ entry: string, exit: string, structure?: string }} stayed
 * @param {Team.Counting} counting
 * @returns {boolean | undefined}
 */
export function counts({ person }, { entry, exit, structure }, counting) {
  if (structure === "aci" || structure === "ei") {
    const [least, aDay] = [valueOn(counting.months, exit), valueOn(counting.monthsADay, exit)];
    if (least === undefined || aDay === undefined) return undefined;
    return ((Date.parse(exit) - Date.parse(entry)) / DAY) * aDay > least;
  }
  const hours = hoursOf(person);
  const least = valueOn(counting.hours, exit);
  if ((structure !== "ai" && structure !== "etti") || hours === undefined) return undefined;
  return least === undefined ? undefined : hours >= least;
}

/** The hours that the rows of a person give, if one does. @param {Team.Person} person */
function hoursOf({ rows }) {
  const hours = rows.map((row) => row.hours).filter((one) => one !== undefined);
  return hours.length > 0 ? hours.reduce((sum, one) => sum + one, 0) : undefined;
}

/**
 * Count a year. Each line has an `id`, its `records`, and a `value` where it is not their number;
 * lines of which the files say nothing are left out.
 * @param {Team.Entry[]} records @param {string} year @param {string} today
 * @param {Team.Counting} counting the dated rules of the count
 * @returns {Team.Line[]}
 */
export function yearly(records, year, today, counting) {
  const within = (/** @type {string | undefined} */ day) => day?.startsWith(year);
  /** @type {Record<string, Team.Entry[]>} */
  const groups = {};
  const put = (/** @type {string} */ id, /** @type {Team.Entry} */ record) => {
    groups[id] ??= [];
    groups[id].push(record);
  };
  for (const record of records) {
    const stayed = stay(record, today);
    if (!stayed) continue;
    const { entry, exit, last } = stayed;
    if (within(entry) && entry <= today) put("entrees", record);
    const running = record.asked.hires.filter(
      ({ debut, fin }) =>
        debut <= today && debut.slice(0, 4) <= year && (!fin || fin.slice(0, 4) >= year),
    );
    if (running.length > 0) put("presents", record);
    if (running.some(({ contrat }) => contrat)) put("contrats_connus", record);
    if (running.some(({ contrat }) => contrat === "cdi_inclusion")) put("cdi_inclusion", record);
    if (exit === undefined || !within(exit)) continue;
    put("sorties", record);
    const counted = counts(record, { entry, exit, structure: last?.structure }, counting);
    put(
      `sorties_${counted === undefined ? "inconnues" : counted ? "comptees" : "non_comptees"}`,
      record,
    );
    if (!counted) continue;
    const kind = record.person.rows.map((row) => row.exit).find(Boolean);
    put(`sortie_${kind ?? "non_dite"}`, record);
    if (kind && kind !== "autre") put("dynamiques", record);
  }
  const lines = ORDER.map((id) => ({ id, records: groups[id] ?? [] }));
  const kept = lines.filter(({ id, records: some }) => ALWAYS.includes(id) || some.length > 0);
  return [...kept, ...sums(records, valueOn(counting.fullTime, `${year}-12-31`) ?? {})];
}

/**
 * Hours and posts, where the files give them. A post that no column gives is hours over those of a full time.
 * @param {Team.Entry[]} records @param {Record<string, number>} fullTime hours of a year, by structure
 * @returns {Team.Line[]}
 */
function sums(records, fullTime) {
  const hours = (/** @type {Team.Entry} */ { person }) => hoursOf(person);
  const posts = (/** @type {Team.Entry} */ { person }) => {
    const own = person.rows.map((row) => row.posts).filter((one) => one !== undefined);
    if (own.length > 0) return own.reduce((sum, one) => sum + one, 0);
    const worked = hoursOf(person);
    const year = fullTime[person.rows.find(({ structure }) => structure)?.structure ?? ""];
    return worked === undefined || year === undefined ? undefined : worked / year;
  };
  return Object.entries({ hours, posts }).flatMap(([id, of]) => {
    const given = records.filter((record) => of(record) !== undefined);
    if (given.length === 0) return [];
    const value = given.reduce((sum, record) => sum + (of(record) ?? 0), 0);
    return [{ id, records: given, value: Math.round(value * 100) / 100 }];
  });
}

const ALWAYS = ["entrees", "presents", "sorties"];
const ORDER = [
  "entrees",
  "presents",
  "sorties",
  "sorties_comptees",
  "sortie_durable",
  "sortie_transition",
  "sortie_positive",
  "sortie_autre",
  "sortie_non_dite",
  "dynamiques",
  "sorties_non_comptees",
  "sorties_inconnues",
  "contrats_connus",
  "cdi_inclusion",
];

/**
 * The share of a line among another, in whole per cents; nothing where it would say less than it seems.
 * @param {Team.Line[]} lines @param {string} id
 */
export function share(lines, id) {
  const of = { dynamiques: "sorties_comptees", cdi_inclusion: "contrats_connus" }[id];
  const size = (/** @type {string | undefined} */ name) =>
    lines.find((line) => line.id === name)?.records.length ?? 0;
  // An exit whose kind is not said may be a dynamic one.
  if (!of || size(of) === 0 || (id === "dynamiques" && size("sortie_non_dite") > 0))
    return undefined;
  return Math.round((100 * size(id)) / size(of));
}
