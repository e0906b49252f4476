/* Autocoding the source that is read: a rule, its places in context to keep or leave out, and one batch of codings. */

import { boxesIn, matchKey } from "../team/match_keys.js";
import { newRequest } from "./codings.js";
import { say } from "./page.js";

export function addAutocoding(reading) {
  const { changes, codings, commands, page, saving, selection, status } = reading;
  const autocoding = new Autocoding(page, saving, changes);

  commands.autocode = () => autocoding.open(selection.isEmpty ? "" : codings.transcript.words(selection.start, selection.end));
  page.part("act-autocode").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    commands.autocode();
  });
  autocoding.addEventListener("closed", () => commands.back());
  autocoding.addEventListener("coded", ({ detail: count }) => status.hint(say(page.words.codedPlaces, { count })));
}

export class Autocoding extends EventTarget {
  #shown = null; // what the store answered to the rule that was last looked for
  #isAsking = false;

  constructor(page, saving, changes) {
    super();
    Object.assign(this, { page, saving, changes });
    this.dialog = page.part("autocode");
    this.form = page.part("autocode-form");
    this.list = page.part("autocode-matches");
    this.accepting = page.part("autocode-accept");
    this.refused = page.part("autocode-refused");
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.form.addEventListener("input", (event) => event.target.name !== "keep" && this.#clear());
    this.list.addEventListener("change", () => this.#count());
    this.dialog.addEventListener("keydown", (event) => this.#shown && matchKey(this.list, event, () => this.#count()));
    this.dialog.addEventListener("close", () => this.dispatchEvent(new Event("closed")));
    this.accepting.addEventListener("click", () => this.#do(() => this.#accept()));
    page.part("autocode-close").addEventListener("click", () => this.dialog.close());
  }

  /* Open with these words to look for. */
  open(words) {
    const isShort = words.length <= this.form.elements.words.maxLength;
    if (words.trim() && isShort) this.form.elements.words.value = words.trim();
    this.#clear();
    this.dialog.showModal();
    this.form.elements.words.focus();
    this.form.elements.words.select(); // whoever looks for something else just types it
  }

  #clear() {
    this.#shown = null;
    this.list.replaceChildren();
    this.refused.hidden = true;
    this.page.part("autocode-note").hidden = true;
    this.page.part("autocode-keys").hidden = true;
    this.page.part("autocode-count").textContent = "";
    this.accepting.disabled = true;
  }

  #submitted(event) {
    event.preventDefault();
    this.#do(() => this.#look());
  }

  async #do(act) {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.refused.hidden = true;
    try {
      await act();
    } catch (failure) {
      this.page.part("autocode-count").textContent = "";
      this.refused.textContent = failure.message;
      this.refused.hidden = false;
      this.refused.focus();
    } finally {
      this.#isAsking = false;
    }
  }

  #rule() {
    const { kind, words, unit, code } = this.form.elements;
    const rule = { kind: kind.value, words: words.value, unit: unit.value, code: code.value };
    return { ...rule, scope: "here", place: this.page.part("autocode").dataset.source };
  }

  async #look() {
    const { page } = this;
    this.#clear();
    page.part("autocode-count").textContent = page.words.looking;
    const rule = this.#rule();
    const answer = await this.saving.send(page.data.autocode.matches, rule);
    this.#shown = { ...answer, rule, request: newRequest() };
    const found = answer.sources.flatMap((source) => source.matches);
    this.list.replaceChildren(...found.map((match) => this.#item(match)));
    page.part("autocode-note").textContent = this.#noteOn(answer, found.length);
    page.part("autocode-note").hidden = !page.part("autocode-note").textContent;
    page.part("autocode-keys").hidden = !found.length;
    page.part("autocode-count").textContent = say(found.length ? page.words.matchesFound : page.words.noMatches, answer);
    this.#count();
    boxesIn(this.list)[0]?.focus();
  }

  #noteOn({ count, withoutForms }, shown) {
    const { words } = this.page;
    const notes = [withoutForms.length ? words.noWordForms : "", shown < count ? say(words.matchesShown, { shown, count }) : ""];
    return notes.filter(Boolean).join(" ");
  }

  #item(match) {
    const { words } = this.page;
    const item = this.page.copy("match-item");
    const box = item.querySelector("input");
    Object.assign(box, { value: match.name, checked: !this.#shown.without.includes(match.name), disabled: match.isOwn });
    item.querySelector(".key").textContent = say(words.turnNumber, match);
    const [left, found, right] = item.querySelector(".quoted").children;
    left.textContent = match.left;
    found.textContent = match.words + (match.isCut ? " …" : "");
    right.textContent = match.right;
    const tag = item.querySelector(".tag");
    tag.hidden = !match.coder;
    tag.textContent = match.isOwn ? words.codedByYou : say(words.codedBy, { name: match.coder });
    item.classList.toggle("is-coded", Boolean(match.coder));
    return item;
  }

  #without() {
    const here = [...this.list.querySelectorAll("input")];
    const listed = new Set(here.map((box) => box.value));
    const left = here.filter((box) => !box.checked || box.disabled).map((box) => box.value);
    return [...this.#shown.without.filter((name) => !listed.has(name)), ...left];
  }

  #count() {
    const count = this.#shown.count - this.#without().length;
    this.accepting.disabled = !count;
    this.accepting.querySelector("span").textContent = say(this.page.words[count === 1 ? "codeOnePlace" : "codePlaces"], { count });
  }

  async #accept() {
    const { rule, seen, request, count } = this.#shown;
    const without = this.#without();
    await this.changes.ask(this.page.data.autocode.accept, { ...rule, seen, request, without: without.join(" ") });
    this.dialog.close();
    this.#clear();
    this.dispatchEvent(new CustomEvent("coded", { detail: count - without.length }));
  }
}
