/* One button that comes to the code in the tree that is pointed at or has the focus, and shows only its codings; the
   same by Shift and Enter. */

import { element, say } from "./page.js";

export function addOnly({ page, tree, filters }) {
  const button = element("button", "", "only");
  Object.assign(button, { type: "button", tabIndex: -1 });
  button.append(page.part("only-icon").content.cloneNode(true));
  let item = null;

  for (const kind of ["pointerover", "focusin"]) tree.tree.addEventListener(kind, (event) => come(event.target.closest("[role=treeitem]")));
  filters.addEventListener("change", () => {
    if (item && !item.isConnected) item = null; // the tree was drawn anew
    label();
  });
  label();
  tree.tree.addEventListener("keydown", (event) => key(event), { capture: true });
  tree.tree.addEventListener("click", (event) => click(event), { capture: true });

  function come(to) {
    if (!to || to === item) return;
    item = to;
    item.append(button);
    label();
  }

  function label() {
    for (const each of tree.items) each.classList.toggle("only-this", each.code.path === filters.seeing.code);
    if (!item) return;
    const words = say(page.words.showOnly, { code: item.code.name });
    button.setAttribute("aria-label", words);
    button.title = words;
    button.setAttribute("aria-pressed", String(filters.seeing.code === item.code.path));
  }

  function key(event) {
    if (event.key !== "Enter" || !event.shiftKey || !event.target.matches("[role=treeitem]")) return;
    event.preventDefault();
    event.stopPropagation(); // Enter alone gives the code
    toggle();
  }

  function click(event) {
    if (!event.target.closest(".only")) return;
    event.preventDefault();
    event.stopPropagation();
    toggle();
  }

  function toggle() {
    const { path } = item.code;
    filters.change({ code: filters.seeing.code === path ? "" : path });
  }
}
