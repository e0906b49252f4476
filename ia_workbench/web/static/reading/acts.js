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
    const coding = this.newCoding(start, end, code, Date.now());
    const fields = { ...this.#place(start, end), code: code.path };
    coding.request = this.queue.add({ kind: "apply", coding, fields, ready: this.#quote(start, end) }).request;
    return coding;
  }

  /* Give the words several codes as one act: saved at once, undone at once. Gives back the last coding. */
  applyAll(start, end, codes) {
    const me = this.page.data.me;
    const known = codes.map((code) => this.codings.same(start, end, code, me));
    const made = codes.map((code, index) => known[index] ?? this.newCoding(start, end, code, Date.now()));
    const fresh = made.filter((coding) => !known.includes(coding));
    if (!fresh.length) return made.at(-1);
    const fields = { ...this.#place(start, end), codes: fresh.map(({ code }) => code.path) };
    const { request } = this.queue.add({ kind: "several", codings: fresh, fields, ready: this.#quote(start, end) });
    for (const coding of fresh) coding.request = request;
    return made.at(-1);
  }

  /* A coding that shows before the store has it. */
  newCoding(start, end, code, at) {
    const coding = new Coding({ start, end, code, coder: this.page.data.me, at, state: "adding" });
    coding.madeAs = code.path; // by which the answer to several codes names it, even once it was given another code
    coding.made = { start, end, code }; // by which the store's own word of it is known, even once it was resized
    this.codings.add(coding);
    return coding;
  }

  #place(start, end) {
    return { revision: this.page.data.revision, start, end };
  }

  async #quote(start, end) {
    const quote_sha256 = await digestOf(this.codings.transcript.words(start, end));
    return quote_sha256 ? { quote_sha256 } : {};
  }

  /* Change a coding that shows the change already: `kind` is resize, recode, mark or rate, `values` what it became and
     `before` what it was; `seen` is the version that the reader changed. */
  change(kind, coding, values, before, seen) {
    const [fields, ready] = this.#sendable(kind, values);
    this.look(coding, "changing");
    return Object.assign(this.queue.add({ kind, ...this.#about(coding), seen, fields, ready }), { before });
  }

  #sendable(kind, values) {
    const { start, end } = values; // the coding may show by now what somebody else made of it
    if (kind === "resize") return [this.#place(start, end), this.#quote(start, end)];
    if (kind === "recode") return [{ code: values.code.path }, null];
    if (kind === "mark") return [{ important: Number(values.important) }, null];
    return [values, null];
  }

  /* Which coding an act is about: by its GUID, or by the act that makes it and is still on its way. */
  #about(coding) {
    const { guid, request, version, madeAs } = coding;
    return { coding, guid, made: guid ? null : request, of: guid ? null : madeAs, seen: version };
  }

  /* Whether the reader may remove a coding: their own, or any for a lead. */
  mayRemove(coding) {
    return coding.coder === this.page.data.me || this.page.data.removesAll;
  }

  /* Take a coding away. One that never left this browser is just dropped. */
  remove(coding) {
    this.dispatchEvent(new CustomEvent("removing", { detail: coding }));
    const adding = this.queue.acts.find((act) => (act.kind === "apply" && act.coding === coding) || act.codings?.includes(coding));
    const isAlone = !(adding?.codings?.length > 1);
    if (adding && ((isAlone && !adding.tried) || adding.state === "refused")) {
      this.queue.drop(adding);
      return;
    }
    this.look(coding, "removing");
    this.queue.add({ kind: "remove", ...this.#about(coding) });
  }

  /* An act on a coding is done: go on showing what those after it make of it. */
  showAgain(coding) {
    if (!coding || !this.codings.has(coding)) return;
    const later = this.queue.acts.filter((act) => act.coding === coding);
    const values = Object.assign({}, ...later.map((act) => this.queue.kinds[act.kind].valuesOf?.(act.fields)));
    if (coding.state !== "removing") coding.state = later.length ? "changing" : "saved";
    this.codings.amend(coding, values);
    this.dispatchEvent(new CustomEvent("settled", { detail: coding }));
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
    for (const coding of (isUncertain && act.codings) || []) this.look(coding, "removing");
    if (isUncertain && act.kind === "apply") this.remove(act.coding);
    else if (isUncertain) this.#ask("undo", act);
    else this.queue.drop(act);
  }

  /* Undo the newest act: one that waits to be sent is given up, else the store undoes what it has. */
  undo() {
    const { acts, last } = this.queue;
    const isPast = (act) => act.state === "refused" && act.order < last; // it was not the reader's last act
    const newest = acts.findLast((act) => act.kind !== "undo" && act.kind !== "leave" && !isPast(act));
    const isUndone = newest && acts.some((act) => act.kind === "undo" && act.made === newest.request);
    const isHere = newest && (!newest.tried || newest.state === "refused");
    if (isUndone || !newest) this.#ask("undo");
    else if (isHere) this.queue.drop(newest);
    else this.#undoUncertain(newest);
  }

  #undoUncertain(act) {
    for (const coding of act.codings ?? (act.kind === "apply" && act.coding ? [act.coding] : [])) this.look(coding, "removing");
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
      act.coding = act.made ? byRequest.get(`${act.made} ${act.of ?? ""}`) : this.codings.byGuid(act.guid);
      this.queue.kinds[act.kind].show?.(act);
      for (const coding of act.codings ?? [act.coding]) byRequest.set(`${act.request} ${coding?.madeAs ?? ""}`, coding);
    }
    this.queue.takeUp(acts);
  }
}
