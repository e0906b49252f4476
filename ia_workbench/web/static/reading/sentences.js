/* Sentences: found by the server when they are first wanted, selected whole by one key. None goes over a turn. */

const BLANK = /\s/u;

export class Sentences {
  #coming = null;
  ends = []; // where each ends, in code points of the source, in order

  constructor(transcript, fetchSteps) {
    Object.assign(this, { transcript, fetchSteps });
  }

  /* Have the sentences here: asked for once, and again after a failure, which is thrown. */
  have() {
    this.#coming ??= this.#fetch().catch((failure) => {
      this.#coming = null;
      throw failure;
    });
    return this.#coming;
  }

  get areHere() {
    return this.ends.length > 0;
  }

  async #fetch() {
    let end = 0;
    this.ends = (await this.fetchSteps()).map((step) => (end += step));
  }

  /* Which sentence holds a place, or begins next after it; the number of sentences where none does. */
  indexAt(place) {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /* Where a sentence begins and ends; null when there is none of that number. */
  span(index) {
    const end = this.ends[index];
    if (end === undefined) return null;
    const turn = this.transcript.turnAt(end - 1);
    const before = Math.max(this.ends[index - 1] ?? 0, turn.start);
    let unit = turn.unit(before);
    while (unit < turn.text.length && BLANK.test(turn.text[unit])) unit += 1;
    return [turn.codePoint(unit), end];
  }

  /* The sentence to select next: the one that is begun, then the one after it (`step` 1) or before it (-1). */
  beside({ start, end, isEmpty }, step) {
    const at = this.indexAt(start);
    const here = this.span(at);
    if (step > 0) {
      const isBegun = here && (isEmpty || end < here[1]);
      return isBegun ? here : this.span(this.indexAt(end));
    }
    return here && start > here[0] ? here : this.span(at - 1);
  }

  /* Where the moving end of a selection goes on (`step` 1) or back (-1) by a sentence, so that whole ones are selected
     from `anchor`: to ends behind it and to beginnings before it; null at the ends of the source. */
  edge(focus, step, anchor) {
    return step > 0 ? this.#onward(focus, anchor) : this.#backward(focus, anchor);
  }

  #onward(focus, anchor) {
    const next = [0, 1].map((step) => this.span(this.indexAt(focus) + step)?.[0]).find((start) => start > focus);
    return next < anchor ? next : (this.ends[this.indexAt(Math.max(focus, anchor - 1))] ?? null);
  }

  #backward(focus, anchor) {
    const before = this.ends[this.indexAt(focus - 1) - 1];
    if (before > anchor) return before;
    const place = Math.min(focus - 1, anchor);
    const at = this.indexAt(place);
    return [0, -1].map((step) => this.span(at + step)?.[0]).find((start) => start <= place) ?? null;
  }
}

export function addSentences({ area, commands, page, saving, selection, speaking, status, transcript }) {
  const fetchSteps = async () => (await saving.send(page.data.sentencesAt, {})).steps;
  const sentences = new Sentences(transcript, fetchSteps);

  /* Do an act once the sentences are here. Until then other keys do nothing: they would act on what was selected before. */
  const withSentences = (act) => {
    if (sentences.areHere) return act();
    commands.isWaiting = true;
    status.hint(page.words.findingSentences);
    const ready = () => {
      commands.isWaiting = false;
      status.noticed();
      act();
    };
    const missing = (failure) => {
      commands.isWaiting = false;
      status.hint(failure.message);
    };
    return sentences.have().then(ready, missing);
  };

  const select = (step) => () => {
    const span = sentences.beside(selection, step);
    if (!span) {
      status.hint(page.words.noSentence);
      return;
    }
    selection.set(...span);
    commands.moved();
    speaking.span(...span);
  };

  const extend = (step) => () => {
    const place = sentences.edge(selection.focus, step, selection.anchor);
    if (place === null) {
      status.hint(page.words.noSentence);
      return;
    }
    selection.set(selection.anchor, place);
    commands.moved();
    speaking.caret();
  };

  const acts = { sentence: select(1), previousSentence: select(-1), extendSentence: extend(1), extendSentenceBack: extend(-1) };
  for (const [name, act] of Object.entries(acts)) {
    commands[name] = () => withSentences(act);
    commands[name].comesWhileWaiting = true;
  }

  // whoever uses keys here is likely to want them: they are asked for at the first one
  area.addEventListener("keydown", () => sentences.have().catch(() => {}), { once: true });
}
