// The one policy of Trusted Types: a text never becomes HTML, and only our workers are addresses.
// Whoever starts a worker imports it (generator/publish/security_headers.py says what the policy of the site refuses).

const BASE = new URL("..", import.meta.url);
const WORKER = /(^|\/)(sw|worker|batch_worker|pagefind-worker)\.js$/;

globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL(text) {
    const url = new URL(text, document.baseURI);
    const known = url.origin === BASE.origin && url.pathname.startsWith(BASE.pathname);
    return known && WORKER.test(url.pathname) ? url.href : null;
  },
});
