/* The page of matches: keys, and how many are kept. Without this script ticks and buttons do the same. */

import { boxesIn, matchKey } from "./match_keys.js";

const form = document.getElementById("matches");

/* Those of the other pages, which the server counted, and those here. */
function count(elsewhere) {
  const words = form.querySelector("[data-kept]");
  const kept = elsewhere + boxesIn(form).filter((box) => box.checked).length;
  words.textContent = kept === 1 ? words.dataset.one : words.dataset.words.replace("{count}", kept);
}

if (form) {
  const here = boxesIn(form).filter((box) => box.defaultChecked).length;
  const elsewhere = Number(form.querySelector("[data-kept]").dataset.kept) - here;
  for (const hint of form.querySelectorAll(".scripted-only")) hint.hidden = false;
  form.addEventListener("change", () => count(elsewhere));
  document.addEventListener("keydown", (event) => matchKey(form, event, () => count(elsewhere)));
}
