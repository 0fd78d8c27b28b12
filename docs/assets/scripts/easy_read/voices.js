// The voices that may read a page aloud: those of the device. Others send the text to a server.

/**
 * Return a French voice that the device itself holds, or null.
 * @param {{ lang: string, localService: boolean }[]} voices
 */
export function localFrenchVoice(voices) {
  return voices.find((voice) => voice.localService && /^fr([-_]|$)/i.test(voice.lang)) ?? null;
}
