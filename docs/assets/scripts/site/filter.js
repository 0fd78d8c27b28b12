// Lists that filter as one types. Without this script the whole list stays, and no control shows.
// Nothing is kept: neither the address nor the browser holds what was typed.

const PAUSE = 400; // ms: a screen reader hears how many are left once, not at each letter
const UNKNOWN_PLACE =
  "Ce territoire ne nous dit rien : écrivez le numéro ou le nom d’un département, ou une région.";
const SILENT = new Set("a au aux d de des du en et l la le les ou par pour un une".split(" "));

/** Return the words of a text, without accents, capitals, plurals or small words. */
export function words(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "");
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !SILENT.has(word)).map(singular);
}

function singular(word) {
  if (word.length < 4) return word;
  if (/[^e]aux$/.test(word)) return `${word.slice(0, -3)}al`;
  return word.replace(/[sx]$/, "");
}

/** Tell whether each word of a query begins a word of a text. */
function begins(query, text) {
  return query.every((word) => text.some((one) => one.startsWith(word)));
}

/** Return the lines of the table of contents that lead to an entry; the theme has two tables. */
function inContents(element) {
  const id = element.querySelector("h2, h3, h4").id;
  const links = document.querySelectorAll(`.md-nav--secondary a[href="#${CSS.escape(id)}"]`);
  return [...links].map((link) => link.parentElement);
}

/** Filter the list that follows `form`. */
function open(form) {
  const list = form.nextElementSibling;
  const items = [...list.querySelectorAll("[data-item]")].map((element) => ({
    element,
    words: words(`${element.textContent} ${element.dataset.also ?? ""}`),
    contents: inContents(element),
  }));
  const groups = [...list.querySelectorAll("[data-group]")];
  const text = form.querySelector("[data-text]");
  const place = form.querySelector("[data-place]");
  const choices = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");
  const everything = form.querySelector("[data-everything]");
  const territories = [...(place?.list.options ?? [])].map((option) => ({
    code: option.dataset.code,
    words: words(option.value),
  }));
  let timer;

  function apply(pause = PAUSE) {
    const query = words(text.value);
    const where = words(place?.value ?? "");
    const codes = territories.filter((one) => begins(where, one.words)).map((one) => one.code);
    const unknown = where.length > 0 && codes.length === 0;
    let left = 0;
    for (const { element, words: known, contents } of items) {
      const here = element.dataset.departments;
      const shown =
        begins(query, known) &&
        choices.every(
          ({ value, dataset }) =>
            !value || element.dataset[dataset.choice].split(" ").includes(value),
        ) &&
        // What covers the whole country is everywhere.
        (!here || unknown || codes.some((code) => here.split(" ").includes(code)));
      element.hidden = !shown;
      for (const line of contents) line.hidden = !shown;
      if (shown) left += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-item]:not([hidden])");
    everything.hidden = ![text, place, ...choices].some((control) => control?.value);
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = sentence(left, unknown)), pause);
  }

  function sentence(left, unknown) {
    const { one, many, empty } = form.dataset;
    const count =
      left === 0
        ? `${empty} Essayez un mot plus court, ou enlevez un filtre.`
        : `${left} ${left === 1 ? one : many} sur ${items.length}.`;
    return unknown ? `${count} ${UNKNOWN_PLACE}` : count;
  }

  function clear() {
    for (const control of [text, place, ...choices]) if (control) control.value = "";
    apply();
  }

  form.addEventListener("input", () => apply());
  form.addEventListener("submit", (event) => event.preventDefault());
  everything.addEventListener("click", () => {
    clear();
    text.focus();
  });
  // A link to an entry that is filtered out shows the list again.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[data-item][hidden]")) return;
    clear();
    target.scrollIntoView();
  });
  form.hidden = false;
  apply(0);
}

for (const form of document.querySelectorAll("form[data-filter]")) open(form);
