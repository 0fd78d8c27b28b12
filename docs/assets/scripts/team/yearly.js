// What a structure counts once a year for the dialogue with the State. Each number keeps its persons.

const DAY = 86_400_000; // ms
/**
 * Who counts among the exits, in the public code of the State's « Pilotage de l'inclusion »
 * (dbt/models/staging/stg_sorties_aci_ei.sql and stg_sorties_ai_etti.sql): in an ACI or an EI, a path
 * of more than 2,65 months, at 0,0328767 month a day; in an AI or an ETTI, 150 hours at least.
 */
const COUNTED = { months: 2.65, monthsADay: 0.0328767, hours: 150 };

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
 * Whether the State counts that exit: yes, no, or nothing where the file does not say enough.
 * @param {Team.Entry} record @param {{ entry: string, exit: string, structure?: string }} stayed
 * @returns {boolean | undefined}
 */
export function counts({ person }, { entry, exit, structure }) {
  if (structure === "aci" || structure === "ei") {
    const days = (Date.parse(exit) - Date.parse(entry)) / DAY;
    return days * COUNTED.monthsADay > COUNTED.months;
  }
  const hours = person.rows.map((row) => row.hours).filter((one) => one !== undefined);
  if ((structure === "ai" || structure === "etti") && hours.length > 0) {
    return hours.reduce((sum, one) => sum + one, 0) >= COUNTED.hours;
  }
  return undefined;
}

/**
 * Count a year. Each line has an `id`, its `records`, and a `value` where it is not their number;
 * lines of which the files say nothing are left out.
 * @param {Team.Entry[]} records @param {string} year @param {string} today @returns {Team.Line[]}
 */
export function yearly(records, year, today) {
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
    const counted = counts(record, { entry, exit, structure: last?.structure });
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
  return [...kept, ...sums(records)];
}

/** Hours and posts, where the files give them. @param {Team.Entry[]} records @returns {Team.Line[]} */
function sums(records) {
  return /** @type {const} */ (["hours", "posts"]).flatMap((name) => {
    const given = records.filter(({ person }) =>
      person.rows.some((row) => row[name] !== undefined),
    );
    if (given.length === 0) return [];
    const value = given.reduce(
      (sum, { person }) => sum + person.rows.reduce((own, row) => own + (row[name] ?? 0), 0),
      0,
    );
    return [{ id: name, records: given, value: Math.round(value * 100) / 100 }];
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
