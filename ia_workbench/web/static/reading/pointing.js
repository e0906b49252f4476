/* Selecting with mouse or touch: the browser's own selection is read while it moves and drawn as whole words. */

export class Pointing {
  #isDown = false;
  #isExact = false;
  #isOurs = false; // the browser's selection is being set by us

  constructor(selection, area) {
    this.selection = selection;
    this.transcript = selection.transcript;
    this.area = area;
    area.addEventListener("pointerdown", (event) => this.#down(event));
    document.addEventListener("pointerup", () => this.#up());
    document.addEventListener("pointercancel", () => (this.#isDown = false));
    document.addEventListener("pointermove", (event) => (this.#isExact = event.altKey));
    document.addEventListener("selectionchange", () => this.#read());
  }

  #down(event) {
    const isInWords = event.target.closest(".turn") && !event.target.closest(".given, a");
    this.#isDown = Boolean(isInWords) && event.button === 0;
    this.#isExact = event.altKey;
    // else a mouse that begins in selected words would drag them away instead of selecting some of them
    if (this.#isDown && event.pointerType === "mouse" && !event.shiftKey) document.getSelection().removeAllRanges();
  }

  #up() {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#read({ isClick: true });
    this.show();
  }

  /* Take over what the browser has selected in the transcript. A bare caret counts only when it was clicked. */
  #read({ isClick = false } = {}) {
    const native = document.getSelection();
    if (this.#isOurs || !native.anchorNode || !this.area.contains(native.anchorNode)) return;
    if (native.isCollapsed && !isClick && !this.#isDown) return;
    const anchor = this.transcript.codePointOf(native.anchorNode, native.anchorOffset);
    const focus = this.transcript.codePointOf(native.focusNode, native.focusOffset);
    if (anchor === null || focus === null) return;
    if (this.#isExact) this.selection.set(anchor, focus);
    else this.selection.setWords(anchor, focus);
  }

  /* Make the browser's selection the same as ours, so that copying copies what is shown. */
  show() {
    const { anchor, focus } = this.selection;
    const point = (codePoint) => {
      const turn = this.transcript.turnAt(codePoint);
      return turn.point(turn.unit(codePoint));
    };
    this.#isOurs = true;
    document.getSelection().setBaseAndExtent(...point(anchor), ...point(focus));
    setTimeout(() => (this.#isOurs = false)); // its event comes after this turn of the loop
  }
}
