/* Going by turns and by codings: j and k, n and p, and t, which takes a whole turn. */

const inReadingOrder = (one, other) => one.start - other.start || other.end - one.end || one.order - other.order;

export function addMoving(reading) {
  const { caret, codings, commands, inspector, page, selection, speaking, status, transcript } = reading;

  const goByTurn = (step) => {
    selection.moveTurn(step, { extend: false });
    commands.moved();
    speaking.turn(selection.turn);
  };

  const extendByTurn = (step) => {
    selection.moveTurn(step, { extend: true });
    commands.moved();
    speaking.caret();
  };

  /* The codings shown, in reading order. */
  const shown = () =>
    codings.all.filter((each) => codings.isShown(each) && each.state !== "removing").sort(inReadingOrder);

  /* Whether exactly the words of a coding are selected. */
  const isChosen = (coding) => {
    const [start, end] = coding ? transcript.spoken(coding.start, coding.end) : [];
    return start === selection.start && end === selection.end;
  };

  const goByCoding = (step) => {
    const all = shown();
    const at = isChosen(inspector.open) ? all.indexOf(inspector.open) : -1;
    const beside = step > 0 ? all.find(({ start }) => start >= selection.start) : all.findLast(({ start }) => start < selection.start);
    const coding = at < 0 ? beside : all[at + step];
    if (!coding) {
      status.hint(page.words.noCoding);
      return;
    }
    commands.choose(coding);
    caret.reveal();
    speaking.coding(coding);
  };

  const isUncoded = (turn) => turn.text.trim() && !codings.ofTurn(turn).some((each) => each.state !== "removing");

  const goToUncoded = (step) => {
    const { turns } = transcript;
    let at = selection.turn.index + step;
    while (turns[at] && !isUncoded(turns[at])) at += step;
    if (!turns[at]) {
      status.hint(page.words.noUncoded);
      return;
    }
    selection.set(turns[at].start, turns[at].start);
    commands.moved();
    speaking.turn(turns[at]);
  };

  Object.assign(commands, {
    nextTurn: () => goByTurn(1),
    previousTurn: () => goByTurn(-1),
    extendTurn: () => extendByTurn(1),
    extendTurnBack: () => extendByTurn(-1),
    nextCoding: () => goByCoding(1),
    previousCoding: () => goByCoding(-1),
    nextUncoded: () => goToUncoded(1),
    previousUncoded: () => goToUncoded(-1),
    wholeTurn() {
      const { start, end } = selection.turn;
      selection.set(start, end);
      commands.moved();
      speaking.turn(selection.turn);
    },
  });
}
