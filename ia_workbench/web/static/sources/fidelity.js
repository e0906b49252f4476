// Walking the changes of a file by keyboard: j and k to the next and the one before, t to its place in the text and back,
// m makes a memo of a comment.

const changes = [...document.querySelectorAll("[data-change]")];
const isTyping = (target) => target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
const numberOf = (element) => element?.id.replace(/^(?:change|at)-/, "");

function now() {
  const mark = document.activeElement?.closest(".at");
  if (mark) return changes.findIndex((each) => numberOf(each) === numberOf(mark));
  return changes.findIndex((each) => each.contains(document.activeElement));
}

function walk(step) {
  if (!changes.length) return false;
  const here = now();
  const next = here < 0 ? 0 : here + step;
  if (next >= 0 && next < changes.length) changes[next].focus();
  else document.querySelector(`.pager a[rel="${next < 0 ? "prev" : "next"}"]`)?.click();
  return true;
}

function cross() {
  const here = changes[now()];
  if (!here) return false;
  const mark = document.getElementById(`at-${numberOf(here)}`);
  (document.activeElement === mark ? here : mark)?.focus();
  return Boolean(mark);
}

function makeMemo() {
  const button = changes[now()]?.querySelector("[data-memo]");
  button?.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = { j: () => walk(1), k: () => walk(-1), t: cross, m: makeMemo }[event.key];
  if (act?.()) event.preventDefault();
});

for (const told of document.querySelectorAll("[data-keys]")) told.hidden = !changes.length;
// a page that comes back at a change goes on from there
const back = changes.find((each) => `#${each.id}` === window.location.hash);
back?.focus();
