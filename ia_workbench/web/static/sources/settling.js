// Settling excerpts by keyboard: j and k walk through those that are listed one by one, y confirms the one at hand.

const items = [...document.querySelectorAll("[data-excerpt]")];
const isTyping = (target) => target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
const now = () => items.findIndex((item) => item.contains(document.activeElement));

function walk(step) {
  if (!items.length) return false;
  items[Math.min(items.length - 1, Math.max(0, now() < 0 ? 0 : now() + step))].focus();
  return true;
}

function confirm() {
  const button = items[now()]?.querySelector("[data-confirm]");
  button?.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = { j: () => walk(1), k: () => walk(-1), y: confirm }[event.key];
  if (act?.()) event.preventDefault();
});

for (const told of document.querySelectorAll("[data-keys]")) told.hidden = !items.length;
// after a settlement the page comes back at that excerpt: go on with the next one that waits
const last = items.findIndex((item) => `#${item.id}` === window.location.hash);
if (last >= 0) (items.slice(last + 1).find((item) => item.classList.contains("waits")) ?? items[last]).focus();
