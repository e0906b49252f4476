/* The memos that one leads to: chosen by typing a title, offered by the browser as one types, taken away by a button. */

import { element, say } from "./page.js";

export class MemoLinks {
  #offered = [];
  chosen = []; // {guid, name}

  constructor(page, form) {
    Object.assign(this, { page, field: form.elements.link, list: page.part("memo-chosen") });
    this.field.addEventListener("input", (event) => event.inputType !== "insertText" && this.#take(false));
    this.field.addEventListener("keydown", (event) => this.#key(event));
    page.part("memo-link-add").addEventListener("click", () => this.#take(true));
    this.list.addEventListener("click", (event) => this.#click(event));
  }

  set(links) {
    this.chosen = [...links];
    this.field.value = "";
    this.#draw();
  }

  /* Bring what memos are called; those of the same name are told apart by what they are about. */
  async offer() {
    const response = await fetch(this.page.data.memoTitles, { redirect: "error", headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return;
    this.#offered = (await response.json()).memos.map((memo) => ({ ...memo, label: `${memo.name} (${memo.place})` }));
    this.page.part("memo-titles").replaceChildren(...this.#offered.map((memo) => Object.assign(document.createElement("option"), { value: memo.label })));
  }

  #key(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#take(true);
  }

  #take(says) {
    const typed = this.field.value.trim().toLowerCase();
    const found = typed && this.#offered.find((memo) => [memo.label, memo.name].some((name) => name.toLowerCase() === typed));
    if (found) this.set([...this.chosen.filter((each) => each.guid !== found.guid), found]);
    else if (says && typed) this.page.speak(say(this.page.words.noSuchMemo, { name: this.field.value }));
    if (found) this.page.speak(`${this.page.words.leadsTo} ${found.name}`);
  }

  /* Take what is typed; false where no memo is called so, so that it is not lost in silence. */
  settle() {
    this.#take(false);
    return !this.field.value.trim();
  }

  #draw() {
    this.list.replaceChildren(
      ...this.chosen.map((memo) => {
        const item = element("li", "");
        const button = element("button", "×", "btn small quiet");
        Object.assign(button, { type: "button", memo });
        button.setAttribute("aria-label", say(this.page.words.unlinkMemo, memo));
        item.append(element("span", memo.name), button);
        return item;
      }),
    );
  }

  #click(event) {
    const memo = event.target.closest("button")?.memo;
    if (!memo) return;
    this.set(this.chosen.filter((each) => each !== memo));
    this.field.focus();
  }
}
