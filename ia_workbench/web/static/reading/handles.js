/* The two handles of the words that can be made longer or shorter: dragged with mouse, pen or finger, or moved by arrows
   while they have the focus. They only say what is wanted. */

import { placeFromPoint } from "./caret.js";
import { END, START } from "./edges.js";
import { element, say } from "./page.js";

const NEAR = 40; // px from the rim of the transcript at which dragging scrolls it
const SCROLLS = 14; // px at a time
const OFTEN = 50; // ms from one time to the next

export class Handles extends EventTarget {
  #grabbed = null; // the handle that is dragged, and where it was taken hold of

  constructor({ page, area, caret, transcript }) {
    super();
    Object.assign(this, { page, area, caret, transcript, target: null });
    this.elements = new Map([START, END].map((edge) => [edge, this.#handle(edge)]));
  }

  #handle(edge) {
    const handle = element("span", "", `handle ${edge}`);
    Object.assign(handle, { tabIndex: 0, hidden: true });
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-orientation", "horizontal");
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", String(this.page.data.length));
    handle.addEventListener("pointerdown", (event) => this.#grab(event, edge));
    handle.addEventListener("pointermove", (event) => this.#drag(event));
    handle.addEventListener("pointerup", () => this.#letGo("dragged"));
    handle.addEventListener("pointercancel", () => this.#letGo("dropped"));
    handle.addEventListener("lostpointercapture", () => this.#letGo("dropped"));
    handle.addEventListener("keydown", (event) => this.#key(event, edge));
    handle.addEventListener("blur", () => this.#tell("left"));
    this.area.append(handle);
    return handle;
  }

  get isDragging() {
    return this.#grabbed !== null;
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /* Stand at both ends of words: `{start, end, name, color}`; null hides them. */
  show(target) {
    this.target = target;
    for (const [edge, handle] of this.elements) {
      const rect = target && this.#rectangle(edge);
      if (!rect && handle === document.activeElement) this.area.focus({ preventScroll: true });
      handle.hidden = !rect;
      if (rect) this.#place(handle, edge, rect);
    }
  }

  #place(handle, edge, rect) {
    const { left, top } = this.caret.origin();
    const { name, color, start, end } = this.target;
    const offset = edge === START ? start : end;
    handle.className = `handle ${edge} c${color}${this.#isRightToLeft(offset) ? " rtl" : ""}`;
    Object.assign(handle.style, { left: `${rect.left - left}px`, top: `${rect.top - top}px`, height: `${rect.height}px` });
    handle.setAttribute("aria-label", say(this.page.words[edge === START ? "startOf" : "endOf"], { name }));
    handle.setAttribute("aria-valuenow", String(offset));
    handle.setAttribute("aria-valuetext", this.words(edge));
  }

  /* The word at an end, and the turn in which it stands. */
  words(edge) {
    const { start, end } = this.target;
    const turn = this.transcript.turnAt(edge === START ? start : end);
    const found = turn.text.slice(turn.unit(start), turn.unit(end)).trim().split(/\s+/);
    return say(this.page.words.edgeAt, { word: found.at(edge === START ? 0 : -1), turn: turn.number });
  }

  #isRightToLeft(offset) {
    return getComputedStyle(this.transcript.turnAt(offset).speech).direction === "rtl";
  }

  /* The outer edge of the first or the last character, in the window, without width. */
  #rectangle(edge) {
    const { start, end } = this.target;
    const turn = this.transcript.turnAt(edge === START ? start : end);
    const unit = edge === START ? turn.unit(start) : turn.unit(end) - 1;
    if (unit < 0 || unit >= turn.text.length) return null;
    const rect = [...turn.range(unit, unit + 1).getClientRects()].at(edge === START ? 0 : -1);
    if (!rect) return null;
    const isLeft = (edge === START) !== this.#isRightToLeft(turn.start);
    return new DOMRect(isLeft ? rect.left : rect.right, rect.top, 0, rect.height);
  }

  #grab(event, edge) {
    if (event.button !== 0 || this.#grabbed) return;
    event.preventDefault(); // the words stay selected
    const handle = this.elements.get(edge);
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const { left, top, height } = this.#rectangle(edge);
    const timer = setInterval(() => this.#scroll(), OFTEN);
    this.#grabbed = { edge, timer, away: [event.clientX - left, event.clientY - top - height / 2], at: null, hasMoved: false };
    this.area.classList.add("resizing");
  }

  #drag(event) {
    if (!this.#grabbed) return;
    this.#grabbed.at = event;
    this.#follow();
  }

  #follow() {
    const { at, away, edge } = this.#grabbed;
    const place = placeFromPoint(at.clientX - away[0], at.clientY - away[1]);
    const codePoint = place && this.transcript.codePointOf(...place);
    if (codePoint !== null) this.#tell("drag", { edge, at: codePoint, exact: at.altKey });
  }

  /* Scroll while a handle is held at the rim, and take the words along. */
  #scroll() {
    const { at } = this.#grabbed;
    if (!at) return;
    const box = this.area.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0) + NEAR, Math.min(box.bottom, innerHeight) - NEAR];
    const by = at.clientY < top ? -SCROLLS : at.clientY > bottom ? SCROLLS : 0;
    if (!by) return;
    const scrolls = this.area.scrollHeight > this.area.clientHeight ? this.area : document.scrollingElement;
    scrolls.scrollBy(0, by);
    this.#follow();
  }

  #letGo(name) {
    if (!this.#grabbed) return;
    const { edge, timer } = this.#grabbed;
    clearInterval(timer);
    this.#grabbed = null;
    this.area.classList.remove("resizing");
    this.#tell(name, { edge });
  }

  #key(event, edge) {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const { start, end } = this.target;
    const turn = this.transcript.turnAt(edge === START ? start : end);
    const onward = this.#isRightToLeft(turn.start) ? -1 : 1;
    const step = { ArrowRight: onward, ArrowLeft: -onward, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) this.#tell("step", { edge, step, exact: event.altKey });
    else if (event.key === "Home") this.#tell("drag", { edge, at: turn.start, exact: false });
    else if (event.key === "End") this.#tell("drag", { edge, at: turn.end, exact: false });
    else if (event.key === "Escape" && this.#grabbed) this.#letGo("dropped");
    else if (event.key === "Escape" || event.key === "Enter") this.#tell(event.key === "Enter" ? "done" : "dropped", { edge });
    else return;
    event.preventDefault();
  }
}
