/* The codings of the source: brought by the server all at once as columns, changed by the reader and by others, saved
   by `queue.js`. Nothing here is drawn: ten thousand of them are objects, and no elements of the page. */

import { Coding, newRequest } from "./coding.js";

export { Coding, newRequest };

export class Codings extends EventTarget {
  #byTurn = new Map(); // turn -> its codings, oldest first
  #byGuid = new Map();
  #nameless = new Set(); // those made here that the store has not named yet
  #isShown = () => true;
  #codesById;

  constructor(transcript, codes) {
    super();
    this.transcript = transcript;
    this.codes = codes;
    this.knowCodes();
  }

  /* The codes are other ones now. */
  knowCodes() {
    this.#codesById = new Map(this.codes.map((code) => [code.id, code]));
  }

  /* Every coding that the page knows of, in no order. */
  get all() {
    return [...new Set([...this.#byTurn.values()].flat())];
  }

  /* Take in codings that the server gives as columns; those known already become what it says. Returns those that are
     new or different now. */
  load(columns) {
    return columns.guid.map((guid, row) => this.#take(guid, columns, row)).filter(Boolean);
  }

  #take(guid, columns, row) {
    const code = this.#codesById.get(columns.code[row]);
    if (!code) return null; // of a code made since: the page asks for the codebook anew
    const place = { start: columns.start[row], end: columns.end[row], code, coder: columns.coders[columns.coder[row]] };
    const rest = { rating: columns.rating[row], important: columns.important[row] === 1, version: columns.version[row] };
    const known = this.#byGuid.get(guid) ?? this.#unnamed(place);
    if (known) return this.#become(known, guid, place, rest);
    const coding = new Coding({ guid, ...place, at: columns.at[row] * 1000 });
    Object.assign(coding, rest);
    this.#byGuid.set(guid, coding);
    this.#put(coding);
    return coding;
  }

  /* A coding of one's own that is being saved: the server may name it before its own answer arrives. */
  #unnamed(place) {
    return [...this.#nameless].find((each) => each.isMadeAs(place));
  }

  #become(coding, guid, place, rest) {
    const isSame = coding.version === rest.version && coding.guid === guid && this.codes.includes(coding.code);
    if (isSame) return null;
    this.#drop(coding);
    coding.become(guid, place, rest);
    this.#nameless.delete(coding);
    this.#byGuid.set(guid, coding);
    this.#put(coding);
    return coding;
  }

  #put(coding) {
    for (const turn of this.#turns(coding)) {
      const codings = this.#everyOf(turn);
      const at = codings.findLastIndex((each) => each.order <= coding.order);
      codings.splice(at + 1, 0, coding);
    }
  }

  #drop(coding) {
    for (const turn of this.#turns(coding)) {
      const codings = this.#everyOf(turn);
      if (codings.includes(coding)) codings.splice(codings.indexOf(coding), 1);
    }
  }

  #everyOf(turn) {
    if (!this.#byTurn.has(turn)) this.#byTurn.set(turn, []);
    return this.#byTurn.get(turn);
  }

  /* Show only the codings for which `isShown` answers yes; the page is to be drawn again. */
  filter(isShown) {
    this.#isShown = isShown;
    this.dispatchEvent(new Event("filter"));
  }

  isShown(coding) {
    return this.#isShown(coding);
  }

  /* The codings shown that touch a turn, oldest first. */
  ofTurn(turn) {
    return this.#everyOf(turn).filter(this.#isShown);
  }

  /* The codings shown that touch a span, or with `every` all of them, in reading order; the longer first. */
  touching(start, end, { every = false } = {}) {
    const found = new Set();
    for (const turn of this.transcript.turnsOf(start, end)) {
      for (const coding of every ? this.#everyOf(turn) : this.ofTurn(turn)) if (coding.touches(start, end)) found.add(coding);
    }
    return [...found].sort((one, other) => one.start - other.start || other.end - one.end);
  }

  /* The coding of a GUID, wherever it stands; undefined when the page has none. */
  byGuid(guid) {
    return this.#byGuid.get(guid);
  }

  /* A coding of these words with this code by this coder, when there is one already, shown or not. */
  same(start, end, code, coder) {
    return this.#everyOf(this.transcript.turnAt(start)).find(
      (each) => each.start === start && each.end === end && each.code === code && each.coder === coder,
    );
  }

  add(coding) {
    this.#nameless.add(coding);
    this.#put(coding);
    this.changed(coding);
  }

  remove(coding) {
    this.#drop(coding);
    this.#nameless.delete(coding);
    this.#byGuid.delete(coding.guid);
    this.changed(coding);
  }

  /* Keep what the store says of a coding that it has taken. */
  saved(coding, { guid, at, coder, version }) {
    const state = coding.state === "removing" ? "removing" : "saved"; // it may have been taken away meanwhile
    Object.assign(coding, { at, coder, version, state, why: "" });
    this.name(coding, guid);
    this.changed(coding);
  }

  /* Give a coding that was made here its GUID. Where somebody changed it before its name came, it was told as another
     coding: this one becomes what that one is. */
  name(coding, guid) {
    const other = this.#byGuid.get(guid);
    coding.guid = guid;
    this.#nameless.delete(coding);
    if (other && other !== coding) {
      this.remove(other);
      this.amend(coding, other.look);
    }
    this.#byGuid.set(guid, coding);
  }

  /* Take in what others, undo and redo did. `gone` are GUIDs. */
  update({ marks, gone }) {
    const before = new Map(marks.guid.map((guid) => [guid, this.#turnsOfKnown(guid)]));
    for (const coding of this.load(marks)) this.#tell(coding, [...new Set([...(before.get(coding.guid) ?? []), ...this.#turns(coding)])]);
    for (const coding of gone.map((guid) => this.#byGuid.get(guid)).filter(Boolean)) this.remove(coding);
  }

  #turnsOfKnown(guid) {
    const known = this.#byGuid.get(guid);
    return known ? this.#turns(known) : [];
  }

  /* Make a coding something else here, before the store has it: other words, another code, a rating. */
  amend(coding, to) {
    const before = this.#turns(coding);
    this.#drop(coding);
    this.#put(Object.assign(coding, to));
    this.#tell(coding, [...new Set([...before, ...this.#turns(coding)])]);
  }

  /* The code of a path; undefined when the page has none. */
  codeAt(path) {
    return this.codes.find((code) => code.path === path);
  }

  /* Say that a coding looks different now: its turns are drawn again, nothing else. */
  changed(coding) {
    this.#tell(coding, this.#turns(coding));
  }

  #tell(coding, turns) {
    this.dispatchEvent(new CustomEvent("change", { detail: { coding, turns } }));
  }

  /* Whether a coding is among those the page knows of now. */
  has(coding) {
    return this.#everyOf(this.transcript.turnAt(coding.start)).includes(coding);
  }

  #turns(coding) {
    return this.transcript.turnsOf(coding.start, coding.end);
  }
}
