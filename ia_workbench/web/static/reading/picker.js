/* The picker of codes: opens under the selection, filters as one types, applies with Enter. Several codes are ticked with
   Space (after an arrow, or before anything is typed) or Ctrl+Enter, and applied as one act. */

import { fittingCodes } from "./matching.js";
import { say } from "./page.js";
import { optionOf } from "./picker_options.js";

const GAP = 6; // px between the words and the picker
const MOST_SHOWN = 60;
const MOST_RECENT = 9;
const CONTEXT = 60; // px of the turn below the selection that stay in sight

/* Where something opens under words without covering the end of their turn. */
export const topOf = (bottom, turnBottom) => (turnBottom - bottom < CONTEXT ? turnBottom : bottom) + GAP;

export class Picker extends EventTarget {
  #shown = [];
  #at = 0;
  #ticked = []; // codes, in the order in which they were ticked
  #hasMoved = false; // an arrow was pressed since something was typed: Space then ticks
  #answer = null; // who asked for one code; null when words are to be coded

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
    page.part("pick-apply").addEventListener("click", () => this.#apply(false));
  }

  get isOpen() {
    return this.dialog.open;
  }

  /* Open under a place: px from the top of the transcript's content, and what is about to be coded. `answer` is called
     with the one code chosen, where it is asked for something else than to code the words. */
  open({ bottom, turnBottom, about, label = this.page.words.codeWords, answer = null, recentFirst = false }) {
    this.onlyRecent = recentFirst; // until something is typed
    this.field.value = "";
    this.#ticked = [];
    this.#answer = answer;
    this.dialog.setAttribute("aria-label", label);
    this.list.setAttribute("aria-multiselectable", String(!answer));
    this.dialog.classList.toggle("single", Boolean(answer));
    this.#showTicked();
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

  /* Codes were given to words, from here or elsewhere. */
  given(...codes) {
    this.recent = [...codes, ...this.recent.filter((each) => !codes.includes(each))].slice(0, MOST_RECENT);
  }

  /* Draw the codes anew that are listed, at the same one: something of them has changed. */
  show() {
    const at = this.#at;
    this.#filter();
    this.#choose(at);
  }

  #filter() {
    this.#hasMoved = false;
    const isRecent = this.onlyRecent && !this.field.value.trim();
    const fitting = isRecent ? this.lately : fittingCodes(this.codes, this.field.value, this.recent);
    this.#shown = fitting.slice(0, MOST_SHOWN);
    this.list.replaceChildren(...this.#shown.map((code, index) => optionOf(this.page, code, index, this.field.value)));
    this.list.hidden = !this.#shown.length;
    const none = this.page.part("pick-none");
    none.hidden = this.#shown.length > 0;
    none.textContent = this.page.words.noMatch;
    this.page.part("pick-count").textContent = say(this.page.words.codesFound, { count: this.#shown.length });
    this.#choose(0);
  }

  #choose(index) {
    this.#at = Math.min(Math.max(index, 0), this.#shown.length - 1);
    [...this.list.children].forEach((option, each) => this.#mark(option, each));
    const option = this.list.children[this.#at];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /* The option that Enter gives, and those ticked. Where one code is asked for, the two are the same. */
  #mark(option, index) {
    const isNow = index === this.#at;
    option.classList.toggle("now", isNow);
    option.setAttribute("aria-selected", String(this.#answer ? isNow : this.#ticked.includes(this.#shown[index])));
  }

  #tick(index) {
    const code = this.#shown[index];
    if (!code || this.#answer) return;
    const isNew = !this.#ticked.includes(code);
    this.#ticked = isNew ? [...this.#ticked, code] : this.#ticked.filter((each) => each !== code);
    this.#choose(index);
    this.field.select(); // what is typed next looks for the next code
    this.#showTicked();
    const said = isNew ? this.page.words.ticked : this.page.words.unticked;
    this.page.part("pick-count").textContent = say(said, { code: code.name, count: this.#ticked.length });
  }

  #showTicked() {
    const count = this.#ticked.length;
    this.dialog.classList.toggle("ticking", count > 0);
    const button = this.page.part("pick-apply");
    button.hidden = !count;
    button.textContent = say(count > 1 ? this.page.words.giveCodes : this.page.words.giveCode, { count });
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const isEnter = event.key === "Enter" && !event.isComposing;
    if (event.target !== this.field && event.key !== "Escape") return; // the button below takes its own keys
    if (event.key in moves) this.#go(moves[event.key]);
    else if (isEnter && (event.ctrlKey || event.metaKey)) this.#tick(this.#at);
    else if (isEnter) this.#apply(event.shiftKey);
    else if (event.key === " " && (this.#hasMoved || !this.field.value) && !this.#answer) this.#tick(this.#at);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && this.#ticked.length && !event.shiftKey) this.page.part("pick-apply").focus();
    else if (event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #go(by) {
    this.#choose(this.#at + by);
    this.#hasMoved = true;
  }

  /* A click gives the code; on its box, with Ctrl, or once something is ticked, it ticks it. */
  #click(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const index = [...this.list.children].indexOf(option);
    const isTick = event.target.closest(".tick") || event.ctrlKey || event.metaKey || this.#ticked.length > 0;
    if (isTick && !this.#answer) {
      this.#tick(index);
      return;
    }
    this.#choose(index);
    this.#apply(event.shiftKey);
  }

  #apply(keepOpen) {
    const codes = this.#ticked.length ? this.#ticked : this.#shown.slice(this.#at, this.#at + 1);
    if (codes.length) this.#give(codes, keepOpen);
  }

  /* Apply a code from elsewhere, and close unless the picker is to stay. */
  take(code, keepOpen) {
    this.#give([code], keepOpen);
  }

  #give(codes, keepOpen) {
    this.#ticked = [];
    if (this.#answer) this.#answer(codes[0]);
    else this.dispatchEvent(new CustomEvent("pick", { detail: { codes } }));
    this.#showTicked();
    if (!keepOpen || this.#answer) this.close();
    else this.#filter();
  }

  #left(event) {
    if (this.isOpen && event.relatedTarget && !this.dialog.contains(event.relatedTarget)) this.dialog.close();
  }
}
