// What is settled before a page is painted. A plain script, at the head of each page: the policy of
// the site (generator/publish/security_headers.py) runs no script that is written in a page.

{
  const root = document.documentElement;

  // The colours that were chosen (menu.js keeps them), else those of the device.
  const home = new URL("../../..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem(`${home.pathname}.__palette`) ?? "null")?.color;
  } catch {
    // Where storage is refused, nothing was chosen.
  }
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
