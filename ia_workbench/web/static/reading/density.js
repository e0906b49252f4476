/* The strip along the source as paths of a drawing that is 24 wide and 1000 high. Pure. The same is drawn by
   web/workbench/strip.py where there are no scripts. */

export const HEIGHT = 1000;
const ROW = 4; // of the drawing, where there are many codings
const MANY = 400; // codings of which the strip shows how many stand where, and no longer each
const LEFT = 500; // hundredths: where the bars of rows begin
const WIDTH = 1800; // hundredths: how long the longest of them is
const SIGN = 400; // hundredths: how long the sign of importance is

/* The path of each colour, and of what is important, by its class. `marks` are [start, color, important], oldest first;
   no path grows longer than the strip is high. */
export function stripPaths(marks, length) {
  const places = marks.map(([start, color, important]) => [Math.floor((start * HEIGHT) / Math.max(1, length)), color, important]);
  return places.length > MANY ? rows(places) : strokes(places);
}

function strokes(places) {
  const paths = new Map();
  const put = (name, place, stroke) => {
    if (!paths.has(name)) paths.set(name, new Map());
    paths.get(name).set(place, stroke);
  };
  for (const [place, color, important] of places) {
    put(`c${color}`, place, `M${6 + (color % 3) * 5} ${place}h4`);
    if (important) put("important", place, `M1 ${place}h${SIGN / 100}`);
  }
  return Object.fromEntries([...paths].map(([name, found]) => [name, [...found.values()].join("")]));
}

/* Each row has a bar as long as its codings are many, cut by colour. */
function rows(places) {
  const counts = new Map(); // row -> how many of each colour; at 0 how many are important
  for (const [place, color, important] of places) {
    const row = Math.floor(place / ROW);
    if (!counts.has(row)) counts.set(row, new Array(13).fill(0));
    counts.get(row)[color] += 1;
    if (important) counts.get(row)[0] += 1;
  }
  const longest = Math.max(...[...counts.values()].map((each) => sum(each.slice(1))));
  const mostSigns = Math.max(...[...counts.values()].map(([signs]) => signs));
  const paths = {};
  const put = (name, left, row, width) => (paths[name] = `${paths[name] ?? ""}M${left / 100} ${row * ROW + ROW / 2}h${width / 100}`);
  for (const [row, [signs, ...colors]] of [...counts].sort(([one], [other]) => one - other)) {
    let left = LEFT;
    colors.forEach((count, index) => {
      if (!count) return;
      const width = Math.floor((WIDTH * count) / longest);
      put(`c${index + 1}`, left, row, width);
      left += width;
    });
    if (signs) put("important", 100, row, Math.max(SIGN / 4, Math.floor((SIGN * signs) / mostSigns)));
  }
  return paths;
}

const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
