/* The small dialog that asks for the name of a new code and where it goes: for a code beside or below another, and for
   one that is named after selected words. */

import { element, say } from "./page.js";

export function addNaming({ area, page, tree }, codebook) {
  const dialog = page.part("name-code");
  const form = page.part("name-code-form");
  const refused = page.part("name-code-refused");
  const save = page.part("name-code-save");
  const saveWords = save.textContent;
  let wanted = null; // { send, back }
  let warned = "";

  /* Ask for a new code. `send` is given its name and parent, and gives back what came of it. */
  codebook.askName = ({ title, words = "", name = "", parent, send, back }) => {
    wanted = { send, back };
    warned = "";
    page.part("name-code-title").textContent = title;
    page.part("name-code-words").textContent = words;
    page.part("name-code-words").hidden = !words;
    form.elements.name.value = name;
    form.elements.parent.replaceChildren(option(null), ...codebook.codes.map(option));
    form.elements.parent.value = parent?.guid ?? "";
    refuse("");
    dialog.showModal();
    form.elements.name.select();
    if (name) warn();
  };

  function option(code) {
    const made = element("option", code ? `${"– ".repeat(code.path.split("/").length - 1)}${code.name}` : page.words.atTop);
    made.value = code?.guid ?? "";
    return made;
  }

  function refuse(sentence, label = saveWords) {
    refused.textContent = sentence;
    refused.hidden = !sentence;
    save.textContent = label;
  }

  /* Say once that a name holds the name of somebody; adding it again then adds it. */
  async function warn() {
    const name = form.elements.name.value.trim();
    const warning = name === warned ? "" : await codebook.warning(name);
    if (warning) refuse(warning, page.words.addAnyway);
    if (warning) warned = name;
    return Boolean(warning);
  }

  /* Ask for a new code below another, or at the top. */
  codebook.create = (parent) =>
    codebook.askName({
      title: parent ? say(page.words.newBelow, { code: parent.name }) : page.words.newAtTop,
      parent,
      back: () => (tree.items.length ? tree.items.find((item) => item.tabIndex === 0) : area).focus(),
      send: async (name, above) => {
        const outcome = await codebook.ask("", { name, parent: above });
        if (outcome.answer) codebook.tell(page.words.codeAdded, { code: name });
        return outcome;
      },
    });

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    if (await warn()) return;
    const { failure } = await wanted.send(form.elements.name.value.trim(), form.elements.parent.value);
    if (failure) refuse(failure.message);
    else dialog.close();
  });
  form.elements.name.addEventListener("input", () => refuse(""));
  dialog.addEventListener("close", () => wanted.back());
}
