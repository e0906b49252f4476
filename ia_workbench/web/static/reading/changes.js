/* What the store did since this page last heard of it: by undo and redo, by other people, in another window. */

export class Changes extends EventTarget {
  #last = 0; // the act that the page knows of

  constructor(page, codings, saving) {
    super();
    Object.assign(this, { page, codings, saving });
  }

  /* Bring all codings of the source. Throws when they cannot be had. */
  async begin() {
    const response = await fetch(`${this.page.data.here}/marks.json`, { redirect: "error", headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(this.page.words.unreachable);
    const { last, marks, undo, redo } = await response.json();
    this.#last = last;
    this.codings.load(marks);
    this.dispatchEvent(new CustomEvent("can", { detail: { undo, redo } }));
  }

  /* Send an act and take in all that changed, whoever changed it. Throws Failure. */
  async ask(address, fields) {
    const answer = await this.saving.send(address, { ...fields, after: this.#last });
    this.take(answer);
    return answer;
  }

  /* Look at what changed by now, at the codes in any case. Throws when it cannot be had. */
  async look() {
    const address = `${this.page.data.here}/changes.json?after=${this.#last}&codes=1`;
    const response = await fetch(address, { redirect: "error", headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(this.page.words.unreachable);
    this.take(await response.json());
  }

  /* Take in an answer of the store. */
  take(answer) {
    this.#last = answer.last;
    if (answer.codes) this.dispatchEvent(new CustomEvent("codes", { detail: answer.codes })); // codings name them
    this.codings.update(answer);
    if (answer.codes) this.dispatchEvent(new Event("codebook"));
    const { undo, redo, codebook, memos, anew, links } = answer;
    if (links) this.dispatchEvent(new CustomEvent("links", { detail: links }));
    this.dispatchEvent(new CustomEvent("can", { detail: { undo, redo } }));
    if (memos) this.dispatchEvent(new Event("memos"));
    if (codebook || anew) this.dispatchEvent(new Event("anew"));
  }
}
