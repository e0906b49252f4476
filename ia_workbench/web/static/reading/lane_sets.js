/* Where the lanes of a turn stand beside each other: all together, or each coder's in a column of their own. Pure:
   values in, values out, in px. */

import { lanesOf } from "./pieces.js";

const PITCH = 9; // from lane to lane; closer when there are many
const CLOSE_PITCH = 6;
const CLOSEST_PITCH = 3;
const MOST_WIDE = 4; // lanes that stand apart
const GAP = 4; // after the lanes
const COLUMN = 26; // for the lanes of one coder, and for two letters above them
const MOST_COLUMNS = 6; // coders beyond share the last one

/* Lanes of `stretches` ([top, bottom] each) in a width: for each its place and width, null where there is no room for
   it; `taken` is the width of all. */
export function lanesWithin(stretches, room) {
  const lanes = lanesOf(stretches);
  const count = Math.max(-1, ...lanes) + 1;
  const wide = count > MOST_WIDE ? CLOSE_PITCH : PITCH;
  const pitch = Math.max(CLOSEST_PITCH, Math.min(wide, Math.floor(room / Math.max(1, count))));
  const placed = lanes.map((lane) => ((lane + 1) * pitch > room ? null : { left: lane * pitch, width: Math.min(4, pitch - 1) }));
  const drawn = Math.min(count, Math.floor(room / pitch));
  return { placed, taken: count ? drawn * pitch + GAP : 0 };
}

/* The same with a column for each coder: `coders` says whose each stretch is, by the number of the column. */
export function lanesByColumn(stretches, coders, columns) {
  const placed = stretches.map(() => null);
  for (let column = 0; column < columns; column += 1) {
    const own = stretches.map((_, index) => index).filter((index) => columnOf(coders[index]) === column);
    const within = lanesWithin(own.map((index) => stretches[index]), COLUMN - GAP);
    own.forEach((index, place) => {
      const lane = within.placed[place];
      placed[index] = lane && { ...lane, left: lane.left + column * COLUMN };
    });
  }
  return { placed, taken: columns * COLUMN };
}

export const columnOf = (coder) => Math.min(coder, MOST_COLUMNS - 1);

/* The heads of the columns: a list of the user names that share each. */
export function columnsOf(coders) {
  const columns = [];
  coders.forEach((coder, index) => (columns[columnOf(index)] ??= []).push(coder));
  return columns;
}
