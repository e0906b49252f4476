/* The strip along the source: a stroke for every coding, and the part that is in sight. */

import { say } from "./page.js";

const HEIGHT = 1000; // of the drawing; the same as `strip_paths` in web/workbench/transcript.py

export class Strip {
  constructor(page, transcript) {
    Object.assign(this, { page, transcript });
    this.strip = page.part("strip");
    this.window = page.part("window");
    this.strip.addEventListener("click", (event) => this.#go(event));
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

  /* Draw the strokes of many codings at once, instead of those that stand there. */
  draw(codings) {
    const strokes = new Map();
    for (const coding of codings) {
      const { color } = coding.code;
      if (!strokes.has(color)) strokes.set(color, []);
      strokes.get(color).push(this.#stroke(coding));
    }
    this.strip.querySelectorAll("path").forEach((path) => path.setAttribute("d", ""));
    for (const [color, found] of strokes) this.#path(color).setAttribute("d", found.join(""));
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
  follow({ first, last }) {
    const { turns } = this.transcript;
    const percent = (offset) => (100 * offset) / Math.max(1, this.page.data.length);
    const next = turns[last.index + 1];
    const [top, bottom] = [percent(first.start), next ? percent(next.start) : 100];
    this.window.hidden = false;
    Object.assign(this.window.style, { top: `${top}%`, height: `${Math.max(1, bottom - top)}%` });
    const facts = { first: first.number, last: last.number, count: turns.length };
    this.strip.setAttribute("aria-label", say(this.page.words.inView, facts));
  }

  #go(event) {
    const box = this.strip.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    this.transcript.turnAt(Math.floor(share * this.page.data.length)).element.scrollIntoView({ block: "center" });
  }
}
