/* Which words of the raw text are selected. The page shows what readers will see where something is masked, so a
   selection that reaches into such a mark takes in all of it. Offsets are code points, as the store counts them. */

const counted = (words) => [...words].length;

function edge(node, offset, isEnd) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
  if (!holder) return null;
  if (holder.dataset.e) return Number(isEnd ? holder.dataset.e : holder.dataset.s);
  if (node.nodeType !== Node.TEXT_NODE) return Number(holder.dataset.s) + (offset ? counted(holder.textContent) : 0);
  return Number(holder.dataset.s) + counted(node.data.slice(0, offset));
}

/* Return `start`, `end` and `words` of what is selected inside an element, or null. */
export function selectedPlace(inside) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!inside.contains(range.commonAncestorContainer)) return null;
  const start = edge(range.startContainer, range.startOffset, false);
  const end = edge(range.endContainer, range.endOffset, true);
  return start === null || end === null || start >= end ? null : { start, end, words: selection.toString().trim() };
}
