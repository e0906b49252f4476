/* Changing codings that are there: other words, another code, a rating, the sign of importance. A change shows at once;
   what keys change step by step is saved after a pause, as one act. Where somebody else changed the coding meanwhile,
   the reader chooses whose stands; nobody is overwritten. */

import { newRequest } from "./coding.js";
import { Overtaken } from "./overtaken.js";
import { say } from "./page.js";
import { Failure } from "./saving.js";

const PAUSE = 800; // ms after the last step until it is saved

export function addAmending(reading) {
  const amending = (reading.amending = new Amending(reading));
  const { commands } = reading;
  const undo = commands.undo;
  commands.undo = () => amending.dropAll() || undo(); // what is not sent yet is taken back here
  addEventListener("beforeunload", () => amending.saveAll(), { capture: true });
  document.addEventListener("visibilitychange", () => amending.saveAll());
}

export class Amending extends EventTarget {
  #drafts = new Map(); // coding -> the change that shows and was not sent yet
  #sent = new Map(); // coding -> its newest change that is on its way

  constructor({ page, codings, saving, changes, acts, status, transcript }) {
    super();
    Object.assign(this, { page, codings, saving, changes, acts, status, transcript });
    this.overtaken = new Overtaken(page);
  }

  /* Whether the reader may change a coding: their own, or any for a lead. */
  may(coding) {
    return coding.state !== "removing" && this.acts.mayRemove(coding);
  }

  /* Change a coding and save it. `what` is the address of the act: resize, recode, mark or rate. */
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
    const earlier = this.#sent.get(coding);
    const before = Object.fromEntries(names.map((name) => [name, coding[name]]));
    const seen = coding.guid && !earlier ? coding.version : null; // null: whatever comes of what is on its way
    const draft = { coding, what, before, seen, earlier, request: newRequest(), why: "" };
    Object.defineProperty(draft, "code", { get: () => coding.code });
    draft.giveUp = () => this.#giveUp(draft);
    this.#drafts.set(coding, draft);
    return draft;
  }

  /* Whether a coding shows a change that was not sent yet. */
  isPending(coding) {
    return this.#drafts.has(coding);
  }

  /* Send what a coding shows. */
  save(coding) {
    const draft = this.#drafts.get(coding);
    if (!draft) return;
    clearTimeout(draft.timer);
    this.#drafts.delete(coding);
    const isSame = Object.entries(draft.to).every(([name, value]) => draft.before[name] === value);
    if (!isSame) this.#send(draft);
  }

  saveAll() {
    for (const coding of [...this.#drafts.keys()]) this.save(coding);
  }

  /* Take back what a coding shows and what was not sent yet. */
  drop(coding) {
    const draft = this.#drafts.get(coding);
    if (!draft) return;
    clearTimeout(draft.timer);
    this.#drafts.delete(coding);
    this.codings.amend(coding, draft.before);
  }

  /* Take back everything that was not sent yet; says whether there was anything. */
  dropAll() {
    const codings = [...this.#drafts.keys()];
    for (const coding of codings) this.drop(coding);
    return codings.length > 0;
  }

  #send(change) {
    this.#sent.set(change.coding, change);
    this.saving.act(change, () => this.#doing(change), (failure) => this.#failed(change, failure));
  }

  async #doing(change) {
    const { coding, what, earlier, request } = change;
    if (!coding.guid || this.saving.waiting.has(earlier)) throw new Failure(this.page.words.unreachable, { isRefusal: false });
    this.#look(coding, "adding");
    change.seen ??= coding.version;
    const address = `${this.page.data.codings}/${coding.guid}/${what}`;
    await this.changes.ask(address, { ...this.#fields(change), version: change.seen, request });
    if (this.#sent.get(coding) === change) this.#sent.delete(coding);
    this.#settle(coding);
  }

  #fields({ what, to }) {
    if (what === "recode") return { code: to.code.path };
    if (what === "mark") return { important: Number(to.important) };
    if (what === "rate") return to;
    return { ...to, revision: this.page.data.revision, quote: this.transcript.words(to.start, to.end) };
  }

  /* A coding that was changed again meanwhile goes on showing that. */
  #settle(coding) {
    if (!this.codings.has(coding)) return;
    const later = this.#drafts.get(coding) ?? this.#sent.get(coding);
    coding.state = coding.state === "removing" ? "removing" : "saved";
    this.codings.amend(coding, later?.to ?? {});
  }

  #look(coding, state) {
    if (coding.state === "removing") return;
    coding.state = state;
    this.codings.changed(coding);
  }

  #failed(change, failure) {
    const { coding } = change;
    if (!failure.isRefusal) {
      change.why = coding.why = failure.message;
      this.#look(coding, "unadded");
      this.page.speak(say(this.page.words.unsaved, { count: this.saving.waiting.size, why: failure.message }));
      return;
    }
    this.saving.forget(change);
    if (this.#sent.get(coding) === change) this.#sent.delete(coding);
    if ([404, 409].includes(failure.status)) this.#meanwhile(change, failure);
    else this.#refused(change, failure);
  }

  /* Put back what stood there, and say why. */
  #refused(change, { message }) {
    this.#drafts.delete(change.coding);
    this.#back(change, change.before);
    this.status.hint(message);
  }

  #back(change, before) {
    const { coding } = change;
    if (this.codings.has(coding)) {
      coding.state = "saved";
      this.codings.amend(coding, before);
    }
    this.dispatchEvent(new CustomEvent("back", { detail: change }));
  }

  #giveUp(change) {
    this.saving.forget(change);
    this.#sent.delete(change.coding);
    this.#back(change, change.before);
    this.changes.look().catch(() => null); // its answer may have been lost: then it was saved, and shows again
  }

  /* Somebody else changed it meanwhile: take that in, and ask whose stands. */
  async #meanwhile(change, failure) {
    const { coding } = change;
    const mine = { ...describe(coding), ...change.to };
    await this.changes.look().catch(() => null);
    const isGone = !this.codings.has(coding);
    if (!isGone && coding.version === change.seen) return this.#refused(change, failure);
    this.#drafts.delete(coding);
    this.#back(change, {});
    const theirs = isGone ? this.page.words.theyRemoved : this.#words(coding);
    const isMine = (await this.overtaken.ask({ theirs, mine: this.#words(mine) })) === "mine";
    if (isMine && isGone) this.acts.apply(mine.start, mine.end, mine.code);
    else if (isMine) this.change(coding, change.what, change.to);
    return null;
  }

  #words({ start, end, code, rating }) {
    const words = this.transcript.words(...this.transcript.spoken(start, end));
    return `“${words}”: ${[code.name, code.scale[rating - 1]].filter(Boolean).join(", ")}`;
  }
}

const describe = ({ start, end, code, rating }) => ({ start, end, code, rating });
