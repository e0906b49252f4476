/* What a coding is, shown while its name or lane is pointed at or has the focus: it stays while the pointer is on it,
   and Escape takes it away (WCAG 2.2, 1.4.13). It stands under the name, and over none of what is beside the transcript. */

import { element, say } from "./page.js";

const WAIT = 350; // ms before it shows for a pointer that only passes
const LEAVE = 200; // ms in which a pointer may go over to it
const EDGE = 8; // px that stay free at the edges of the window
const GAP = 2; // px between it and what it belongs to
const LOCALES = { en: "en-GB", es: "es" };

export function addCard(reading) {
  reading.card = new Card(reading);
}

class Card {
  #at = null; // the element that it belongs to
  #timer = null;

  /* `facts` are functions that each give `[name, words]` pairs for a coding; other parts add their own. */
  constructor({ page, transcript, area, inspector }) {
    Object.assign(this, { page, area, inspector });
    this.card = page.part("coding-card");
    this.facts = [(coding) => this.#whose(coding), (coding) => this.#weight(coding), (coding) => this.#evidence(coding)];
    const { container } = transcript;
    container.addEventListener("pointerover", (event) => event.pointerType !== "touch" && this.#point(event.target));
    container.addEventListener("pointerout", () => this.#later(() => this.hide(), LEAVE));
    this.card.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.card.addEventListener("pointerleave", () => this.#later(() => this.hide(), LEAVE));
    container.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && this.#show(event.target.closest("button")));
    container.addEventListener("focusout", () => this.hide());
    inspector.addEventListener("open", () => this.hide());
    area.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    addEventListener("scroll", () => this.#scrolled(), { passive: true });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event), { capture: true });
  }

  #later(act, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, wait);
  }

  #point(target) {
    const at = target.closest(".given button, .given .lane");
    if (!at) return;
    if (at === this.#at) clearTimeout(this.#timer);
    else this.#later(() => this.#show(at), this.#at ? LEAVE : WAIT);
  }

  #show(at) {
    if (!at?.coding || !at.isConnected || at.coding === this.inspector.open) return; // the inspector says it all
    this.hide();
    this.#at = at;
    this.card.replaceChildren(...this.#content(at.coding));
    this.card.className = `coding-card c${at.coding.code.color}`;
    this.card.hidden = false;
    at.setAttribute("aria-describedby", this.card.id);
    this.#place(at.getBoundingClientRect(), at.closest(".given").getBoundingClientRect());
  }

  /* Below the name, or above it where there is no room, as far from the words as the transcript goes: what stands beside
     that, the card of the open coding above all, stays in sight. */
  #place(at, given) {
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const { left: first, right: last } = this.area.getBoundingClientRect();
    const isRightToLeft = getComputedStyle(this.#at.closest(".given")).direction === "rtl";
    const isBelow = at.bottom + height + EDGE <= innerHeight;
    const top = isBelow ? at.bottom + GAP : Math.max(EDGE, at.top - height - GAP);
    const wanted = isRightToLeft ? given.left : given.right - width;
    const left = Math.max(first + EDGE, Math.min(wanted, last - width - EDGE));
    Object.assign(this.card.style, { left: `${left}px`, top: `${top}px` });
  }

  hide() {
    clearTimeout(this.#timer);
    this.#at?.removeAttribute("aria-describedby");
    this.#at = null;
    this.card.hidden = true;
  }

  /* It goes along with its name, and away with it; the scrolling that brought a name into sight does not close it. */
  #scrolled() {
    if (!this.#at) return;
    const box = this.#at.getBoundingClientRect();
    if (!this.#at.isConnected || box.bottom < 0 || box.top > innerHeight) this.hide();
    else this.#place(box, this.#at.closest(".given").getBoundingClientRect());
  }

  #escape(event) {
    if (!this.#at) return;
    event.preventDefault();
    event.stopPropagation(); // what else Escape does waits for the next time
    this.hide();
  }

  #content(coding) {
    const { code } = coding;
    const head = element("p", "", "head");
    const name = element("b", code.name);
    name.dir = "auto";
    head.append(element("i", "", "sw"), name, element("span", code.place, "cap"));
    const facts = element("dl", "");
    for (const [called, words] of this.facts.flatMap((give) => give(coding))) {
      if (words) facts.append(element("dt", called), element("dd", words));
    }
    return [head, ...(code.definition ? [element("p", code.definition)] : []), facts];
  }

  #whose({ coder, at }) {
    const { words, data } = this.page;
    const when = new Date(at).toLocaleString(LOCALES[document.documentElement.lang], { dateStyle: "medium", timeStyle: "short" });
    return [[words.coder, `${coder === data.me ? words.you : coder}, ${when}`]];
  }

  #weight({ rating, important, code }) {
    const { words } = this.page;
    const scale = code.scale ?? [];
    const rated = rating && say(words.ratingOf, { rating: scale[rating - 1] ?? rating, place: rating, count: scale.length });
    return [[words.rating, rated], [words.marked, important && words.important]];
  }

  #evidence({ start, end }) {
    const { words, data } = this.page;
    const links = data.links.filter((link) => link.start < end && start < link.end);
    return [[words.evidenceFor, [...new Set(links.map((link) => `${link.finding} ${link.says}`))].join("; ")]];
  }
}
