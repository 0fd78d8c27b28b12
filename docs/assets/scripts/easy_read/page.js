// « Écouter »: the browser reads the page aloud with a voice of the device. No local French voice, no button.

import { localFrenchVoice } from "./voices.js";

const tools = /** @type {HTMLElement | null} */ (document.querySelector("[data-read-aloud]"));
const speech = window.speechSynthesis;

if (tools && speech) {
  const listen = /** @type {HTMLElement} */ (tools.querySelector("[data-listen]"));
  const stop = /** @type {HTMLElement} */ (tools.querySelector("[data-stop]"));

  const show = () => {
    tools.hidden = !localFrenchVoice(speech.getVoices());
  };

  /** @param {string} words @param {boolean} reading */
  const say = (words, reading) => {
    listen.textContent = words;
    stop.hidden = !reading;
  };

  const read = () => {
    const voice = /** @type {SpeechSynthesisVoice | null} */ (localFrenchVoice(speech.getVoices()));
    const shown = document.querySelectorAll(
      "h1, .easy-read .lead, .easy-read h2, .idea p, .hard-words li",
    );
    const texts = [...shown].map((one) => (one.textContent ?? "").trim()).filter(Boolean);
    for (const [rank, text] of texts.entries()) {
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = "fr-FR";
      words.rate = 0.9;
      if (rank === texts.length - 1) words.onend = () => say("Écouter", false);
      speech.speak(words);
    }
    say("Pause", true);
  };

  listen.addEventListener("click", () => {
    if (speech.paused) {
      speech.resume();
      say("Pause", true);
    } else if (speech.speaking) {
      speech.pause();
      say("Reprendre", true);
    } else {
      read();
    }
  });
  stop.addEventListener("click", () => {
    speech.cancel();
    speech.resume();
    say("Écouter", false);
    listen.focus();
  });
  window.addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", show);
  show();
}
