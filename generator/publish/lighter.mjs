// What pages load, made lighter: `node lighter.mjs GIVEN`, a JSON file as `lighter.py` writes it.
// Prints `{ theme, site, scripts }`, where each text of what was given is made smaller.
//
// The theme's sheet styles many components that this site never shows: a selector stays only if a page
// or a script names its classes, a variable only if something reads it.
import { readFileSync } from "node:fs";
import esbuild from "esbuild-wasm";
import postcss from "postcss";

/** @type {{ theme: string, site: string, scripts: Record<string, string>, names: string[] }} */
const given = JSON.parse(readFileSync(process.argv[2], "utf8"));

const small = async (/** @type {string} */ text, /** @type {"css" | "js"} */ loader) =>
  (await esbuild.transform(text, { loader, minify: true, charset: "utf8", legalComments: "none" }))
    .code;

/** @type {Record<string, string>} */
const scripts = {};
for (const [path, text] of Object.entries(given.scripts)) scripts[path] = await small(text, "js");

// A script may make a name of any of its words: all of them count, but those of its comments.
const named = new Set([
  ...given.names,
  ...(Object.values(scripts)
    .join(" ")
    .match(/[\w-]+/g) ?? []),
]);
/** What a selector needs: classes, and the values of attributes that only the theme's pages carry. */
const NEEDS = /\.([\w-]+)|\[(?:data-md-[\w-]+|dir)=["']?([\w-]+)/g;
const stays = (/** @type {string} */ selector) =>
  [...selector.replace(/:not\([^)]*\)/g, "").matchAll(NEEDS)].every((need) =>
    named.has(need[1] ?? need[2]),
  );

const theme = postcss.parse(given.theme);
theme.walkRules((rule) => {
  const kept = rule.selectors.filter(stays);
  if (kept.length === 0) rule.remove();
  else rule.selectors = kept;
});
for (let gone = true; gone; ) {
  gone = false;
  const read = new Set(`${theme}${given.site}`.match(/(?<=var\(\s*)--[\w-]+/g));
  theme.walkDecls(/^--/, (declaration) => {
    if (read.has(declaration.prop) || named.has(declaration.prop)) return;
    declaration.remove();
    gone = true; // which may have been the only one to read another
  });
}

const sheets = { theme: await small(`${theme}`, "css"), site: await small(given.site, "css") };
process.stdout.write(JSON.stringify({ ...sheets, scripts }));
