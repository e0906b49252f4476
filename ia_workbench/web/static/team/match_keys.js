/* Looking through matches by keys: y keeps one and goes on, n leaves it out and goes on, j and k only go. */

export const boxesIn = (root) => [...root.querySelectorAll("input[name=keep]:not(:disabled)")];

function go(root, from, step) {
  const every = boxesIn(root);
  const next = every[Math.min(Math.max(every.indexOf(from) + step, 0), every.length - 1)];
  next?.focus();
  next?.closest("li").scrollIntoView({ block: "nearest" });
}

/* Take a key that was pressed at a match, or elsewhere but in a field; `changed` is called when one was kept or left. */
export function matchKey(root, event, changed) {
  const steps = { y: 1, n: 1, j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps)) return;
  if (event.target.closest("input:not([name=keep]), select, textarea")) return;
  const here = event.target.closest("input[name=keep]");
  if (event.key.startsWith("Arrow") && !here) return;
  event.preventDefault();
  if (here && event.key === "y") here.checked = true;
  if (here && event.key === "n") here.checked = false;
  if (here) changed();
  go(root, here, here ? steps[event.key] : 1);
}
