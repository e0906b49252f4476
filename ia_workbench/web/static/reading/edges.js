/* Where the ends of a stretch of words may be put: at whole words, or at any character where that is asked for. Offsets
   are code points of the whole text; the end that is not moved stays. */

import { endOfNextWord, nextCharacter, nextWord, previousWord, snapped } from "./words.js";

export const START = "start";
export const END = "end";
const BLANK = /\s/u;

/* The stretch after one end was moved by a word (by a character when `exact`), `step` 1 towards the end of the text and
   -1 towards its beginning; null where it cannot go. */
export function stepped(transcript, { start, end }, edge, step, exact) {
  const move = edge === END ? movedEnd : movedStart;
  const place = move(transcript, edge === END ? end : start, step, exact);
  return place === null ? null : whole(edge === END ? [start, place] : [place, end]);
}

/* The stretch after one end was dragged to an offset; null where nothing would be left. */
export function dragged(transcript, { start, end }, edge, at, exact) {
  if (edge === END) return whole([start, exact ? at : endAt(transcript, start, at)]);
  return whole([exact ? at : startAt(transcript, at, end), end]);
}

const whole = ([start, end]) => (start !== null && end !== null && start < end ? [start, end] : null);

function movedEnd(transcript, end, step, exact) {
  const here = transcript.turnAt(end);
  const unit = here.unit(end);
  if (step > 0) {
    const turn = unit === here.text.length ? transcript.turns[here.index + 1] : here;
    const from = turn === here ? unit : 0;
    if (!turn) return null;
    return turn.codePoint(exact ? nextCharacter(turn.text, from, 1) : endOfNextWord(turn.text, from));
  }
  let place = exact ? nextCharacter(here.text, unit, -1) : previousWord(here.text, unit);
  while (!exact && place > 0 && BLANK.test(here.text[place - 1])) place -= 1;
  return place > 0 ? here.codePoint(place) : (transcript.turns[here.index - 1]?.end ?? null);
}

function movedStart(transcript, start, step, exact) {
  const here = transcript.turnAt(start);
  const unit = here.unit(start);
  if (step > 0) {
    const place = exact ? nextCharacter(here.text, unit, 1) : nextWord(here.text, unit);
    return place < here.text.length ? here.codePoint(place) : (transcript.turns[here.index + 1]?.start ?? null);
  }
  const turn = unit === 0 ? transcript.turns[here.index - 1] : here;
  if (!turn) return null;
  const from = turn === here ? unit : turn.text.length;
  return turn.codePoint(exact ? nextCharacter(turn.text, from, -1) : previousWord(turn.text, from));
}

/* The end of the words from `start` to an offset, the last of them taken whole. */
function endAt(transcript, start, at) {
  const turn = transcript.turnAt(at);
  const found = snapped(turn.text, turn.unit(Math.max(start, turn.start)), turn.unit(at));
  return found ? turn.codePoint(found[1]) : (transcript.turns[turn.index - 1]?.end ?? null);
}

function startAt(transcript, at, end) {
  const turn = transcript.turnAt(at);
  const found = snapped(turn.text, turn.unit(at), turn.unit(Math.min(end, turn.end)));
  return found ? turn.codePoint(found[0]) : (transcript.turns[turn.index + 1]?.start ?? null);
}
