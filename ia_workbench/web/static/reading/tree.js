/* The codebook beside the text, as a tree: folded and walked with arrows, filtered by typing, applied with Enter. */

import { fittingCodes } from "./matching.js";

export class Tree extends EventTarget {
  constructor(page, codes) {
    super();
    Object.assign(this, { page, codes });
    this.tree = page.part("tree");
    this.filter = page.part("code-filter");
    const byId = new Map(codes.map((code) => [code.id, code]));
    this.items = [...this.tree.querySelectorAll("[data-code]")];
    this.items.forEach((item) => (item.code = byId.get(Number(item.dataset.code))));
    this.folded = new Set();
    this.#giveRoles();
    this.tree.addEventListener("click", (event) => this.#click(event));
    this.tree.addEventListener("keydown", (event) => this.#key(event));
    this.filter.addEventListener("input", () => this.#show());
    this.filter.addEventListener("keydown", (event) => this.#filterKey(event));
  }

  #giveRoles() {
    if (!this.items.length) return;
    this.tree.setAttribute("role", "tree");
    this.items.forEach((item, index) => {
      item.setAttribute("role", "treeitem");
      item.setAttribute("aria-level", String(Number(item.dataset.depth) + 1));
      item.tabIndex = index ? -1 : 0;
      if (item.classList.contains("g")) item.setAttribute("aria-expanded", "true");
    });
  }

  /* Show what fits the filter, with the codes above it; without a filter, what is not folded away. */
  #show() {
    const typed = this.filter.value.trim();
    const fitting = new Set(typed ? fittingCodes(this.codes, typed) : this.codes);
    const parents = new Map(this.codes.map((code) => [code.id, code]));
    const above = (code) => (code.parent ? [parents.get(code.parent), ...above(parents.get(code.parent))] : []);
    const wanted = new Set([...fitting].flatMap((code) => (typed ? [code, ...above(code)] : [code])));
    for (const item of this.items) {
      const isFolded = !typed && above(item.code).some((code) => this.folded.has(code));
      item.hidden = !wanted.has(item.code) || isFolded;
      if (item.hasAttribute("aria-expanded")) item.setAttribute("aria-expanded", String(Boolean(typed) || !this.folded.has(item.code)));
    }
    const visible = this.#visible();
    if (visible.length && !visible.some((item) => item.tabIndex === 0)) this.#stop(visible[0]);
  }

  #visible() {
    return this.items.filter((item) => !item.hidden);
  }

  #stop(item) {
    this.items.forEach((each) => (each.tabIndex = each === item ? 0 : -1));
  }

  #fold(item, isFolded) {
    if (isFolded) this.folded.add(item.code);
    else this.folded.delete(item.code);
    this.#show();
  }

  #click(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    this.#stop(item);
    if (event.target.closest("svg")) this.#fold(item, !this.folded.has(item.code));
    else this.#use(item);
  }

  #use(item) {
    this.dispatchEvent(new CustomEvent("use", { detail: { code: item.code } }));
  }

  #key(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = this.#visible();
    const at = visible.indexOf(item);
    const isOpen = item.getAttribute("aria-expanded") === "true";
    if (event.key === "ArrowDown") this.#focus(visible[at + 1]);
    else if (event.key === "ArrowUp") this.#focus(visible[at - 1]);
    else if (event.key === "Home") this.#focus(visible[0]);
    else if (event.key === "End") this.#focus(visible.at(-1));
    else if (event.key === "ArrowRight") this.#right(item, isOpen, visible[at + 1]);
    else if (event.key === "ArrowLeft") this.#left(item, isOpen, visible.slice(0, at));
    else if (event.key === "Enter" || event.key === " ") this.#use(item);
    else if (event.key === "Escape") this.dispatchEvent(new Event("leave"));
    else return;
    event.preventDefault();
  }

  #right(item, isOpen, next) {
    if (isOpen) this.#focus(next);
    else if (item.hasAttribute("aria-expanded")) this.#fold(item, false);
  }

  #left(item, isOpen, before) {
    if (isOpen) this.#fold(item, true);
    else this.#focus(before.findLast((each) => each.dataset.depth < item.dataset.depth));
  }

  #focus(item) {
    if (!item) return;
    this.#stop(item);
    item.focus();
  }

  #filterKey(event) {
    if (event.key === "ArrowDown") this.#focus(this.#visible()[0]);
    else if (event.key === "Enter") this.#useFirst();
    else if (event.key === "Escape") this.#clear();
    else return;
    event.preventDefault();
  }

  #useFirst() {
    const [first] = fittingCodes(this.codes, this.filter.value);
    const item = this.items.find((each) => each.code === first);
    if (item && this.filter.value.trim()) this.#use(item);
  }

  #clear() {
    this.filter.value = "";
    this.#show();
    this.dispatchEvent(new Event("leave"));
  }

  /* Write the counts of a code and of the codes above it anew. */
  count(code, by) {
    for (let each = code; each; each = this.codes.find((above) => above.id === each.parent)) {
      const item = this.items.find((one) => one.code === each);
      const number = item.querySelector(".n");
      const count = Number(number.textContent || 0) + by;
      number.textContent = count || "";
      item.classList.toggle("unused", !count);
    }
  }
}
