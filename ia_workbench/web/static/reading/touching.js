/* Selecting with a finger: a tap puts the caret there, a long press selects a word, and its handles (`resizing.js`) take
   more. The bar at the bottom then offers to code the words. On a touch screen the browser's own selection is switched
   off (`changing.css`), since two sets of handles would stand over each other. */

import { placeFromPoint } from "./caret.js";
import { nextCharacter } from "./words.js";

const LONG = 450; // ms until a press is a long one
const STILL = 10; // px that a finger may move and still press

export function addTouching({ area, selection, transcript, pointing }) {
  let press = null; // where and since when a finger is down

  const offsetAt = ({ clientX, clientY }) => {
    const place = placeFromPoint(clientX, clientY);
    return place && transcript.codePointOf(...place);
  };
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  const select = (at) => {
    if (at === null) return;
    const turn = transcript.turnAt(at);
    const unit = Math.min(turn.unit(at), Math.max(0, turn.text.length - 1));
    selection.setWords(turn.codePoint(unit), turn.codePoint(nextCharacter(turn.text, unit, 1)));
    navigator.vibrate?.(10);
    pointing.show();
  };

  area.addEventListener("pointerdown", (event) => {
    end();
    const isWords = event.target.closest(".turn") && !event.target.closest(".given, a");
    if (event.pointerType !== "touch" || !event.isPrimary || !isWords) return;
    const at = offsetAt(event);
    const long = () => {
      press.isLong = true;
      select(at);
    };
    press = { x: event.clientX, y: event.clientY, at, isLong: false, timer: setTimeout(long, LONG) };
  });
  area.addEventListener("pointermove", (event) => {
    if (press && !press.isLong && Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL) end();
  });
  area.addEventListener("pointercancel", end); // the finger scrolls
  document.addEventListener("pointerup", (event) => {
    if (press && !press.isLong && event.pointerType === "touch" && press.at !== null) selection.setWords(press.at, press.at);
    end();
  });
  area.addEventListener("contextmenu", (event) => press?.isLong && event.preventDefault());
}
