// What crosses the scripts of the site, and what they use that TypeScript does not know of.
// Read by tsconfig.json, never published. In JSDoc: `@param {Contract.Result} result`.

/** What the calculators are asked and answer: `calculators/bridge.py` says it in full. Days are ISO. */
declare namespace Contract {
  type Answer =
    | { type: "result"; result: Result; errors?: undefined; message?: undefined }
    | { type: "invalid"; errors: Errors; result?: undefined; message?: undefined }
    | { type: "unknown" | "error"; message: string; result?: undefined; errors?: undefined };
  /** Codes, numbers, booleans, ISO dates, lists and records of them, by field. */
  type Situation = Record<string, any>;
  /** Messages by field; a field is a dotted path, `periodes.0.fin`. */
  type Errors = Record<string, string>;
  type Basis = "loi" | "pratique" | "lecture" | "a_verifier";

  /** `quote`: the decisive words of the text, to the letter. */
  interface Source {
    title: string;
    url: string | null;
    quote?: string;
  }

  /** What stands beside anything that is cited; `since`: the day from which it holds. */
  interface Cited {
    basis: Basis;
    rule: string;
    since: string;
    source: Source;
    note: string | null;
  }

  interface Reason extends Cited {
    id: string;
    text: string;
    status: "met" | "unmet" | "info";
    value: unknown;
  }

  interface Proof extends Cited {
    criterion: string;
    title: string;
    document: string;
    validity: string | null;
  }

  interface Milestone {
    id: string;
    label: string;
    date: string;
  }

  /** A period, both days included. */
  interface Span {
    id: string;
    kind: string;
    label: string;
    debut: string;
    fin: string;
  }

  interface Result {
    verdict: string;
    summary: string;
    values: Record<string, any>;
    reasons: Reason[];
    proofs: Proof[];
    not_checked: string[];
    dates: Milestone[];
    periods: Span[];
    /** Whether the dates say that a criterion is met; those that they do not decide are not there. */
    deduced: Record<string, boolean>;
    /** What is odd and may be right, by field: a sentence to read beside it. */
    doubts: Errors;
    rules: { version: string; checked: string };
    /** What is possible, or not, of the simulators that say so. */
    options?: Option[];
  }

  interface Option extends Cited {
    id: string;
    label: string;
    status: "possible" | "sous_conditions" | "plus_tard" | "impossible";
    from: string | null;
    until: string | null;
    papers: string[];
  }
}

/** What `shared/engine.js` tells the page. */
declare namespace Engines {
  type State = "loading" | "ready" | "computing" | "failed";

  /** `done` of `total`: steps of a start; in `download`, bytes on the line. `reload`: only another page starts the engine again. */
  interface Detail {
    done?: number;
    total?: number;
    download?: { done: number; total: number };
    message?: string;
    reload?: boolean;
    versions?: Record<string, unknown>;
  }

  /** What the worker says. `restored`: there is nothing that this browser should keep for the next start. */
  type Message =
    | Reply
    | { type: "progress"; done: number; total: number }
    | { type: "download"; done: number; total: number }
    | { type: "failed"; message: string; missing?: boolean }
    | { type: "ready"; versions: Record<string, unknown>; restored: boolean };
  type Reply = { id: string | number; response: string };

  interface Options {
    runtime: string;
    onState: (state: State, detail: Detail) => void;
    onResponse: (response: any) => void;
    messages?: Partial<Record<"worker" | "updated" | "slow" | "stalled" | "unsupported", string>>;
  }
}

declare namespace Journeys {
  /** Where the reader stands: no door yet; or a door and the number of a step, or its answer. */
  interface View {
    door: string;
    step: number | "answer";
  }
  /** By fact, the controls that write it: the rest of the path after the field, and the value. */
  type Facts = Record<string, [rest: string, value: string][]>;
}

/** The list of a spreadsheet: what the page says of it, and what is read. */
declare namespace Lists {
  interface Column {
    path: string;
    label: string;
    kind: string;
    required: boolean;
    /** Each code, and the ways of writing it. */
    options: [code: string, names: string[]][];
  }

  /** A column of the file: its place in a row, and the code of each answer. */
  interface Known extends Column {
    index: number;
    answers: Map<string, string | undefined>;
  }

  interface List {
    columns: Column[];
    families: Record<string, { label: string; many: boolean; required: boolean }>;
  }

  interface Table {
    columns: Known[];
    sets: { path: string; columns: Known[] }[];
    reference?: number;
    added: number[];
    ignored: number[];
    /** Columns without a name: they may hold something. */
    unnamed: number[];
    twice: [label: string, first: number, second: number][];
    missing: string[];
    /** Whether the days written as numbers count from 1904. */
    date1904?: boolean;
  }

  /** A row of a file: its number in it, from 1, and its cells as texts. */
  interface Line {
    number: number;
    cells: string[];
  }

  /** Cells shown as one: rows are numbered from 1, columns from 0, both ends included. */
  interface Merge {
    top: number;
    left: number;
    bottom: number;
    right: number;
  }

  interface Sheet {
    name: string;
    hidden: boolean;
    rows: Line[];
    merges: Merge[];
    hiddenRows: number;
  }

  interface Book {
    sheets: Sheet[];
    date1904?: boolean;
    encoding?: string;
  }

  /** An answer that the page gives to the rows without one; `shown` is how it reads in a sentence: « le 15 janvier 2026 ». */
  interface Default {
    path: string;
    label: string;
    value: string;
    shown: string;
  }

  /** What is read: a file or a text; and how: the sheet, what columns are, the names of answers. */
  interface Given {
    bytes?: Uint8Array;
    text?: string;
    specification: List;
    words: Words;
    sheet?: number;
    decided?: Words;
    defaults?: Default[];
    added?: string[];
    /** Ask what the columns are, even where nothing is unsure. */
    review?: boolean;
  }

  interface Libraries {
    Papa: any;
    fflate: any;
    Parser: any;
  }

  interface Row {
    situation: Contract.Situation;
    errors: Words;
    places: Words;
    remarks: string[];
  }

  /** A column that the reader says the use of; `open`: nothing is calculated before. */
  interface Question {
    key: string;
    letter: string;
    name: string;
    examples: string[];
    path: string;
    open: boolean;
  }

  interface Questions {
    messages: string[];
    columns: Question[];
    choices: [path: string, label: string][];
    missing: string[];
  }

  /** A list that is read, or the questions to ask before. */
  interface Reading {
    questions?: Questions;
    header?: string[];
    table?: Table;
    rows?: (Row & Line & { reference: string })[];
    notes: string[];
    sheets: { name: string; hidden: boolean; rows: number }[];
    sheet: number;
  }

  type Words = Record<string, string>;
  type Read = { value?: unknown; error?: string; remark?: string };
}

/** The board of a team. Days are ISO. */
declare namespace Team {
  /** A contract, both days included; `contrat`: its kind, where the file says it. */
  interface Hire {
    debut: string;
    fin?: string;
    contrat?: string;
    structure?: string;
    employer?: string;
  }

  /** A row of a file. `facts` are those of the calculator `suivi`; `errors` are sentences. */
  interface Row {
    file: string;
    number: number;
    source: "export" | "list";
    reference: string;
    pass: string;
    name: string;
    structure?: string;
    employerKind: string;
    employer: string;
    status: string;
    passStatus?: string;
    hire?: Hire;
    /** A contract without its first day. */
    halved?: boolean;
    /** Hours of a contract whose kind is not said. */
    kindless?: boolean;
    facts: Record<string, any>;
    exit?: string;
    hours?: number;
    posts?: number;
    errors: string[];
  }

  /** The rows that are one person; `conflicts`: sentences on facts that they give differently. */
  interface Person {
    pass: string;
    reference: string;
    name: string;
    rows: Row[];
    conflicts: string[];
  }

  /** What is asked about a person, or why nothing is: `refused` rows, or what is `waiting`. */
  interface Asked {
    situation?: Contract.Situation;
    hires: Hire[];
    /** The file says that the PASS IAE is suspended, perhaps not since when. */
    suspended: boolean;
    refused: string[];
    waiting?: string;
  }

  /** `before`: the day that makes it urgent, where it has no date of its own. */
  interface Alert {
    kind: string;
    date?: string;
    before?: string;
    text: string;
  }

  /** `labels`: the question of each field of the calculator; `suspensionMonths`: a dated rule. */
  interface Context {
    today: string;
    words: Lists.Words;
    labels: Record<string, string>;
    suspensionMonths: number;
  }

  /** A person of the board; `position`: her place among all, from 1. */
  interface Entry {
    person: Person;
    asked: Asked;
    position: number;
    alerts: Alert[];
    urgency: number;
    passEnd?: string;
  }

  interface Line {
    id: string;
    records: Entry[];
    value?: number;
  }

  /** A value of `data/rules/`, from a day on, both days included. */
  interface Dated {
    since: string;
    until: string | null;
    value: any;
  }

  /** The dated rules of the yearly count, oldest values first: `generator/pages/team.py` gives them. */
  interface Counting {
    months: Dated[];
    monthsADay: Dated[];
    hours: Dated[];
    fullTime: Dated[];
  }
}

/** What the workshop is asked and answers: `generator/workshop/service.py` says it in full. */
declare namespace Editing {
  interface Reference {
    kind: string;
    file: string;
    part: string;
  }

  /** `names`: for each kind of name, its ids and their titles. `new`: what a new entry is called, if any may be. */
  interface Catalogue {
    kinds: { kind: string; title: string; new: string | null; entries: Listed[] }[];
    names: Record<string, Record<string, string>>;
    /** The kinds of links that a text may hold; `names` is one of those above. */
    links: { kind: string; title: string; names: string }[];
    /** Whether the pages written by hand are there. */
    pages: boolean;
    repository: string | null;
    contact: string | null;
  }

  /** What the fields of a form share. */
  interface Context {
    names: Catalogue["names"];
    links: Catalogue["links"];
  }

  /** A text, and what is selected in it. */
  interface Selected {
    text: string;
    start: number;
    end: number;
  }

  interface Listed {
    file: string;
    part: string;
    id: string;
    title: string;
    group?: string;
  }

  /** `known`: the entry is in its file; `title`: what a new one was called. */
  interface Entry extends Reference {
    exists: boolean;
    known: boolean;
    title?: string;
    /** The kind of the names that may take its place; null when it keeps its own. */
    movable: string | null;
    schema: Schema;
    value: any;
    /** What the draft that was sent becomes, now that the site may have moved. */
    draft?: {
      value: any;
      conflicts: Conflict[];
      moved: boolean;
      held: boolean;
      gone: boolean;
      /** What the draft holds and the form no longer does. */
      homeless: string[];
    };
  }

  /** Another name, or the end: `instead` is the entry that takes its place, or empty. */
  type Move = { name: string } | { instead: string };

  /** `base`: the entry as the draft found it. `day`, `proposed`: ISO days of its last change, of the forge. */
  interface Draft extends Reference {
    value: unknown;
    base?: unknown;
    title?: string;
    day?: string;
    proposed?: string;
    conflicts?: Conflict[];
    /** Whether it is proposed with others; without it, one of today is. */
    together?: boolean;
    move?: Move;
  }

  /** What both sides have changed; null is what one of them has taken away. */
  interface Conflict {
    field: Path;
    mine: unknown;
    theirs: unknown;
  }

  /** `field`: the keys and places that lead to the value, from the root of the form. */
  interface Mistake {
    field: Path | null;
    message: string;
    line: number;
    column: number;
    warning: boolean;
  }
  type Path = (string | number)[];

  interface Written {
    file: string;
    text: string;
    changed: boolean;
    diff: { mark: string; text: string }[];
    mistakes: Mistake[];
    others: string[];
    understood: { field: Path; text: string }[];
    page: { nodes: Node[] } | null;
    /** All that the proposal changes. */
    files: {
      file: string;
      title: string;
      /** Null for one that goes. */
      text: string | null;
      diff: Written["diff"];
      forge: { way: "fresh" | "long" | "known"; address: string } | null;
    }[];
    /** Those that were chosen on the device: they go beside the files. */
    pictures: { name: string; upload: string | null }[];
    message: Message;
  }

  /** `changes`: in French, « {site} » for the address of the site; `files`: for the command `receive`. */
  interface Message {
    subject: string;
    changes: string;
    files: string;
    name: string;
  }

  /** A text, or an element: its tag, its attributes, and what is in it. */
  type Node = string | [tag: string, attributes: Record<string, string>, ...inside: any[]];

  /** The part of JSON Schema that forms are made from; `labels`, `names` and `newestFirst` are ours. */
  interface Schema {
    $defs?: Record<string, Schema>;
    $ref?: string;
    anyOf?: Schema[];
    oneOf?: Schema[];
    type?: string;
    format?: string;
    title?: string;
    description?: string;
    examples?: unknown[];
    enum?: string[];
    minLength?: number;
    maxLength?: number;
    contentMediaType?: string;
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
    labels?: Record<string, string>;
    names?: string;
    newestFirst?: boolean;
    /** Whether today is proposed. */
    today?: boolean;
    /** Whether a file of the device may be chosen. */
    upload?: boolean;
  }
}

// What browsers have

/** What a selector finds: which element it is, the templates decide. A property that none has is refused. */
type Found = HTMLElement &
  Pick<HTMLInputElement, "value" | "checked" | "disabled" | "type" | "name" | "labels" | "select"> &
  Pick<HTMLSelectElement, "options"> &
  Pick<HTMLFormElement, "elements" | "reset"> &
  Pick<HTMLDetailsElement, "open"> &
  Pick<HTMLTemplateElement, "content"> &
  Pick<HTMLTimeElement, "dateTime"> &
  Pick<HTMLAnchorElement, "href" | "target" | "rel" | "download"> &
  Pick<HTMLProgressElement, "max">;

interface ParentNode {
  querySelector(selectors: string): Found;
  querySelectorAll(selectors: string): NodeListOf<Found>;
}

/** A listener on a document or a form hears of its elements. */
interface EventTarget {
  closest(selectors: string): Found;
}

interface Element {
  closest(selectors: string): Found;
}

/** The controls of a form, by name: any kind of control, or of group. */
interface HTMLFormControlsCollection {
  [Symbol.iterator](): ArrayIterator<any>;
  namedItem(name: string): any;
  [name: string]: any;
}

/** Forms of this site hold no file to send. */
interface FormData {
  [Symbol.iterator](): FormDataIterator<[string, string]>;
}

/** The one element of a template, where it is copied. */
interface DocumentFragment {
  readonly firstElementChild: HTMLElement;
}

interface HTMLElement {
  cloneNode(deep: boolean): this;
}

interface Navigator {
  connection?: { saveData: boolean; effectiveType: string };
}

interface WindowEventMap {
  "calculator:result": CustomEvent<Contract.Answer>;
  "calculator:ready": CustomEvent;
}

declare var trustedTypes: { createPolicy(name: string, rules: object): object } | undefined;
declare function importScripts(...addresses: string[]): void;

// Libraries and files that the build publishes beside the scripts

declare module "*/vendor/ical.js/ical.min.js";
declare module "*/vendor/saxen/index.js";
declare module "*/engine_files.js" {
  export const FILES: Record<string, unknown>;
  export const FOLDER: URL;
}
declare const Papa: any;
declare const fflate: any;
