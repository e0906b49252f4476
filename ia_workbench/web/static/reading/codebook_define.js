/* The dialog that changes all of a code but its place: name, definition, colour, tags, scale. When somebody else stored
   something meanwhile, both texts stay on the page and the reader chooses. */

import { element, say } from "./page.js";

const TEXTS = ["name", "definition", "include", "exclude", "example"];

export function addDefining({ changes, page, saving, tree }, codebook) {
  const dialog = page.part("define");
  const form = page.part("define-form");
  const refused = page.part("define-refused");
  const save = form.querySelector("[value=save]");
  const saveWords = save.textContent;
  let code = null;
  let warned = ""; // the name that the reader was warned of

  /* Whether a name for a code holds the name of somebody: the warning, empty when it does not. */
  codebook.warning = async (name) => {
    const answer = await saving.send(`${page.data.here}/codes/look`, { name }).catch(() => null);
    return answer?.warning ?? "";
  };

  /* Open the dialog for a code; `typed` stands in its fields instead of what is stored. */
  codebook.define = async (wanted, typed = {}, failure = null) => {
    code = wanted;
    warned = "";
    page.part("define-title").textContent = say(page.words.changeCode, { code: code.name });
    fill({ ...stored(), ...typed });
    refuse("");
    dialog.showModal();
    form.elements.name.focus();
    if (failure) await overtaken(failure);
    else if (typed.name) await warn();
  };

  const stored = () => ({
    ...Object.fromEntries(TEXTS.map((name) => [name, code[name]])),
    color: code.color,
    levers: code.leverKeys,
    nodes: code.nodes.join(" "),
    scale: code.scale.join("\n"),
  });

  function fill(words) {
    for (const name of [...TEXTS, "nodes", "scale"]) form.elements[name].value = words[name];
    form.querySelectorAll("[name=color]").forEach((each) => (each.checked = Number(each.value) === words.color));
    form.querySelectorAll("[name=levers]").forEach((each) => (each.checked = words.levers.includes(each.value)));
  }

  /* What stands in the form; levers that the study does not have stay with the code. */
  function typedNow() {
    const shown = [...form.querySelectorAll("[name=levers]")];
    const kept = code.leverKeys.filter((key) => !shown.some((each) => each.value === key));
    return {
      ...Object.fromEntries(TEXTS.map((name) => [name, form.elements[name].value.trim()])),
      color: Number(form.querySelector("[name=color]:checked")?.value ?? code.color),
      levers: [...shown.filter((each) => each.checked).map((each) => each.value), ...kept],
      nodes: form.elements.nodes.value.split(/[\s,]+/).filter(Boolean),
      scale: form.elements.scale.value.split("\n").map((step) => step.trim()).filter(Boolean),
    };
  }

  function refuse(sentence, label = saveWords) {
    refused.textContent = sentence;
    refused.hidden = !sentence;
    save.textContent = label;
    form.querySelectorAll(".by-now").forEach((each) => each.remove());
    if (sentence) refused.focus();
  }

  async function warn() {
    const name = form.elements.name.value.trim();
    const warning = name === code.name || name === warned ? "" : await codebook.warning(name);
    if (warning) refuse(warning, page.words.addAnyway);
    if (warning) warned = name;
    return Boolean(warning);
  }

  /* Show below each field what is stored by now; saving again then puts the reader's own words there. */
  async function overtaken(failure) {
    await changes.look().catch(() => null);
    refuse(failure.message, page.words.saveMine);
    const now = stored();
    for (const name of [...TEXTS, "nodes", "scale"]) {
      const field = form.elements[name];
      if (field.value.trim() === now[name]) continue;
      const words = element("p", say(page.words.storedNow, { words: now[name] || page.words.nothing }), "by-now");
      words.id = `${field.id}-now`;
      field.setAttribute("aria-describedby", words.id);
      field.after(words);
    }
  }

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    if (await warn()) return;
    const fields = typedNow();
    const { failure } = await codebook.ask(`/${code.guid}/change`, { ...fields, version: code.version });
    if (failure?.status === 409) await overtaken(failure);
    else if (failure) refuse(failure.message);
    else dialog.close();
    if (!failure) codebook.tell(page.words.codeChanged, { code: fields.name });
  });
  dialog.addEventListener("close", () => tree.focusOn(code));
}
