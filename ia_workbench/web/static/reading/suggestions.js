/* Codes seen with words like those selected, above the codes of the picker. They come after the picker has opened, into
   a place that is kept for them, so that nothing under the reader's hand moves; none is ever applied by itself. */

import { element, say } from "./page.js";

const HIDDEN = "ia-suggestions-hidden"; // what this reader chose; no words are ever kept in the browser
const TOP = "pick-0"; // the first code of the picker's list

export function addSuggestions({ page, picker, saving, selection, transcript }) {
  if (page.data.suggestions) new Suggestions(page, picker, saving, selection, transcript);
}

export class Suggestions {
  #shown = [];
  #at = -1;
  #asked = 0; // answers to earlier selections are passed over

  constructor(page, picker, saving, selection) {
    Object.assign(this, { page, picker, saving, selection });
    this.part = page.part("likely");
    this.list = page.part("likely-list");
    this.none = page.part("likely-none");
    this.hiding = page.part("likely-hide");
    this.codes = new Map(picker.codes.map((code) => [code.id, code]));
    picker.addEventListener("opened", () => this.#opened());
    picker.field.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    picker.field.addEventListener("input", () => this.#choose(-1));
    this.part.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.#click(event));
    this.hiding.addEventListener("click", () => this.#hide());
    this.part.hidden = false;
  }

  get #isHidden() {
    return localStorage.getItem(HIDDEN) === "yes";
  }

  #hide() {
    localStorage.setItem(HIDDEN, this.#isHidden ? "no" : "yes");
    this.#opened();
    this.picker.field.focus();
  }

  #opened() {
    const { words } = this.page;
    const number = (this.#asked += 1);
    this.#show([]);
    this.part.classList.toggle("closed", this.#isHidden);
    this.hiding.textContent = this.#isHidden ? words.showSuggestions : words.hideSuggestions;
    this.none.textContent = words.lookingForSuggestions;
    if (!this.#isHidden) this.#ask(number);
  }

  async #ask(number) {
    const { start, end } = this.selection;
    const { revision, suggestions } = this.page.data;
    const answer = await this.saving.send(suggestions, { revision, start, end }).catch(() => ({ suggestions: [] }));
    if (number !== this.#asked || !this.picker.isOpen) return;
    this.#show(answer.suggestions.filter((each) => this.codes.has(each.code)));
    this.#speak();
  }

  #speak() {
    const { words } = this.page;
    const count = this.#shown.length;
    this.none.textContent = count ? "" : words.noSuggestions;
    this.page.part("likely-count").textContent = count === 1 ? words.suggestedOne : count ? say(words.suggested, { count }) : "";
  }

  #show(suggestions) {
    this.#shown = suggestions.map((each) => ({ ...each, code: this.codes.get(each.code) }));
    this.list.replaceChildren(...this.#shown.map((each, index) => this.#option(each, index)));
    this.page.part("likely-count").textContent = "";
    this.#choose(-1);
  }

  #option({ code, seen }, index) {
    const option = element("li", "", `c${code.color}`);
    option.id = `likely-${index}`;
    option.setAttribute("role", "option");
    option.title = code.definition;
    const words = element("span", "", "words");
    words.append(element("b", code.name), " ", element("small", code.place));
    for (const each of seen) {
      const line = element("span", "", "seen");
      line.append(element("small", say(this.page.words.seenIn, each)), " ", element("q", each.words));
      words.append(line);
    }
    option.append(element("kbd", String(index + 1)), element("i", "", "sw"), words);
    return option;
  }

  #choose(index) {
    this.#at = index;
    [...this.list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === index)));
    if (index >= 0) this.picker.field.setAttribute("aria-activedescendant", `likely-${index}`);
    this.picker.list.classList.toggle("resting", index >= 0);
  }

  /* A number applies a suggestion while nothing is typed; arrow up leads from the first code to the suggestions. */
  #key(event) {
    const { field } = this.picker;
    const isFirst = this.#at < 0 && field.getAttribute("aria-activedescendant") === TOP;
    const taken = {
      ArrowUp: () => (isFirst ? this.#choose(this.#shown.length - 1) : this.#choose(Math.max(this.#at - 1, 0))),
      ArrowDown: () => (this.#at < this.#shown.length - 1 ? this.#choose(this.#at + 1) : this.#leave()),
      Enter: () => this.#apply(this.#at, event.shiftKey),
    };
    const isHeld = event.altKey || event.ctrlKey || event.metaKey; // Alt and a number keep a favourite
    const isNumber = !isHeld && !field.value && /^[1-3]$/.test(event.key) && Number(event.key) <= this.#shown.length;
    if (isNumber) this.#apply(Number(event.key) - 1, false);
    else if (this.#shown.length && (this.#at >= 0 || (isFirst && event.key === "ArrowUp")) && event.key in taken) taken[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #leave() {
    this.#choose(-1);
    this.picker.field.setAttribute("aria-activedescendant", TOP);
  }

  #click(event) {
    const option = event.target.closest("[role=option]");
    if (option) this.#apply([...this.list.children].indexOf(option), event.shiftKey);
  }

  #apply(index, keepOpen) {
    this.picker.take(this.#shown[index].code, keepOpen);
  }
}
