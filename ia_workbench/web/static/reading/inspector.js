/* What is at the selection: its words, the codings that touch it as real buttons, the findings that rest on it. */

import { element, say } from "./page.js";

const LOCALES = { en: "en-GB", es: "es" }; // 2 Mar 2026, 14:28, as elsewhere in the workbench

export class Inspector extends EventTarget {
  #cards = []; // the codings shown, in order
  #open = null;

  constructor(page, codings, selection, acts) {
    super();
    Object.assign(this, { page, codings, selection, acts });
    this.list = page.part("cards");
    this.list.addEventListener("click", (event) => this.#click(event));
  }

  /* The coding whose card is open; null when none is. */
  get open() {
    return this.#open;
  }

  /* Show what is at the selection now. */
  update() {
    const { selection, page } = this;
    const turn = selection.turn;
    this.#heading(turn);
    const shown = (coding) => coding.state !== "removing";
    const here = this.codings.touching(selection.start, selection.end).filter(shown);
    const isTurn = selection.isEmpty && !here.length;
    this.#cards = isTurn ? this.codings.touching(turn.start, turn.end).filter(shown) : here;
    if (!this.#cards.includes(this.#open)) this.#choose(isTurn ? null : (here.at(-1) ?? null));
    page.part("at-codes").textContent = isTurn ? page.words.inTurn : page.words.touching;
    page.part("no-codes").hidden = this.#cards.length > 0;
    const place = isTurn ? turn : selection;
    page.part("no-codes").textContent = this.codings.touching(place.start, place.end, { every: true }).some(shown) ? page.words.noneShown : page.words.none;
    const focusAgain = this.#held();
    this.list.replaceChildren(...this.#cards.map((coding) => this.#card(coding)));
    focusAgain();
    this.#count();
    this.#links(isTurn ? [turn.start, turn.end] : [selection.start, selection.end]);
  }

  /* The card that is open, as an element; undefined when none is. */
  get openCard() {
    return [...this.list.children].find((item) => item.coding === this.#open);
  }

  /* Remember which control of a card has the focus; what is given back puts it there again in the new card. */
  #held() {
    const { activeElement: active } = document;
    const coding = active.closest("#cards > li")?.coding;
    const same = active.matches("input") ? "input:checked" : ([".star", ".recode", ".remove"].find((each) => active.matches(each)) ?? "h3 button");
    return () => coding && [...this.list.children].find((item) => item.coding === coding)?.querySelector(same)?.focus({ preventScroll: true });
  }

  #heading(turn) {
    const { selection, page } = this;
    const first = this.codings.transcript.turnAt(selection.start);
    const [from, to] = [first.lineAt(first.unit(selection.start)), turn.lineAt(turn.unit(Math.max(selection.end - 1, turn.start)))];
    const last = this.codings.transcript.turnAt(selection.end);
    const sentence = first !== last ? page.words.turns : from === to ? page.words.turnLine : page.words.turnLines;
    page.part("at-place").textContent = say(sentence, { turn: first.number, lastTurn: last.number, first: from, last: to });
    page.part("at-words").textContent = selection.isEmpty ? "" : `“${selection.words}”`;
    for (const id of ["act-code", "touch-code"]) page.part(id).disabled = selection.isEmpty;
    page.part("act-link").disabled = selection.isEmpty;
  }

  #count() {
    const place = this.#cards.indexOf(this.#open) + 1;
    const words = say(this.page.words.oneOf, { place, count: this.#cards.length });
    this.page.part("at-count").textContent = place && this.#cards.length > 1 ? words : "";
  }

  #card(coding) {
    const item = this.page.copy("card");
    const { code } = coding;
    const isOpen = coding === this.#open;
    const turn = this.codings.transcript.turnAt(coding.start);
    item.firstElementChild.classList.add(`c${code.color}`);
    item.firstElementChild.classList.toggle("open", isOpen);
    item.querySelector(".name").textContent = code.name;
    item.querySelector(".by").textContent = coding.coder === this.page.data.me ? "" : coding.coder;
    item.querySelector("button").setAttribute("aria-expanded", String(isOpen));
    item.querySelector("button").dataset.turn = turn.number;
    item.querySelector(".body").hidden = !isOpen;
    item.querySelector(".definition").textContent = code.definition;
    item.querySelector("dl").append(...this.#facts(coding));
    item.querySelector(".remove").hidden = !this.acts.mayRemove(coding);
    item.coding = coding;
    this.dispatchEvent(new CustomEvent("card", { detail: { item, coding } }));
    return item;
  }

  #facts(coding) {
    const { words, data } = this.page;
    const { code } = coding;
    const who = coding.coder === data.me ? words.you : coding.coder;
    const when = new Date(coding.at).toLocaleString(LOCALES[document.documentElement.lang], { dateStyle: "medium", timeStyle: "short" });
    const facts = [[words.useFor, code.include], [words.notFor, code.exclude], [words.lever, code.levers.join("; ")],
      [words.coder, `${who}, ${when}`], [words.step, code.nodes.join(", ")]];
    return facts.filter(([, fact]) => fact).flatMap(([name, fact]) => [element("dt", name), element("dd", fact)]);
  }

  #links([start, end]) {
    const links = this.page.data.links.filter((link) => link.start < Math.max(end, start + 1) && start < link.end);
    this.page.part("in-findings").hidden = !links.length;
    this.page.part("links").replaceChildren(
      ...links.map((link) => {
        const item = document.createElement("li");
        const anchor = element("a", "");
        anchor.href = link.address;
        anchor.append(element("span", link.finding, "key"), element("span", link.title), element("span", link.says, "cap"));
        item.append(anchor);
        return item;
      }),
    );
  }

  #click(event) {
    const item = event.target.closest("#cards > li");
    if (event.target.closest(".remove")) this.dispatchEvent(new CustomEvent("remove", { detail: item.coding }));
    else if (event.target.closest("h3 button")) this.#toggle(item.coding);
  }

  #toggle(coding) {
    this.#choose(coding === this.#open ? null : coding);
    this.update();
    [...this.list.children].find((item) => item.coding === coding)?.querySelector("button").focus();
  }

  #choose(coding) {
    if (coding === this.#open) return;
    this.#open = coding;
    this.dispatchEvent(new CustomEvent("open", { detail: coding }));
  }

  /* Open the card of a coding. */
  show(coding) {
    this.#choose(coding);
    this.update();
  }

  /* Open the next card of those at the selection. */
  next() {
    if (!this.#cards.length) return;
    this.show(this.#cards[(this.#cards.indexOf(this.#open) + 1) % this.#cards.length]);
  }
}
