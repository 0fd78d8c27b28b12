// The publisher wants no cache: a browser that has one deletes it, and unregisters the worker.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const folder = new URL(registration.scope).pathname;
      for (const name of await caches.keys()) {
        const ours = /^site-(kept|newer):/.test(name) && name.endsWith(`:${folder}`);
        if (ours || name.startsWith("engine-")) await caches.delete(name);
      }
      await registration.unregister();
    })(),
  );
});
