/* The status bar and the list of what is not saved. */

import { element, say } from "./page.js";

export class Status {
  constructor(page, saving, acts, queue) {
    Object.assign(this, { page, saving, acts, queue });
    page.part("retry").addEventListener("click", () => this.#retry());
    page.part("unsaved-list").addEventListener("click", (event) => this.#click(event));
    saving.addEventListener("change", () => this.update());
    queue.addEventListener("change", () => this.update());
    for (const event of ["online", "offline"]) addEventListener(event, () => this.update());
  }

  #retry() {
    this.saving.retryAll();
    this.queue.acts.filter((act) => act.state === "refused").forEach((act) => this.queue.again(act));
    this.queue.retry();
  }

  update() {
    const { page, saving, queue } = this;
    const troubled = [...saving.waiting.keys(), ...queue.acts.filter((act) => act.why)];
    const sentence = this.#sentence(troubled);
    if (!this.timer) page.part("saving-words").textContent = sentence;
    page.part("saving").classList.toggle("troubled", troubled.length > 0);
    page.part("retry").hidden = !troubled.length;
    page.part("unsaved").hidden = !troubled.length;
    page.part("unsaved-words").textContent = troubled.length ? sentence : "";
    this.#list(troubled);
  }

  #sentence(troubled) {
    const { words } = this.page;
    const { queue, saving } = this;
    const count = queue.acts.length + saving.waiting.size;
    const isOffline = !navigator.onLine && queue.waiting.length + saving.waiting.size > 0;
    if (isOffline) return say(count === 1 ? words.offlineOne : words.offline, { count });
    if (troubled.length) return say(words.unsaved, { count, why: troubled.at(-1).why });
    if (queue.acts.length || saving.running) return words.sending;
    const time = new Date(Math.max(queue.savedAt ?? 0, saving.savedAt ?? 0));
    return Number(time) ? say(words.saved, { time: time.toLocaleTimeString("en-GB") }) : words.ready;
  }

  /* Items that stand there stay, so that a button keeps the focus. */
  #list(troubled) {
    const list = this.page.part("unsaved-list");
    const known = new Map([...list.children].map((item) => [item.thing, item]));
    const items = troubled.map((thing) => known.get(thing) ?? this.page.copy("unsaved-item"));
    items.forEach((item, index) => this.#fill(item, troubled[index]));
    const isSame = items.length === list.children.length && items.every((item, index) => item === list.children[index]);
    if (!isSame) list.replaceChildren(...items);
  }

  #fill(item, thing) {
    const isAct = "request" in thing && "kind" in thing;
    const coding = isAct ? thing.coding : thing;
    item.thing = thing;
    item.querySelector(".name").textContent = this.#nameOf(thing, coding);
    item.querySelector(".what").textContent = isAct ? this.page.words.anAct[thing.kind] : "";
    item.querySelector(".why").textContent = thing.state === "waiting" ? "" : thing.why; // said above for all that wait
    item.querySelector(".look").hidden = !isAct || !(coding || thing.fields.start >= 0);
    item.querySelector(".copy").hidden = !isAct || thing.state !== "refused";
    item.querySelector(".find").hidden = !isAct || !this.acts.mayBeFound(thing);
  }

  #nameOf({ codings, fields, kind }, coding) {
    const names = (codings ?? [coding]).map((each) => each?.code?.name).filter(Boolean);
    return names.join(", ") || fields?.code || fields?.codes?.join(", ") || this.page.words.anAct[kind];
  }

  #click(event) {
    const thing = event.target.closest("li")?.thing;
    const name = event.target.closest("button")?.className.match(/\b(again|drop|look|copy|find)\b/)?.[0];
    if (!thing || !name) return;
    const isAct = this.queue.acts.includes(thing);
    if (isAct && name === "again") this.queue.again(thing);
    else if (isAct && name === "drop") this.acts.giveUp(thing);
    else if (isAct) this.acts.dispatchEvent(new CustomEvent(name, { detail: thing }));
    else if (name === "again") this.saving.retry(thing);
    else this.saving.forget(thing);
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
    this.notice(sentence);
    this.page.speak(sentence);
  }

  /* Show something in passing; those who do not see the page are not told. */
  notice(sentence) {
    this.page.part("saving-words").replaceChildren(element("b", sentence));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.noticed(), 4000);
  }

  /* What was shown in passing is over: show how far saving is. */
  noticed() {
    this.timer = clearTimeout(this.timer) ?? null;
    this.update();
  }
}
