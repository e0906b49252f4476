/* The reading page: brings its parts together. Without this script the page is complete to read and can be coded by
   typing the words; with it, codings are added in place. */

import { Acts } from "./acts.js";
import { Caret } from "./caret.js";
import { Codings } from "./codings.js";
import { Commands } from "./commands.js";
import { Evidence } from "./evidence.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { Page, say } from "./page.js";
import { Painting, hasHighlights } from "./painting.js";
import { Picker } from "./picker.js";
import { Pointing } from "./pointing.js";
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
    this.acts = new Acts(page, this.codings, this.saving);
    this.painting = new Painting(this.codings);
    this.lanes = new Lanes(this.codings, page);
    this.inspector = new Inspector(page, this.codings, this.selection, this.acts);
    this.picker = new Picker(page, codes);
    this.tree = new Tree(page, codes);
    this.strip = new Strip(page, this.transcript);
    this.status = new Status(page, this.saving, this.acts);
    this.evidence = new Evidence(page, this.codings, this.saving);
    this.sight = new Sight(this.transcript, this.area);
    this.drawn = new Set();
    this.caret = new Caret(this.selection, this.area);
    this.pointing = new Pointing(this.selection, this.area);
    this.commands = new Commands(this);
    this.keys = new Keys(this.area, { selection: this.selection, caret: this.caret, commands: this.commands });
  }

  start() {
    document.documentElement.classList.add("scripted-page");
    document.documentElement.classList.toggle("draws-selection", hasHighlights);
    const typing = this.page.part("by-quote");
    typing.open = "refused" in typing.dataset;
    this.transcript.container.querySelectorAll(".given a").forEach((link) => (link.tabIndex = -1));
    this.#listen();
    this.#goToStart();
    this.sight.look();
  }

  /* Draw the turns that are near and not drawn yet; the others stand as the server drew them. */
  #see({ near, first, last }) {
    const fresh = near.filter((turn) => !this.drawn.has(turn));
    this.#draw(fresh);
    this.strip.follow({ first, last });
  }

  #draw(turns) {
    for (const turn of turns) {
      this.drawn.add(turn);
      this.painting.paint(turn);
    }
    this.lanes.draw(turns);
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
    const { selection, codings, inspector, picker, tree, evidence, page } = this;
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.transcript.container);
    document.fonts.ready.then(() => this.#placeAll());
    this.sight.addEventListener("look", ({ detail }) => this.#see(detail));
    selection.addEventListener("change", () => this.#selected());
    codings.addEventListener("change", ({ detail }) => this.#changed(detail));
    inspector.addEventListener("open", ({ detail }) => this.lanes.mark(detail));
    inspector.addEventListener("remove", ({ detail }) => this.commands.remove(detail));
    picker.addEventListener("pick", ({ detail }) => this.commands.apply(detail.code));
    picker.addEventListener("closed", () => this.commands.back());
    tree.addEventListener("use", ({ detail }) => this.commands.apply(detail.code));
    tree.addEventListener("leave", () => this.commands.back());
    evidence.addEventListener("linked", ({ detail }) => this.#linked(detail));
    evidence.addEventListener("closed", () => this.commands.back());
    this.area.addEventListener("click", (event) => this.#click(event));
    addEventListener("hashchange", () => this.#goToTurn());
    const buttons = { "act-code": "pick", "touch-code": "pick", "act-link": "link", undo: "undo", "show-keys": "help" };
    for (const [id, name] of Object.entries(buttons)) page.part(id).addEventListener("click", () => this.commands[name]());
  }

  #goToStart() {
    const wanted = new URL(location.href).searchParams.get("coding");
    const coding = wanted && this.codings.byGuid(wanted);
    if (coding) this.commands.choose(coding);
    else this.#goToTurn();
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
    const isListed = turns.some((turn) => this.codings.ofTurn(turn).includes(coding));
    const isThere = isListed && coding.state !== "removing";
    if (isThere !== Boolean(coding.isCounted ?? coding.guid)) this.#count(coding, isThere);
    coding.isCounted = isThere;
    this.#draw(turns);
    this.inspector.update();
    this.status.update();
  }

  #count(coding, isThere) {
    const by = isThere ? 1 : -1;
    coding.code.here += by;
    coding.code.study += by;
    this.strip[isThere ? "add" : "remove"](coding);
    this.tree.count(coding.code, by);
    if (coding.coder === this.page.data.me) this.status.count(by);
  }

  #click(event) {
    const button = event.target.closest(".given button");
    if (!button) return;
    event.preventDefault();
    this.commands.choose(button.coding);
    this.area.focus({ preventScroll: true });
  }

  #linked(link) {
    this.page.data.links.push(link);
    this.page.speak(say(this.page.words.linked, link));
    this.status.hint(say(this.page.words.linked, link));
    this.inspector.update();
  }
}

const reading = new Reading();
if (reading.transcript.turns.length) reading.start();
