/* Undo and redo: of what waits here to be sent, else of what the store has, over reloads and beside others. */

import { say } from "./page.js";

export function addReverting({ acts, caret, codings, commands, changes, page, status }) {
  commands.undo = () => acts.undo();
  commands.redo = () => acts.redo();

  changes.addEventListener("can", ({ detail }) => {
    page.part("redo").disabled = !detail.redo;
  });

  /* Something was undone or redone: say so, and show where. */
  acts.addEventListener("reverted", ({ detail: { kind, guid, count } }) => {
    const coding = codings.byGuid(guid);
    if (coding) {
      commands.choose(coding);
      caret.reveal();
    }
    status.hint(say(page.words[kind === "undo" ? "undone" : "redone"], { count }));
  });
}
