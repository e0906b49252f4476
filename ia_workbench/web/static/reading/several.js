/* Several codes on the same words, given as one act: sent together, listed together when they could not be saved. */

import { newRequest } from "./coding.js";
import { say } from "./page.js";

export class Several {
  why = "";
  request = newRequest();

  constructor({ page, codings, saving, changes }, made) {
    Object.assign(this, { page, codings, saving, changes, made });
  }

  /* What the list of unsaved things calls it. */
  get code() {
    return { name: this.made.map((coding) => coding.code.name).join(", ") };
  }

  save() {
    this.saving.act(this, () => this.#doing(), (failure) => this.#failed(failure));
  }

  async #doing() {
    await this.#send();
    for (const coding of this.made) if (coding.state === "adding") this.#look(coding, "saved");
    this.page.speak(say(this.page.words.coded, { code: this.code.name }));
  }

  async #send() {
    for (const coding of this.made) if (coding.state === "unadded") this.#look(coding, "adding");
    const { start, end } = this.made[0].sent ?? this.made[0];
    for (const coding of this.made) coding.sent ??= { start, end }; // one may be given other words meanwhile
    const { data } = this.page;
    const quote = this.codings.transcript.words(start, end);
    const codes = this.made.map((coding) => coding.code.path);
    await this.changes.ask(`${data.codings}/several`, { revision: data.revision, start, end, quote, codes, request: this.request });
  }

  #failed(failure) {
    this.why = failure.message;
    this.wasRefused = failure.isRefusal;
    for (const coding of this.made) this.#look(coding, coding.state === "removing" ? "unremoved" : "unadded");
    this.page.speak(say(this.page.words.unsaved, { count: this.saving.waiting.size, why: failure.message }));
  }

  #look(coding, state) {
    Object.assign(coding, { state, why: this.why });
    this.codings.changed(coding);
  }

  /* Take all of them back. An act whose answer was lost may have been stored: then it is sent again, which names what it
     made, and that is removed. */
  giveUp() {
    if (this.wasRefused) {
      this.saving.forget(this);
      for (const coding of this.made) this.codings.remove(coding);
      return;
    }
    for (const coding of this.made) this.#look(coding, "removing");
    this.saving.act(this, () => this.#removing(), (failure) => this.#failed(failure));
  }

  async #removing() {
    await this.#send();
    for (const coding of this.made) {
      this.#look(coding, "removing");
      await this.saving.send(`${this.page.data.codings}/${coding.guid}/remove`, {});
      this.codings.remove(coding);
    }
  }
}
