// A calculator, or the directory, in the frame of another site, and the lines to copy there. See docs/integrer.md.

import { SITE } from "../shared/trusted_types.js";
import { writeAddress } from "./address.js";

const EXAMPLE = "https://adresse-du-site/"; // what pages write for their own address
const NAME_LENGTH = 60;
const MOST_BYTES = 10_000;
/** `debut=2026-01-15&criteres=rsa`: what an address may hold after its `#`. */
const FRAGMENT = /^[^\s#&=]+=[^\s#&=]*(&[^\s#&=]+=[^\s#&=]*)*$/;

for (const code of document.querySelectorAll("article pre code")) {
  if (code.textContent.includes(EXAMPLE)) {
    code.textContent = code.textContent.replaceAll(EXAMPLE, SITE.href);
    offerCopy(code);
  }
}

const asked = new URLSearchParams(location.search);
const head = document.querySelector("[data-frame]");
if (asked.get("embed") === "1" && head) frame();

function offerCopy(code) {
  const [place, said] = ["p", "span"].map((name) => document.createElement(name));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = "Copier ces lignes";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = "Les lignes sont copiées.";
    } catch {
      getSelection().selectAllChildren(code);
      said.textContent = "Le navigateur refuse la copie. Copiez les lignes choisies.";
    }
  });
  place.className = "actions";
  place.append(button, said);
  code.closest("pre").after(place);
}

function frame() {
  const page = location.origin + location.pathname;
  head.hidden = false;
  head.querySelector("a").href = page;
  const name = (asked.get("nom") ?? "").replace(/[\p{C}\s]+/gu, " ").trim();
  show("name", [...name].slice(0, NAME_LENGTH).join(""));
  const given = asked.get("origine");
  // The directory hears and tells nothing: it names no host.
  const calculator = document.querySelector("form[data-calculator]")?.dataset.calculator;
  const host = given === null || !calculator ? undefined : siteOf(given);
  if (calculator) {
    show("host", host);
    document.querySelector("[data-stays]").hidden = Boolean(host);
  }
  show("refused", host ? "" : given);
  // A page of another site cannot be shown in this frame, nor the rest of this one.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.download || event.defaultPrevented) return;
    const to = link.getAttribute("href");
    if (to.startsWith("#")) link.href = page + to;
    link.target = "_blank";
    link.rel = "noopener";
  });
  if (parent === window) return;
  tellHeight();
  if (host) talk(host, calculator);
}

/** Show a line of the frame's head, with `text` in its place, if there is one. */
function show(name, text) {
  const line = head.querySelector(`[data-line="${name}"]`);
  line.hidden = !text;
  line.querySelector("[data-slot]").textContent = text ?? "";
}

/** Return the origin that `text` names: a site under https, or this machine; else nothing. */
function siteOf(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (url?.protocol !== "https:" && !local) return undefined;
  return url.href === `${url.origin}/` ? url.origin : undefined; // no path, no password
}

/** Tell the host how high the content is: nothing else, so that any host may hear it. */
function tellHeight() {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: "calculator:size", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  // The host's script may start after the first message.
  for (let wait = 500; wait < 30_000; wait *= 2) setTimeout(tell, wait);
}

/** Answer to one site, and be filled by it. No other origin is heard or told. */
function talk(host, calculator) {
  const send = (message) => parent.postMessage({ calculator, ...message }, host);
  addEventListener("calculator:ready", () => send({ type: "calculator:ready" }));
  addEventListener("calculator:result", ({ detail }) =>
    send({ type: "calculator:result", response: detail }),
  );
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== host || data?.type !== "calculator:fill") return;
    const { fragment } = data;
    if (typeof fragment !== "string" || !FRAGMENT.test(fragment)) return;
    if (new TextEncoder().encode(fragment).length > MOST_BYTES) return;
    // As if someone had opened that address, without a step back in the history of the host.
    writeAddress(
      () => `#${fragment}`,
      () => dispatchEvent(new HashChangeEvent("hashchange")),
    );
  });
}
