// Unpack what LZMA has packed, by its specification (7-Zip's, in the public domain): a third less to
// fetch than what browsers unpack by themselves. Written for the engines of browsers: a chance is a
// place in one table, and whole numbers stay in 32 bits.

const BITS = 11; // of a chance
const EVEN = 1 << (BITS - 1);
const MOVE = 5; // how slowly a chance learns
const HIGH_BYTE = 0xff << 24;
const HEADER = 13; // properties, window, size
const STATES = 12; // of what came just before
const POSITIONS = 4; // bits of a place, at most
const LITERAL = 0x300; // chances of one byte: alone, and after a match by the bit that was expected
const END = 14; // the first slot of a distance whose middle bits have even chances
const ALIGN = 4; // its last bits, which have chances

/** Return the bytes of a file « alone » that says its size. */
export function fromLzma(/** @type {Uint8Array} */ packed) {
  const view = new DataView(packed.buffer, packed.byteOffset);
  const [properties] = packed;
  const literalBits = properties % 9;
  const placeBits = Math.floor(properties / 9) % 5;
  const positionMask = (1 << Math.floor(properties / 45)) - 1;
  const out = new Uint8Array(view.getUint32(5, true));
  const chances = (/** @type {number} */ count) => new Uint16Array(count).fill(EVEN);
  const lengths = () => ({
    choice: chances(2),
    low: chances(1 << (POSITIONS + 3)),
    middle: chances(1 << (POSITIONS + 3)),
    high: chances(1 << 8),
  });
  const literals = chances(LITERAL << (literalBits + placeBits));
  const [isMatch, isLong] = [chances(STATES << POSITIONS), chances(STATES << POSITIONS)];
  const [isRepeated, isOlder, isOlder2, isOlder3] = Array.from({ length: 4 }, () =>
    chances(STATES),
  );
  const slots = chances(1 << 8);
  const distances = chances(1 << 7);
  const aligned = chances(1 << ALIGN);
  const [matched, repeated] = [lengths(), lengths()];

  let at = HEADER + 5; // the first byte is zero, four more fill the code
  let range = -1;
  let code = view.getInt32(HEADER + 1);

  function narrow() {
    if (range & HIGH_BYTE) return;
    range <<= 8;
    code = (code << 8) | packed[at];
    at += 1;
  }

  /** Decode one bit, and learn from it. Numbers have no sign: the first bit is turned to compare them. */
  function bit(/** @type {Uint16Array} */ table, /** @type {number} */ index) {
    const chance = table[index];
    const bound = Math.imul(range >>> BITS, chance);
    const found = (code ^ (1 << 31)) < (bound ^ (1 << 31)) ? 0 : 1;
    if (found) {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      table[index] = chance - (chance >> MOVE);
    } else {
      range = bound;
      table[index] = chance + (((1 << BITS) - chance) >> MOVE);
    }
    narrow();
    return found;
  }

  /** A number of so many bits, each with chances by those before it. */
  function tree(
    /** @type {Uint16Array} */ table,
    /** @type {number} */ bits,
    /** @type {number} */ from,
  ) {
    let node = 1;
    for (let count = 0; count < bits; count += 1) node = (node << 1) | bit(table, from + node);
    return node - (1 << bits);
  }

  /** The same, whose last bit comes first. */
  function reversed(
    /** @type {Uint16Array} */ table,
    /** @type {number} */ bits,
    /** @type {number} */ from,
  ) {
    let [node, found] = [1, 0];
    for (let count = 0; count < bits; count += 1) {
      const one = bit(table, from + node);
      node = (node << 1) | one;
      found |= one << count;
    }
    return found;
  }

  /** A number whose bits have even chances. */
  function even(/** @type {number} */ bits) {
    let found = 0;
    for (let count = 0; count < bits; count += 1) {
      range >>>= 1;
      const one = code >>> 0 < range ? 0 : 1;
      if (one) code = (code - range) | 0;
      narrow();
      found = (found << 1) | one;
    }
    return found;
  }

  function lengthOf(/** @type {ReturnType<typeof lengths>} */ table, /** @type {number} */ place) {
    if (!bit(table.choice, 0)) return 2 + tree(table.low, 3, place << 3);
    if (!bit(table.choice, 1)) return 10 + tree(table.middle, 3, place << 3);
    return 18 + tree(table.high, 8, 0);
  }

  function distanceOf(/** @type {number} */ length) {
    const slot = tree(slots, 6, Math.min(length - 2, 3) << 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < END) return base + reversed(distances, bits, base - slot);
    return base + (even(bits - ALIGN) << ALIGN) + reversed(aligned, ALIGN, 0);
  }

  function literal(/** @type {number} */ from, /** @type {number} */ expected) {
    let symbol = 1;
    // After a match comes what it did not hold: the byte that it would have copied says what is likely.
    for (let rest = expected; rest >= 0 && symbol < 0x100; rest = (rest << 1) & 0xff) {
      const one = rest >> 7;
      const found = bit(literals, from + ((1 + one) << 8) + symbol);
      symbol = (symbol << 1) | found;
      if (one !== found) break;
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, from + symbol);
    return symbol;
  }

  let state = 0;
  const last = [0, 0, 0, 0]; // the last distances, less one
  for (let place = 0; place < out.length; ) {
    const position = place & positionMask;
    if (!bit(isMatch, (state << POSITIONS) + position)) {
      const low = (place & ((1 << placeBits) - 1)) << literalBits;
      const context = low + ((out[place - 1] ?? 0) >> (8 - literalBits));
      out[place] = literal(LITERAL * context, state < 7 ? -1 : out[place - last[0] - 1]);
      place += 1;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let length;
    if (bit(isRepeated, state)) {
      const older = bit(isOlder, state) && 1 + (bit(isOlder2, state) && 1 + bit(isOlder3, state));
      const isByte = older === 0 && !bit(isLong, (state << POSITIONS) + position);
      if (older > 0) last.unshift(...last.splice(older, 1));
      length = isByte ? 1 : lengthOf(repeated, position);
      if (state >= 7) state = 11;
      else state = isByte ? 9 : 8;
    } else {
      length = lengthOf(matched, position);
      last.pop();
      last.unshift(distanceOf(length));
      state = state < 7 ? 7 : 10;
    }
    const from = place - last[0] - 1;
    if (from < 0 || from >= place || place + length > out.length) throw new Error("other bytes");
    for (let count = 0; count < length; count += 1) out[place + count] = out[from + count];
    place += length;
  }
  return out;
}
