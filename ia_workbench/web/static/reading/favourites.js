/* A coder's own codes at hand: nine favourites, given by their number, and those given last. */

import { element, say } from "./page.js";

const PLACE = /^[1-9]$/;
const DIGIT_KEY = /^Digit([1-9])$/; // by its place on the keyboard: with Alt held it may write something else

export class Favourites extends EventTarget {
  constructor(page, codes, saving) {
    super();
    Object.assign(this, { page, codes, saving });
    this.take(page.data.favourites);
  }

  /* The code at a place; undefined when it is free. */
  at(place) {
    return this.codes.find((code) => code.favourite === place);
  }

  /* Take in which codes are kept, numbers of codes by their place. */
  take(numbers) {
    for (const code of this.codes) code.favourite = null;
    for (const [place, id] of Object.entries(numbers)) {
      const code = this.codes.find((each) => each.id === id);
      if (code) code.favourite = Number(place);
    }
    this.dispatchEvent(new Event("change"));
  }

  /* Keep a code at a place, or let the place go where that code is there already or none is given. */
  async keep(place, code) {
    const path = code && code.favourite !== place ? code.path : "";
    const { favourites } = await this.saving.send(this.page.data.favouritesAt, { place, code: path });
    this.take(favourites);
    const { favouriteKept, favouriteGone } = this.page.words;
    return path ? say(favouriteKept, { code: code.name, place }) : say(favouriteGone, { place });
  }
}

export function addFavourites({ changes, commands, page, picker, saving, selection, status, tree }) {
  const { codes } = tree;
  const favourites = new Favourites(page, codes, saving);

  const keep = async (place, code) => {
    try {
      status.hint(await favourites.keep(place, code));
    } catch (failure) {
      status.hint(failure.message);
    }
  };

  const give = (place) => () => {
    const code = favourites.at(place);
    const { favouriteNone, favouriteWould } = page.words;
    if (!code) status.hint(say(favouriteNone, { place }));
    else if (selection.isEmpty) status.hint(say(favouriteWould, { place, code: code.name }));
    else commands.apply(code);
  };
  for (let place = 1; place <= 9; place += 1) commands[`favourite${place}`] = give(place);

  const draw = () => {
    for (const item of tree.items) drawBadge(page, item);
    for (const select of page.part("favourites-list").querySelectorAll("select")) {
      select.replaceChildren(select.options[0], ...codes.map((code) => optionOf(code)));
      select.value = favourites.at(Number(select.name))?.path ?? "";
    }
    if (picker.isOpen) picker.show();
  };
  favourites.addEventListener("change", draw);
  changes.addEventListener("codebook", draw);
  changes.addEventListener("favourites", ({ detail }) => favourites.take(detail)); // one follows a code that is merged
  draw();

  tree.tree.addEventListener("keydown", (event) => {
    const { code } = event.target.closest("[role=treeitem]") ?? {};
    if (!code || !PLACE.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keep(Number(event.key), code);
  });

  picker.dialog.addEventListener("keydown", (event) => {
    const place = event.altKey && DIGIT_KEY.exec(event.code)?.[1];
    if (!place || !picker.current) return;
    event.preventDefault();
    keep(Number(place), picker.current);
  });

  const dialog = page.part("favourites");
  page.part("show-favourites").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("change", ({ target }) => keep(Number(target.name), codes.find((code) => code.path === target.value)));
  dialog.addEventListener("close", () => page.part("show-favourites").focus());

  picker.recent = page.data.recent.map((id) => codes.find((code) => code.id === id)).filter(Boolean);
  commands.recent = () => {
    if (picker.lately.length) commands.pick({ recentFirst: true });
    else status.hint(page.words.noRecent);
  };
}

function optionOf({ name, path }) {
  const depth = path.split("/").length - 1;
  return new Option(`${"\u2003".repeat(depth)}${name}`, path);
}

function drawBadge(page, item) {
  item.querySelector(".fav")?.remove();
  const { favourite } = item.code;
  if (!favourite) return;
  const badge = element("kbd", String(favourite), "fav");
  badge.title = say(page.words.favourite, { place: favourite });
  badge.prepend(element("span", `${badge.title.replace(/\d/, "").trim()} `, "vh"));
  item.querySelector(".name").after(badge);
}
