/* Showing only some of the codings: by code, coder, lever, step, rating, importance, and the reader's own. What is
   asked for stands in the address, so that it is still asked for when the page is loaded again. */

import { say } from "./page.js";
import { FILTERS, isSeen, queryOf } from "./seeing.js";

export function addFilters(reading) {
  const { codings, commands, counting, inspector, status, page } = reading;
  const filters = (reading.filters = new Filters(reading));

  /* Open the fields that narrow, with the first of them in hand. */
  commands.filter = () => filters.open();

  /* Show only the code of the coding that is open, or all again. */
  commands.only = () => {
    if (filters.isNarrowed) filters.showAll();
    else if (inspector.open) filters.change({ code: inspector.open.code.path });
    else filters.open();
  };

  const told = new WeakSet(); // codings made here of which it was said whether they are shown
  counting.addEventListener("change", () => filters.tell());
  codings.addEventListener("change", ({ detail: { coding } }) => {
    if (!coding.request || coding.state !== "saved" || told.has(coding)) return;
    told.add(coding);
    const words = say(page.words.hiddenByFilter, { code: coding.code.name });
    if (!codings.isShown(coding)) setTimeout(() => status.hint(words)); // after the status bar has said that it is saved
  });
}

class Filters extends EventTarget {
  #code = null; // the one that is asked for: it may be moved, or merged into another

  constructor({ page, codings, counting, commands }) {
    super();
    Object.assign(this, { page, codings, counting, commands });
    this.seeing = { ...page.data.seeing };
    this.#hold();
    this.details = page.part("filters");
    this.form = page.part("filter-form");
    this.form.addEventListener("change", () => this.change(this.#typed()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.details.addEventListener("keydown", (event) => this.#key(event));
    page.part("show-all").addEventListener("click", (event) => this.#all(event));
    page.part("layers").addEventListener("click", (event) => this.#layer(event));
    this.#apply();
  }

  get isNarrowed() {
    return Boolean(this.seeing.layer) || FILTERS.some((name) => this.seeing[name]);
  }

  open() {
    this.details.open = true;
    this.form.elements.code.focus();
  }

  /* Ask for something else in some of the fields; an empty text asks for all. */
  change(changed) {
    Object.assign(this.seeing, changed);
    this.#hold();
    this.#fill();
    this.#address();
    this.#apply();
    this.dispatchEvent(new Event("change"));
    this.page.speak(this.sentence());
  }

  showAll() {
    this.change({ layer: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) });
  }

  #hold() {
    this.#code = this.codings.codes.find((code) => code.path === this.seeing.code) ?? null;
  }

  /* Take in that codes are other ones now: what is asked for goes along with a code that was moved, or merged into
     another, and all are shown when it is gone. */
  follow() {
    const { codes } = this.codings;
    const held = this.#code;
    this.#code = codes.find((code) => code === held) ?? codes.find((code) => held && code.merged.includes(held.guid)) ?? null;
    if (held) this.seeing.code = this.#code?.path ?? "";
    this.#choices();
    this.#fill();
    this.#address();
    this.#apply();
    this.dispatchEvent(new Event("change"));
  }

  /* Offer the codes as they are, and the levers and steps that they have. */
  #choices() {
    const { codes } = this.codings;
    const depth = (code) => code.path.split("/").length - 1;
    this.#offer("code", codes.map((code) => [code.path, `${"\u2002".repeat(depth(code))}${code.name}`]));
    const levers = new Map(codes.flatMap(({ leverKeys, levers }) => leverKeys.map((key, index) => [key, levers[index]])));
    this.#offer("lever", sorted(levers));
    this.#offer("step", sorted(new Map(codes.flatMap(({ nodes }) => nodes.map((key) => [key, key])))));
    const { words } = this.page;
    const ratings = Array.from({ length: Math.max(0, ...codes.map(({ scale }) => scale.length)) }, (_, index) => `${index + 1}`);
    const rated = ratings.map((rating) => [rating, say(words.orHigher, { rating })]);
    this.#offer("rating", ratings.length ? [["none", words.filterUnrated], ...rated] : []);
  }

  #offer(name, choices) {
    const select = this.form.elements[name];
    const asked = this.seeing[name];
    const isOffered = !asked || choices.some(([value]) => value === asked);
    const every = isOffered ? choices : [...choices, [asked, asked]];
    select.replaceChildren(select.options[0], ...every.map(([value, words]) => new Option(words, value)));
    select.closest(".field").hidden = !every.length;
  }

  #apply() {
    const seeing = { ...this.seeing };
    this.codings.filter((coding) => isSeen(seeing, coding, this.page.data.me));
  }

  #typed() {
    const typed = new FormData(this.form);
    return Object.fromEntries([...FILTERS, "lanes"].map((name) => [name, typed.get(name) ?? ""]));
  }

  #fill() {
    for (const field of this.form.elements) {
      if (field.type === "checkbox") field.checked = this.seeing[field.name] === field.value;
      else if (field.name) field.value = this.seeing[field.name] ?? "";
    }
    const layer = this.seeing.layer || "team";
    for (const button of this.page.part("layers").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === layer));
    }
  }

  #address() {
    const query = queryOf(this.seeing);
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  }

  /* What is shown, in a sentence. */
  sentence() {
    return `${this.#counts()} ${this.#reasons()}`.trim();
  }

  #counts() {
    const { words } = this.page;
    const grouped = (count) => count.toLocaleString(document.documentElement.lang);
    const facts = { shown: grouped(this.counting.shown.size), count: grouped(this.counting.known) };
    return say(this.isNarrowed ? words.someShown : words.allShown, facts);
  }

  #reasons() {
    const { words } = this.page;
    const { layer, code, coder, lever, step, rating, important } = this.seeing;
    const named = this.codings.codes.find((each) => each.path === code)?.name ?? code;
    const rated = rating === "none" ? words.filterUnrated : say(words.filterRated, { rating });
    const said = [layer && words.onlyMine, code && named, coder && say(words.filterByCoder, { coder }), lever && say(words.filterLever, { lever }),
      step && say(words.filterStep, { step }), rating && rated, important && words.filterImportant];
    return said.filter(Boolean).join("; ");
  }

  /* Write what is shown above the text. */
  tell() {
    const [counts, reasons] = this.page.part("shown").children;
    counts.textContent = this.#counts();
    reasons.textContent = this.#reasons();
    this.page.part("show-all").hidden = !this.isNarrowed;
    const asked = FILTERS.filter((name) => this.seeing[name]).length;
    this.page.part("filter-count").hidden = !asked;
    this.page.part("filter-count").textContent = asked;
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.details.open = false;
    this.commands.back();
    this.commands.caret.reveal(); // in a narrow window the fields stand far above the words
  }

  #all(event) {
    event.preventDefault();
    this.showAll();
    this.commands.back(); // the link is gone now, and the focus would be with it
  }

  #layer(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    this.change({ layer: button.value === "mine" ? "mine" : "" });
  }
}

const sorted = (map) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));
