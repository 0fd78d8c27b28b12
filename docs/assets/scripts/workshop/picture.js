// A picture chosen on the device: it stays there, and goes with the proposal as a file of its own.

import { element } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { french } from "./preview.js";

const NOT_A_PICTURE =
  "Ce navigateur ne sait pas lire ce fichier comme une image. Enregistrez-la en JPEG, PNG ou WebP.";
let made = 0;

/**
 * Return the field that chooses a file for the field of its name. The workshop hears « picture »: its
 * `detail` holds the file, and what is told of it.
 * @param {HTMLInputElement} control
 */
export function chooser(control) {
  const id = `image-${(made += 1)}`;
  const types = "image/jpeg,image/png,image/webp";
  const input = element("input", { type: "file", id, accept: types });
  const told = element("p", { role: "status", class: "help" });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    const detail = {
      file,
      tell: (/** @type {string} */ words) => {
        told.textContent = french(words);
      },
      name: (/** @type {string} */ name) => {
        control.value = name;
        control.dispatchEvent(new Event("input", { bubbles: true }));
      },
    };
    input.dispatchEvent(new CustomEvent("picture", { bubbles: true, detail }));
  });
  const words = "Ou choisissez-la sur votre appareil : JPEG, PNG ou WebP, 10 Mo au plus.";
  return element("div", {}, element("label", { for: id }, french(words)), input, told);
}

/**
 * Return what the engine is told of a picture: everything but the picture.
 * @param {File} file
 */
export async function described(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error(NOT_A_PICTURE);
  }
  const { width, height } = picture;
  picture.close();
  return { given: file.name, weight: file.size, width, height };
}

/**
 * Return what is left to do with a picture: to give it, under its name here.
 * @param {{ name: string, upload: string | null }} picture @param {File | undefined} file
 */
export function toGive({ name, upload }, file) {
  const copy = element("button", { type: "button", class: "button secondary" });
  copy.append(french(`Télécharger « ${name} »`));
  copy.onclick = () => file && save(file, name);
  const item = element("li", {}, copy);
  if (upload) {
    const link = element("a", { href: upload, target: "_blank", rel: "noopener" });
    link.append(french("La déposer sur la forge"));
    item.append(" ", link);
  }
  return item;
}
