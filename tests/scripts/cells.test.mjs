// From the cells of a list to the situations of the contract: read rightly, or refused in words.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  address,
  columnName,
  readHeader,
  readRow,
} from "../../docs/assets/scripts/spreadsheet/cells.js";
import { known } from "../../docs/assets/scripts/spreadsheet/header.js";
import { plain, say } from "../../docs/assets/scripts/spreadsheet/words.js";

const LIST = {
  columns: [
    { path: "debut", label: "Début", kind: "date", required: true },
    { path: "heures", label: "Heures", kind: "number" },
    { path: "regle", label: "En règle", kind: "boolean", required: true },
    {
      path: "structure",
      label: "Structure",
      kind: "choice",
      options: [
        ["aci", ["Atelier et chantier d'insertion (ACI)"]],
        ["ei", ["Entreprise d'insertion (EI)"]],
      ],
    },
    {
      path: "criteres",
      label: "Critères",
      kind: "criteria",
      options: [
        ["rsa", ["Bénéficiaire du RSA"]],
        ["parent", ["Parent isolé, sans emploi"]],
        ["senior", ["Senior"]],
      ],
    },
    { path: "contrat.fin", label: "Contrat, fin", kind: "date", required: true },
    { path: "periodes.#.debut", label: "Période # : début", kind: "date", required: true },
    { path: "periodes.#.fin", label: "Période # : fin", kind: "date" },
    { path: "periodes.#.longue", label: "Période # : longue", kind: "boolean" },
  ].map((column) => ({ options: [], required: false, ...column })),
  families: {
    contrat: { many: false, required: false, label: "Contrat" },
    periodes: { many: true, required: false, label: "Périodes" },
  },
};
const WORDS = {
  empty_cell: "empty",
  date: "date: {shown}",
  short_year: "short year: {shown}",
  number: "number: {shown}",
  thousands: "two readings: {shown}",
  boolean: "yes or no: {shown}",
};

/** Read a row written as { column: cell }. */
function read(row) {
  const table = readHeader(Object.keys(row), LIST);
  return readRow(Object.values(row), table, LIST, WORDS);
}

describe("a day", () => {
  const first = (text) => {
    const { situation, errors } = read({ Début: text });
    return errors.debut ?? situation.debut;
  };

  test("is read as a French reader or a spreadsheet writes it", () => {
    for (const text of [
      "01/03/2026",
      "1/3/2026",
      "01.03.2026",
      "01-03-2026",
      "1er mars 2026",
      "1 MARS 2026",
      "2026-03-01",
      "2026-3-1",
      "2026-03-01T00:00:00Z",
      "01/03/2026 00:00",
    ]) {
      assert.equal(first(text), "2026-03-01", text);
    }
  });

  test("is read in every month that has an accent", () => {
    assert.equal(first("28 février 2026"), "2026-02-28");
    assert.equal(first("15 août 2026"), "2026-08-15");
    assert.equal(first("31 décembre 2026"), "2026-12-31");
  });

  test("counts the day before the month, and never the other way round", () => {
    assert.equal(first("03/04/2026"), "2026-04-03");
    assert.equal(first("12/31/2026"), "date: 12/31/2026");
  });

  test("that is in no calendar is refused", () => {
    assert.equal(first("29/02/2024"), "2024-02-29");
    for (const text of ["29/02/2026", "31/04/2026", "00/01/2026", "2026-13-01", "1 marche 2026"]) {
      assert.equal(first(text), `date: ${text}`, text);
    }
  });

  test("with two digits of a year is refused for that", () => {
    assert.equal(first("01/03/26"), "short year: 01/03/26");
  });

  test("that is asked for and empty is refused; the cell that is refused stays as it is", () => {
    assert.equal(read({ Début: " " }).errors.debut, "empty");
    assert.equal(read({ Début: "demain" }).situation.debut, "demain");
  });
});

describe("a number", () => {
  const hours = (text) => {
    const { situation, errors } = read({ Heures: text });
    return errors.heures ?? situation.heures;
  };

  test("has a comma or a point, and spaces between thousands", () => {
    assert.equal(hours("12,5"), 12.5);
    assert.equal(hours("12.5"), 12.5);
    assert.equal(hours("1 607"), 1607);
    assert.equal(hours("1\u202f607,25"), 1607.25);
    assert.equal(hours("1\u00a0607"), 1607);
    assert.equal(hours("-3"), -3);
  });

  test("that two readers read in two ways is refused", () => {
    for (const text of ["1.500", "1.500,00", "1,500.00", "1,500,000"]) {
      assert.equal(hours(text), `two readings: ${text}`, text);
    }
  });

  test("with a unit, or with words, is refused", () => {
    for (const text of ["35 h", "12,", "1e3", "douze"]) {
      assert.equal(hours(text), `number: ${text}`, text);
    }
  });

  test("left empty is no answer, not a zero", () => {
    assert.ok(!("heures" in read({ Heures: "" }).situation));
  });
});

describe("yes and no", () => {
  const answer = (text) => {
    const { situation, errors } = read({ "En règle": text });
    return errors.regle ?? situation.regle;
  };

  test("are read in the ways of spreadsheets", () => {
    for (const text of ["oui", "OUI", "o", "x", "X", "vrai", "TRUE", "1"]) {
      assert.equal(answer(text), true, text);
    }
    for (const text of ["non", "Non", "n", "faux", "FALSE", "0", ""]) {
      assert.equal(answer(text), false, text);
    }
  });

  test("are not guessed", () => assert.equal(answer("peut-être"), "yes or no: peut-être"));
});

describe("a choice", () => {
  const structure = (text) => read({ Structure: text }).situation.structure;

  test("is known by its code, its name, its acronym, its name without the acronym", () => {
    for (const text of [
      "aci",
      "ACI",
      "Atelier et chantier d'insertion (ACI)",
      "atelier et chantier d’insertion",
    ]) {
      assert.equal(structure(text), "aci", text);
    }
  });

  test("that is not known goes to the calculator as it is, which refuses it", () => {
    assert.equal(structure("SIAE"), "SIAE");
  });

  test("may be « Je ne sais pas », as may a yes or no that may be left out", () => {
    const options = [
      ["ei", ["Entreprise d'insertion (EI)"]],
      ["inconnu", ["Je ne sais pas"]],
    ];
    const doubt = options.slice(1);
    const columns = [
      { path: "a", label: "A", kind: "choice", required: true, options },
      { path: "b", label: "B", kind: "boolean", required: false, options: doubt },
      { path: "c", label: "C", kind: "boolean", required: true, options: [] },
    ];
    const list = { columns, families: {} };
    const row = ["je ne sais pas", "Je ne sais pas", "je ne sais pas"];
    const { situation, errors } = readRow(row, readHeader(["A", "B", "C"], list), list, WORDS);
    assert.deepEqual([situation.a, situation.b], ["inconnu", "inconnu"]);
    assert.deepEqual(errors, { c: "yes or no: je ne sais pas" });
  });

  test("that would mean two codes means none", () => {
    const options = [
      ["one", ["Premier (X)"]],
      ["two", ["Second (X)"]],
    ];
    const column = { path: "a", label: "A", kind: "choice", required: false, options };
    const list = { columns: [column], families: {} };
    const table = readHeader(["A"], list);
    assert.equal(readRow(["X"], table, list, WORDS).situation.a, "X");
    assert.equal(readRow(["premier"], table, list, WORDS).situation.a, "one");
  });
});

describe("several choices in a cell", () => {
  const criteria = (text) => read({ Critères: text }).situation.criteres;

  test("are parted by semicolons, bars, lines, commas, slashes or spaces", () => {
    for (const text of ["rsa;senior", "rsa|senior", "rsa\nsenior", "rsa, senior", "rsa/senior"]) {
      assert.deepEqual(criteria(text), ["rsa", "senior"], text);
    }
    assert.deepEqual(criteria("rsa senior"), ["rsa", "senior"]);
  });

  test("may have a comma in their own name", () => {
    assert.deepEqual(criteria("Parent isolé, sans emploi; rsa"), ["parent", "rsa"]);
    assert.deepEqual(criteria("Parent isolé, sans emploi"), ["parent"]);
  });

  test("count once, and none where the cell says « aucun » or nothing", () => {
    assert.deepEqual(criteria("rsa; RSA; Bénéficiaire du RSA"), ["rsa"]);
    assert.deepEqual(criteria("Aucun"), []);
    assert.deepEqual(criteria(""), []);
  });

  test("that are not known are told by their whole name", () => {
    assert.deepEqual(criteria("rsa; habite en zone rurale"), ["rsa", "habite en zone rurale"]);
  });
});

describe("a header", () => {
  test("is known by labels and by paths, accents and capitals aside", () => {
    const { columns } = readHeader(["DEBUT", "heures", "Période 2 : début"], LIST);
    assert.deepEqual(
      columns.map(({ path }) => path),
      ["debut", "heures", "periodes.2.debut"],
    );
  });

  test("tells what it ignores, what is there twice, and what an earlier answer added", () => {
    const header = ["Début", "Couleur", "debut", "Résultat : verdict", "", "Référence"];
    const added = ["Résultat : verdict"];
    const table = readHeader(header, LIST, { added });
    assert.deepEqual([table.ignored, table.unnamed], [[1], [4]]);
    assert.deepEqual(table.twice, [["Début", 0, 2]]);
    assert.deepEqual(table.added, [3]);
    assert.equal(table.reference, 5);
    assert.equal(known(header, LIST, added), 3);
  });

  test("tells the required columns that are not there, of the records begun only", () => {
    assert.deepEqual(readHeader(["Heures"], LIST).missing, ["Début", "En règle"]);
    const { missing } = readHeader(["Début", "En règle", "Période 3 : fin"], LIST);
    assert.deepEqual(missing, ["Période 3 : début"]);
  });
});

describe("the rows of a group", () => {
  const periods = {
    Début: "01/03/2026",
    "Période 10 : début": "01/10/2025",
    "Période 2 : début": "01/02/2025",
    "Période 2 : longue": "oui",
    "Période 5 : début": "",
    "Période 5 : longue": "non",
  };

  test("are in the order of their numbers; one that says nothing, or only « non », is none", () => {
    const { situation } = read(periods);
    assert.deepEqual(situation.periodes, [
      { debut: "2025-02-01", longue: true },
      { debut: "2025-10-01" },
    ]);
  });

  test("are named by the page as the file numbers them", () => {
    const { places } = read(periods);
    assert.equal(columnName("periodes.1.debut", places, LIST), "Période 10 : début");
    assert.equal(columnName("periodes.0.fin", places, LIST), "Période 2 : fin");
    assert.equal(columnName("periodes", places, LIST), "Périodes");
    assert.equal(columnName("autre", places, LIST), "autre");
  });

  test("have their own errors, by the path of the contract", () => {
    const { errors } = read({ "Période 7 : début": "demain" });
    assert.deepEqual(errors, { "periodes.0.debut": "date: demain" });
  });

  test("of a record that is left empty is no record", () => {
    assert.ok(!("contrat" in read({ "Contrat, fin": "" }).situation));
    assert.deepEqual(read({ "Contrat, fin": "2026-01-31" }).situation.contrat, {
      fin: "2026-01-31",
    });
  });
});

test("a long cell is cut where it is repeated, not where it is kept", () => {
  const text = "a".repeat(50);
  const { situation, errors } = read({ Heures: text });
  assert.equal(errors.heures, `number: ${"a".repeat(40)}…`);
  assert.equal(situation.heures, text);
});

test("the address of a row holds its answers after the #, lists and groups included", () => {
  const { situation } = read({
    Début: "01/03/2026",
    Critères: "rsa;senior",
    "Période 1 : début": "1/1/2025",
  });
  const found = address("pass_iae", situation);
  const [page, text] = found.split("#");
  assert.equal(page, "../pass_iae/");
  assert.deepEqual(
    [...new URLSearchParams(text)].sort(),
    [
      ["criteres", "rsa"],
      ["criteres", "senior"],
      ["debut", "2026-03-01"],
      ["periodes.0.debut", "2025-01-01"],
    ].sort(),
  );
});

test("names are compared without accents, capitals, signs and double spaces", () => {
  assert.equal(plain("  Cœur  d’ÉTÉ (n° 2) "), "coeur d ete n 2");
});

test("a sentence keeps the names it has no value for", () => {
  assert.equal(say("{a} sur {b}", { a: 0 }), "0 sur {b}");
});
