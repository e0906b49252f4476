// On the page of keys a field takes the key that is pressed instead of what it writes. Tab, Enter and Escape do what they
// always do; Backspace and Delete empty the field.

import { chordOf } from "../reading/keys.js";

const LEFT_ALONE = ["Tab", "Enter", "Escape", "Control", "Shift", "Alt", "AltGraph", "Meta", "Dead", "Process"];

document.addEventListener("keydown", (event) => {
  const { key, target, isComposing } = event;
  if (!target.matches?.("[data-key]") || isComposing || LEFT_ALONE.includes(key)) return;
  const isCopying = (event.ctrlKey || event.metaKey) && ["a", "c", "v", "x"].includes(key.toLowerCase()) && !event.shiftKey;
  if (isCopying) return;
  event.preventDefault();
  target.value = ["Backspace", "Delete"].includes(key) ? "" : chordOf(event);
  target.select();
});
