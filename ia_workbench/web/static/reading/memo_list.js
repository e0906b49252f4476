/* The memos at the selection, in the inspector: each folds out, can be changed, removed, and leads to those it is
   linked with. Their HTML was made by the store out of Markdown and can do nothing. */

import { element, say } from "./page.js";

const LOCALES = { en: "en-GB", es: "es" };

export class MemoList extends EventTarget {
  #shown = [];
  all = []; // those that a link can lead to on this page

  constructor(page) {
    super();
    this.page = page;
    this.part = page.part("memos-here");
    this.here = page.part("memo-list");
    this.whole = page.part("memo-list-whole");
    this.part.addEventListener("click", (event) => this.#click(event));
  }

  show(here, whole) {
    const { page } = this;
    this.#shown = [...here, ...whole];
    const open = new Set([...this.part.querySelectorAll(".memo-card[open]")].map((card) => card.dataset.guid));
    this.here.replaceChildren(...here.map((memo) => this.#card(memo, open)));
    this.whole.replaceChildren(...whole.map((memo) => this.#card(memo, open)));
    page.part("memo-count").textContent = here.length || "";
    page.part("memos-whole").hidden = !whole.length;
    page.part("memos-whole-count").textContent = whole.length;
    page.part("no-memos").hidden = here.length > 0;
  }

  /* Put the focus on a memo, else on the first of the list, else on the button that writes one. */
  focus(guid) {
    const card = guid ? this.part.querySelector(`[data-guid="${CSS.escape(guid)}"]`) : this.here.querySelector(".memo-card");
    if (card) card.open = true;
    (card?.querySelector("summary") ?? this.page.part("act-memo")).focus();
  }

  #card(memo, open) {
    const { words } = this.page;
    const item = this.page.copy("memo-card");
    const card = item.firstElementChild;
    card.dataset.guid = memo.guid;
    card.open = open.has(memo.guid);
    item.querySelector(".name").textContent = memo.name;
    item.querySelector(".tag").hidden = !memo.private;
    item.querySelector(".md").innerHTML = memo.html;
    const when = new Date(memo.at).toLocaleString(LOCALES[document.documentElement.lang], { dateStyle: "medium", timeStyle: "short" });
    item.querySelector(".about").textContent = `${words[`memoAbout${memo.about}`]} · ${memo.changedBy}, ${when}`;
    item.querySelector(".remove").hidden = !memo.mayRemove;
    for (const name of ["edit", "remove"]) {
      const button = item.querySelector(`.${name}`);
      button.setAttribute("aria-label", `${button.textContent.trim()}: ${memo.name}`);
    }
    item.querySelector(".memo-links").append(
      ...memo.links.map((link) => this.#link(link, words.leadsTo)),
      ...memo.coming.map((link) => this.#link(link, words.linkedFrom)),
    );
    return item;
  }

  #link({ guid, name, address }, how) {
    const item = document.createElement("li");
    const link = element("a", name);
    link.href = address;
    link.dataset.memo = guid;
    item.append(element("span", how, "cap"), " ", link);
    return item;
  }

  #click(event) {
    const link = event.target.closest("a[data-memo]");
    const near = link && this.all.find((memo) => memo.guid === link.dataset.memo);
    if (near) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("go", { detail: near }));
    }
    const guid = event.target.closest(".memo-card")?.dataset.guid;
    const memo = this.#shown.find((each) => each.guid === guid);
    if (!memo) return;
    if (event.target.closest("button.edit")) this.dispatchEvent(new CustomEvent("edit", { detail: memo }));
    else if (event.target.closest("button.remove")) this.dispatchEvent(new CustomEvent("remove", { detail: memo }));
  }
}
