// Masking by hand, made quicker: words selected in the quote become a row, and the right side shows at once what the
// rows would do. What is stored is worked out on the server; this is a preview.

const LETTER = "[\\p{L}\\p{M}\\p{N}_]";

function pattern(words) {
  const parts = words.trim().split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<!${LETTER})${parts.join("\\s+")}(?!${LETTER})`, "gu");
}

export function places(quote, rows) {
  const found = [];
  const longestFirst = rows.filter((row) => row.words.trim()).sort((a, b) => b.words.length - a.words.length);
  for (const row of longestFirst) {
    for (const match of quote.matchAll(pattern(row.words))) {
      const place = { start: match.index, end: match.index + match[0].length, instead: row.instead };
      if (!found.some((other) => place.start < other.end && other.start < place.end)) found.push(place);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function pieces(quote, found, textOf, className) {
  const parts = [];
  let at = 0;
  for (const place of found) {
    parts.push(document.createTextNode(quote.slice(at, place.start)));
    const mark = document.createElement("mark");
    mark.className = className;
    mark.textContent = textOf(place);
    parts.push(mark);
    at = place.end;
  }
  return [...parts, document.createTextNode(quote.slice(at))];
}

function rowsOf(form) {
  return [...form.querySelectorAll(".mask-row")].map((row) => {
    const [words, instead] = row.querySelectorAll("input");
    return { words: words.value, instead: instead.value, row };
  });
}

function preview(panel, quote) {
  const found = places(quote, rowsOf(panel.querySelector(".mask-form")));
  panel.querySelector("[data-quote]").replaceChildren(...pieces(quote, found, (p) => quote.slice(p.start, p.end), ""));
  const shown = pieces(quote, found, (place) => place.instead || "…", "instead");
  panel.querySelector("[data-shown]").replaceChildren(...shown);
}

function emptyRow(form) {
  const rows = rowsOf(form);
  const empty = rows.find(({ words, instead }) => !words && !instead);
  if (empty) return empty.row;
  const copy = rows[rows.length - 1].row.cloneNode(true);
  for (const field of copy.querySelectorAll("input")) {
    const id = `${field.id}-${rows.length}`;
    copy.querySelector(`label[for="${field.id}"]`).htmlFor = id;
    field.id = id;
    field.value = "";
  }
  rows[rows.length - 1].row.after(copy);
  return copy;
}

function start(panel) {
  const form = panel.querySelector(".mask-form");
  const quoteBox = panel.querySelector("[data-quote]");
  const quote = quoteBox.textContent;
  const button = form.querySelector("[data-add-row]");
  button.hidden = false;
  form.addEventListener("input", () => preview(panel, quote));
  if (rowsOf(form).some(({ words }) => words)) preview(panel, quote); // typed before this script was there, or kept
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const selection = getSelection();
    const isHere = selection.rangeCount && quoteBox.contains(selection.anchorNode);
    const row = emptyRow(form);
    const [words, instead] = row.querySelectorAll("input");
    if (isHere) words.value = selection.toString().trim();
    (words.value ? instead : words).focus();
    preview(panel, quote);
  });
}

for (const panel of document.querySelectorAll(".quote-panel")) if (panel.querySelector("[data-add-row]")) start(panel);
