/* The transcript as a text: absolute offsets in code points on one side, places in the page on the other. */

import { Offsets } from "./offsets.js";

/* One turn. `start` to `end` are the code points of its speech in the whole text. */
export class Turn {
  #offsets = null;
  #text = null;

  constructor(element, index) {
    this.element = element;
    this.index = index;
    this.number = Number(element.id.slice("turn-".length));
    this.start = Number(element.dataset.s);
    this.before = element.dataset.b; // what the stored text has between the turn before and this speech
    this.speech = element.querySelector(".speech");
  }

  get text() {
    this.#text ??= this.speech.textContent;
    return this.#text;
  }

  get offsets() {
    this.#offsets ??= new Offsets(this.text);
    return this.#offsets;
  }

  get end() {
    return this.start + this.offsets.length;
  }

  /* The absolute offset of a place in this turn's words, given in UTF-16 units. */
  codePoint(unit) {
    return this.start + this.offsets.codePointsFromUtf16(unit);
  }

  /* The place in this turn's words of an absolute offset, in UTF-16 units; one outside the turn is moved to its edge. */
  unit(codePoint) {
    const within = Math.min(Math.max(codePoint - this.start, 0), this.offsets.length);
    return this.offsets.utf16FromCodePoints(within);
  }

  /* The node and offset in the page of a place in UTF-16 units. */
  point(unit) {
    const { firstChild, lastChild } = this.speech;
    if (firstChild === lastChild && firstChild instanceof Text) return [firstChild, Math.min(unit, firstChild.length)];
    let rest = unit;
    let last = null;
    const walker = document.createTreeWalker(this.speech, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      last = walker.currentNode;
      if (rest <= last.length) return [last, rest];
      rest -= last.length;
    }
    return last ? [last, last.length] : [this.speech, 0];
  }

  /* A range in the page over a stretch in UTF-16 units. */
  range(from, to) {
    const range = document.createRange();
    range.setStart(...this.point(from));
    range.setEnd(...this.point(to));
    return range;
  }

  /* Put the words into one text node, so that highlights need no elements. */
  flatten() {
    if (this.speech.childElementCount) this.speech.textContent = this.text;
  }

  /* The line, counted through the source, that holds a place in UTF-16 units: 72 code points a line and paragraph. */
  lineAt(unit) {
    const codePoints = (words) => new Offsets(words).length;
    const words = this.text.slice(0, unit);
    const paragraphs = words.split("\n");
    const whole = paragraphs.slice(0, -1).filter((each) => each.trim());
    const full = whole.reduce((lines, each) => lines + Math.ceil(codePoints(each) / 72), 0);
    return Number(this.element.dataset.l) + full + Math.floor(codePoints(paragraphs.at(-1)) / 72);
  }
}

export class Transcript {
  constructor(container) {
    this.container = container;
    this.turns = [...container.querySelectorAll(".turn")].map((element, index) => new Turn(element, index));
    this.stretches = this.#stretches();
    this.byElement = new Map(this.turns.map((turn) => [turn.element, turn]));
  }

  /* The turns by the part of the page that they stand in. */
  #stretches() {
    const found = new Map();
    for (const turn of this.turns) {
      const element = turn.element.parentElement;
      if (!found.has(element)) found.set(element, { element, turns: [] });
      found.get(element).turns.push(turn);
    }
    return [...found.values()];
  }

  /* The turn that holds an absolute offset, or the one before it. */
  turnAt(codePoint) {
    let low = 0;
    let high = this.turns.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.turns[middle].start <= codePoint) low = middle;
      else high = middle - 1;
    }
    return this.turns[low];
  }

  /* The turns that a span touches, at least one. */
  turnsOf(start, end) {
    const turns = [this.turnAt(start)];
    for (let next = this.turns[turns[0].index + 1]; next && next.start < end; next = this.turns[next.index + 1]) {
      turns.push(next);
    }
    return turns;
  }

  /* A span moved into what is spoken: one that begins or ends in a label is cut to the words beside it. */
  spoken(start, end) {
    const [first, last] = [this.turnAt(start), this.turnAt(end)];
    const begins = start > first.end ? (this.turns[first.index + 1]?.start ?? first.end) : Math.max(start, first.start);
    return [begins, Math.max(begins, Math.min(end, last.end))];
  }

  /* The words of a span exactly as they are stored, labels between turns included; both ends lie in speech. */
  words(start, end) {
    const turns = this.turnsOf(start, end);
    return turns
      .map((turn, index) => {
        const spoken = turn.text.slice(turn.unit(start), turn.unit(end));
        return index ? turn.before + spoken : spoken;
      })
      .join("");
  }

  /* The absolute offset of a place in the page; null outside the transcript. */
  codePointOf(node, offset) {
    const element = node instanceof Element ? node : node.parentElement;
    const turn = this.byElement.get(element?.closest(".turn"));
    if (!turn) return null;
    if (!turn.speech.contains(node)) {
      const comesBefore = turn.speech.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
      return comesBefore ? turn.start : turn.end;
    }
    const upTo = document.createRange();
    upTo.setStart(turn.speech, 0);
    upTo.setEnd(node, offset);
    return turn.codePoint(upTo.toString().length);
  }
}
