/* The codebook beside the text, as a tree: folded and walked with arrows, filtered by typing, applied with Enter. */

import { fittingCodes } from "./matching.js";
import { say } from "./page.js";

export class Tree extends EventTarget {
  constructor(page, codes) {
    super();
    Object.assign(this, { page, codes });
    this.tree = page.part("tree");
    this.filter = page.part("code-filter");
    this.folded = new Set();
    this.draw();
    this.tree.addEventListener("click", (event) => this.#click(event));
    this.tree.addEventListener("keydown", (event) => this.#key(event));
    this.filter.addEventListener("input", () => this.#show());
    this.filter.addEventListener("keydown", (event) => this.#filterKey(event));
  }

  /* Draw the codes as they are now; what is folded and where the focus was stay so. */
  draw() {
    const held = this.tree.contains(document.activeElement) ? document.activeElement.closest("[role=treeitem]")?.code : null;
    const stop = this.items?.find((item) => item.tabIndex === 0)?.code;
    this.items = this.codes.map((code) => this.#item(code));
    if (!this.items.length) return;
    this.tree.setAttribute("role", "tree");
    this.tree.replaceChildren(...this.items);
    this.#stop(this.items.find((item) => item.code === stop) ?? this.items[0]);
    this.#show();
    if (held) this.focusOn(held);
  }

  #item(code) {
    const isParent = this.codes.some((each) => each.parent === code.id);
    const depth = code.path.split("/").length - 1;
    const item = this.page.copy(isParent ? "tree-group" : "tree-item");
    item.classList.add(`c${code.color}`, `d${Math.min(depth, 4)}`);
    Object.assign(item.dataset, { code: code.id, depth });
    item.setAttribute("aria-level", String(depth + 1));
    if (isParent) item.setAttribute("aria-expanded", "true");
    item.querySelector(".name").textContent = code.name;
    item.querySelector(".more").setAttribute("aria-label", say(this.page.words.changeCode, { code: code.name }));
    item.querySelector(".sw")?.classList.toggle("dashed", code.color > 6);
    item.code = code;
    this.#write(item, this.countOf(code));
    return item;
  }

  /* How often a code and those below it were given here. */
  countOf(code) {
    return this.codes.filter((each) => each.parent === code.id).reduce((sum, each) => sum + this.countOf(each), code.here);
  }

  #write(item, count) {
    item.querySelector(".n").textContent = count || "";
    item.classList.toggle("unused", !count);
  }

  /* Give a code the focus. */
  focusOn(code) {
    this.#focus(this.items.find((item) => item.code === code && !item.hidden));
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
    if (!item || event.target.closest("input")) return;
    this.#stop(item);
    if (event.target.closest(".more")) this.#menu(item);
    else if (event.target.closest("svg")) this.#fold(item, !this.folded.has(item.code));
    else this.#use(item);
  }

  #menu(item) {
    this.dispatchEvent(new CustomEvent("menu", { detail: { code: item.code, item } }));
  }

  #use(item) {
    this.dispatchEvent(new CustomEvent("use", { detail: { code: item.code } }));
  }

  #key(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
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
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) this.#menu(item);
    else if (event.key === "F2") this.dispatchEvent(new CustomEvent("rename", { detail: { code: item.code, item } }));
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
  count(code) {
    for (let each = code; each; each = this.codes.find((above) => above.id === each.parent)) {
      const item = this.items.find((one) => one.code === each); // none yet for a code that has just come
      if (item) this.#write(item, this.countOf(each));
    }
  }
}
