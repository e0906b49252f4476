/* Lanes for each coder: a column of their own with their letters at its head; on a narrow page the names of a turn
   stand coder by coder. */

import { columnsOf } from "./lane_sets.js";
import { element } from "./page.js";

export function addCoders(reading) {
  const coders = new Coders(reading);
  reading.commands.lanesByCoder = () => coders.toggle();
}

class Coders {
  #heads = ""; // the columns as they are drawn

  constructor({ page, counting, lanes, filters, area, caret }) {
    Object.assign(this, { page, counting, lanes, filters, area, caret });
    this.button = page.part("by-coder");
    this.head = page.part("heads");
    this.button.addEventListener("click", () => this.toggle());
    filters.addEventListener("change", () => this.#draw());
    counting.addEventListener("change", () => this.#draw());
  }

  toggle() {
    this.filters.change({ lanes: this.filters.seeing.lanes ? "" : "coder" });
  }

  #draw() {
    const isOn = Boolean(this.filters.seeing.lanes);
    this.button.setAttribute("aria-pressed", String(isOn));
    const columns = isOn ? columnsOf(this.counting.coders) : [];
    const heads = JSON.stringify([isOn, columns]);
    if (heads === this.#heads) return;
    this.#heads = heads;
    this.lanes.columns = isOn ? placesOf(columns) : null;
    this.area.classList.toggle("by-coder", isOn);
    this.area.style.setProperty("--columns", String(columns.length));
    this.head.hidden = !columns.length;
    this.head.firstElementChild.replaceChildren(...columns.map((each) => this.#head(each)));
    this.lanes.placeAll();
    this.caret.draw(); // the heads move the words
  }

  #head(coders) {
    const item = document.createElement("li");
    const letters = coders.length > 1 ? `+${coders.length}` : this.page.data.initials[coders[0]] ?? coders[0].slice(0, 2).toUpperCase();
    item.title = coders.join(", ");
    const shown = element("span", letters);
    shown.setAttribute("aria-hidden", "true");
    item.append(shown, element("span", coders.join(", "), "vh"));
    return item;
  }
}

/* The number of each coder's column by user name. */
function placesOf(columns) {
  const places = new Map(columns.flatMap((coders, column) => coders.map((coder) => [coder, column])));
  places.count = columns.length;
  return places;
}
