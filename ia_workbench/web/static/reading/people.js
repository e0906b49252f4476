/* Who else has this source open: initials beside the tools, names for those who do not see them. One may be hidden. */

import { element, say } from "./page.js";

const MOST = 4; // initials that are shown; the rest is a number

export function addPeople(reading) {
  const { page, saving, status } = reading;
  const { words, data } = page;
  const shown = page.part("be-shown");
  let known = null;

  shown.checked = data.isShown;
  reading.people = { show };
  show([]);

  function show(names) {
    const now = `${data.isShown} ${names.join(" ")}`;
    if (now === known) return;
    known = now;
    const chips = names.slice(0, MOST).map((name) => Object.assign(element("span", name.slice(0, 2).toUpperCase(), "who"), { title: name }));
    if (names.length > MOST) chips.push(element("span", `+${names.length - MOST}`, "who"));
    page.part("here-chips").replaceChildren(...chips);
    page.part("here").classList.toggle("nobody", !names.length);
    const others = names.length ? say(words.alsoHere, { names: names.join(", ") }) : words.nobodyHere;
    page.part("here-names").textContent = data.isShown ? others : `${others} ${words.youAreHidden}`;
    page.part("here-list").textContent = page.part("here-names").textContent;
  }

  shown.addEventListener("change", async () => {
    const wanted = shown.checked;
    data.isShown = false; // nothing is sent until the store has the choice
    try {
      await saving.send(data.presence, { shown: Number(wanted) });
      data.isShown = wanted;
      status.hint(wanted ? words.nowShown : words.nowHidden);
    } catch (failure) {
      data.isShown = !wanted;
      shown.checked = !wanted;
      status.hint(failure.message);
    }
    show(known?.split(" ").slice(1).filter(Boolean) ?? []);
  });

  /* The menu closes by Escape and by a click elsewhere, as menus do. */
  const menu = page.part("here");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", ({ target }) => menu.contains(target) || (menu.open = false));
}
