/* What the card of a coding offers beside its definition: its rating where the code has a scale, the sign of importance,
   another code. Digits rate while the card has the focus. */

import { element, say } from "./page.js";

export function addCardActs({ amending, codings, commands, inspector, page, picker, selection, status }) {
  const { words } = page;

  inspector.addEventListener("card", ({ detail: { item, coding } }) => {
    const may = amending.may(coding);
    const star = item.querySelector(".star");
    star.hidden = item.querySelector(".recode").hidden = !may;
    star.setAttribute("aria-pressed", String(coding.important));
    item.querySelector(".signs").append(...signsOf(page, coding));
    rating(item.querySelector(".rating"), coding, may);
  });

  const rating = (field, coding, may) => {
    const { scale, name } = coding.code;
    field.hidden = !scale.length;
    if (!scale.length) return;
    field.querySelector("legend").textContent = say(words.rate, { code: name });
    field.querySelector(".choices").append(...[...scale, words.notRated].map((step, index) => choice(coding, step, (index + 1) % (scale.length + 1), may)));
  };

  const choice = (coding, step, value, may) => {
    const label = element("label", "");
    const radio = element("input", "");
    const { order, guid } = coding;
    Object.assign(radio, { type: "radio", name: `rating-${guid ?? order}`, value, checked: coding.rating === value, disabled: !may });
    label.append(radio, ` ${step}`);
    if (value) label.append(Object.assign(element("kbd", value), { ariaHidden: "true" }));
    return label;
  };

  const rate = (coding, value) => amending.preview(coding, "rate", { rating: value });

  const openOne = () => {
    const { open } = inspector;
    if (open && amending.may(open)) return open;
    status.hint(words.nothingToChange);
    return null;
  };

  /* The coding whose card is open, else all of one's own at the selection. */
  const toMark = () => {
    const { open } = inspector;
    if (open && amending.may(open)) return [open];
    return codings.touching(selection.start, selection.end).filter((each) => each.coder === page.data.me && amending.may(each));
  };

  /* Give codings the sign of importance, or take it away where all have it. */
  commands.important = (coding) => {
    const marked = coding ? [coding] : toMark();
    const important = !marked.every((each) => each.important);
    if (!marked.length) status.hint(words.nothingToMark);
    for (const each of marked.filter((one) => Boolean(one.important) !== important)) {
      amending.change(each, "mark", { important });
      page.speak(say(important ? words.markedImportant : words.markedPlain, { code: each.code.name }));
    }
  };

  /* Give the open coding another code. */
  commands.recode = (coding = openOne()) => {
    if (!coding) return;
    commands.choose(coding);
    const label = say(words.recodeTo, { code: coding.code.name });
    commands.openPicker({ label, about: label, answer: (code) => amending.change(coding, "recode", { code }) });
  };

  /* Go to the card of the open coding. */
  commands.card = () => {
    const card = inspector.openCard;
    if (card) card.querySelector("h3 button").focus();
    else status.hint(words.nothingOpen);
  };

  inspector.list.addEventListener("click", ({ target }) => {
    const coding = target.closest("li")?.coding;
    if (target.closest(".star")) commands.important(coding);
    else if (target.closest(".recode")) commands.recode(coding);
  });
  inspector.list.addEventListener("change", ({ target }) => target.type === "radio" && rate(target.closest("li").coding, Number(target.value)));
  inspector.list.addEventListener("keydown", (event) => {
    const coding = event.target.closest("li")?.coding;
    if (!coding || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isStep = /^\d$/.test(event.key) && coding === inspector.open && Number(event.key) <= coding.code.scale.length;
    if (isStep && coding.code.scale.length && amending.may(coding)) rate(coding, Number(event.key));
    else if (event.key === "Escape" && !picker.isOpen) commands.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/* The signs of a coding beside its name: a star where it is important, its rating in words, or as 2/3 where space is
   short. */
export function signsOf(page, coding, { isShort = false } = {}) {
  const { scale } = coding.code;
  const words = scale[coding.rating - 1];
  const rated = words && isShort ? `${coding.rating}/${scale.length}` : words;
  const star = coding.important && Object.assign(page.copy("star-sign"), { title: page.words.important });
  return [star, rated && Object.assign(element("span", rated, "rated"), { title: words })].filter(Boolean);
}

/* The same in words, for those who do not see them. */
export const signWords = (page, coding) =>
  [coding.important && page.words.important, coding.code.scale[coding.rating - 1]].filter(Boolean).map((each) => `, ${each}`).join("");
