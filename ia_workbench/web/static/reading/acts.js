/* What a reader does to the codings: give words a code, change that coding, take it away, undo, redo. It shows at once
   and stands in the line of acts (`queue.js`) until the store has it; `kinds.js` knows how each is sent. */

import { Coding } from "./codings.js";
import { kindsOf } from "./kinds.js";

/* The SHA-256 of words in hexadecimal; null where the browser works none out (not by HTTPS, and not on this machine). */
export async function digestOf(words) {
  if (!crypto.subtle) return null;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Acts extends EventTarget {
  constructor(page, codings, queue, changes) {
    super();
    Object.assign(this, { page, codings, queue, changes });
    queue.kinds = kindsOf(this);
  }

  /* Give the words from `start` to `end` a code. Gives back the coding, or the one that is there already. */
  apply(start, end, code) {
    const me = this.page.data.me;
    const known = this.codings.same(start, end, code, me);
    if (known) return known;
    const coding = new Coding({ start, end, code, coder: me, at: Date.now(), state: "adding" });
    this.codings.add(coding);
    const fields = { ...this.#place(start, end), code: code.path };
    coding.request = this.queue.add({ kind: "apply", coding, fields, ready: this.#quote(start, end) }).request;
    return coding;
  }

  #place(start, end) {
    return { revision: this.page.data.revision, start, end };
  }

  async #quote(start, end) {
    const quote_sha256 = await digestOf(this.codings.transcript.words(start, end));
    return quote_sha256 ? { quote_sha256 } : {};
  }

  /* Put a coding on other words. */
  resize(coding, start, end) {
    return this.#change("resize", coding, { start, end }, this.#place(start, end), this.#quote(start, end));
  }

  /* Give a coding another code. */
  recode(coding, code) {
    return this.#change("recode", coding, { code }, { code: code.path });
  }

  /* Give a coding the sign of importance, or take it away. */
  mark(coding, important) {
    return this.#change("mark", coding, { important }, { important: Number(important) });
  }

  /* Rate a coding in its code's scale, counted from 1; 0 takes the rating away. */
  rate(coding, rating) {
    return this.#change("rate", coding, { rating }, { rating });
  }

  #change(kind, coding, values, fields, ready = null) {
    const before = Object.fromEntries(Object.keys(values).map((name) => [name, coding[name]]));
    this.codings.amend(coding, { ...values, state: "changing" });
    return Object.assign(this.queue.add({ kind, ...this.#about(coding), fields, ready }), { before });
  }

  /* Which coding an act is about: by its GUID, or by the act that makes it and is still on its way. */
  #about(coding) {
    return { coding, guid: coding.guid, made: coding.guid ? null : coding.request, seen: coding.version };
  }

  /* Whether the reader may remove a coding: their own, or any for a lead. */
  mayRemove(coding) {
    return coding.coder === this.page.data.me || this.page.data.removesAll;
  }

  /* Take a coding away. One that never left this browser is just dropped. */
  remove(coding) {
    const adding = this.queue.acts.find((act) => act.kind === "apply" && act.coding === coding);
    if (adding && (!adding.tried || adding.state === "refused")) {
      this.queue.drop(adding);
      return;
    }
    this.look(coding, "removing");
    this.queue.add({ kind: "remove", ...this.#about(coding) });
  }

  look(coding, state) {
    coding.state = state;
    this.codings.changed(coding);
  }

  /* Whether the words of an act may be looked for again: the text was corrected since they were coded. */
  mayBeFound({ kind, state, fields }) {
    return kind === "apply" && state === "refused" && fields.revision !== this.page.data.revision && Boolean(fields.quote_sha256);
  }

  /* Give up an act: one that may have reached the store is taken back there. */
  giveUp(act) {
    const isUncertain = act.tried && act.state !== "refused";
    if (isUncertain && act.kind === "apply") this.remove(act.coding);
    else if (isUncertain) this.#ask("undo", act);
    else this.queue.drop(act);
  }

  /* Undo the newest act: one that waits to be sent is given up, else the store undoes what it has. */
  undo() {
    const newest = this.queue.acts.findLast((act) => act.kind !== "undo" && act.kind !== "leave");
    const isUndone = newest && this.queue.acts.some((act) => act.kind === "undo" && act.made === newest.request);
    const isHere = newest && (!newest.tried || newest.state === "refused");
    if (isUndone || !newest) this.#ask("undo");
    else if (isHere) this.queue.drop(newest);
    else this.#undoUncertain(newest);
  }

  #undoUncertain(act) {
    if (act.kind === "apply" && act.coding) this.look(act.coding, "removing");
    this.#ask("undo", act);
  }

  redo() {
    this.#ask("redo");
  }

  #ask(kind, after = null) {
    return this.queue.add({ kind, made: after?.request ?? null });
  }

  /* Let the act stand that could not be undone, and undo the one before it. */
  leaveStanding() {
    const { next } = this.changes;
    if (next) this.queue.add({ kind: "leave", fields: { act: next.act } });
    this.#ask("undo");
  }

  /* Take up what was left here when the page was closed, and show what it does. */
  takeUp(acts) {
    const byRequest = new Map();
    for (const act of acts) {
      act.coding = act.made ? byRequest.get(act.made) : this.codings.byGuid(act.guid);
      this.queue.kinds[act.kind].show?.(act);
      byRequest.set(act.request, act.coding);
    }
    this.queue.takeUp(acts);
  }
}
