/* What is selected: two absolute offsets in code points. It is moved by mouse, touch or keys and drawn by itself, so
   that it stays where it is while a dialog has the focus. Words are taken whole unless Alt asks for exact characters. */

import { endOfNextWord, nextCharacter, nextWord, previousWord, snapped, startOfWord } from "./words.js";

export class Selection extends EventTarget {
  anchor = 0; // where it began
  focus = 0; // where it moves

  constructor(transcript) {
    super();
    this.transcript = transcript;
    this.anchor = this.focus = transcript.turns[0]?.start ?? 0;
  }

  get start() {
    return Math.min(this.anchor, this.focus);
  }

  get end() {
    return Math.max(this.anchor, this.focus);
  }

  get isEmpty() {
    return this.anchor === this.focus;
  }

  get turn() {
    return this.transcript.turnAt(this.focus);
  }

  get words() {
    return this.transcript.words(this.start, this.end);
  }

  /* Select from one absolute offset to another, exactly. */
  set(anchor, focus) {
    if (anchor === this.anchor && focus === this.focus) return;
    Object.assign(this, { anchor, focus });
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.set(this.focus, this.focus);
  }

  /* Select from one absolute offset to another, grown to whole words. */
  setWords(anchor, focus) {
    if (anchor === focus) {
      const turn = this.transcript.turnAt(anchor);
      const place = turn.codePoint(startOfWord(turn.text, turn.unit(anchor)));
      this.set(place, place);
      return;
    }
    const [start, end] = this.#grown(Math.min(anchor, focus), Math.max(anchor, focus));
    if (anchor < focus) this.set(start, end);
    else this.set(end, start);
  }

  #grown(from, to) {
    const turns = this.transcript.turnsOf(from, to);
    const [first, last] = [turns[0], turns.at(-1)];
    if (first === last) {
      const units = snapped(first.text, first.unit(from), first.unit(to));
      return units ? units.map((unit) => first.codePoint(unit)) : [from, from];
    }
    const head = snapped(first.text, first.unit(from), first.text.length);
    const tail = snapped(last.text, 0, last.unit(to));
    const start = head ? first.codePoint(head[0]) : turns[1].start;
    const end = tail ? last.codePoint(tail[1]) : turns.at(-2).end;
    return start < end ? [start, end] : [from, from];
  }

  /* Move by one word, or by one character when `exact`; with `extend` the other end stays. `step` is 1 or -1. */
  move(step, { extend, exact }) {
    if (exact) this.#to(this.#character(step), extend);
    else if (step > 0) this.#to(extend ? this.#wordEnd() : this.#wordAfter(), extend);
    else this.#to(this.#wordBefore(), extend);
  }

  #to(place, extend) {
    this.set(extend ? this.anchor : place, place);
  }

  #character(step) {
    const turn = this.turn;
    const unit = turn.unit(this.focus);
    const isAtEdge = unit === (step > 0 ? turn.text.length : 0);
    return isAtEdge ? this.#neighbour(turn, step) : turn.codePoint(nextCharacter(turn.text, unit, step));
  }

  #wordAfter() {
    const turn = this.turn;
    const unit = nextWord(turn.text, turn.unit(this.focus));
    return unit === turn.text.length ? this.#neighbour(turn, 1) : turn.codePoint(unit);
  }

  #wordEnd() {
    let turn = this.turn;
    if (turn.unit(this.focus) === turn.text.length) turn = this.transcript.turns[turn.index + 1] ?? turn;
    return turn.codePoint(endOfNextWord(turn.text, turn.unit(this.focus)));
  }

  #wordBefore() {
    const turn = this.turn;
    const unit = turn.unit(this.focus);
    if (unit > 0) return turn.codePoint(previousWord(turn.text, unit));
    const before = this.transcript.turns[turn.index - 1];
    return before ? before.codePoint(previousWord(before.text, before.text.length)) : this.focus;
  }

  /* The beginning of the next turn or the end of the one before; the edge of this one when there is none. */
  #neighbour(turn, step) {
    const next = this.transcript.turns[turn.index + step];
    if (!next) return step > 0 ? turn.end : turn.start;
    return step > 0 ? next.start : next.end;
  }

  /* Go to the beginning of another turn, or with `extend` take all words up to there. */
  moveTurn(step, { extend }) {
    const turn = this.turn;
    const isInside = step < 0 && this.focus > turn.start;
    const next = isInside ? turn : this.transcript.turns[turn.index + step];
    if (!next) return;
    this.#to(extend && step > 0 ? next.end : next.start, extend);
  }

  /* Go to the beginning (-1) or end (1) of this turn. */
  moveEdge(step, { extend }) {
    this.#to(step > 0 ? this.turn.end : this.turn.start, extend);
  }

  /* Go to an absolute offset found elsewhere (a line up or down), at the beginning of its word unless `exact`. */
  moveTo(codePoint, { extend, exact }) {
    const turn = this.transcript.turnAt(codePoint);
    const place = exact ? codePoint : turn.codePoint(startOfWord(turn.text, turn.unit(codePoint)));
    this.#to(place, extend);
  }
}
