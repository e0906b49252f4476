/* Keys of the transcript. Single keys work only here, or while nothing on the page has the focus, as when it has just
   been opened; never in a field or a dialog. */

import { stepOf } from "./direction.js";

const GOING = 1500; // ms; the same as in static/team/keys.js

export class Keys extends EventTarget {
  #across = null; // px: where the caret wants to stay while it goes from line to line
  #going = 0; // until when a letter belongs to `g`, which leads to another page

  /* `bindings` says which command a key gives. */
  constructor(area, { selection, caret, commands, bindings }) {
    super();
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
    if (event.key === "Enter" && event.target.closest("a, button")) return; // it presses them
    if (this.#isGoing(event)) return;
    if (this.#waits(event) || this.#acts(event) || this.#moves(event)) event.preventDefault();
  }

  #isGoing({ key, timeStamp }) {
    const isGoing = timeStamp < this.#going;
    this.#going = key === "g" && !isGoing ? timeStamp + GOING : 0;
    return isGoing || key === "g";
  }

  /* Whether a key does nothing because an act before it is not done yet. */
  #waits(event) {
    const comes = this.commands[this.bindings[chordOf(event)]]?.comesWhileWaiting;
    return Boolean(this.commands.isWaiting) && !comes && [...event.key].length === 1;
  }

  #moves(event) {
    const { key, shiftKey: extend, altKey: exact, ctrlKey: isHeld } = event;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -1, End: 1 }[key] ?? stepOf(key, this.selection.turn);
    const isAcross = key === "ArrowRight" || key === "ArrowLeft";
    if (!step || event.metaKey || (isHeld && !isAcross)) return false;
    if (key === "ArrowDown" || key === "ArrowUp") return this.#line(step, { extend, exact });
    this.#across = null;
    if (isAcross) this.selection.move(step, { extend, exact: exact && !isHeld });
    else this.selection.moveEdge(step, { extend });
    return this.#moved();
  }

  /* The caret has moved by a key that is no act. */
  #moved() {
    this.commands.moved();
    this.dispatchEvent(new Event("moved"));
    return true;
  }

  #line(step, { extend, exact }) {
    this.caret.reveal();
    this.#across ??= this.caret.rectangle()?.left ?? null;
    const codePoint = this.caret.line(step, this.#across);
    if (codePoint === null) this.selection.moveTurn(step, { extend });
    else this.selection.moveTo(codePoint, { extend, exact });
    return this.#moved();
  }

  #acts(event) {
    const name = this.bindings[chordOf(event)];
    if (!name || !this.commands[name]) return false;
    this.#across = null;
    return this.commands[name]() !== false; // false: the key does here what it does without the act
  }
}

/* A key as bindings name it: what is held, then the key. Shift counts only where it does not change the character; a
   letter is a capital with Shift alone, whatever Caps Lock says. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const isHeld = ctrlKey || metaKey || altKey;
  const isCharacter = [...key].length === 1;
  const held = [ctrlKey || metaKey ? "Ctrl+" : "", altKey ? "Alt+" : "", shiftKey && (isHeld || !isCharacter) ? "Shift+" : ""];
  return held.join("") + (isCharacter ? cased(key, shiftKey && !isHeld) : key);
}

function cased(character, isCapital) {
  const written = isCapital ? character.toUpperCase() : character.toLowerCase();
  return written.length === character.length ? written : character;
}
