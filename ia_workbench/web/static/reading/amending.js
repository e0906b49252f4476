/* Changing codings that are there: other words, another code, a rating, the sign of importance. A change shows at once;
   what keys change step by step is a draft, which becomes one act after a pause. */

const PAUSE = 800; // ms after the last step until it is saved

export function addAmending(reading) {
  const amending = (reading.amending = new Amending(reading));
  const { commands } = reading;
  const undo = commands.undo;
  commands.undo = () => amending.dropAll() || undo(); // what is no act yet is taken back here
  addEventListener("beforeunload", () => amending.saveAll(), { capture: true });
  document.addEventListener("visibilitychange", () => amending.saveAll());
}

export class Amending {
  #drafts = new Map(); // coding -> the change that shows and is no act yet

  constructor({ acts, codings }) {
    Object.assign(this, { acts, codings });
    acts.addEventListener("settled", ({ detail }) => this.#settled(detail));
    acts.addEventListener("removing", ({ detail }) => this.drop(detail)); // nothing is to come of it any more
  }

  /* Whether the reader may change a coding: their own, or any for a lead. */
  may(coding) {
    return !["removing", "unremoved"].includes(coding.state) && this.acts.mayRemove(coding); // what goes is not changed
  }

  /* Change a coding and save it. `what` is the kind of act: resize, recode, mark or rate. */
  change(coding, what, to) {
    this.preview(coding, what, to);
    this.save(coding);
  }

  /* Show a change. It is saved after a pause without another one, or by `save`; `drop` takes it back. */
  preview(coding, what, to, { pause = PAUSE } = {}) {
    if (this.#drafts.has(coding) && this.#drafts.get(coding).what !== what) this.save(coding);
    const draft = this.#drafts.get(coding) ?? this.#begin(coding, what, Object.keys(to));
    draft.to = to;
    clearTimeout(draft.timer);
    draft.timer = pause ? setTimeout(() => this.save(coding), pause) : null;
    this.codings.amend(coding, to);
  }

  #begin(coding, what, names) {
    const before = Object.fromEntries(names.map((name) => [name, coding[name]]));
    const draft = { coding, what, before, seen: coding.version };
    this.#drafts.set(coding, draft);
    return draft;
  }

  /* Whether a coding shows a change that is no act yet. */
  isPending(coding) {
    return this.#drafts.has(coding);
  }

  /* Make what a coding shows an act. */
  save(coding) {
    const draft = this.#take(coding);
    if (!draft) return;
    const { to, before, what, seen } = draft;
    const isSame = Object.entries(to).every(([name, value]) => before[name] === value);
    if (!isSame) this.acts.change(what, coding, to, before, seen);
  }

  saveAll() {
    for (const coding of [...this.#drafts.keys()]) this.save(coding);
  }

  /* Take back what a coding shows and what is no act yet. */
  drop(coding) {
    const draft = this.#take(coding);
    const isAsSeen = draft && coding.version === draft.seen && this.codings.has(coding);
    if (isAsSeen) this.codings.amend(coding, draft.before); // else somebody else changed or removed it: that stays
  }

  /* Take back everything that is no act yet; says whether there was anything. */
  dropAll() {
    const codings = [...this.#drafts.keys()];
    for (const coding of codings) this.drop(coding);
    return codings.length > 0;
  }

  #take(coding) {
    const draft = this.#drafts.get(coding);
    clearTimeout(draft?.timer);
    this.#drafts.delete(coding);
    return draft;
  }

  /* An act on a coding came to its end: a draft begun meanwhile changes what that left, and goes on showing. */
  #settled(coding) {
    const draft = this.#drafts.get(coding);
    if (!draft) return;
    draft.seen = coding.version;
    this.codings.amend(coding, draft.to);
  }
}
