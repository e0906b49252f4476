/* Beside each turn: a lane for every coding, as high as its words, and its name level with its first line. The names
   are real buttons; the lanes are drawn and hidden from assistive technology. */

import { signWords, signsOf } from "./cards.js";
import { element, say } from "./page.js";
import { lanesOf } from "./pieces.js";

const NAME_PITCH = 24; // px from one name to the next where they would meet
const LANE_PITCH = 9; // px from lane to lane; closer when there are many
const CLOSE_PITCH = 6;
const LONGEST_WORDS = 70; // characters of a coding's words in its label
const DASHED_FROM = 7; // colours 7 to 12 are dashed: the second sign beside colour

export class Lanes {
  #woken = new Set();

  constructor(codings, page) {
    const { words, data } = page;
    Object.assign(this, { codings, page, words, me: data.me });
    this.current = null; // the coding that the inspector shows
  }

  /* Draw the names of these turns' codings anew, then place them. */
  draw(turns) {
    for (const turn of turns) this.#name(turn);
    this.place(turns);
  }

  /* Let go of a turn that is far away: its names are drawn anew when it comes near. */
  clear(turn) {
    turn.element.querySelector(".given")?.remove();
    this.#woken.delete(turn);
  }

  #name(turn) {
    const shown = this.#shown(turn);
    const list = this.#list(turn, shown.length);
    if (!list) return;
    const known = new Map([...list.querySelectorAll("button")].map((button) => [button.coding, button]));
    list.replaceChildren(...shown.map((coding) => this.#item(coding, known.get(coding))));
  }

  #shown(turn) {
    const shown = this.codings.ofTurn(turn).filter((coding) => coding.state !== "removing");
    return shown.sort((one, other) => one.start - other.start || other.end - one.end);
  }

  #list(turn, count) {
    const list = turn.element.querySelector(".given ul");
    if (list || !count) return list;
    const given = document.createElement("div");
    given.className = "given";
    given.lang = document.documentElement.lang;
    const made = document.createElement("ul");
    made.setAttribute("aria-label", `${this.words.codesOfTurn} ${turn.number}`);
    given.append(made);
    turn.element.append(given);
    return made;
  }

  #item(coding, known) {
    const button = known ?? this.#button(coding);
    const note = coding.isSaved ? "" : `, ${this.words[coding.isSending ? "saving" : "notSaved"]}`;
    button.className = `c${coding.code.color}${coding.isSaved ? "" : " waiting"}`;
    button.querySelector(".name").textContent = coding.code.name + note;
    const memos = this.memosOn?.(coding) ?? 0;
    button.classList.toggle("has-memo", memos > 0);
    const noted = memos ? `, ${say(this.words[memos === 1 ? "oneMemo" : "manyMemos"], { count: memos })}` : "";
    button.querySelector(".signs").replaceChildren(...signsOf(this.page, coding, { isShort: true }));
    const signs = `${signWords(this.page, coding)}${note}${noted}`;
    button.setAttribute("aria-label", `${coding.label}${signs}: ${this.#words(coding)}`);
    if (coding === this.current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  /* The first words of a coding, for those who do not see them. */
  #words(coding) {
    const { transcript } = this.codings;
    const turn = transcript.turnAt(coding.start);
    const words = turn.text.slice(turn.unit(coding.start), turn.unit(coding.end)).replace(/\s+/g, " ");
    return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)} …` : words;
  }

  #button(coding) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", tabIndex: -1, title: `${coding.code.name}, ${coding.coder}`, coding });
    button.append(element("i", "", "sw"), element("span", "", "name"), element("span", "", "signs"));
    if (coding.coder !== this.me) button.append(element("small", coding.coder.slice(0, 2).toUpperCase()));
    return button;
  }

  /* Place lanes and names by where the words stand now: everything is measured first, so that the page is laid out
     once. */
  place(turns) {
    const measured = turns.map((turn) => this.#measure(turn)).filter(Boolean);
    for (const each of measured) this.#set(each);
  }

  #measure(turn) {
    const list = turn.element.querySelector(".given ul");
    if (!list) return null;
    this.#woken.add(turn);
    const items = [...list.children].filter((item) => item.firstElementChild);
    const origin = list.getBoundingClientRect().top;
    return { list, items, stretches: items.map((item) => this.#stretch(turn, item.firstElementChild.coding, origin)) };
  }

  #set({ list, items, stretches }) {
    const lanes = lanesOf(stretches);
    const pitch = Math.max(0, ...lanes) > 3 ? CLOSE_PITCH : LANE_PITCH;
    const left = (Math.max(0, ...lanes) + 1) * pitch + 2;
    let free = -NAME_PITCH;
    const drawn = items.map((item, index) => {
      const [top, bottom] = stretches[index];
      free = Math.max(free + NAME_PITCH, top - 2);
      Object.assign(item.style, { top: `${free}px`, left: `${left}px` });
      return this.#lane(item.firstElementChild.coding, lanes[index] * pitch, top, bottom);
    });
    list.replaceChildren(...items, ...drawn);
    list.style.minHeight = items.length ? `${free + NAME_PITCH}px` : "";
  }

  /* Top and bottom of a coding's words in a turn, in px from the top of the list. */
  #stretch(turn, coding, origin) {
    const [from, to] = [turn.unit(coding.start), turn.unit(coding.end)];
    const rects = from < to ? [...turn.range(from, to).getClientRects()] : [];
    if (!rects.length) return [4, 24];
    const top = Math.min(...rects.map((rect) => rect.top)) - origin;
    const bottom = Math.max(...rects.map((rect) => rect.bottom)) - origin;
    return [Math.round(top), Math.round(bottom)];
  }

  #lane(coding, left, top, bottom) {
    const lane = document.createElement("li");
    const stroke = coding.isSaved ? (coding.code.color >= DASHED_FROM ? " dash" : "") : " dots";
    lane.className = `lane c${coding.code.color}${stroke}${coding === this.current ? " now" : ""}`;
    lane.setAttribute("aria-hidden", "true");
    Object.assign(lane.style, { left: `${left}px`, top: `${top}px`, height: `${Math.max(6, bottom - top)}px` });
    return lane;
  }

  /* Mark the coding that the inspector shows, in the turns it touches. */
  mark(coding) {
    const turns = new Set();
    for (const each of [this.current, coding]) {
      if (each) this.codings.transcript.turnsOf(each.start, each.end).forEach((turn) => turns.add(turn));
    }
    this.current = coding;
    this.draw([...turns].filter((turn) => this.#woken.has(turn)));
  }

  /* Place everything again that was placed before: the page has another width. */
  placeAll() {
    this.place([...this.#woken]);
  }
}
