// The one policy of Trusted Types: a text never becomes HTML, and only our workers are addresses.
// Whoever starts a worker imports it (generator/publish/security_headers.py says what the policy of the site refuses).

/** The address of the site's home page. */
export const SITE = new URL("../../..", import.meta.url);
const WORKER = /(^|\/)(sw|worker|pagefind-worker)\.js$/;

globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL(/** @type {string} */ text) {
    const url = new URL(text, document.baseURI);
    const known = url.origin === SITE.origin && url.pathname.startsWith(SITE.pathname);
    return known && WORKER.test(url.pathname) ? url.href : null;
  },
});
