/* From words to evidence in two keys: the number of a finding, then what the words say of it. The part of the finding
   that was used last is chosen, unless it is what does not fit: that goes with two of the three keys only, so it is
   chosen anew each time. What is linked is what is shown. Everything else stands in the form behind "All choices". */

import { fold } from "./matching.js";
import { newRequest } from "./codings.js";
import { element, say } from "./page.js";
import { topOf } from "./picker.js";

const STANCES = { s: "supports", c: "contradicts", x: "complicates" };
const SUPPORTS = "supports";
const COUNTER = "counter"; // goes with what speaks against a finding alone
const HAPPENS = "happens";

export class Linking extends EventTarget {
  #shown = [];
  #at = 0;
  #finding = null;

  constructor(page) {
    super();
    this.page = page;
    for (const part of ["dialog", "field", "list", "role", "first", "second"]) this[part] = page.part(`link-${part}`);
    this.findings = [...page.part("evidence-finding").options].map(({ value, text }) => ({ key: value, title: text }));
    this.role.value = page.data.role;
    page.part("text").append(this.dialog);
    this.field.addEventListener("input", () => this.#filter());
    this.first.addEventListener("keydown", (event) => this.#listKey(event));
    this.second.addEventListener("keydown", (event) => this.#stanceKey(event));
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.dialog.addEventListener("focusout", (event) => this.#left(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({ target }) => this.#take(this.#shown[[...this.list.children].indexOf(target.closest("li"))]));
    this.role.addEventListener("change", () => this.#showWhatFits());
    this.second.addEventListener("click", ({ target }) => this.#link(target.closest("[data-stance]")?.dataset.stance));
    for (const button of this.dialog.querySelectorAll("[data-form]")) button.addEventListener("click", () => this.#askAll());
  }

  get isOpen() {
    return this.dialog.open;
  }

  /* Open under words: px from the top of the transcript's content, and what is about to be linked. */
  open({ bottom, turnBottom, about }) {
    this.page.part("link-place").textContent = about;
    this.dialog.style.top = `${topOf(bottom, turnBottom)}px`;
    this.dialog.show();
    this.#askFinding();
    this.dialog.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.isOpen) return;
    this.dialog.close();
    this.dispatchEvent(new Event("closed"));
  }

  #askFinding() {
    this.first.hidden = false;
    this.second.hidden = true;
    this.field.value = "";
    this.#filter();
    this.field.focus({ preventScroll: true });
  }

  #filter() {
    const terms = fold(this.field.value).split(/\s+/).filter(Boolean);
    this.#shown = this.findings.filter(({ title }) => terms.every((term) => fold(title).includes(term)));
    this.list.replaceChildren(...this.#shown.map((finding, index) => this.#option(finding, index)));
    this.page.part("link-none").hidden = this.#shown.length > 0;
    this.page.part("link-count").textContent = say(this.page.words.findingsFound, { count: this.#shown.length });
    this.#choose(0);
  }

  #option({ key, title }, index) {
    const option = document.createElement("li");
    option.id = `link-${index}`;
    option.setAttribute("role", "option");
    const number = element("kbd", index < 9 ? String(index + 1) : "");
    number.hidden = index > 8;
    option.append(number, element("span", title.slice(key.length).trim()), element("span", key, "key"));
    return option;
  }

  #choose(index) {
    this.#at = Math.min(Math.max(index, 0), this.#shown.length - 1);
    [...this.list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === this.#at)));
    const option = this.list.children[this.#at];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #listKey(event) {
    if (event.isComposing || event.target !== this.field) return;
    const { key } = event;
    const number = /^[1-9]$/.test(key) && !this.field.value ? Number(key) : 0;
    if (key === "ArrowDown" || key === "ArrowUp") this.#choose(this.#at + (key === "ArrowDown" ? 1 : -1));
    else if (number) this.#take(this.#shown[number - 1]);
    else if (key === "Enter" && event.shiftKey) this.#askAll();
    else if (key === "Enter") this.#take(this.#shown[this.#at]);
    else if (key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #take(finding) {
    if (!finding) return;
    this.#finding = finding;
    this.page.part("link-finding").textContent = finding.title;
    this.first.hidden = true;
    this.second.hidden = false;
    if (this.role.value === COUNTER) this.role.value = HAPPENS;
    this.#showWhatFits();
    this.second.querySelector("[data-stance]").focus({ preventScroll: true });
  }

  #stanceKey(event) {
    const stance = STANCES[event.key.toLowerCase()];
    const isElsewhere = event.target === this.role || event.ctrlKey || event.metaKey || event.altKey;
    if (stance && !isElsewhere) this.#link(stance);
    else if (event.key === "Escape") this.#askFinding();
    else return;
    event.preventDefault();
  }

  #showWhatFits() {
    const isCounter = this.role.value === COUNTER;
    this.second.querySelector(`[data-stance="${SUPPORTS}"]`).disabled = isCounter;
    this.page.part("link-unfit").hidden = !isCounter;
  }

  #link(stance) {
    const role = this.role.value;
    if (!stance || (stance === SUPPORTS && role === COUNTER)) return;
    this.dispatchEvent(new CustomEvent("link", { detail: { finding: this.#finding.key, stance, role } }));
    this.close();
  }

  #askAll() {
    const finding = this.#finding && this.first.hidden ? this.#finding : this.#shown[this.#at];
    this.dialog.close();
    this.dispatchEvent(new CustomEvent("form", { detail: finding?.key }));
  }

  #left({ relatedTarget }) {
    if (this.isOpen && relatedTarget && !this.dialog.contains(relatedTarget)) this.dialog.close();
  }
}

export function addLinking({ changes, commands, evidence, inspector, page, saving, selection, status, transcript }) {
  const linking = new Linking(page);
  let span = null;

  commands.link = () => {
    const { open } = inspector;
    span = selection.isEmpty ? open && { start: open.start, end: open.end } : { start: selection.start, end: selection.end };
    if (!span) status.hint(page.words.nothingSelected);
    else if (!linking.findings.length) evidence.open(span.start, span.end);
    else linking.open(commands.below(...transcript.spoken(span.start, span.end)));
  };

  linking.addEventListener("closed", () => commands.back());
  linking.addEventListener("form", ({ detail }) => evidence.open(span.start, span.end, detail));

  linking.addEventListener("link", ({ detail }) => {
    const { start, end } = span;
    const quote = transcript.words(start, end);
    const fields = { revision: page.data.revision, start, end, quote, ...detail, request: newRequest() };
    const asking = { why: "" };
    const doing = async () => {
      const link = await changes.ask(page.data.evidence, fields);
      status.hint(say(page.words.linked, link));
    };
    saving.act(asking, doing, (failure) => {
      saving.forget(asking); // nothing of it stays to be sent: what was wanted is one key away
      status.hint(failure.message);
    });
  });
}
