/* Finding words again of which only the SHA-256 is known, after the text was corrected: the very same words, near to
   where they stood. */

import { digestOf } from "./acts.js";

const FURTHEST = 4_000; // code points to either side
const AT_ONCE = 200; // digests worked out together

/* Return the place {start, end} of the words in code points; null where they are not near. */
export async function placeOfWords(transcript, { start, end, quote_sha256 }) {
  const [first, last] = [transcript.turns[0], transcript.turns.at(-1)];
  const text = [...transcript.words(first.start, last.end)];
  const length = end - start;
  const places = nearest(start - first.start, text.length - length);
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE);
    const digests = await Promise.all(some.map((place) => digestOf(text.slice(place, place + length).join(""))));
    const found = digests.indexOf(quote_sha256);
    if (found >= 0) return { start: first.start + some[found], end: first.start + some[found] + length };
  }
  return null;
}

/* The places from 0 to `highest`, the nearest to one first. */
function nearest(place, highest) {
  const places = [];
  for (let away = 0; away <= FURTHEST; away += 1) {
    if (place - away >= 0 && place - away <= highest) places.push(place - away);
    if (away && place + away >= 0 && place + away <= highest) places.push(place + away);
  }
  return places;
}
