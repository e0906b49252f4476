/* A code named after the selected words, given to them at once. One undo takes both back. */

import { newRequest } from "./codings.js";
import { firstWords } from "./words.js";

const LONGEST = 60; // characters of a name that is made of words

/* A name made of words: on one line, without what punctuates its ends, cut after a whole word. */
export function nameOf(words) {
  const plain = words.replace(/^[\s\p{Pd}\p{Ps}\p{Pi}\p{Po}]+|[\s\p{Pd}\p{Pe}\p{Pf}\p{Po}]+$/gu, "");
  return firstWords(plain, LONGEST);
}

export function addVivo({ commands, codings, codebook, page, picker, selection, status, transcript }) {
  commands.vivo = () => {
    if (selection.isEmpty) {
      status.hint(page.words.nothingSelected);
      return;
    }
    const { start, end } = selection;
    const words = transcript.words(start, end);
    const request = newRequest(); // of this dialog: sent twice, it makes one code
    codebook.askName({
      title: page.words.vivoTitle,
      words: `“${words}”`,
      name: nameOf(words),
      parent: null,
      back: () => commands.back(),
      send: (name, parent) => send({ start, end, quote: words, name, parent }, request),
    });
  };

  async function send(fields, request) {
    const outcome = await codebook.ask("/in-vivo", { ...fields, revision: page.data.revision }, request);
    if (!outcome.answer) return outcome;
    const made = codings.byGuid(outcome.answer.marks.guid.at(-1));
    if (made) {
      picker.given(made.code);
      commands.choose(made);
    }
    codebook.tell(page.words.coded, { code: fields.name });
    return outcome;
  }
}
