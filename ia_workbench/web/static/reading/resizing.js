/* Making codings longer and shorter: by their handles, and by keys from the words. On a touch screen the words that are
   selected have handles, too. */

import { END, START, dragged, stepped } from "./edges.js";
import { Handles } from "./handles.js";

export function addResizing(reading) {
  const { acts, amending, area, caret, codings, commands, inspector, page, pointing, selection, sight, status, transcript } = reading;
  const handles = (reading.handles = new Handles(reading));
  let isTouch = false;
  let waits = null;

  /* The open coding, where the selection is its words or lies in it; else on a touch screen what is selected. */
  const target = () => {
    const { open } = inspector;
    const isChosen = open && (selection.isEmpty || isSelected(open));
    if (isChosen && amending.may(open) && codings.has(open)) return { ...spoken(open), coding: open, name: open.code.name, color: open.code.color };
    if (!isTouch || selection.isEmpty) return null;
    return { start: selection.start, end: selection.end, coding: null, name: page.words.theSelection, color: 0 };
  };
  const spoken = ({ start, end }) => {
    const span = transcript.spoken(start, end); // one that begins in a label is moved at the words beside it
    return { start: span[0], end: span[1] };
  };
  const isSelected = (coding) => {
    const { start, end } = spoken(coding);
    return selection.start === start && selection.end === end;
  };
  const draw = () => {
    waits = null;
    handles.show(target());
  };
  const soon = () => (waits ??= requestAnimationFrame(draw));

  /* Put the words of a coding, or what is selected, between two offsets. */
  const put = (coding, edge, span, options) => {
    if (!span) return;
    const [start, end] = span;
    if (coding) amending.preview(coding, "resize", { start, end }, options);
    if (edge === END) selection.set(start, end);
    else selection.set(end, start);
    draw();
  };
  const save = () => {
    if (handles.target?.coding) amending.save(handles.target.coding);
    if (!selection.isEmpty) pointing.show();
  };
  const drop = (coding) => {
    if (!coding || !amending.isPending(coding)) return false;
    amending.drop(coding);
    commands.choose(coding);
    draw();
    return true;
  };

  handles.addEventListener("drag", ({ detail: { edge, at, exact } }) => {
    const { coding, ...span } = handles.target;
    put(coding, edge, dragged(transcript, span, edge, at, exact), { pause: handles.isDragging ? 0 : undefined });
  });
  handles.addEventListener("step", ({ detail: { edge, step, exact } }) => {
    const { coding, ...span } = handles.target;
    put(coding, edge, stepped(transcript, span, edge, step, exact));
    caret.reveal();
    draw();
  });
  handles.addEventListener("dragged", save);
  handles.addEventListener("left", () => handles.isDragging || save());
  handles.addEventListener("dropped", () => drop(handles.target?.coding) || commands.back());
  handles.addEventListener("done", () => commands.back());

  /* Move an end of the open coding by a word, from the words. Where other words than its own are selected, or none, the
     keys select exact characters: false. */
  const move = (edge, step) => {
    const { open } = inspector;
    if (!open || !isSelected(open)) return false;
    if (!amending.may(open)) return status.hint(page.words.nothingToResize);
    put(open, edge, stepped(transcript, spoken(open), edge, step, false));
    caret.reveal();
    draw();
    if (handles.target) page.speak(handles.words(edge));
    return true;
  };
  commands.endOn = () => move(END, 1);
  commands.endBack = () => move(END, -1);
  commands.startOn = () => move(START, 1);
  commands.startBack = () => move(START, -1);

  /* What was taken back or overtaken is no longer selected as it was wanted. */
  acts.addEventListener("back", ({ detail: { coding, fields } }) => {
    const isShown = selection.start === fields.start && selection.end === fields.end;
    if (isShown && codings.has(coding)) selection.set(...transcript.spoken(coding.start, coding.end));
  });
  document.addEventListener("keyup", ({ key, altKey }) => {
    if (key === "Alt" || (key === "Shift" && !altKey)) amending.saveAll();
  });
  area.addEventListener("pointerdown", ({ pointerType }) => (isTouch = pointerType === "touch"), { capture: true });
  for (const [thing, name] of [[inspector, "open"], [selection, "change"], [codings, "change"], [sight, "look"]]) thing.addEventListener(name, soon);
  new ResizeObserver(soon).observe(transcript.container);
}
