/* The menu of a code in the tree: by its button, by the context-menu key or Shift+F10, or by a right click. */

import { say } from "./page.js";

const GAP = 8; // px that the menu keeps from the edges of the window

export function addCodeMenu({ page, tree, codebook }) {
  const menu = page.part("code-menu");
  const entries = [...menu.querySelectorAll("[role=menuitem]")];
  let code = null;

  tree.addEventListener("menu", ({ detail }) => open(detail.code, detail.item.getBoundingClientRect()));
  tree.tree.addEventListener("contextmenu", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    event.preventDefault();
    const isKey = event.clientX === 0 && event.clientY === 0;
    open(item.code, isKey ? item.getBoundingClientRect() : { left: event.clientX, bottom: event.clientY, top: event.clientY });
  });

  function open(wanted, { left, top, bottom }) {
    code = wanted;
    menu.setAttribute("aria-label", say(page.words.codeOfMenu, { code: code.name }));
    menu.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = menu;
    menu.style.left = `${Math.max(GAP, Math.min(left + GAP, innerWidth - width - GAP))}px`;
    menu.style.top = `${bottom + height + GAP < innerHeight ? bottom : Math.max(GAP, top - height)}px`;
    entries[0].focus();
  }

  function close(isBack) {
    if (menu.hidden) return;
    menu.hidden = true;
    if (isBack) tree.focusOn(code);
  }

  const doing = {
    rename: () => codebook.rename(code),
    define: () => codebook.define(code),
    beside: () => codebook.create(codebook.codes.find((each) => each.id === code.parent) ?? null),
    below: () => codebook.create(code),
    move: () => codebook.move(code),
    merge: () => codebook.merge(code),
    split: () => location.assign(`${page.data.codebook}/split/${code.path}`),
    page: () => location.assign(`${page.data.codebook}/c/${code.path}`),
    remove: () => codebook.remove(code),
  };

  menu.addEventListener("click", (event) => {
    const entry = event.target.closest("[data-do]");
    if (!entry) return;
    close(true);
    doing[entry.dataset.do]();
  });
  menu.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key] ?? byLetter(event.key, at);
    if (to !== null) entries.at(to % entries.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget)) close(false);
  });

  /* The next entry that begins with a letter; null where none does. */
  function byLetter(key, at) {
    if (key.length !== 1 || key === " ") return null;
    const order = [...entries.keys()].map((step) => (at + 1 + step) % entries.length);
    return order.find((each) => entries[each].textContent.trim().toLowerCase().startsWith(key.toLowerCase())) ?? null;
  }
}
