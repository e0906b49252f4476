/* The status bar and the list of what is not saved. */

import { element, say } from "./page.js";

export class Status {
  constructor(page, saving, acts) {
    Object.assign(this, { page, saving, acts });
    page.part("retry").addEventListener("click", () => saving.retryAll());
    page.part("unsaved-list").addEventListener("click", (event) => this.#click(event));
    saving.addEventListener("change", () => this.update());
  }

  update() {
    const { page, saving } = this;
    const waiting = [...saving.waiting.keys()];
    page.part("saving-words").textContent = this.#sentence(waiting);
    page.part("saving").classList.toggle("troubled", waiting.length > 0);
    page.part("retry").hidden = !waiting.length;
    page.part("unsaved").hidden = !waiting.length;
    page.part("unsaved-words").textContent = waiting.length ? this.#sentence(waiting) : "";
    page.part("unsaved-list").replaceChildren(...waiting.map((coding) => this.#item(coding)));
  }

  #sentence(waiting) {
    const { words } = this.page;
    const count = waiting.length;
    if (count && !navigator.onLine) return say(words.offline, { count });
    if (count) return say(words.unsaved, { count, why: waiting.at(-1).why });
    if (this.saving.running) return words.saving;
    const time = this.saving.savedAt?.toLocaleTimeString("en-GB");
    return time ? say(words.saved, { time }) : words.ready;
  }

  #item(coding) {
    const item = this.page.copy("unsaved-item");
    item.querySelector(".name").textContent = coding.code.name;
    item.querySelector(".why").textContent = coding.why;
    item.coding = coding;
    return item;
  }

  #click(event) {
    const coding = event.target.closest("li")?.coding;
    if (event.target.closest(".again")) this.saving.retry(coding);
    else if (event.target.closest(".drop")) this.acts.giveUp(coding);
  }

  /* Say where the reader is, and let a correction begin with that turn. */
  place(turn) {
    const { page } = this;
    page.part("place").textContent = say(page.words.turnOf, { turn: turn.number, count: page.data.turns });
    page.part("correct").search = `?turn=${turn.number}`;
  }

  /* Count the reader's own codings here. */
  count(by) {
    const mine = this.page.part("mine");
    mine.dataset.count = Number(mine.dataset.count) + by;
    mine.textContent = say(this.page.words.mineCount, { count: mine.dataset.count });
  }

  /* Tell the reader in passing why a key did nothing. */
  hint(sentence) {
    const words = this.page.part("saving-words");
    words.replaceChildren(element("b", sentence));
    this.page.speak(sentence);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), 4000);
  }
}
