/* Writing a memo: Ctrl+Enter stores it, Esc puts it aside as a draft of this page. What could not be stored stays in the
   editor and is sent again when the network is back; what somebody else changed meanwhile is shown beside it. */

import { newRequest } from "./codings.js";
import { MemoLinks } from "./memo_links.js";
import { say } from "./page.js";

export class MemoEditor extends EventTarget {
  #drafts = new Map(); // what a memo is about, or its GUID -> what was written and not stored; never kept by the browser
  #subject = null;
  #isSending = false;
  #waits = false; // for the network

  /* `fresh` gives a memo as it is stored now, by its GUID. */
  constructor(page, changes, fresh) {
    super();
    Object.assign(this, { page, changes, fresh, form: page.part("memo-form") });
    this.fields = this.form.elements;
    this.links = new MemoLinks(page, this.form);
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("keydown", (event) => this.#key(event));
    page.part("memo-close").addEventListener("click", () => this.#putAside());
    page.part("memo-leave").addEventListener("click", () => this.#leave());
    page.part("memo-preview").addEventListener("toggle", ({ target }) => target.open && this.#preview());
    addEventListener("online", () => this.#waits && this.#send());
    addEventListener("beforeunload", (event) => {
      this.#keep();
      if (this.#drafts.size) event.preventDefault();
    });
  }

  /* Write on a subject, `called` as the form's heading; a draft on the same comes back. */
  write(subject) {
    const { about, start = "", end = "", code = "" } = subject;
    this.#open({ key: `${about} ${start} ${end} ${code}`, ...subject }, { title: "", words: "", private: false, links: [] });
  }

  /* Change a memo that is there. */
  change(memo) {
    const called = say(this.page.words.memoChange, memo);
    this.#open({ key: memo.guid, memo: memo.guid, version: memo.version, called }, memo);
  }

  #open(subject, stored) {
    this.#keep();
    const draft = this.#drafts.get(subject.key);
    this.#subject = draft?.subject ?? { ...subject, request: newRequest(), stored: written(stored) };
    this.#fill(draft?.written ?? stored);
    this.page.part("memo-form-title").textContent = subject.called;
    this.page.part("memo-preview").open = false;
    this.form.hidden = false;
    this.#say("");
    this.#clash(null);
    this.links.offer();
    this.fields.words.focus();
    this.form.scrollIntoView({ block: "nearest" });
  }

  #fill({ title, words, links, private: isPrivate }) {
    Object.assign(this.fields.title, { value: title });
    this.fields.words.value = words;
    this.fields.private.value = isPrivate ? "1" : "0";
    this.links.set(links);
  }

  #written() {
    const { title, words, private: whose } = this.fields;
    return { title: title.value, words: words.value, private: whose.value === "1", links: this.links.chosen };
  }

  /* Keep what is in the editor unless it is what is stored. */
  #keep() {
    if (!this.#subject) return;
    const now = this.#written();
    if (written(now) === this.#subject.stored) this.#drafts.delete(this.#subject.key);
    else this.#drafts.set(this.#subject.key, { subject: this.#subject, written: now });
  }

  #key(event) {
    if (event.key === "Escape" && !event.isComposing) this.#putAside();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #putAside() {
    this.#keep();
    const isDraft = this.#drafts.has(this.#subject.key);
    this.#close();
    if (isDraft) this.#tell(this.page.words.memoKept);
  }

  /* What is stored stays as it is; what was written here goes. */
  #leave() {
    this.#drafts.delete(this.#subject.key);
    this.#close();
  }

  #close() {
    this.#subject = null;
    this.#waits = false;
    this.form.hidden = true;
    this.dispatchEvent(new Event("closed"));
  }

  #submit(event) {
    event.preventDefault();
    this.#send();
  }

  async #send() {
    if (this.#isSending || !this.#subject) return;
    if (!this.links.settle()) {
      this.#say(say(this.page.words.noSuchMemo, { name: this.fields.link.value }));
      return;
    }
    this.#isSending = true;
    this.#waits = false;
    try {
      await this.#store(this.#subject, this.#written());
    } catch (failure) {
      await this.#failed(failure);
    } finally {
      this.#isSending = false;
    }
  }

  async #store(subject, now) {
    const { here, revision } = this.page.data;
    const address = subject.memo ? `${here}/memos/${subject.memo}/change.json` : `${here}/memos.json`;
    const said = { ...now, private: Number(now.private), links: now.links.map((each) => each.guid).join(" ") };
    const { about, start, end, code, request, version } = subject;
    const { memo } = await this.changes.ask(address, { about, start, end, code, request, version, revision, ...said });
    Object.assign(subject, { memo: memo.guid, version: memo.version, request: newRequest() });
    // An answer that was lost may have been an earlier version's: what is in the editor goes out as the next one.
    if (memo.words !== now.words.trim() || memo.title !== now.title.trim()) return this.#store(subject, now);
    this.#drafts.delete(subject.key);
    if (this.#subject === subject) this.#close();
    this.#tell(say(this.page.words.memoStored, memo));
    this.dispatchEvent(new Event("stored"));
  }

  async #failed(failure) {
    const { words } = this.page;
    if (!this.#subject) return;
    this.#keep();
    this.#waits = !failure.isRefusal;
    this.#say(failure.isRefusal ? failure.message : say(words.memoWaits, { why: failure.message }));
    if (failure.status === 409 && this.#subject.memo) this.#clash(await this.fresh(this.#subject.memo));
  }

  /* Show what somebody else stored; saving now puts one's own after it as the next version. */
  #clash(theirs) {
    this.page.part("memo-theirs").hidden = !theirs;
    this.page.part("memo-save-words").textContent = this.page.words[theirs ? "memoSaveMine" : "memoSave"];
    if (!theirs) return;
    this.#subject.version = theirs.version;
    this.#subject.request = newRequest();
    this.page.part("memo-theirs-by").textContent = theirs.changedBy;
    this.page.part("memo-theirs-words").innerHTML = theirs.html;
  }

  async #preview() {
    const { data } = this.page;
    const answer = await this.changes.saving.send(data.memoPreview, { words: this.fields.words.value }).catch((failure) => failure);
    const shown = this.page.part("memo-preview-words");
    if (answer.html === undefined) shown.textContent = answer.message;
    else shown.innerHTML = answer.html;
  }

  #say(sentence) {
    const refused = this.page.part("memo-refused");
    refused.hidden = !sentence;
    refused.textContent = sentence;
  }

  #tell(sentence) {
    this.dispatchEvent(new CustomEvent("said", { detail: sentence }));
  }
}

/* What was written, as one text to compare. */
const written = ({ title, words, private: isPrivate, links }) => JSON.stringify([title, words, Boolean(isPrivate), links.map((each) => each.guid)]);
