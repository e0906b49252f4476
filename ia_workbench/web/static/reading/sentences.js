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

  /* Where the moving end of a selection goes to take in the rest of a sentence, or one more; null at the ends. */
  edge(focus, step) {
    const at = this.indexAt(focus);
    if (step > 0) return this.span(at)?.[1] ?? null;
    const here = this.span(at);
    return here && here[0] < focus ? here[0] : (this.span(at - 1)?.[0] ?? null);
  }
}

export function addSentences({ commands, page, saving, selection, speaking, status, transcript }) {
  const fetchSteps = async () => (await saving.send(page.data.sentencesAt, {})).steps;
  const sentences = new Sentences(transcript, fetchSteps);

  const withSentences = async (act) => {
    const isFirst = !sentences.areHere;
    if (isFirst) status.hint(page.words.findingSentences);
    try {
      await sentences.have();
      if (isFirst) status.update();
    } catch (failure) {
      status.hint(failure.message);
      return;
    }
    act();
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
    const place = sentences.edge(selection.focus, step);
    if (place === null) {
      status.hint(page.words.noSentence);
      return;
    }
    selection.set(selection.anchor, place);
    commands.moved();
    speaking.caret();
  };

  commands.sentence = () => withSentences(select(1));
  commands.previousSentence = () => withSentences(select(-1));
  commands.extendSentence = () => withSentences(extend(1));
  commands.extendSentenceBack = () => withSentences(extend(-1));
}
