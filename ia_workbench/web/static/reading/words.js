/* Words and characters of one turn: where they begin and end. Offsets here are UTF-16 code units. */

const IN_WORD = /[\p{L}\p{M}\p{N}\p{Pc}]/u;
const JOINS = /['’‑-]/u; // joins two letters into one word: don't, e-mail
const BLANK = /\s/u;
const WINDOW = 80; // units looked at around a place to find its characters

const characterAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");

function before(text, at) {
  const low = text.charCodeAt(at - 1);
  const isPair = at > 1 && low >= 0xdc00 && low <= 0xdfff;
  return at > 0 ? text.slice(at - (isPair ? 2 : 1), at) : "";
}

/* Whether the character at a place belongs to a word. */
function inWord(text, at) {
  const character = characterAt(text, at);
  if (IN_WORD.test(character)) return true;
  const after = characterAt(text, at + character.length);
  return JOINS.test(character) && IN_WORD.test(before(text, at)) && IN_WORD.test(after);
}

/* Whether a place lies inside a word: letters on both sides. */
export function isInsideWord(text, at) {
  return at > 0 && at < text.length && inWord(text, at) && inWord(text, at - before(text, at).length);
}

/* The beginning of the word that a place lies in, else the place itself. */
export function startOfWord(text, at) {
  let place = at;
  while (isInsideWord(text, place)) place -= before(text, place).length;
  return place;
}

/* The end of the word that a place lies in, else the place itself. */
export function endOfWord(text, at) {
  let place = at;
  while (isInsideWord(text, place)) place += characterAt(text, place).length;
  return place;
}

/* Where the next word begins after a place; the end of the text when there is none. */
export function nextWord(text, at) {
  let place = at;
  while (place < text.length && inWord(text, place)) place += characterAt(text, place).length;
  while (place < text.length && !inWord(text, place)) place += characterAt(text, place).length;
  return place;
}

/* Where the word before a place begins; the start of the text when there is none. */
export function previousWord(text, at) {
  let place = at;
  while (place > 0 && !inWord(text, place - before(text, place).length)) place -= before(text, place).length;
  while (place > 0 && inWord(text, place - before(text, place).length)) place -= before(text, place).length;
  return place;
}

/* Where the word at or after a place ends, with the marks that close it: `plant.` is taken whole. */
export function endOfNextWord(text, at) {
  let place = at;
  while (place < text.length && !inWord(text, place)) place += characterAt(text, place).length;
  while (place < text.length && inWord(text, place)) place += characterAt(text, place).length;
  while (place < text.length && !inWord(text, place) && !BLANK.test(text[place])) place += characterAt(text, place).length;
  return place;
}

/* The stretch grown to whole words, without blank space at its ends; null when nothing but blank space is left. */
export function snapped(text, from, to) {
  let start = startOfWord(text, from);
  let end = endOfWord(text, to);
  while (start < end && BLANK.test(text[start])) start += 1;
  while (end > start && BLANK.test(text[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

/* The next place a reader would call one character on (`step` 1) or back (-1); never inside an emoji or an accent. */
export function nextCharacter(text, at, step) {
  const from = Math.max(0, at - WINDOW);
  const cut = before(text, from).length && isLowHalf(text, from) ? from - 1 : from;
  const part = text.slice(cut, at + WINDOW);
  const edges = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(part)].map((each) => cut + each.index);
  edges.push(cut + part.length);
  return step > 0 ? (edges.find((edge) => edge > at) ?? text.length) : (edges.findLast((edge) => edge < at) ?? 0);
}

const isLowHalf = (text, at) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;

/* The first words of a text on one line, cut after a whole one where they have more than so many characters. */
export function firstWords(text, longest) {
  const plain = text.replace(/\s+/gu, " ").trim();
  if ([...plain].length <= longest) return plain;
  const cut = [...plain].slice(0, longest).join("");
  return `${cut.slice(0, cut.lastIndexOf(" ") + 1 || undefined).trimEnd()}…`;
}
