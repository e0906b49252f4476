/* The strip along the source: a stroke for every coding, and the part that is in sight. */

import { say } from "./page.js";

const HEIGHT = 1000; // of the drawing; the same as `strip_paths` in web/workbench/transcript.py

export class Strip {
  constructor(page, transcript) {
    Object.assign(this, { page, transcript });
    this.area = page.part("text");
    this.strip = page.part("strip");
    this.window = page.part("window");
    this.strip.addEventListener("click", (event) => this.#go(event));
    const soon = () => (this.waits ??= requestAnimationFrame(() => this.#follow()));
    this.area.addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    soon();
  }

  #stroke({ start, code }) {
    const place = Math.floor((start * HEIGHT) / Math.max(1, this.page.data.length));
    return `M${3 + (code.color % 3) * 4} ${place}h4`;
  }

  #path(color) {
    const svg = this.strip.querySelector("svg");
    const known = svg.querySelector(`.c${color}`);
    if (known) return known;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", `c${color}`);
    path.setAttribute("d", "");
    svg.append(path);
    return path;
  }

  add(coding) {
    const path = this.#path(coding.code.color);
    path.setAttribute("d", path.getAttribute("d") + this.#stroke(coding));
  }

  remove(coding) {
    const path = this.#path(coding.code.color);
    path.setAttribute("d", path.getAttribute("d").replace(this.#stroke(coding), ""));
  }

  /* Show which turns are in sight. */
  #follow() {
    this.waits = null;
    const { turns } = this.transcript;
    const box = this.area.getBoundingClientRect();
    const first = this.#turnAtHeight(Math.max(box.top, 0) + 1);
    const last = this.#turnAtHeight(Math.min(box.bottom, innerHeight) - 1);
    if (!first || !last) return;
    const percent = (offset) => (100 * offset) / Math.max(1, this.page.data.length);
    const next = turns[last.index + 1];
    const bottom = next ? percent(next.start) : 100;
    this.window.hidden = false;
    Object.assign(this.window.style, { top: `${percent(first.start)}%`, height: `${Math.max(1, bottom - percent(first.start))}%` });
    const facts = { first: first.number, last: last.number, count: turns.length };
    this.strip.setAttribute("aria-label", say(this.page.words.inView, facts));
  }

  /* The turn that stands at a height of the window. */
  #turnAtHeight(y) {
    const { turns } = this.transcript;
    let low = 0;
    let high = turns.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (turns[middle].element.getBoundingClientRect().top <= y) low = middle;
      else high = middle - 1;
    }
    return turns[low];
  }

  #go(event) {
    const box = this.strip.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    this.transcript.turnAt(Math.floor(share * this.page.data.length)).element.scrollIntoView({ block: "center" });
  }
}
