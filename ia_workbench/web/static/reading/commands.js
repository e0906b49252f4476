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
    if (isEmpty) this.status.hint(this.page.words.nothingSelected);
    else this.inspector.show(codes.length > 1 ? this.acts.applyAll(start, end, codes) : this.acts.apply(start, end, codes[0]));
  }

  remove(coding) {
    this.acts.remove(coding);
    this.back();
  }

  /* Open the picker under the selection. */
  pick() {
    const { selection, page } = this;
    if (selection.isEmpty) {
      this.status.hint(page.words.nothingSelected);
      return;
    }
    const last = this.transcript.turnAt(selection.end);
    const words = selection.words.trim().split(/\s+/).length;
    this.openPicker({ about: say(page.words.wordsInTurn, { words, turn: last.number }) });
  }

  /* Open the picker under the selection with more of what it is to know. */
  openPicker(options) {
    const { selection } = this;
    const last = this.transcript.turnAt(selection.end);
    const rects = [...last.range(last.unit(selection.start), last.unit(selection.end)).getClientRects()];
    const { top } = this.caret.origin();
    const bottom = Math.max(...rects.map((rect) => rect.bottom)) - top;
    const turnBottom = last.speech.getBoundingClientRect().bottom - top;
    this.picker.open({ bottom, turnBottom, ...options });
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

  help() {
    this.page.part("keys").showModal();
  }

  /* Let the selection go. */
  clear() {
    this.selection.clear();
  }
}
