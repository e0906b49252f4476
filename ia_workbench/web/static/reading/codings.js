/* The codings of the source: read from the page turn by turn, changed by the reader, saved by `saving.js`. */

/* One coding. Offsets are code points; `order` counts from the oldest. `state` is saved, adding, unadded, removing or unremoved; `guid` is null until
   the store has it; `request` identifies the act of making it, so that sending it twice codes once. */
export class Coding {
  static #newest = 1e9; // above every order that the server gives

  constructor({ guid = null, start, end, code, coder, at, label, order = Coding.#newest++, state = "saved" }) {
    Object.assign(this, { guid, start, end, code, coder, at, order, state, why: "", request: null });
    this.label = label ?? `${code.name}, ${coder}`; // for those who do not see the page
  }

  get isSaved() {
    return this.state === "saved";
  }

  touches(start, end) {
    return start < end ? this.start < end && start < this.end : this.start <= start && start < this.end;
  }
}

export const newRequest = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class Codings extends EventTarget {
  #byTurn = new Map(); // turn -> its codings, oldest first
  #byGuid = new Map();

  constructor(transcript, codes) {
    super();
    this.transcript = transcript;
    this.codes = codes;
  }

  /* The codings that touch a turn, oldest first. */
  ofTurn(turn) {
    if (!this.#byTurn.has(turn)) this.#byTurn.set(turn, this.#read(turn));
    return this.#byTurn.get(turn);
  }

  #read(turn) {
    const links = [...turn.element.querySelectorAll(".given [data-g]")];
    return links.map((link) => this.#coding(link)).sort((one, other) => one.order - other.order);
  }

  #coding(link) {
    const { s, e, c, by, at, o, g: guid } = link.dataset;
    if (this.#byGuid.has(guid)) return this.#byGuid.get(guid);
    const code = this.codes.find((each) => each.id === Number(c));
    const place = { start: Number(s), end: Number(e), order: Number(o) };
    const coding = new Coding({ ...place, guid, code, coder: by, at, label: link.getAttribute("aria-label") });
    this.#byGuid.set(guid, coding);
    return coding;
  }

  /* The codings that touch a span, in reading order; the longer first. */
  touching(start, end) {
    const found = new Set();
    for (const turn of this.transcript.turnsOf(start, end)) {
      for (const coding of this.ofTurn(turn)) if (coding.touches(start, end)) found.add(coding);
    }
    return [...found].sort((one, other) => one.start - other.start || other.end - one.end);
  }

  /* The coding of a GUID, wherever it stands; undefined when the page has none. */
  byGuid(guid) {
    const link = this.transcript.container.querySelector(`.given [data-g="${CSS.escape(guid)}"]`);
    return this.#byGuid.get(guid) ?? (link && this.#coding(link));
  }

  /* A coding of these words with this code by this coder, when there is one already. */
  same(start, end, code, coder) {
    return this.touching(start, end).find(
      (each) => each.start === start && each.end === end && each.code === code && each.coder === coder,
    );
  }

  add(coding) {
    for (const turn of this.#turns(coding)) this.ofTurn(turn).push(coding);
    this.changed(coding);
  }

  remove(coding) {
    for (const turn of this.#turns(coding)) {
      const codings = this.ofTurn(turn);
      if (codings.includes(coding)) codings.splice(codings.indexOf(coding), 1);
    }
    this.#byGuid.delete(coding.guid);
    this.changed(coding);
  }

  /* Keep what the store says of a coding that it has taken. */
  saved(coding, { guid, at, coder }) {
    const state = coding.state === "removing" ? "removing" : "saved"; // it may have been taken away meanwhile
    Object.assign(coding, { guid, at, coder, state, why: "" });
    this.#byGuid.set(guid, coding);
    this.changed(coding);
  }

  /* Say that a coding looks different now: its turns are drawn again, nothing else. */
  changed(coding) {
    this.dispatchEvent(new CustomEvent("change", { detail: { coding, turns: this.#turns(coding) } }));
  }

  #turns(coding) {
    return this.transcript.turnsOf(coding.start, coding.end);
  }
}
