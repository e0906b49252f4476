/* Finding codes by what is typed: in their name, their place in the codebook, their definition. */

export const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* How well a code fits one word, best first: 0 name begins, 1 a word of the name begins, 2 name, 3 place,
   4 definition; -1 not at all. */
function rank(code, term) {
  const name = fold(code.name);
  if (name.startsWith(term)) return 0;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(term))) return 1;
  if (name.includes(term)) return 2;
  if (fold(code.place).includes(term) || code.path.includes(term)) return 3;
  return fold(code.definition).includes(term) ? 4 : -1;
}

/* Return the codes that fit every word typed, best first and otherwise as in the codebook. With nothing typed: the
   codes of `recent` (newest first), then all others. */
export function fittingCodes(codes, typed, recent = []) {
  const terms = fold(typed).split(/\s+/).filter(Boolean);
  if (!terms.length) {
    const first = recent.filter((code) => codes.includes(code));
    return [...first, ...codes.filter((code) => !first.includes(code))];
  }
  return codes
    .map((code, order) => ({ code, order, ranks: terms.map((term) => rank(code, term)) }))
    .filter(({ ranks }) => !ranks.includes(-1))
    .sort((one, other) => sum(one.ranks) - sum(other.ranks) || one.order - other.order)
    .map(({ code }) => code);
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

/* Where the first word typed stands in a text, as [from, to]; null where it does not. */
export function placeIn(words, typed) {
  const term = fold(typed).split(/\s+/).find(Boolean);
  const folded = fold(words);
  const from = term && folded.length === words.length ? folded.indexOf(term) : -1;
  return from < 0 ? null : [from, from + term.length];
}
