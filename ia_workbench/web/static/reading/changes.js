/* What the store did since this page last heard of it: by undo and redo, by other people, in another window. */

const LONGEST_ASKING = 10_000; // ms

export class Changes extends EventTarget {
  #taken = 0; // counts the answers taken in, to let go of one that was overtaken on its way
  last = 0; // the act that the page knows of
  next = null; // what undo would take back: {act, about}, the GUIDs of the act and of a coding
  isCorrected = false; // the text on the page is no longer the newest

  constructor(page, codings, saving) {
    super();
    Object.assign(this, { page, codings, saving });
  }

  /* Bring all codings of the source. Throws when they cannot be had. */
  async begin() {
    const { last, marks, undo, redo, next } = await this.#marks();
    this.last = last;
    this.codings.load(marks);
    this.#can(undo, redo, next);
  }

  /* Bring all codings once more, where too much happened for telling it piece by piece. */
  async renew() {
    const { last, marks, undo, redo, next } = await this.#marks();
    this.last = last;
    const there = new Set(marks.guid);
    const gone = this.codings.all.filter(({ guid }) => guid && !there.has(guid)).map(({ guid }) => guid);
    this.codings.update({ marks, gone });
    this.#can(undo, redo, next);
  }

  async #marks() {
    const response = await fetch(`${this.page.data.here}/marks.json`, { redirect: "error", headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(this.page.words.unreachable);
    return response.json();
  }

  /* Send an act and take in all that changed, whoever changed it. Throws Failure. */
  async ask(address, fields) {
    const answer = await this.saving.send(address, { ...fields, after: this.last });
    this.take(answer);
    return answer;
  }

  /* Ask what changed, as somebody who looks at the page now (`isHere`) or does not; the codes in any case `withCodes`.
     Returns the answer; null when nobody is signed in here any more. Throws when there is none. */
  async poll({ isHere = false, withCodes = false } = {}) {
    const taken = this.#taken;
    const address = `${this.page.data.here}/changes.json?after=${this.last}${isHere ? "&here=1" : ""}${withCodes ? "&codes=1" : ""}`;
    const signal = AbortSignal.timeout(LONGEST_ASKING);
    const response = await fetch(address, { redirect: "error", headers: { Accept: "application/json" }, signal });
    if (response.status === 401) return null;
    if (!response.ok) throw new Error(this.page.words.unreachable);
    const answer = await response.json();
    if (answer.me !== this.page.data.me) throw new Error(this.page.words.someoneElse);
    if (taken === this.#taken) this.take(answer); // else an act was answered meanwhile, which knew more
    else if (withCodes) this.#takeCodes(answer);
    return answer;
  }

  /* Look at what changed by now, at the codes in any case. Throws when it cannot be had. */
  look() {
    return this.poll({ withCodes: true });
  }

  /* Take in an answer of the store. Offsets of another text than the page shows would be at other words. */
  take(answer) {
    this.#taken += 1;
    if (answer.revision !== this.page.data.revision) {
      if (!this.isCorrected) this.dispatchEvent(new Event("corrected"));
      this.isCorrected = true;
      return;
    }
    this.last = answer.last;
    this.#takeCodes(answer, () => this.codings.update(answer));
    if ("undo" in answer) this.#can(answer.undo, answer.redo, answer.next);
    if (answer.doings?.length) this.dispatchEvent(new CustomEvent("done", { detail: answer.doings }));
    if (answer.links) this.dispatchEvent(new CustomEvent("links", { detail: answer.links }));
    if (answer.memos) this.dispatchEvent(new Event("memos"));
    if (answer.anew) this.renew().catch(() => (this.last = 0)); // then the next asking says the same
  }

  /* Codings name their codes: the codes come first, and are drawn once the codings are there. */
  #takeCodes({ codes, favourites }, between = () => {}) {
    if (codes) this.dispatchEvent(new CustomEvent("codes", { detail: codes }));
    if (favourites) this.dispatchEvent(new CustomEvent("favourites", { detail: favourites }));
    between();
    if (codes) this.dispatchEvent(new Event("codebook"));
  }

  #can(undo, redo, next) {
    this.next = next;
    this.dispatchEvent(new CustomEvent("can", { detail: { undo, redo } }));
  }
}
