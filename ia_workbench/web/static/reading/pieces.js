/* Cutting a turn where codings begin and end: the latest coding gives the ground, the one before it the line under
   the words. The same cutting as `pieces_of` in web/workbench/transcript.py, which draws the page first. */

/* Return pieces [{from, to, top, under}] that cover 0 to `length`. `marks` are [start, end, color], oldest first;
   color 0 means none. */
export function piecesOf(length, marks) {
  const clamp = (offset) => Math.min(Math.max(offset, 0), length);
  const spans = marks.map(([start, end, color]) => [clamp(start), clamp(end), color]).filter(([start, end]) => start < end);
  const edges = [...new Set([0, length, ...spans.flatMap(([start, end]) => [start, end])])].sort((one, other) => one - other);
  const pieces = [];
  const byStart = spans.map((span, order) => ({ span, order })).sort((one, other) => one.span[0] - other.span[0]);
  let active = [];
  let waiting = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const here = edges[index];
    active = active.filter(({ span }) => span[1] > here);
    while (waiting < byStart.length && byStart[waiting].span[0] <= here) active.push(byStart[waiting++]);
    active.sort((one, other) => one.order - other.order);
    const color = (place) => active.at(place)?.span[2] ?? 0;
    pieces.push({ from: here, to: edges[index + 1], top: color(-1), under: color(-2) });
  }
  return pieces;
}

/* Give each stretch [top, bottom] the first lane that is free over its whole height; returns the lane of each. */
export function lanesOf(stretches) {
  const bottoms = []; // of the last stretch in each lane
  return stretches.map(([top, bottom]) => {
    const free = bottoms.findIndex((taken) => taken <= top);
    const lane = free < 0 ? bottoms.length : free;
    bottoms[lane] = bottom;
    return lane;
  });
}
