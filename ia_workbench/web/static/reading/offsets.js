/* Offsets into a text. The store counts Unicode code points, the DOM counts UTF-16 code units; this is the only
   module that turns one into the other. It mirrors kernel/spans.py, and a test compares the two. */

const FIRST_TWO_UNIT_CODE_POINT = 0x10000;

export class Offsets {
  #pairs = []; // the code point offset of each character that takes two units, in order
  #length; // of the whole text, in code points

  constructor(text) {
    let codePoint = 0;
    if (/[\ud800-\udbff]/.test(text)) {
      for (const character of text) {
        if (character.codePointAt(0) >= FIRST_TWO_UNIT_CODE_POINT) this.#pairs.push(codePoint);
        codePoint += 1;
      }
    } else {
      codePoint = text.length;
    }
    this.#length = codePoint;
  }

  /* The length of the text in code points. */
  get length() {
    return this.#length;
  }

  /* Convert an offset in code points into one in UTF-16 code units; throws RangeError for one past the text. */
  utf16FromCodePoints(offset) {
    if (!Number.isInteger(offset) || offset < 0 || offset > this.#length) {
      throw new RangeError(`The text has ${this.#length} characters; ${offset} is past it.`);
    }
    return offset + this.#pairsBefore(offset, (pair) => pair);
  }

  /* Convert an offset in UTF-16 code units into one in code points; throws RangeError past the text or in a pair. */
  codePointsFromUtf16(offset) {
    const pairs = this.#pairsBefore(offset, (pair, index) => pair + index);
    const splitsPair = pairs > 0 && this.#pairs[pairs - 1] + pairs === offset; // second half of the pair before it
    const codePoint = offset - pairs;
    if (!Number.isInteger(offset) || offset < 0 || codePoint > this.#length || splitsPair) {
      throw new RangeError(`Offset ${offset} does not fall between two characters of the text.`);
    }
    return codePoint;
  }

  /* How many pairs begin before an offset, where `placeOf(pair, index)` says where the pair begins in its unit. */
  #pairsBefore(offset, placeOf) {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeOf(this.#pairs[middle], middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
