/* What the keys and buttons of the reading page do. */

import { say } from "./page.js";

export class Commands {
  constructor({ page, transcript, codings, selection, caret, pointing, acts, inspector, picker, status, area }) {
    Object.assign(this, { page, transcript, codings, selection, caret, pointing, acts, inspector, picker, status, area });
  }

  /* Give the focus back to the words. */
  back() {
    this.area.focus({ preventScroll: true });
  }

  /* The selection was moved by a key: keep it in sight. */
  moved() {
    this.caret.reveal();
    this.caret.draw();
    this.pointing.show();
  }

  /* Select the words of a coding and open its card. */
  choose(coding) {
    this.selection.set(...this.transcript.spoken(coding.start, coding.end));
    this.inspector.show(coding);
  }

  /* Give the selected words a code, or several at once. */
  apply(...codes) {
    const { start, end, isEmpty } = this.selection;
    if (isEmpty) {
      this.status.hint(this.page.words.nothingSelected);
      return;
    }
    this.picker.given(...codes);
    this.inspector.show(codes.length > 1 ? this.acts.applyAll(start, end, codes) : this.acts.apply(start, end, codes[0]));
  }

  remove(coding) {
    this.acts.remove(coding);
    this.back();
  }

  /* Open the picker under the selection, on the codes given last where `recentFirst`. */
  pick({ recentFirst = false } = {}) {
    const { selection, page } = this;
    if (selection.isEmpty) {
      this.status.hint(page.words.nothingSelected);
      return;
    }
    this.picker.open({ ...this.below(selection.start, selection.end), recentFirst });
  }

  /* Open the picker under the selection with more of what it is to know. */
  openPicker(options) {
    this.picker.open({ ...this.below(this.selection.start, this.selection.end), ...options });
  }

  /* Where something opens under a span, in px from the top of the transcript's content, and what the span is. */
  below(start, end) {
    const last = this.transcript.turnAt(end);
    const rects = [...last.range(last.unit(start), last.unit(end)).getClientRects()];
    const { top } = this.caret.origin();
    const bottom = Math.max(...rects.map((rect) => rect.bottom)) - top;
    const turnBottom = last.speech.getBoundingClientRect().bottom - top;
    const words = this.transcript.words(start, end).trim().split(/\s+/).length;
    return { bottom, turnBottom, about: say(this.page.words.wordsInTurn, { words, turn: last.number }) };
  }

  /* Remove the coding whose card is open. */
  uncode() {
    const { open } = this.inspector;
    if (open && this.acts.mayRemove(open)) this.remove(open);
    else this.status.hint(this.page.words.nothingToRemove);
  }

  /* Open the next coding at the selection. */
  next() {
    this.inspector.next();
  }

  /* Let the selection go. */
  clear() {
    this.selection.clear();
  }
}
