/* The sign of importance: on the coding whose card is open, else on all of one's own at the selection. */

import { newRequest } from "./codings.js";
import { say } from "./page.js";

export function addMarking({ acts, changes, codings, commands, inspector, page, saving, selection, status }) {
  const chosen = () => {
    const { open } = inspector;
    if (open && acts.mayRemove(open)) return [open];
    const here = codings.touching(selection.start, selection.end);
    return here.filter((each) => each.coder === page.data.me && each.state !== "removing");
  };

  const mark = (coding, important) => {
    const fields = { important: Number(important), request: newRequest() };
    const asking = { code: coding.code, why: "" };
    const doing = async () => {
      await changes.ask(`${page.data.codings}/${coding.guid}/mark`, fields);
      const { isImportant, isNotImportant } = page.words;
      status.hint(say(important ? isImportant : isNotImportant, { code: coding.code.name }));
    };
    saving.act(asking, doing, (failure) => {
      asking.why = failure.message;
      if (failure.isRefusal) saving.forget(asking);
      status.hint(failure.message);
    });
  };

  /* One coding gets the sign or loses it, by the command of a part that was added before where there is one. */
  const markOne = commands.important ?? ((coding) => mark(coding, !coding.important));

  commands.important = (coding) => {
    const marked = coding ? [coding] : chosen();
    const becomes = !marked.every((each) => each.important);
    if (!marked.length) status.hint(page.words.nothingToMark);
    for (const each of marked) if (Boolean(each.important) !== becomes) markOne(each);
  };
}
