/* What a reader does to the codings: give words a code, take it away, which show at once and are then saved; undo and
   redo, which the store does. */

import { Coding, newRequest } from "./codings.js";
import { say } from "./page.js";
import { Several } from "./several.js";

export class Acts extends EventTarget {
  constructor(page, codings, saving, changes) {
    super();
    Object.assign(this, { page, codings, saving, changes });
  }

  /* Give the words from `start` to `end` a code. Gives back the coding, or the one that is there already. */
  apply(start, end, code) {
    const me = this.page.data.me;
    const known = this.codings.same(start, end, code, me);
    if (known) return known;
    const coding = new Coding({ start, end, code, coder: me, at: new Date().toISOString(), state: "adding" });
    coding.request = newRequest();
    this.codings.add(coding);
    this.save(coding);
    return coding;
  }

  /* Give the words several codes as one act: saved at once, undone at once. Gives back the last coding. */
  applyAll(start, end, codes) {
    const me = this.page.data.me;
    const at = new Date().toISOString();
    const known = codes.map((code) => this.codings.same(start, end, code, me));
    const made = codes.map((code, index) => known[index] ?? new Coding({ start, end, code, coder: me, at, state: "adding" }));
    const fresh = made.filter((coding) => !known.includes(coding));
    for (const coding of fresh) {
      coding.request = newRequest();
      this.codings.add(coding);
    }
    if (fresh.length) new Several(this, fresh).save();
    return made.at(-1);
  }

  /* Send a coding to the store; sent again after a failure it is still the same act. */
  save(coding) {
    const doing = async () => {
      this.#look(coding, coding.state === "removing" ? "removing" : "adding");
      this.codings.saved(coding, await this.saving.send(this.page.data.codings, this.#fields(coding)));
      this.page.speak(say(this.page.words.coded, { code: coding.code.name }));
    };
    this.saving.act(coding, doing, (failure) => this.#failed(coding, failure, "unadded"));
  }

  #fields({ start, end, code, request }) {
    const quote = this.codings.transcript.words(start, end);
    return { revision: this.page.data.revision, start, end, code: code.path, request, quote };
  }

  #failed(coding, failure, state) {
    coding.why = failure.message;
    coding.wasRefused = failure.isRefusal;
    this.#look(coding, state);
    this.page.speak(say(this.page.words.unsaved, { count: this.saving.waiting.size, why: failure.message }));
  }

  #look(coding, state) {
    coding.state = state;
    this.codings.changed(coding);
  }

  /* Whether the reader may remove a coding: their own, or any for a lead. */
  mayRemove(coding) {
    return coding.coder === this.page.data.me || this.page.data.removesAll;
  }

  /* Take a coding away. */
  remove(coding) {
    if (!coding.guid && coding.state === "unadded" && coding.wasRefused) {
      this.saving.forget(coding);
      this.codings.remove(coding);
      return;
    }
    this.#look(coding, "removing");
    this.saving.act(coding, () => this.#removing(coding), (failure) => this.#failed(coding, failure, "unremoved"));
  }

  async #removing(coding) {
    this.#look(coding, "removing");
    const { codings } = this.page.data;
    try {
      // An act whose answer was lost may have been stored: asking again gives its name, so that it can be removed.
      if (!coding.guid) coding.guid = (await this.saving.send(codings, this.#fields(coding))).guid;
      await this.saving.send(`${codings}/${coding.guid}/remove`, {});
    } catch (failure) {
      if (failure.status !== 404) throw failure; // it is gone already: what was wanted
    }
    this.codings.remove(coding);
    this.page.speak(say(this.page.words.uncoded, { code: coding.code.name }));
  }

  /* Give up an act that could not be saved: a coding is dropped, a removal is not made. */
  giveUp(coding) {
    if (coding.giveUp) {
      coding.giveUp(); // it knows itself what it has to take back
    } else if (coding.state === "unremoved") {
      this.saving.forget(coding);
      this.#look(coding, "saved");
    } else {
      this.remove(coding);
    }
  }

  /* Undo the newest act: one that waits to be sent is given up, else the store undoes what it has. */
  undo() {
    const unsent = [...this.saving.waiting.keys()].at(-1);
    if (unsent) this.giveUp(unsent);
    else this.#ask("undo");
  }

  redo() {
    this.#ask("redo");
  }

  /* Ask the store for an act on what it has; what that changed comes back with the answer. */
  #ask(what) {
    const asking = { what, why: "" };
    const doing = async () => {
      const answer = await this.changes.ask(`${this.page.data.here}/${what}`, {});
      this.dispatchEvent(new CustomEvent("reverted", { detail: answer.did }));
    };
    const onFailure = (failure) => this.#notReverted(asking, failure);
    this.saving.act(asking, doing, onFailure);
  }

  #notReverted(asking, failure) {
    this.saving.forget(asking);
    this.dispatchEvent(new CustomEvent("refused", { detail: { ...asking, failure } }));
  }
}
