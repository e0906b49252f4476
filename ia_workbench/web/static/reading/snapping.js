/* Showing that whole words are taken: a hairline at both ends of what is selected, and the status bar, which says so;
   while Alt is held, exact characters. */

export function addSnapping({ area, caret, page, selection, transcript }) {
  const edges = ["begins", "ends"].map((name) => {
    const edge = document.createElement("i");
    edge.className = `edge ${name}`;
    edge.setAttribute("aria-hidden", "true");
    edge.hidden = true;
    area.append(edge);
    return edge;
  });
  let drawing = null;

  /* Where a place stands in the window: left of the character after it, or right of the one before it. */
  const rectangle = (place, isEnd) => {
    const turn = transcript.turnAt(isEnd ? place - 1 : place);
    const unit = turn.unit(place);
    const rects = [...(isEnd ? turn.range(unit - 1, unit) : turn.range(unit, unit + 1)).getClientRects()];
    return isEnd ? rects.at(-1) : rects[0];
  };

  const draw = () => {
    drawing = null;
    const { start, end, isEmpty } = selection;
    const rects = isEmpty ? [] : [rectangle(start, false), rectangle(end, true)];
    const { left, top } = caret.origin();
    edges.forEach((edge, index) => {
      const rect = rects[index];
      edge.hidden = !rect;
      if (!rect) return;
      const x = (index ? rect.right : rect.left) - left;
      Object.assign(edge.style, { left: `${x}px`, top: `${rect.top - top}px`, height: `${rect.height}px` });
    });
  };

  const soon = () => (drawing ??= requestAnimationFrame(draw));
  selection.addEventListener("change", soon);
  new ResizeObserver(soon).observe(transcript.container);

  const say = (isExact) => {
    if (area.classList.contains("exact") === isExact) return;
    area.classList.toggle("exact", isExact);
    page.part("snapping").textContent = isExact ? page.words.exactCharacters : page.words.wholeWords;
    page.part("snapping").classList.toggle("exact", isExact);
  };
  document.addEventListener("keydown", ({ key }) => key === "Alt" && say(true));
  document.addEventListener("keyup", ({ key }) => key === "Alt" && say(false));
  addEventListener("blur", () => say(false)); // Alt and Tab lead to another window, where it is let go
}
