// On the page that answers for an address that does not exist: where a program has encoded the « # »
// of a link, or taken the end of a sentence for a part of it, the reader goes where it was meant to lead.

import { SITE } from "../shared/trusted_types.js";

const SHARP = /%(?:25)*23/i;
const END = /(?:%(?:25)*(?:20|22|27|29|3C|3E|5D|C2%A0|C2%BB)|[.,;:!)'"\]])+\/?$/i;

const [path, ...answers] = location.pathname.split(SHARP);
const meant = path.replace(END, "");
if (meant.startsWith(SITE.pathname) && meant !== location.pathname) {
  const hash = answers.length > 0 ? `#${answers.join("")}` : location.hash;
  location.replace(meant + location.search + hash);
}
