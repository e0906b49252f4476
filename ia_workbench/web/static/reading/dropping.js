/* Dragging a code from the codebook onto words: onto those selected, or onto a sentence. The same without dragging:
   select the words, then click the code. */

import { placeFromPoint } from "./caret.js";

const KIND = "application/x-ia-code";

export function addDropping(reading) {
  const { acts, area, commands, page, painting, selection, transcript, tree } = reading;
  let code = null; // that is dragged
  let onto = null; // where it would be given, as [start, end]

  for (const item of tree.items) item.draggable = true;
  tree.tree.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.("[role=treeitem]");
    if (!item) return;
    code = item.code;
    event.dataTransfer.setData(KIND, String(code.id));
    event.dataTransfer.setData("text/plain", code.name);
    event.dataTransfer.effectAllowed = "copyMove";
  });
  tree.tree.addEventListener("dragend", () => {
    code = null;
    show(null);
  });

  const show = (span) => {
    onto = span;
    painting.offer(transcript, ...(span ?? [0, 0]));
  };

  /* Where a code let go at a place of the window would be given; null beside the words. */
  const spanAt = ({ clientX, clientY }) => {
    const place = placeFromPoint(clientX, clientY);
    const at = place && transcript.codePointOf(...place);
    if (at === null) return null;
    if (!selection.isEmpty && at >= selection.start && at <= selection.end) return [selection.start, selection.end];
    return sentenceAt(transcript.turnAt(at), at, page.data.language);
  };

  const offer = (event) => {
    if (!code) return;
    const span = spanAt(event);
    show(span);
    if (!span) return;
    event.preventDefault(); // it may be let go here
    event.dataTransfer.dropEffect = "copy";
  };
  area.addEventListener("dragenter", offer);
  area.addEventListener("dragover", offer);
  area.addEventListener("dragleave", ({ clientX, clientY }) => {
    const box = area.getBoundingClientRect(); // it is told of every element that is left, those inside as well
    const isInside = clientX > box.left && clientX < box.right && clientY > box.top && clientY < box.bottom;
    if (!isInside) show(null);
  });
  area.addEventListener("drop", (event) => {
    if (!code || !onto) return;
    event.preventDefault();
    const coding = acts.apply(...onto, code);
    show(null);
    commands.choose(coding);
    commands.back();
  });
}

/* The sentence of a turn that holds an offset, without the space around it; the whole turn where the browser cannot tell
   sentences apart. */
export function sentenceAt(turn, at, language) {
  const unit = turn.unit(at);
  const found = typeof Intl.Segmenter === "function" ? sentence(turn.text, unit, language) : turn.text;
  const from = found === turn.text ? 0 : found.index;
  const words = found.segment ?? found;
  if (!words.trim()) return null;
  const start = from + words.length - words.trimStart().length;
  return [turn.codePoint(start), turn.codePoint(start + words.trim().length)];
}

function sentence(text, unit, language) {
  const sentences = [...new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text)];
  return sentences.find((each) => unit < each.index + each.segment.length) ?? sentences.at(-1) ?? text;
}
