/* The dialog that asks for another code: to move a code below it, or to merge into it. Filtered by typing. */

import { fittingCodes } from "./matching.js";
import { element, say } from "./page.js";

const MOST_SHOWN = 60;

export function addTargets({ page, tree }, codebook) {
  const dialog = page.part("target");
  const form = page.part("target-form");
  const filter = page.part("target-filter");
  const list = page.part("target-list");
  const refused = page.part("target-refused");
  let asked = null; // { code, isMerge }
  let shown = [];
  let at = 0;

  codebook.move = (code) => open(code, false);
  codebook.merge = (code) => open(code, true);

  function open(code, isMerge) {
    asked = { code, isMerge };
    page.part("target-title").textContent = say(isMerge ? page.words.mergeTitle : page.words.moveTitle, { code: code.name });
    page.part("target-says").textContent = page.part(isMerge ? "merge-says" : "move-says").content.textContent;
    page.part("target-save").textContent = isMerge ? page.words.merge : page.words.move;
    filter.value = "";
    refuse("");
    dialog.showModal();
    draw();
    filter.focus();
  }

  const isBelow = (code) => code.path === asked.code.path || code.path.startsWith(`${asked.code.path}/`);

  /* Where it may go: everywhere but below itself; moving also to the top. */
  function draw() {
    const others = codebook.codes.filter((code) => !isBelow(code));
    const top = !asked.isMerge && !filter.value.trim() ? [null] : [];
    shown = [...top, ...fittingCodes(others, filter.value).slice(0, MOST_SHOWN)];
    list.replaceChildren(...shown.map(option));
    choose(0);
  }

  function option(code, index) {
    const made = document.createElement("li");
    made.id = `target-${index}`;
    made.className = code ? `c${code.color}` : "";
    made.setAttribute("role", "option");
    const words = document.createElement("span");
    words.append(element("b", code?.name ?? page.words.atTop), " ", element("small", code?.place ?? ""));
    made.append(element("i", "", code ? "sw" : ""), words, element("span", code ? say(page.words.hereStudy, code) : "", "num"));
    return made;
  }

  function choose(index) {
    at = Math.min(Math.max(index, 0), shown.length - 1);
    [...list.children].forEach((each, place) => each.setAttribute("aria-selected", String(place === at)));
    if (list.children[at]) filter.setAttribute("aria-activedescendant", list.children[at].id);
    else filter.removeAttribute("aria-activedescendant");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function refuse(sentence) {
    refused.textContent = sentence;
    refused.hidden = !sentence;
    if (sentence) refused.focus();
  }

  /* Do it: move or merge. Gives back why not. */
  codebook.moveTo = async (code, parent, place) => {
    const fields = { parent: parent?.guid ?? "", ...(place === undefined ? {} : { place }) };
    const { failure } = await codebook.ask(`/${code.guid}/move`, fields);
    if (!failure) codebook.tell(page.words.codeMoved, { code: code.name });
    return failure;
  };

  async function mergeInto(code, into) {
    const { failure } = await codebook.ask(`/${code.guid}/merge`, { into: into.guid });
    if (!failure) codebook.tell(page.words.codesMerged, { code: code.name, into: into.name });
    return failure;
  }

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    if (!shown.length) return;
    const { code, isMerge } = asked;
    const target = shown[at];
    const failure = isMerge ? await mergeInto(code, target) : await codebook.moveTo(code, target);
    if (failure) refuse(failure.message);
    else dialog.close();
    if (!failure) tree.focusOn(isMerge ? target : code);
  });
  dialog.addEventListener("close", () => tree.focusOn(asked.code));
  filter.addEventListener("input", draw);
  filter.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (!step) return;
    choose(at + step);
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose([...list.children].indexOf(chosen));
    filter.focus();
  });
}
