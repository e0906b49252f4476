/* The names of a turn's codings, as real buttons beside its words. Where there are more than the turn has room for, the
   last ones are folded into one button that opens them. */

import { signWords, signsOf } from "./card_acts.js";
import { element, say } from "./page.js";

const LONGEST_WORDS = 70; // characters of a coding's words in its label
const CHARACTERS_A_LINE = 60; // about, at the reading measure
const NAMES_A_LINE = 28 / 24; // a line of the text is as high as this many names
const ROOM = 6; // names that every turn shows, however short it is

export class Names {
  #opened = new WeakSet(); // turns whose folded names are open

  constructor(codings, page) {
    Object.assign(this, { codings, page, words: page.words, me: page.data.me });
    this.here = null; // the turn whose names the Tab key reaches
    this.isGrouped = false; // coder by coder, each with a head
  }

  /* Draw the names of a turn anew; gives back their list, null when it has none. */
  draw(turn, current) {
    const shown = this.#shown(turn);
    const list = this.#list(turn, shown.length);
    if (!list) return null;
    const known = new Map([...list.querySelectorAll("button")].map((button) => [button.coding, button]));
    const hadFocus = document.activeElement?.closest(".given ul") === list ? document.activeElement : null;
    const unfolded = this.#unfolded(turn, shown, current);
    const items = shown.slice(0, unfolded).map((coding) => this.#item(coding, known.get(coding), current));
    if (unfolded < shown.length || this.#opened.has(turn)) items.push(this.#more(turn, shown.length - unfolded));
    list.replaceChildren(...(this.isGrouped ? this.#grouped(items) : items));
    this.stop(list, turn === this.here);
    if (hadFocus) (hadFocus.isConnected ? hadFocus : list.querySelector("button"))?.focus({ preventScroll: true });
    return list;
  }

  #shown(turn) {
    const shown = this.codings.ofTurn(turn).filter((coding) => coding.state !== "removing");
    const byPlace = (one, other) => one.start - other.start || other.end - one.end;
    const byCoder = (one, other) => (this.isGrouped && one.coder !== other.coder ? (one.coder < other.coder ? -1 : 1) : 0);
    return shown.sort((one, other) => byCoder(one, other) || byPlace(one, other));
  }

  /* How many names are shown: all, or as many as there is room for beside the words. */
  #unfolded(turn, shown, current) {
    const room = Math.max(ROOM, Math.floor((turn.text.length / CHARACTERS_A_LINE) * NAMES_A_LINE));
    if (shown.length <= room + 1) {
      this.#opened.delete(turn);
      return shown.length;
    }
    if (shown.indexOf(current) >= room) this.#opened.add(turn);
    return this.#opened.has(turn) ? shown.length : room;
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

  #item(coding, known, current) {
    const button = known ?? this.#button(coding);
    const note = coding.isSaved ? "" : `, ${this.words[coding.isSending ? "saving" : "notSaved"]}`;
    button.className = `c${coding.code.color}${coding.isSaved ? "" : " waiting"}`;
    button.querySelector(".name").textContent = coding.code.name + note;
    const memos = this.memosOn?.(coding) ?? 0;
    button.classList.toggle("has-memo", memos > 0);
    button.querySelector(".signs").replaceChildren(...signsOf(this.page, coding, { isShort: true }));
    button.setAttribute("aria-label", `${coding.label}${this.#signs(coding, memos)}${note}: ${this.#words(coding)}`);
    if (coding === current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    return itemOf(button);
  }

  #signs(coding, memos) {
    const noted = memos ? `, ${say(this.words[memos === 1 ? "oneMemo" : "manyMemos"], { count: memos })}` : "";
    return `${signWords(this.page, coding)}${noted}`;
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
    Object.assign(button, { type: "button", tabIndex: -1, coding });
    const name = element("span", "", "name");
    name.dir = "auto";
    button.append(element("i", "", "sw"), name, element("span", "", "signs"));
    if (coding.coder !== this.me) button.append(element("small", coding.coder.slice(0, 2).toUpperCase()));
    return button;
  }

  #more(turn, folded) {
    const words = folded ? say(this.words.moreNames, { count: folded }) : this.words.fewerNames;
    const button = element("button", words, "more");
    Object.assign(button, { type: "button", tabIndex: -1, turn });
    button.setAttribute("aria-expanded", String(!folded));
    if (folded) button.setAttribute("aria-label", `${words}: ${say(this.words.moreCodes, { count: folded, turn: turn.number })}`);
    return itemOf(button);
  }

  /* Open the folded names of a turn, or fold them again. */
  toggle(turn) {
    if (this.#opened.has(turn)) this.#opened.delete(turn);
    else this.#opened.add(turn);
  }

  #grouped(items) {
    let last = null;
    return items.flatMap((item) => {
      const coder = item.firstElementChild.coding?.coder ?? last;
      const head = coder === last ? [] : [element("li", coder, "coder")];
      last = coder;
      return [...head, item];
    });
  }

  /* Let the Tab key reach one name of a list, or none: thousands of stops would be no help. */
  stop(list, isHere) {
    const buttons = [...list.querySelectorAll("button")];
    const at = isHere ? (buttons.find((button) => button.hasAttribute("aria-current")) ?? buttons[0]) : null;
    for (const button of buttons) button.tabIndex = button === at ? 0 : -1;
  }
}

function itemOf(button) {
  const item = document.createElement("li");
  item.append(button);
  return item;
}
