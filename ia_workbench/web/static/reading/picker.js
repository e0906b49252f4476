/* The picker of codes: opens under the selection, filters as one types, applies with Enter. */

import { fittingCodes, placeIn } from "./matching.js";
import { element, say } from "./page.js";

const GAP = 6; // px between the words and the picker
const MOST_SHOWN = 60;
const MOST_RECENT = 9;
const CONTEXT = 60; // px of the turn below the selection that stay in sight

/* Where something opens under words without covering the end of their turn. */
export const topOf = (bottom, turnBottom) => (turnBottom - bottom < CONTEXT ? turnBottom : bottom) + GAP;

export class Picker extends EventTarget {
  #shown = [];
  #at = 0;

  constructor(page, codes) {
    super();
    this.page = page;
    this.codes = codes;
    this.recent = []; // codes given last, newest first
    this.dialog = page.part("picker");
    this.field = page.part("pick-words");
    this.list = page.part("pick-list");
    page.part("text").append(this.dialog);
    this.field.addEventListener("input", () => this.#filter());
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("focusout", (event) => this.#left(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.#click(event));
  }

  get isOpen() {
    return this.dialog.open;
  }

  /* Open under a place: px from the top of the transcript's content, and what is about to be coded. */
  open({ bottom, turnBottom, about, recentFirst = false }) {
    this.onlyRecent = recentFirst; // until something is typed
    this.field.value = "";
    this.page.part("pick-place").textContent = about;
    this.dialog.style.top = `${topOf(bottom, turnBottom)}px`;
    this.dialog.show();
    this.#filter();
    this.field.focus({ preventScroll: true });
    this.dispatchEvent(new Event("opened"));
    this.dialog.scrollIntoView({ block: "nearest" });
  }

  /* Close and say that it was closed, so that the focus goes back. */
  close() {
    if (!this.isOpen) return;
    this.dialog.close();
    this.dispatchEvent(new Event("closed"));
  }

  /* The code that Enter would give; undefined when none fits. */
  get current() {
    return this.#shown[this.#at];
  }

  /* Those of the codes given last that are still in the codebook, newest first. */
  get lately() {
    return this.recent.filter((code) => this.codes.includes(code));
  }

  /* A code was given to words, from here or elsewhere. */
  given(code) {
    this.recent = [code, ...this.recent.filter((each) => each !== code)].slice(0, MOST_RECENT);
  }

  /* Draw the codes anew that are listed, at the same one: something of them has changed. */
  show() {
    const at = this.#at;
    this.#filter();
    this.#choose(at);
  }

  #filter() {
    const isRecent = this.onlyRecent && !this.field.value.trim();
    const fitting = isRecent ? this.lately : fittingCodes(this.codes, this.field.value, this.recent);
    this.#shown = fitting.slice(0, MOST_SHOWN);
    this.list.replaceChildren(...this.#shown.map((code, index) => this.#option(code, index)));
    this.list.hidden = !this.#shown.length;
    const none = this.page.part("pick-none");
    none.hidden = this.#shown.length > 0;
    none.textContent = this.page.words.noMatch;
    this.page.part("pick-count").textContent = say(this.page.words.codesFound, { count: this.#shown.length });
    this.#choose(0);
  }

  #option(code, index) {
    const option = document.createElement("li");
    option.id = `pick-${index}`;
    option.className = `c${code.color}`;
    option.setAttribute("role", "option");
    option.title = code.definition;
    const words = document.createElement("span");
    words.append(this.#marked("b", code.name), " ", this.#marked("small", code.place));
    if (code.favourite) words.append(" ", element("kbd", String(code.favourite), "fav"));
    option.append(element("i", "", "sw"), words, element("span", say(this.page.words.hereStudy, code), "num"));
    return option;
  }

  #marked(name, words) {
    const element = document.createElement(name);
    const place = placeIn(words, this.field.value);
    if (!place) {
      element.textContent = words;
      return element;
    }
    const typed = document.createElement("em");
    typed.textContent = words.slice(...place);
    element.append(words.slice(0, place[0]), typed, words.slice(place[1]));
    return element;
  }

  #choose(index) {
    this.#at = Math.min(Math.max(index, 0), this.#shown.length - 1);
    [...this.list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === this.#at)));
    const option = this.list.children[this.#at];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    if (event.key in moves) this.#choose(this.#at + moves[event.key]);
    else if (event.key === "Enter" && !event.isComposing) this.#apply(event.shiftKey);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #click(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    this.#choose([...this.list.children].indexOf(option));
    this.#apply(event.shiftKey);
  }

  #apply(keepOpen) {
    if (this.#shown[this.#at]) this.take(this.#shown[this.#at], keepOpen);
  }

  /* Apply a code, from this list or from elsewhere, and close unless the picker is to stay. */
  take(code, keepOpen) {
    this.dispatchEvent(new CustomEvent("pick", { detail: { code } }));
    if (!keepOpen) this.close();
    else this.#filter();
  }

  #left(event) {
    if (this.isOpen && event.relatedTarget && !this.dialog.contains(event.relatedTarget)) this.dialog.close();
  }
}
