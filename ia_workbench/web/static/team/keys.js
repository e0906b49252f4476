// Single keys for the whole team application: `/` searches, `g` and a letter goes to a page, Escape closes what is
// open and returns the focus, `j` and `k` walk the rows of a table. They never act inside a field.

// Also tells the server that this browser has scripts: the reading page then leaves drawing codings to them.

const GOING_SECONDS = 1.5;
document.cookie = "ia_scripts=1; path=/; SameSite=Strict";
let going = 0;

const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

function goTo(key) {
  const link = document.querySelector(`.bar nav a[data-key="${CSS.escape(key)}"]`);
  if (link) link.click();
  return Boolean(link);
}

function closeTopLayer() {
  const open = [...document.querySelectorAll("details.me[open], details.layer[open]")].pop();
  if (!open) return false;
  open.open = false;
  open.querySelector("summary")?.focus();
  return true;
}

function walkRows(step) {
  const links = [...document.querySelectorAll("table[data-rows] .title a")].filter((link) => link.offsetParent);
  if (!links.length) return false;
  const now = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, now < 0 ? 0 : now + step))].focus();
  return true;
}

function act(event) {
  if (event.key === "Escape") return closeTopLayer();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
  if (Date.now() < going) {
    going = 0;
    return goTo(event.key);
  }
  if (event.key === "g") going = Date.now() + GOING_SECONDS * 1000;
  if (event.key === "/") {
    const field = document.querySelector(".bar #q");
    field?.focus();
    return Boolean(field);
  }
  if (event.key === "j") return walkRows(1);
  if (event.key === "k") return walkRows(-1);
  return false;
}

// Whoever switched single keys off: no script of any page hears them, but for what has the focus and takes letters
// itself (a list, a dialog), as WCAG 2.2, 2.1.4 lets it.
const TAKES_LETTERS = "dialog, svg, [role=tree], [role=listbox], [role=menu]";

if (document.querySelector('meta[name="single-keys"][content="off"]')) {
  window.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const isSingle = [...key].length === 1 && key !== " " && !(event.ctrlKey || event.metaKey || event.altKey);
      if (isSingle && !isTyping(target) && !target.closest?.(TAKES_LETTERS)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented && act(event)) event.preventDefault();
});

// a menu closes when the focus or the pointer goes elsewhere
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.me[open], details.layer[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
