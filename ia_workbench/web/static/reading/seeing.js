/* Which codings the reader wants to see, as the address of the page says it. Decides the same as
   web/workbench/seeing.py, which draws the page where there are no scripts. */

const FIELDS = ["layer", "code", "coder", "lever", "step", "rating", "important", "lanes"];
export const FILTERS = ["code", "coder", "lever", "step", "rating", "important"];
const UNRATED = "none";

/* Whether a coding is among those asked for. `seeing` holds a text for each field that is asked for; `me` is the
   reader's user name. All that is asked for has to be so at once. */
export function isSeen(seeing, { code, coder, rating, important }, me) {
  return (
    (seeing.layer !== "mine" || coder === me) &&
    (!seeing.code || code.path === seeing.code || code.path.startsWith(`${seeing.code}/`)) &&
    (!seeing.coder || coder === seeing.coder) &&
    (!seeing.lever || code.leverKeys.includes(seeing.lever)) &&
    (!seeing.step || code.nodes.includes(seeing.step)) &&
    (!seeing.important || important) &&
    isRated(seeing.rating, rating)
  );
}

function isRated(wanted, rating) {
  if (wanted === UNRATED) return !rating;
  return !wanted || rating >= Number(wanted);
}

/* The query of the page's address for what is asked for; empty when that is everything. */
export function queryOf(seeing) {
  const asked = FIELDS.filter((name) => seeing[name]).map((name) => [name, seeing[name]]);
  return new URLSearchParams(asked).toString();
}
