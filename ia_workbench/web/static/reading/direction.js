/* Which way the words of a turn are read: keys go where their arrows point, and the caret stands on the right side. */

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;

export const isRightToLeft = (turn) => getComputedStyle(turn.speech).direction === "rtl";

/* How far an arrow goes in the order of the text: 1 onwards, -1 back. In a turn read from right to left, the left arrow
   goes onwards. */
export function stepOf(key, turn) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0;
  return step && isRightToLeft(turn) ? -step : step;
}

/* Whether the character at a place, in UTF-16 units, is written from right to left; signs go with their turn. */
export function isWrittenRightToLeft(turn, unit) {
  const character = String.fromCodePoint(turn.text.codePointAt(unit) ?? 0x20);
  if (RIGHT_TO_LEFT.test(character)) return true;
  return LETTER.test(character) || /\p{N}/u.test(character) ? false : isRightToLeft(turn);
}
