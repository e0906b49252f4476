/* What a reader does to the codings: give words a code, take it away, undo. Each shows at once and is then saved. */

import { Coding, newRequest } from "./codings.js";
import { say } from "./page.js";

export class Acts {
  #undo = []; // what takes back the acts done here, newest last

  constructor(page, codings, saving) {
    Object.assign(this, { page, codings, saving });
  }

  /* Give the words from `start` to `end` a code. Gives back the coding, or the one that is there already. */
  apply(start, end, code) {
    const me = this.page.data.me;
    const known = this.codings.same(start, end, code, me);
    if (known) return known;
    const coding = new Coding({ start, end, code, coder: me, at: new Date().toISOString(), state: "adding" });
    coding.request = newRequest();
    this.codings.add(coding);
    this.#undo.push(() => this.#remove(coding));
    this.save(coding);
    return coding;
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
    const { start, end, code, coder } = coding;
    if (coder === this.page.data.me) this.#undo.push(() => this.apply(start, end, code));
    this.#remove(coding);
  }

  #remove(coding) {
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
    if (coding.state === "unremoved") {
      this.saving.forget(coding);
      this.#look(coding, "saved");
    } else {
      this.#remove(coding);
    }
  }

  /* Take back the newest act done here; false when there is none. */
  undo() {
    const back = this.#undo.pop();
    if (!back) return false;
    const kept = this.#undo.length;
    back();
    this.#undo.length = kept; // taking back is no act of its own
    return true;
  }
}
