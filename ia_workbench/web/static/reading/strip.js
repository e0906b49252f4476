/* The strip along the source: where codings stand, which of them are important, and what is in sight. It holds a path
   for each colour, however many codings there are, and moves the source like a scroll bar: by dragging and by keys. */

import { HEIGHT, stripPaths } from "./density.js";
import { say } from "./page.js";

export class Strip {
  #waits = null;
  #signs = new Map(); // class of a path -> absolute offsets that it marks
  #grip = 0; // where the window is held while it is dragged, as a share of the source
  #seen = null;

  constructor(page, transcript, area) {
    Object.assign(this, { page, transcript, area });
    this.strip = page.part("strip");
    this.window = page.part("window");
    this.shown = new Set();
    this.strip.addEventListener("pointerdown", (event) => this.#hold(event));
    this.strip.addEventListener("pointermove", (event) => this.#drag(event));
    this.strip.addEventListener("focus", () => this.#seen && this.#say());
    this.strip.addEventListener("keydown", (event) => this.#key(event));
    this.#becomeSlider();
  }

  #becomeSlider() {
    const { strip, transcript } = this;
    const facts = { role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-valuemin": 1, "aria-valuemax": transcript.turns.length };
    for (const [name, value] of Object.entries(facts)) strip.setAttribute(name, value);
    strip.setAttribute("aria-valuenow", 1);
  }

  /* Draw the codings shown, instead of those that stand there. */
  draw(codings) {
    this.#waits = null;
    this.shown = codings;
    const paths = stripPaths([...codings].map(({ start, code, important }) => [start, code.color, important]), this.page.data.length);
    for (const [name, offsets] of this.#signs) {
      const places = new Set(offsets.map((offset) => Math.floor((offset * HEIGHT) / Math.max(1, this.page.data.length))));
      paths[name] = [...places].map((place) => `M21 ${place}h0`).join("");
    }
    this.strip.querySelectorAll("path").forEach((path) => path.getAttribute("class") in paths || path.setAttribute("d", ""));
    for (const [name, drawn] of Object.entries(paths)) this.#path(name).setAttribute("d", drawn);
    if (this.#seen) this.#say();
  }

  /* Draw anew before the page is painted next. */
  soon(codings) {
    this.shown = codings;
    this.#waits ??= requestAnimationFrame(() => this.draw(this.shown)); // which may be others by then
  }

  /* Show signs of another kind along the source, by the class of their path: `memos` at absolute offsets. */
  mark(name, offsets) {
    this.#signs.set(name, offsets);
    this.soon(this.shown);
  }

  #path(name) {
    const svg = this.strip.querySelector("svg");
    const known = svg.querySelector(`.${name}`);
    if (known) return known;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", name);
    svg.append(path);
    return path;
  }

  /* Show which turns are in sight. */
  follow({ first, last }) {
    const { turns } = this.transcript;
    const percent = (offset) => (100 * offset) / Math.max(1, this.page.data.length);
    const next = turns[last.index + 1];
    const [top, bottom] = [percent(first.start), next ? percent(next.start) : 100];
    this.window.hidden = false;
    this.window.style.cssText = `top: ${top}%; height: ${Math.max(1.5, bottom - top)}%`;
    this.#seen = { first, last };
    this.#say();
  }

  /* Say what is in sight; counted only when somebody is there to hear it. */
  #say() {
    const { first, last } = this.#seen;
    this.strip.setAttribute("aria-valuenow", first.index + 1);
    if (document.activeElement !== this.strip) {
      this.strip.removeAttribute("aria-valuetext");
      return;
    }
    const end = this.transcript.turns[last.index + 1]?.start ?? Infinity;
    const there = [...this.shown].filter((coding) => coding.start < end && coding.end > first.start);
    const important = there.filter((coding) => coding.important).length;
    const facts = { first: first.number, last: last.number, count: this.transcript.turns.length, codings: there.length, important };
    this.strip.setAttribute("aria-valuetext", say(this.page.words.stripAt, facts));
  }

  #share(event) {
    const box = this.strip.getBoundingClientRect();
    return (event.clientY - box.top) / box.height;
  }

  #hold(event) {
    if (event.button) return;
    event.preventDefault(); // no words are selected by it
    this.strip.setPointerCapture(event.pointerId);
    this.strip.focus({ preventScroll: true });
    const [window, strip] = [this.window.getBoundingClientRect(), this.strip.getBoundingClientRect()];
    const isHeld = event.clientY >= window.top && event.clientY <= window.bottom;
    this.#grip = (isHeld ? event.clientY - window.top : window.height / 2) / strip.height;
    if (!isHeld) this.#go(this.#share(event) - this.#grip);
  }

  #drag(event) {
    if (this.strip.hasPointerCapture(event.pointerId)) this.#go(this.#share(event) - this.#grip);
  }

  /* Bring a place into sight at the top, given as a share of the source. */
  #go(share) {
    const offset = Math.floor(Math.min(Math.max(share, 0), 1) * this.page.data.length);
    const turn = this.transcript.turnAt(offset);
    const next = this.transcript.turns[turn.index + 1]?.start ?? this.page.data.length;
    const within = Math.max(0, (offset - turn.start) / Math.max(1, next - turn.start));
    this.#top(turn);
    this.area.scrollBy(0, within * turn.element.getBoundingClientRect().height);
  }

  #top(turn) {
    this.area.scrollBy(0, turn.element.getBoundingClientRect().top - this.area.getBoundingClientRect().top);
  }

  #key(event) {
    if (!this.#seen || event.ctrlKey || event.metaKey || event.altKey) return;
    const { first, last } = this.#seen;
    const [page, count] = [Math.max(1, last.index - first.index), this.transcript.turns.length];
    const index = first.index;
    const wanted = { ArrowDown: index + 1, ArrowRight: index + 1, ArrowUp: index - 1, ArrowLeft: index - 1, PageDown: index + page, PageUp: index - page,
      Home: 0, End: count - 1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const at = Math.min(Math.max(wanted, 0), count - 1);
    const { turns } = this.transcript;
    this.#top(turns[at]);
    this.#seen = { first: turns[at], last: turns[Math.min(at + page, count - 1)] }; // a key pressed at once goes on from here
  }
}
