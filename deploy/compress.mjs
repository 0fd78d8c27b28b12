// Write FILE.gz and FILE.br beside each file of a folder that shrinks: nginx sends them as they are.
//
//     node deploy/compress.mjs build/site
//
// Not a part of the build: it takes a minute, and a host of static files often does it by itself.

import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const DONE = /\.(gz|br|png)$/;
const WORTH = 0.95; // of the size: below, sending the file as it is costs no more
const WAYS = {
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
};

/** Compress one file in both ways; its copies keep its date, which is sent to browsers. */
async function compress(path) {
  const bytes = await readFile(path);
  const { atime, mtime } = await stat(path);
  for (const [suffix, way] of Object.entries(WAYS)) {
    const target = `${path}.${suffix}`;
    const smaller = await way(bytes);
    if (smaller.length < bytes.length * WORTH) {
      await writeFile(target, smaller);
      await utimes(target, atime, mtime);
    } else {
      await rm(target, { force: true });
    }
  }
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Nommez le dossier : node deploy/compress.mjs build/site");
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile() && !DONE.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const turns = Array.from({ length: availableParallelism() }, async () => {
  while (paths.length) await compress(paths.pop());
});
await Promise.all(turns);
