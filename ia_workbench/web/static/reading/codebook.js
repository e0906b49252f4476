/* The codebook in place: what changed among the codes is taken in, and acts on codes are sent. Renaming happens in the
   tree, all else in dialogs. */

import { addDefining } from "./codebook_define.js";
import { addNaming } from "./codebook_name.js";
import { addRenaming } from "./codebook_rename.js";
import { addTargets } from "./codebook_target.js";
import { newRequest } from "./codings.js";
import { chordOf } from "./keys.js";
import { say } from "./page.js";

export function addCodebook(reading) {
  const { area, changes, codings, commands, page, saving, status, tree } = reading;
  const codes = codings.codes;

  /* Codes stay the same objects while they are there: codings point at them. */
  changes.addEventListener("codes", ({ detail }) => {
    const known = new Map(codes.map((code) => [code.guid, code]));
    const now = detail.map((sent) => Object.assign(known.get(sent.guid) ?? {}, sent));
    codes.splice(0, codes.length, ...page.codes(now));
    for (const code of codes) code.here = 0; // counted anew with the codings, which come with the codes
    codings.knowCodes();
  });

  changes.addEventListener("codebook", () => {
    tree.draw();
    page.part("code-count").textContent = say(page.words.codesFound, { count: codes.length });
    tree.filter.placeholder = say(page.words.filterCodes, { count: codes.length });
    reading.filters.follow(); // which counts and draws the codings anew
  });

  /* Send an act on codes after those before it. Gives back what came of it: `{ answer }` or `{ failure }`. */
  async function ask(address, fields, request = newRequest()) {
    await idle(reading.queue); // what was done before it is undone after it
    const asking = { why: "", code: { name: "" } };
    const outcome = {};
    const doing = async () => {
      outcome.answer = await changes.ask(`${page.data.here}/codes${address}`, { request, ...fields });
    };
    await saving.act(asking, doing, (failure) => {
      saving.forget(asking);
      outcome.failure = failure;
    });
    return outcome;
  }

  /* Say in passing what was done, or why not. */
  function tell(sentence, facts) {
    status.hint(say(sentence, facts));
  }

  async function remove(code) {
    const { failure } = await ask(`/${code.guid}/remove`, {});
    tell(failure ? failure.message : page.words.codeRemoved, { code: code.name });
    if (!failure) (tree.items.find((item) => item.tabIndex === 0) ?? area).focus();
  }

  /* What was done from the tree is taken back from the tree. */
  tree.tree.addEventListener("keydown", (event) => {
    const name = page.data.keys[chordOf(event)];
    if (name !== "undo" && name !== "redo") return;
    event.preventDefault();
    commands[name]();
  });

  commands.toTree = () => tree.items.find((item) => item.tabIndex === 0)?.focus();

  const codebook = (reading.codebook = { codes, ask, tell, remove });
  for (const add of [addRenaming, addDefining, addNaming, addTargets]) add(reading, codebook);
  page.part("new-code").addEventListener("click", () => codebook.create(null));
}

/* Wait until what was done before is stored, or cannot be for now. */
const idle = (queue) =>
  new Promise((resolve) => {
    const look = () => {
      if (queue.waiting.length && !queue.isCutOff) return;
      queue.removeEventListener("change", look);
      resolve();
    };
    queue.addEventListener("change", look);
    look();
  });
