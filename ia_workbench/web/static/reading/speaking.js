/* What those hear who do not see the page: the words that a key led to, with their codings, once. */

import { say } from "./page.js";

export class Speaking {
  #turn = null; // the turn that was said last

  constructor({ page, transcript, codings, selection }) {
    Object.assign(this, { page, transcript, codings, selection });
  }

  /* Say a whole turn: its number, who speaks, the words, the codings that touch it. */
  turn(turn) {
    this.#turn = turn;
    const facts = { turn: turn.number, speaker: this.#speaker(turn), words: turn.text.trim(), codes: this.#codes(turn.start, turn.end) };
    this.page.speak(say(this.page.words.turnSaid, facts).replace(", :", ":"));
  }

  /* Say the words of a span and their codings; the turn before them only where another turn was said last. */
  span(start, end) {
    const turn = this.transcript.turnAt(start);
    const words = this.transcript.words(start, end).trim();
    const facts = { turn: turn.number, speaker: this.#speaker(turn), words, codes: this.#codes(start, end) };
    const isElsewhere = turn !== this.#turn;
    this.#turn = turn;
    this.page.speak(isElsewhere ? say(this.page.words.turnSaid, facts).replace(", :", ":") : `${words} ${facts.codes}`);
  }

  /* Say where a coding stands and what it is. */
  coding(coding) {
    this.#turn = this.transcript.turnAt(coding.start);
    const words = this.transcript.words(...this.transcript.spoken(coding.start, coding.end)).trim();
    this.page.speak(say(this.page.words.codingSaid, { label: coding.label, turn: this.#turn.number, words }));
  }

  /* The caret went on by a word or a line: say what is selected, else the word it stands before. */
  caret() {
    const { selection } = this;
    this.#turn = selection.turn;
    if (!selection.isEmpty) {
      this.page.speak(say(this.page.words.selectedSaid, { words: selection.words }));
      return;
    }
    const [word = ""] = selection.turn.text.slice(selection.turn.unit(selection.focus)).trimStart().split(/\s/, 1);
    this.page.speak(word);
  }

  #speaker(turn) {
    return turn.element.querySelector(".sp b")?.textContent ?? "";
  }

  #codes(start, end) {
    const { words } = this.page;
    const names = this.codings.touching(start, end).filter((each) => each.state !== "removing").map((each) => each.label);
    return names.length ? say(words.codesSaid, { codes: names.join("; ") }) : words.noCodesSaid;
  }
}

export function addSpeaking(reading) {
  reading.speaking = new Speaking(reading);
  reading.keys.addEventListener("moved", () => reading.speaking.caret());
}
