/* What becomes of an act that the store refused: a choice where somebody else was first, words found again where the
   text was corrected; whatever is not settled stays in the list of what is not saved. */

import { Conflicts } from "./conflicts.js";
import { say } from "./page.js";
import { placeOfWords } from "./refinding.js";

const CHANGES = new Set(["resize", "recode", "mark", "rate", "remove"]);

export function addRefused(reading) {
  const { acts, changes, codings, commands, page, queue, status } = reading;
  const { words } = page;
  const conflicts = (reading.conflicts = new Conflicts(page));

  const turnsOf = ({ start, end }) => {
    const found = codings.transcript.turnsOf(start, end).map((turn) => turn.number);
    return found.length > 1 ? say(words.turns, { turn: found[0], lastTurn: found.at(-1) }) : say(words.turnShort, { turn: found[0] });
  };
  /* A coding in a sentence: its code, where it stands, and its words. */
  const told = ({ code, start, end, rating }) => {
    const name = [code.name, code.scale[rating - 1]].filter(Boolean).join(", ");
    return say(words.codingIs, { code: name, place: turnsOf({ start, end }), words: short(codings.transcript.words(start, end)) });
  };

  acts.addEventListener("refused", async ({ detail: { act, failure } }) => {
    if (act.kind === "undo" || act.kind === "redo") await reverted(act, failure);
    else if (CHANGES.has(act.kind)) await refused(act, failure);
  });

  /* Undo or redo had nothing to do, or somebody changed it since. */
  async function reverted(act, failure) {
    queue.drop(act);
    await changes.poll().catch(() => null);
    const coding = codings.byGuid(changes.next?.about);
    if (failure.status !== 409 || act.kind === "redo") return status.hint(failure.message);
    const theirs = coding ? told(coding) : words.goneNow;
    const choices = [["leave", words.leaveIt], ...(coding ? [["look", words.lookAtIt]] : [])];
    const chosen = await conflicts.ask({ title: words.cannotUndo, note: failure.message, theirs, choices });
    if (chosen === "leave") acts.leaveStanding();
    else if (chosen === "look") look(coding);
    return null;
  }

  /* Somebody changed or removed the coding first, or the change is refused for what it is: then the coding is shown as
     it was, and why is said. */
  async function refused(act, failure) {
    const { coding } = act;
    const mayBeOvertaken = failure.status === 409 || failure.status === 404;
    const isKnown = !mayBeOvertaken || (await changes.poll().catch(() => null));
    if (!isKnown || !coding || changes.isCorrected) return; // it stays in the list, to be tried again
    const isThere = Boolean(coding.guid && codings.byGuid(coding.guid) === coding);
    if (mayBeOvertaken && (!isThere || coding.version !== act.seen)) await overtaken(act, isThere);
    else if (act.kind !== "remove") {
      queue.drop(act);
      status.hint(failure.message);
    }
  }

  async function overtaken(act, isThere) {
    const { coding } = act;
    const wanted = wantedBy(act);
    const chosen = await conflicts.ask({ theirs: isThere ? told(coding) : words.goneNow, mine: act.kind === "remove" ? words.removed : told(wanted) });
    if (chosen) queue.drop(Object.assign(act, { before: {}, isGone: !isThere }));
    if (chosen === "mine") again(act, wanted, isThere);
  }

  /* What a coding would be after an act. */
  function wantedBy({ coding, fields }) {
    const { start, end, code, rating } = coding;
    return { start, end, code, rating: fields.rating ?? rating, ...(fields.start >= 0 && { start: fields.start, end: fields.end }), ...(fields.code && { code: codings.codeAt(fields.code) ?? code }) };
  }

  function again({ kind, coding, fields }, { start, end, code }, isThere) {
    if (!isThere) acts.apply(start, end, code);
    else if (kind === "remove") acts.remove(coding);
    else {
      reading.amending.change(coding, kind, queue.kinds[kind].valuesOf(fields));
      commands.choose(coding); // as it is now
    }
  }

  function look(coding) {
    commands.choose(coding);
    reading.caret.reveal();
    commands.back();
  }

  acts.addEventListener("look", ({ detail: act }) => {
    const { start, end } = act.coding ?? act.fields;
    const length = page.data.length;
    reading.selection.set(...codings.transcript.spoken(Math.min(start, length - 1), Math.min(end, length)));
    reading.caret.reveal();
    commands.back();
  });

  acts.addEventListener("copy", async ({ detail: act }) => {
    const { start, end } = act.coding ?? act.fields;
    const isHere = (act.fields.revision ?? page.data.revision) === page.data.revision;
    const text = `${act.coding?.code.name ?? act.fields.code ?? ""}\n${isHere ? codings.transcript.words(start, end) : `${start}-${end}`}`;
    await navigator.clipboard?.writeText(text).catch(() => null);
    status.hint(words.copied);
  });

  /* The text was corrected since: look for the very same words near to where they stood. */
  acts.addEventListener("find", async ({ detail: act }) => {
    const found = await placeOfWords(codings.transcript, act.fields);
    const code = codings.codeAt(act.fields.code);
    if (!found || !code) return status.hint(words.notFound);
    reading.selection.set(found.start, found.end);
    reading.caret.reveal();
    const note = short(codings.transcript.words(found.start, found.end));
    const choices = [["code", words.codeThem], ["not", words.notThese]];
    const chosen = await conflicts.ask({ title: words.foundAgain, note, mine: say(words.codingIs, { code: code.name, place: turnsOf(found), words: note }), choices });
    if (chosen !== "code") return null;
    queue.drop(act);
    return acts.apply(found.start, found.end, code);
  });
}

const LONGEST = 90; // characters of a quote in a question
const short = (words) => (words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words);
