// The memory of a started Python, saved by this browser for its next visit. It holds no answer.

const PREFIX = "engine-snapshot-";
/** The folder of an engine is named after its content: a snapshot serves that engine only. */
export const FOLDER = new URL(".", import.meta.url);
const NAME = PREFIX + FOLDER.pathname.split("/").at(-2);
const ADDRESS = new URL("snapshot", FOLDER);
const PAGE = 4096; // bytes
/** Free space that saving a snapshot requires, in sizes of it: the browser may need room of its own. */
const ROOM = 4;

/** Tell whether a snapshot may be saved: its content is not read. */
export async function mayExist() {
  try {
    return await caches.has(NAME);
  } catch {
    return false; // storage is refused, or there is none: a page without https
  }
}

/** Return the saved memory, or undefined if there is none or it is damaged. */
export async function load() {
  try {
    const response = await caches.match(ADDRESS, { cacheName: NAME });
    if (!response) return undefined;
    const bytes = await response.arrayBuffer();
    if ((await digest(bytes)) === response.headers.get("X-SHA-256")) return unpacked(bytes);
  } catch {
    // Storage is refused, or its content cannot be read.
  }
  await forget();
  return undefined;
}

/** Save a memory, and delete those of other engines. Without storage or space, save nothing. */
export async function save(memory) {
  try {
    const bytes = await packed(memory);
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX)) await caches.delete(name);
    }
    // Not every browser tells how much room there is: then it refuses, or not.
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
    if (quota - usage < ROOM * bytes.byteLength) return;
    const headers = { "X-SHA-256": await digest(bytes) };
    const cache = await caches.open(NAME);
    await cache.put(ADDRESS, new Response(bytes, { headers }));
  } catch {
    await forget();
  }
}

/** Delete the saved memory. */
export async function forget() {
  try {
    await caches.delete(NAME);
  } catch {
    // Storage is refused: nothing was saved.
  }
}

/** Pack a memory without its empty pages, half of it: its size, the number of pages, their starts, they. */
function packed(memory) {
  const starts = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    if (memory.subarray(start, start + PAGE).some(Boolean)) starts.push(start);
  }
  const pages = starts.map((start) => memory.subarray(start, start + PAGE));
  return new Blob([
    Uint32Array.of(memory.length, starts.length, ...starts),
    ...pages,
  ]).arrayBuffer();
}

function unpacked(bytes) {
  const [size, count] = new Uint32Array(bytes, 0, 2);
  const memory = new Uint8Array(size);
  const pages = new Uint8Array(bytes, 4 * (2 + count));
  new Uint32Array(bytes, 8, count).forEach((start, index) => {
    memory.set(pages.subarray(index * PAGE, (index + 1) * PAGE), start);
  });
  return memory.buffer;
}

async function digest(bytes) {
  return base64(await crypto.subtle.digest("SHA-256", bytes));
}

/** Write bytes as integrity attributes do. */
export function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
