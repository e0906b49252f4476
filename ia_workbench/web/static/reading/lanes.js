/* Beside each turn: a lane for every coding, as high as its words, and its name level with its first line. The names
   are real buttons; the lanes are drawn and hidden from assistive technology. */

import { lanesOf } from "./pieces.js";

const NAME_PITCH = 24; // px from one name to the next where they would meet
const LANE_PITCH = 9; // px from lane to lane; closer when there are many
const CLOSE_PITCH = 6;
const DASHED_FROM = 7; // colours 7 to 12 are dashed: the second sign beside colour

export class Lanes {
  #woken = new Set();

  constructor(codings, words) {
    this.codings = codings;
    this.words = words;
    this.current = null; // the coding that the inspector shows
  }

  /* Draw the names of a turn's codings anew, then place them. */
  draw(turn) {
    const shown = this.#shown(turn);
    const list = this.#list(turn, shown.length);
    if (!list) return;
    const buttons = new Map([...list.querySelectorAll("button")].map((button) => [button.value, button]));
    list.replaceChildren(...shown.map((coding) => this.#item(coding, buttons.get(coding.guid ?? coding.request))));
    this.place(turn);
  }

  #shown(turn) {
    const shown = this.codings.ofTurn(turn).filter((coding) => coding.state !== "removing");
    return shown.sort((one, other) => one.start - other.start || other.end - one.end);
  }

  #list(turn, count) {
    const list = turn.element.querySelector(".given ul");
    if (list || !count) return list;
    const form = document.createElement("form");
    form.className = "given";
    form.lang = document.documentElement.lang;
    const made = document.createElement("ul");
    made.setAttribute("aria-label", `${this.words.codesOfTurn} ${turn.number}`);
    form.append(made);
    turn.element.append(form);
    return made;
  }

  #item(coding, known) {
    const item = document.createElement("li");
    const button = known ?? document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.value = coding.guid ?? coding.request;
    button.className = `c${coding.code.color}${coding.isSaved ? "" : " waiting"}`;
    button.title = `${coding.code.name}, ${coding.coder}`;
    button.coding = coding;
    if (!known || !coding.isSaved || button.dataset.waited) {
      const swatch = document.createElement("i");
      swatch.className = "sw";
      const note = coding.isSaved ? "" : `, ${this.words[coding.state === "adding" ? "saving" : "notSaved"]}`;
      button.replaceChildren(swatch, coding.code.name, note);
      button.dataset.waited = coding.isSaved ? "" : "yes";
      button.setAttribute("aria-label", `${coding.code.name}, ${coding.coder}${note}`);
    }
    button.toggleAttribute("aria-current", coding === this.current);
    item.append(button);
    return item;
  }

  /* Place lanes and names by where the words stand now. */
  place(turn) {
    const list = turn.element.querySelector(".given ul");
    if (!list) return;
    this.#woken.add(turn);
    list.querySelectorAll(".lane").forEach((lane) => lane.remove());
    const items = [...list.children];
    const origin = list.getBoundingClientRect().top;
    const stretches = items.map((item) => this.#stretch(turn, item.firstElementChild.coding, origin));
    const lanes = lanesOf(stretches);
    const pitch = Math.max(0, ...lanes) > 3 ? CLOSE_PITCH : LANE_PITCH;
    const left = (Math.max(0, ...lanes) + 1) * pitch + 2;
    let free = -NAME_PITCH;
    items.forEach((item, index) => {
      const [top, bottom] = stretches[index];
      free = Math.max(free + NAME_PITCH, top - 2);
      Object.assign(item.style, { top: `${free}px`, left: `${left}px` });
      list.append(this.#lane(item.firstElementChild.coding, lanes[index] * pitch, top, bottom));
    });
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
    for (const turn of turns) if (this.#woken.has(turn)) this.draw(turn);
  }

  /* Place everything again that was placed before: the page has another width. */
  placeAll() {
    for (const turn of this.#woken) this.place(turn);
  }
}
