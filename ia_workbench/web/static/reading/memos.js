/* Memos of the reading page: a sign beside each turn that has some, a list of those at the selection, keys to write. */

import { MemoEditor } from "./memo_editor.js";
import { MemoList } from "./memo_list.js";
import { MemoSigns } from "./memo_signs.js";
import { say } from "./page.js";
import { firstWords } from "./words.js";

const LONGEST = 60; // characters of the words that a memo is about, above its fields

export function addMemos(reading) {
  const { acts, card, changes, commands, inspector, page, selection, status, transcript } = reading;
  const memos = (reading.memos = new Memos(reading));
  memos.load();

  /* Write on the selected words, else on the turn. */
  commands.memo = () => {
    const { start, end, isEmpty, turn } = selection;
    const words = `“${firstWords(selection.words, LONGEST)}”`;
    if (isEmpty) memos.write({ about: "turn", start: turn.start, end: turn.end, called: say(page.words.memoOnTurn, { turn: turn.number }) });
    else memos.write({ about: "excerpt", start, end, called: say(page.words.memoOnWords, { words }) });
  };

  /* Write on the code of the coding that is open, else on the whole source. */
  commands.memoWide = () => {
    const { open } = inspector;
    if (open) memos.write({ about: "code", code: open.code.path, called: say(page.words.memoOnCode, { code: open.code.name }) });
    else memos.write({ about: "source", called: page.words.memoOnSource });
  };

  card.facts.push((coding) => [[page.words.memosCalled, memos.on(coding).map((memo) => memo.name).join("; ")]]);
  page.part("act-memo").addEventListener("click", () => commands.memo());
  page.part("act-memo-wide").addEventListener("click", () => commands.memoWide());
  selection.addEventListener("change", () => memos.show());
  inspector.addEventListener("open", () => memos.show());
  changes.addEventListener("memos", () => memos.load());
  acts.addEventListener("reverted", () => memos.load());
  memos.signs.addEventListener("open", ({ detail: turn }) => {
    selection.set(turn.start, turn.start);
    memos.list.focus();
  });
  memos.editor.addEventListener("closed", () => commands.back());
  memos.editor.addEventListener("said", ({ detail }) => status.hint(detail));
  memos.editor.addEventListener("stored", () => memos.load());
  memos.list.addEventListener("edit", ({ detail }) => memos.editor.change(detail));
  memos.list.addEventListener("remove", ({ detail }) => memos.remove(detail));
  memos.list.addEventListener("go", ({ detail: memo }) => {
    if (memo.start !== null) selection.set(...transcript.spoken(memo.start, memo.end));
    memos.list.focus(memo.guid);
  });
}

class Memos {
  #asked = 0;
  all = [];

  constructor({ changes, drawing, inspector, lanes, page, selection, status, strip, transcript }) {
    Object.assign(this, { changes, inspector, page, selection, status, strip });
    this.signs = new MemoSigns(page, transcript, lanes, drawing);
    this.list = new MemoList(page);
    this.editor = new MemoEditor(page, changes, (guid) => this.fresh(guid));
  }

  /* Bring the memos as they are now; an answer that was overtaken by a later question is let go. */
  async load() {
    const asked = ++this.#asked;
    const response = await fetch(`${this.page.data.here}/memos.json`, { redirect: "error", headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || asked !== this.#asked) return;
    this.all = (await response.json()).memos;
    this.list.all = this.all;
    this.signs.draw(this.all);
    this.strip.mark("memos", this.all.flatMap(({ start }) => (start === null ? [] : [start])));
    this.show();
  }

  /* One memo as it is stored now; undefined when it is gone. */
  async fresh(guid) {
    await this.load();
    return this.all.find((memo) => memo.guid === guid);
  }

  /* Show those at the selection, those on the code that is open, and those on the whole source. */
  show() {
    const { turn } = this.selection;
    if (!turn) return;
    const [start, end] = this.selection.isEmpty ? [turn.start, turn.end] : [this.selection.start, this.selection.end];
    const code = this.inspector.open?.code.id;
    const touches = (memo) => memo.start !== null && memo.start < Math.max(end, start + 1) && start < memo.end;
    this.list.show(
      this.all.filter((memo) => touches(memo) || (memo.about === "code" && memo.code === code)),
      this.all.filter((memo) => memo.about !== "code" && memo.start === null),
    );
  }

  /* Those on just the words of a coding. */
  on({ start, end }) {
    return this.all.filter((memo) => memo.about === "excerpt" && memo.start === start && memo.end === end);
  }

  write(subject) {
    this.editor.write(subject);
  }

  async remove(memo) {
    try {
      await this.changes.ask(`${this.page.data.here}/memos/${memo.guid}/remove.json`, {});
      this.status.hint(say(this.page.words.memoRemoved, memo));
      await this.load();
      this.list.focus();
    } catch (failure) {
      this.status.hint(failure.message);
    }
  }
}
