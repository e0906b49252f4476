/* The sign beside a turn that has memos, and beside the name of a coding on whose very words there is one: a drawing, a
   number, and words for those who do not see them. */

import { element, say } from "./page.js";

export class MemoSigns extends EventTarget {
  #named = new Map(); // turn -> what it was called without memos
  #words = new Map(); // "start-end" -> how many memos stand on just these words

  constructor(page, transcript, lanes, drawing) {
    super();
    Object.assign(this, { page, transcript, drawing });
    lanes.names.memosOn = (coding) => this.#words.get(`${coding.start}-${coding.end}`) ?? 0;
    const drawn = transcript.container.querySelectorAll(".turn[data-name]"); // those whose sign the server drew
    for (const section of drawn) this.#named.set(transcript.byElement.get(section), section.dataset.name);
    transcript.container.addEventListener("click", (event) => this.#click(event));
  }

  #click(event) {
    const sign = event.target.closest(".memo-sign");
    if (!sign) return;
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent("open", { detail: this.transcript.byElement.get(sign.closest(".turn")) }));
  }

  /* Draw the signs of these memos, and let go of those of turns that have none now. */
  draw(memos) {
    const counts = new Map();
    const hadWords = this.#words.size > 0;
    this.#words.clear();
    for (const memo of memos) {
      if (memo.start === null) continue;
      const turn = this.transcript.turnAt(memo.start);
      counts.set(turn, (counts.get(turn) ?? 0) + 1);
      if (memo.about === "excerpt") this.#words.set(`${memo.start}-${memo.end}`, (this.#words.get(`${memo.start}-${memo.end}`) ?? 0) + 1);
    }
    for (const turn of [...this.#named.keys()]) if (!counts.has(turn)) this.#clear(turn);
    for (const [turn, count] of counts) this.#sign(turn, count);
    if (hadWords || this.#words.size) this.drawing.again();
  }

  #clear(turn) {
    turn.element.querySelector(".memo-sign")?.remove();
    turn.element.setAttribute("aria-label", this.#named.get(turn));
    this.#named.delete(turn);
  }

  #sign(turn, count) {
    const { element: section } = turn;
    if (!this.#named.has(turn)) this.#named.set(turn, section.getAttribute("aria-label"));
    const words = say(this.page.words[count === 1 ? "oneMemo" : "manyMemos"], { count });
    section.setAttribute("aria-label", `${this.#named.get(turn)}, ${words}`);
    const sign = this.#button(section);
    sign.lastElementChild.textContent = count;
    sign.setAttribute("aria-label", say(this.page.words.memosOfTurn, { memos: words, turn: turn.number }));
    sign.title = words;
  }

  #button(section) {
    const known = section.querySelector("button.memo-sign");
    if (known) return known;
    section.querySelector(".memo-sign")?.remove();
    const sign = document.createElement("button");
    Object.assign(sign, { type: "button", className: "memo-sign", tabIndex: -1 });
    sign.append(this.page.part("memo-icon").content.firstElementChild.cloneNode(true), element("span", "", "num"));
    section.querySelector(".sp").append(sign);
    return sign;
  }
}
