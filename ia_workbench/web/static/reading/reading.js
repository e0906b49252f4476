/* The reading page: brings its parts together. Without this script the page is complete and codes by typed words. */

import { Acts } from "./acts.js";
import { Caret } from "./caret.js";
import { Changes } from "./changes.js";
import { Codings } from "./codings.js";
import { Commands } from "./commands.js";
import { Counting } from "./counting.js";
import { Drawing } from "./drawing.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { Page } from "./page.js";
import { Painting, hasHighlights } from "./painting.js";
import { PARTS } from "./parts.js";
import { Picker } from "./picker.js";
import { Pointing } from "./pointing.js";
import { Queue } from "./queue.js";
import { Saving } from "./saving.js";
import { Selection } from "./selection.js";
import { Sight } from "./sight.js";
import { Status } from "./status.js";
import { Strip } from "./strip.js";
import { Transcript } from "./transcript.js";
import { Tree } from "./tree.js";

class Reading {
  constructor() {
    const page = (this.page = new Page());
    const codes = page.codes();
    this.area = page.part("text");
    this.transcript = new Transcript(page.part("turns"));
    page.data.turns = this.transcript.turns.length;
    this.codings = new Codings(this.transcript, codes);
    this.selection = new Selection(this.transcript);
    this.saving = new Saving(page);
    this.changes = new Changes(page, this.codings, this.saving);
    this.queue = new Queue(page, this.saving);
    this.acts = new Acts(page, this.codings, this.queue, this.changes);
    this.painting = new Painting(this.codings);
    this.lanes = new Lanes(this.codings, page);
    this.inspector = new Inspector(page, this.codings, this.selection, this.acts);
    this.picker = new Picker(page, codes);
    this.tree = new Tree(page, codes);
    this.strip = new Strip(page, this.transcript, this.area);
    this.status = new Status(page, this.saving, this.acts, this.queue);
    this.counting = new Counting(this);
    this.sight = new Sight(this.transcript, this.area);
    this.drawing = new Drawing(this);
    this.caret = new Caret(this.selection, this.area);
    this.pointing = new Pointing(this.selection, this.area);
    this.commands = new Commands(this);
    this.keys = new Keys(this.area, { ...this, bindings: page.data.keys });
    for (const add of PARTS) add(this);
  }

  /* The words are there to be read at once; the codings follow as soon as they have come. */
  async start() {
    const coming = this.changes.begin();
    this.#prepare();
    try {
      await coming;
    } catch (failure) {
      this.#missing(failure);
      return;
    }
    this.#haveCodings();
  }

  #prepare() {
    document.documentElement.classList.add("scripted-page");
    document.documentElement.classList.toggle("draws-selection", hasHighlights);
    const typing = this.page.part("by-quote");
    typing.open = "refused" in typing.dataset;
    this.transcript.container.querySelectorAll(".given").forEach((given) => given.remove()); // drawn for browsers without scripts
    this.#listen();
    this.#goToTurn();
    this.#selected();
    this.sight.look();
  }

  /* Without the codings nothing may be coded: what is there already would be coded again. */
  #missing(failure) {
    this.page.part("codings-missing").hidden = false;
    this.page.speak(failure.message);
  }

  #haveCodings() {
    this.counting.all();
    this.drawing.isReady = true;
    this.sight.look();
    this.#goToStart();
    document.documentElement.classList.add("has-codings");
    this.page.part("text").dispatchEvent(new Event("has-codings"));
  }

  /* Draw the turns that are near and not drawn yet; the others stand as the server drew them. */
  #see({ near, first, last }) {
    this.drawing.follow(near);
    this.strip.follow({ first, last });
  }

  #resized(width) {
    if (width !== this.width) this.#placeAll();
    this.width = width;
  }

  #placeAll() {
    this.lanes.placeAll();
    this.caret.draw();
  }

  #listen() {
    const { selection, codings, inspector, picker, tree, page } = this;
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.transcript.container);
    document.fonts.ready.then(() => this.#placeAll());
    this.sight.addEventListener("look", ({ detail }) => this.#see(detail));
    selection.addEventListener("change", () => this.#selected());
    codings.addEventListener("change", ({ detail }) => this.#changed(detail));
    codings.addEventListener("filter", () => this.#filtered());
    inspector.addEventListener("open", ({ detail }) => this.lanes.mark(detail));
    inspector.addEventListener("remove", ({ detail }) => this.commands.remove(detail));
    picker.addEventListener("pick", ({ detail }) => this.commands.apply(...detail.codes));
    picker.addEventListener("closed", () => this.commands.back());
    tree.addEventListener("use", ({ detail }) => this.commands.apply(detail.code));
    tree.addEventListener("leave", () => this.commands.back());
    this.area.addEventListener("click", (event) => this.#click(event));
    addEventListener("hashchange", () => this.#goToTurn());
    const buttons = { "act-code": "pick", "touch-code": "pick", "act-link": "link", undo: "undo", redo: "redo", "show-keys": "help" };
    for (const [id, name] of Object.entries(buttons)) page.part(id).addEventListener("click", () => this.commands[name]());
  }

  #goToStart() {
    const wanted = new URL(location.href).searchParams.get("coding");
    const coding = wanted && this.codings.byGuid(wanted);
    if (coding) this.commands.choose(coding);
    this.#selected();
    if (coding) this.caret.reveal();
  }

  /* Put the caret into the turn that the address names. */
  #goToTurn() {
    const turn = this.transcript.turns.find((each) => `#${each.element.id}` === location.hash);
    if (turn) this.selection.set(turn.start, turn.start);
  }

  #selected() {
    const { selection } = this;
    this.painting.choose(this.transcript, selection.start, selection.end);
    this.caret.draw();
    if (this.here !== selection.turn) {
      this.here?.element.classList.remove("here");
      this.here = selection.turn;
      this.here?.element.classList.add("here");
    }
    if (this.here) this.status.place(this.here);
    this.updating ??= requestAnimationFrame(() => {
      this.updating = null;
      if (this.here) this.inspector.update();
    });
  }

  #changed({ coding, turns }) {
    this.counting.one(coding);
    this.drawing.again(turns);
    this.inspector.update();
    this.status.update();
  }

  #filtered() {
    if (!this.drawing.isReady) return; // the first filter comes before the codings
    this.counting.all();
    this.drawing.again();
    this.inspector.update();
  }

  #click(event) {
    const button = event.target.closest(".given button, .given .lane");
    if (!button) return;
    event.preventDefault();
    if (button.turn) this.lanes.toggle(button.turn);
    else this.#choose(button);
  }

  #choose({ coding }) {
    this.commands.choose(coding);
    this.area.focus({ preventScroll: true });
  }
}

const reading = new Reading();
if (reading.transcript.turns.length) reading.start();
