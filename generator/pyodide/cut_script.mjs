// Keep of Pyodide's script what something reaches: it can drive a screen, a sound card and compiled
// packages, and the interpreter, once cut, imports a tenth of it.
import { parse } from "acorn";

/** A piece of the script: what it declares or completes, what it names. @typedef {{ start: number, end: number, name?: string, names: Set<string> }} Piece */

/**
 * Return the script without the functions and values that nothing reaches.
 * @param {string} script @param {Set<string>} imported what the interpreter imports
 * @param {Set<string>} words those of the script that starts it
 */
export function cutScript(script, imported, words) {
  const body = longestBody(parse(script, { ecmaVersion: "latest", sourceType: "module" }));
  const dropped = body.flatMap((statement) => unusedImports(statement, imported));
  const isDropped = ({ start, end }) => dropped.some((one) => one.start <= start && end <= one.end);
  /** @type {Piece[]} */
  const pieces = body.flatMap(piecesOf).map(({ node, name, start, end }) => {
    return { name, start, end, names: namesOf(node, isDropped) };
  });
  /** @type {Map<string, Piece[]>} */
  const owned = new Map();
  for (const one of pieces) owned.set(one.name, [...(owned.get(one.name) ?? []), one]);
  const isRoot = ({ name }) => !name || (name.startsWith(".") && words.has(name.slice(1)));
  const reached = new Set(pieces.filter(isRoot));
  for (const piece of reached) {
    // A set is walked through with what is added to it meanwhile.
    for (const name of piece.names) for (const one of owned.get(name) ?? []) reached.add(one);
  }
  const lost = [...dropped, ...pieces.filter((piece) => !reached.has(piece))];
  let [text, at] = ["", 0];
  for (const { start, end } of lost.sort((one, other) => one.start - other.start)) {
    if (start < at) continue;
    text += script.slice(at, start);
    at = end;
  }
  return text + script.slice(at);
}

/** The whole of the script is one function. */
function longestBody(tree) {
  let longest = [];
  walk(tree, (node) => {
    if (node.type === "BlockStatement" && node.body.length > longest.length) longest = node.body;
  });
  return longest;
}

/** Cut a statement into what may go alone; without `name`, it stays. */
function piecesOf(statement) {
  const { type, start, end } = statement;
  const whole = { node: statement, start, end };
  if (type === "FunctionDeclaration") return [{ ...whole, name: statement.id.name }];
  if (type === "VariableDeclaration" && statement.declarations.length === 1) {
    const [{ id, init }] = statement.declarations;
    if (id.type === "Identifier" && init && isInert(init)) return [{ ...whole, name: id.name }];
  }
  if (type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") {
    // `_free.sig = "vp"` goes with `_free`.
    const { left, right } = statement.expression;
    const { object, property } = left;
    const isOwn = left.type === "MemberExpression" && object.type === "Identifier";
    // `Module["FS"] = FS` is needed by who reads `.FS`.
    const isGiven = isOwn && object.name === "Module" && right.type === "Identifier";
    if (isGiven && property.type === "Literal")
      return [{ ...whole, node: right, name: `.${property.value}` }];
    if (isOwn && PROPERTIES.has(property.name) && isInert(right))
      return [{ ...whole, name: object.name }];
  }
  return [whole];
}

const PROPERTIES = new Set(["sig", "isAsync", "stub"]);

/** Whether making this value does nothing else. */
function isInert(node) {
  if (/^(Literal|FunctionExpression|ArrowFunctionExpression|Identifier)$/.test(node.type))
    return true;
  if (node.type === "ArrayExpression") return node.elements.every((one) => one && isInert(one));
  if (node.type === "UnaryExpression") return isInert(node.argument);
  if (node.type !== "ObjectExpression") return false;
  return node.properties.every(
    (one) => one.type === "Property" && !one.computed && isInert(one.value),
  );
}

/** The entries of `wasmImports` that the interpreter does not import, each with its comma. */
function unusedImports(statement, imported) {
  if (statement.type !== "VariableDeclaration") return [];
  const { id, init } = statement.declarations[0];
  if (id.name !== "wasmImports") return [];
  return init.properties.flatMap(({ key, start }, index) => {
    const next = init.properties[index + 1];
    return imported.has(key.name ?? key.value) ? [] : [{ start, end: next?.start ?? init.end - 1 }];
  });
}

/** The names that a node may read, and properties after a dot: too many, never too few. */
function namesOf(node, isDropped) {
  const names = new Set();
  walk(node, (one) => {
    if (isDropped(one)) return false;
    if (one.type === "Identifier") names.add(one.name).add(`.${one.name}`);
    if (one.type === "Literal") names.add(`.${one.value}`);
    if (one.type === "MemberExpression" && !one.computed) names.add(`.${one.property.name}`);
    if (one.type === "Property" && !one.computed) names.add(`.${one.key.name ?? one.key.value}`);
    return true;
  });
  return names;
}

function walk(node, visit) {
  if (visit(node) === false) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "property" && !node.computed) continue;
    if (key === "key" && !node.computed && !node.shorthand) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one?.type === "string") walk(one, visit);
    }
  }
}
