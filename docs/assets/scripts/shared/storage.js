// What this tab keeps until it is closed. Where storage is refused, nothing is kept.

const PREFIX = "reperes-iae.";

/** Keep a text under a name; an empty text is forgotten. @param {string} name @param {string} text */
export function keep(name, text) {
  try {
    if (text) sessionStorage.setItem(PREFIX + name, text);
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // The answers are still in the page.
  }
}

/** Return the text kept under a name, or an empty one. @param {string} name */
export function kept(name) {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

/** Forget all that this tab keeps of the site. */
export function forget() {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
