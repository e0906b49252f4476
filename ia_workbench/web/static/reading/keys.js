/* Keys of the transcript. Single keys work only here, or while nothing on the page has the focus, as when it has just
   been opened; never in a field or a dialog. */

import { stepOf } from "./direction.js";

const GOING = 1500; // ms; the same as in static/team/keys.js

export class Keys {
  #across = null; // px: where the caret wants to stay while it goes from line to line
  #going = 0; // until when a letter belongs to `g`, which leads to another page

  /* `bindings` says which command a key gives. */
  constructor(area, { selection, caret, commands, bindings }) {
    Object.assign(this, { selection, caret, commands, bindings });
    area.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => event.target === document.body && this.#enter(event, area));
  }

  /* Take a key that was meant for the transcript, and with it the focus. */
  #enter(event, area) {
    this.#key(event);
    if (event.defaultPrevented && document.activeElement === document.body) area.focus({ preventScroll: true });
  }

  #key(event) {
    if (event.defaultPrevented || event.isComposing || event.target.closest("dialog, input, textarea, select")) return;
    if (this.#isGoing(event)) return;
    if (this.#moves(event) || this.#acts(event)) event.preventDefault();
  }

  #isGoing({ key, timeStamp }) {
    const isGoing = timeStamp < this.#going;
    this.#going = key === "g" && !isGoing ? timeStamp + GOING : 0;
    return isGoing || key === "g";
  }

  #moves(event) {
    const { key, shiftKey: extend, altKey: exact } = event;
    if (event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -1, End: 1 }[key] ?? stepOf(key, this.selection.turn);
    if (key === "ArrowDown" || key === "ArrowUp") return this.#line(step, { extend, exact });
    this.#across = null;
    if (key === "ArrowRight" || key === "ArrowLeft") this.selection.move(step, { extend, exact });
    else if (key === "Home" || key === "End") this.selection.moveEdge(step, { extend });
    else if (key.toLowerCase() === "j") this.selection.moveTurn(1, { extend });
    else if (key.toLowerCase() === "k") this.selection.moveTurn(-1, { extend });
    else return false;
    this.commands.moved();
    return true;
  }

  #line(step, { extend, exact }) {
    this.caret.reveal();
    this.#across ??= this.caret.rectangle()?.left ?? null;
    const codePoint = this.caret.line(step, this.#across);
    if (codePoint === null) this.selection.moveTurn(step, { extend });
    else this.selection.moveTo(codePoint, { extend, exact });
    this.commands.moved();
    return true;
  }

  #acts(event) {
    const name = this.bindings[chordOf(event)];
    if (!name) return false;
    this.commands[name]();
    return true;
  }
}

/* A key as bindings name it: what is held, then the key. Shift counts only where it does not change the character. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const isHeld = ctrlKey || metaKey || altKey;
  const isCharacter = [...key].length === 1;
  const held = [ctrlKey || metaKey ? "Ctrl+" : "", altKey ? "Alt+" : "", shiftKey && (isHeld || !isCharacter) ? "Shift+" : ""];
  return held.join("") + (isHeld && isCharacter ? key.toLowerCase() : key);
}
