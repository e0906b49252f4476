/* The caret: where the moving end of the selection stands on the page. */

import { isWrittenRightToLeft } from "./direction.js";

const MARGIN = 64; // px that stay free above and below it when it is scrolled into sight

export class Caret {
  constructor(selection, area) {
    this.selection = selection;
    this.area = area;
    this.element = document.createElement("i");
    this.element.className = "caret";
    this.element.setAttribute("aria-hidden", "true");
    this.element.hidden = true;
    area.append(this.element);
  }

  /* Where the caret stands in the window, as a rectangle; null in a turn without words. */
  rectangle() {
    const { focus, anchor, turn } = this.selection;
    const unit = turn.unit(focus);
    const looksBack = unit > 0 && (focus > anchor || unit === turn.text.length);
    const rects = looksBack ? turn.range(unit - 1, unit).getClientRects() : turn.range(unit, unit + 1).getClientRects();
    const rect = looksBack ? [...rects].at(-1) : rects[0];
    const isLeft = looksBack === isWrittenRightToLeft(turn, looksBack ? unit - 1 : unit);
    return rect ? new DOMRect(isLeft ? rect.left : rect.right, rect.top, 0, rect.height) : null;
  }

  /* Draw the caret where the selection's moving end is now. */
  draw() {
    const rect = this.rectangle();
    this.element.hidden = !rect;
    if (!rect) return;
    const { left, top } = this.origin();
    Object.assign(this.element.style, { left: `${rect.left - left}px`, top: `${rect.top - top}px`, height: `${rect.height}px` });
  }

  /* The corner of the transcript's content in the window. */
  origin() {
    const box = this.area.getBoundingClientRect();
    return { left: box.left - this.area.scrollLeft, top: box.top - this.area.scrollTop };
  }

  /* Bring the caret into sight, moving no more than needed. */
  reveal() {
    this.selection.turn.element.scrollIntoView({ block: "nearest" });
    const rect = this.rectangle();
    if (!rect) return;
    const box = this.area.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const by = rect.top - MARGIN < top ? rect.top - MARGIN - top : Math.max(0, rect.bottom + MARGIN - bottom);
    const scrolls = this.area.scrollHeight > this.area.clientHeight ? this.area : document.scrollingElement;
    if (by) scrolls.scrollBy(0, by);
  }

  /* The absolute offset a line above (-1) or below (1) the caret, at about the same place across; null at the ends. */
  line(step, across) {
    const rect = this.rectangle();
    if (!rect) return null;
    const x = across ?? rect.left;
    for (let distance = rect.height; distance < rect.height * 4; distance += rect.height / 2) {
      const place = placeFromPoint(x, step > 0 ? rect.bottom + distance - rect.height / 2 : rect.top - distance + rect.height / 2);
      const codePoint = place && this.selection.transcript.codePointOf(...place);
      if (codePoint !== null && codePoint !== this.selection.focus) return codePoint;
    }
    return null;
  }
}

/* The node and offset of the page at a place in the window. */
export function placeFromPoint(x, y) {
  const position = document.caretPositionFromPoint?.(x, y);
  if (position) return [position.offsetNode, position.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}
