/* Painting codings and the selection onto the words. With the CSS Custom Highlight API the page needs no elements for
   it; elsewhere the turn's words are cut into `mark` elements, as the server draws them. */

import { piecesOf } from "./pieces.js";

const COLORS = 12;
export const hasHighlights = typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";

export class Painting {
  #painted = new Map(); // turn -> [[highlight, range], …]
  #chosen = null;
  #offered = null;

  constructor(codings) {
    this.codings = codings;
    if (!hasHighlights) return;
    for (let color = 1; color <= COLORS; color += 1) {
      CSS.highlights.set(`ground-${color}`, new Highlight());
      CSS.highlights.set(`under-${color}`, new Highlight());
    }
    CSS.highlights.set("unsaved", new Highlight());
    this.#chosen = new Highlight();
    this.#chosen.priority = 1; // above every coding
    CSS.highlights.set("chosen", this.#chosen);
    this.#offered = new Highlight();
    this.#offered.priority = 2;
    CSS.highlights.set("offered", this.#offered);
  }

  /* Paint the codings of one turn; nothing else on the page is touched. */
  paint(turn) {
    const shown = this.codings.ofTurn(turn).filter((coding) => coding.state !== "removing");
    const marks = shown.map((coding) => [turn.unit(coding.start), turn.unit(coding.end), coding.code.color]);
    const pieces = piecesOf(turn.text.length, marks);
    if (hasHighlights) this.#highlight(turn, pieces, shown);
    else this.#cut(turn, pieces);
  }

  #highlight(turn, pieces, shown) {
    turn.flatten();
    for (const [highlight, range] of this.#painted.get(turn) ?? []) highlight.delete(range);
    const painted = [];
    const add = (name, from, to) => {
      const range = this.#range(turn, from, to);
      CSS.highlights.get(name).add(range);
      painted.push([CSS.highlights.get(name), range]);
    };
    for (const { from, to, top, under } of pieces) {
      if (top) add(`ground-${top}`, from, to);
      if (under) add(`under-${under}`, from, to);
    }
    for (const coding of shown) {
      if (!coding.isSaved) add("unsaved", turn.unit(coding.start), turn.unit(coding.end));
    }
    this.#painted.set(turn, painted);
  }

  /* Let go of what was painted on a turn that is far away. */
  clear(turn) {
    for (const [highlight, range] of this.#painted.get(turn) ?? []) highlight.delete(range);
    this.#painted.delete(turn);
  }

  #range(turn, from, to) {
    const [startContainer, startOffset] = turn.point(from);
    const [endContainer, endOffset] = turn.point(to);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset }); // the text never changes
  }

  #cut(turn, pieces) {
    turn.speech.replaceChildren(
      ...pieces.map(({ from, to, top, under }) => {
        const words = turn.text.slice(from, to);
        if (!top) return words;
        const mark = document.createElement("mark");
        mark.className = under ? `c${top} u${under}` : `c${top}`;
        mark.textContent = words;
        return mark;
      }),
    );
  }

  /* Show a span as selected. */
  choose(transcript, start, end) {
    this.#cover(this.#chosen, transcript, start, end);
  }

  /* Show a span as that which would be given a code. */
  offer(transcript, start, end) {
    this.#cover(this.#offered, transcript, start, end);
  }

  #cover(highlight, transcript, start, end) {
    if (!hasHighlights) return;
    highlight.clear();
    if (start >= end) return;
    for (const turn of transcript.turnsOf(start, end)) {
      turn.flatten();
      highlight.add(this.#range(turn, turn.unit(start), turn.unit(end)));
    }
  }
}
