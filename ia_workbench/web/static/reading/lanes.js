/* Beside each turn: a lane for every coding, as high as its words, and its name level with its first line. The names
   are real buttons; the lanes are drawn and hidden from assistive technology. */

import { lanesByColumn, lanesWithin } from "./lane_sets.js";
import { Names } from "./names.js";

const NAME_PITCH = 24; // px from one name to the next where they would meet
const SHARE = 0.3; // of the width beside the words that lanes may take
const DASHED_FROM = 7; // colours 7 to 12 are dashed: the second sign beside colour
export const narrow = matchMedia("(max-width: 899px)"); // names stand in a row below the words, without lanes

export class Lanes {
  #woken = new Set();
  #range = document.createRange(); // one for all that is measured: a page keeps every range right until it is collected

  constructor(codings, page) {
    this.codings = codings;
    this.names = new Names(codings, page);
    this.current = null; // the coding that the inspector shows
    this.columns = null; // with lanes by coder: the place of each coder's column by user name
  }

  /* Draw the names of these turns' codings anew, then place them. */
  draw(turns) {
    this.names.isGrouped = Boolean(this.columns) && narrow.matches;
    for (const turn of turns) this.names.draw(turn, this.current);
    this.place(turns);
  }

  /* Let go of a turn that is far away: its names are drawn anew when it comes near. */
  clear(turn) {
    turn.element.querySelector(".given")?.remove();
    this.#woken.delete(turn);
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
    if (narrow.matches) return null;
    const items = [...list.children].filter((item) => item.firstElementChild);
    const { top, width } = list.getBoundingClientRect();
    const codings = items.map((item) => item.firstElementChild.coding).filter(Boolean);
    return { list, items, width, codings, stretches: codings.map((coding) => this.#stretch(turn, coding, top)) };
  }

  #set({ list, items, width, codings, stretches }) {
    const { placed, taken } = this.columns
      ? lanesByColumn(stretches, codings.map((coding) => this.columns.get(coding.coder) ?? 0), this.columns.count)
      : lanesWithin(stretches, width * SHARE);
    let free = -NAME_PITCH;
    items.forEach((item, index) => {
      free = Math.max(free + NAME_PITCH, (stretches[index]?.[0] ?? 0) - 2);
      item.style.cssText = `top: ${free}px; inset-inline-start: ${taken}px`;
    });
    const drawn = codings.map((coding, index) => placed[index] && this.#lane(coding, placed[index], stretches[index]));
    list.classList.toggle("some-lanes", placed.includes(null)); // the names show their sign then
    list.replaceChildren(...items, ...drawn.filter(Boolean));
    list.style.minHeight = items.length ? `${free + NAME_PITCH}px` : "";
  }

  /* Top and bottom of a coding's words in a turn, in px from the top of the list. */
  #stretch(turn, coding, origin) {
    const [from, to] = [turn.unit(coding.start), turn.unit(coding.end)];
    const rects = from < to ? this.#rects(turn, from, to) : [];
    if (!rects.length) return [4, 24];
    const top = Math.min(...rects.map((rect) => rect.top)) - origin;
    const bottom = Math.max(...rects.map((rect) => rect.bottom)) - origin;
    return [Math.round(top), Math.round(bottom)];
  }

  #rects(turn, from, to) {
    this.#range.setStart(...turn.point(from));
    this.#range.setEnd(...turn.point(to));
    return [...this.#range.getClientRects()];
  }

  #lane(coding, { left, width }, [top, bottom]) {
    const lane = document.createElement("li");
    const stroke = coding.isSaved ? (coding.code.color >= DASHED_FROM ? " dash" : "") : " dots";
    lane.className = `lane c${coding.code.color}${stroke}${coding === this.current ? " now" : ""}`;
    lane.setAttribute("aria-hidden", "true");
    lane.style.cssText = `inset-inline-start: ${left}px; top: ${top}px; height: ${Math.max(6, bottom - top)}px; width: ${width}px`;
    lane.coding = coding;
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

  /* Open the folded names of a turn, or fold them again; the focus stays in the list. */
  toggle(turn) {
    const list = turn.element.querySelector(".given ul");
    const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    this.names.toggle(turn);
    this.draw([turn]);
    const buttons = [...list.querySelectorAll("button")];
    if (place >= 0) buttons[Math.min(place, buttons.length - 1)].focus();
  }

  /* Place everything again that was placed before: the page has another width, or other lanes. */
  placeAll() {
    this.draw([...this.#woken]);
  }
}
