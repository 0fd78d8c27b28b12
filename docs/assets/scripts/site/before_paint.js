// What is settled before a page is painted. A plain script, at the head of each page: the policy of
// the site (generator/publish/security_headers.py) runs no script that is written in a page.

// What the theme's script asks for. Where storage is refused, nothing is kept.

var __md_scope = new URL("../../..", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/** Return what the theme keeps under a name, or null. */
function __md_get(key, storage, scope = __md_scope) {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
}

/** Keep a value of the theme under a name. */
function __md_set(key, value, storage, scope = __md_scope) {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // The choice holds for this page.
  }
}

{
  const root = document.documentElement;

  // The colours that were chosen, else those of the device: the theme's script comes too late.
  const chosen = __md_get("__palette")?.color;
  const dark =
    chosen?.media && chosen.media !== "(prefers-color-scheme)"
      ? chosen.media.includes("dark")
      : matchMedia("(prefers-color-scheme: dark)").matches;
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
  }).observe(root, { childList: true });

  // The frame of another site shows a calculator or the directory, asked for with `embed=1`, nothing else.
  // Headers see to that where the host sends them; this does where it cannot.
  const framed = self !== top;
  if (new URLSearchParams(location.search).get("embed") === "1") root.dataset.embed = "";
  else if (framed) root.dataset.framed = "";
  document.addEventListener("DOMContentLoaded", () => {
    if ("embed" in root.dataset && document.querySelector("[data-frame]")) return;
    delete root.dataset.embed;
    if (!framed) return;
    root.dataset.framed = "";
    const notice = document.createElement("p");
    const link = document.createElement("a");
    link.href = location.href;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Ouvrir cette page dans une nouvelle fenêtre";
    notice.className = "not-framable md-typeset";
    notice.append("Cette page ne s’affiche pas dans un autre site. ", link);
    document.body.append(notice);
  });
}
