/* How many codings there are and how many of them are shown: in the tree, along the strip, in the status bar. Counted
   once when they come and when the filter changes, and otherwise one by one. */

export class Counting extends EventTarget {
  #known = new Set(); // codings that are there and not being removed
  #shown = new Set();

  constructor({ page, codings, strip, tree, status }) {
    super();
    Object.assign(this, { codings, strip, tree, status, me: page.data.me, mine: page.part("mine") });
  }

  get known() {
    return this.#known.size;
  }

  get shown() {
    return this.#shown;
  }

  /* The user names of those whose codings are shown: the reader first, then by name. */
  get coders() {
    const found = [...new Set([...this.#shown].map((coding) => coding.coder))].sort();
    return found.sort((one, other) => (other === this.me) - (one === this.me));
  }

  /* Count everything anew. */
  all() {
    const there = this.codings.all.filter((coding) => coding.state !== "removing");
    this.#known = new Set(there);
    for (const code of this.codings.codes) code.study = code.elsewhere;
    for (const coding of this.codings.all) coding.knownAs = null;
    for (const coding of there) this.#inStudy(coding, coding.code);
    this.#shown = new Set(there.filter((coding) => this.codings.isShown(coding)));
    for (const coding of this.codings.all) coding.countedAs = this.#shown.has(coding) ? coding.code : null;
    const here = new Map();
    for (const { code } of this.#shown) here.set(code, (here.get(code) ?? 0) + 1);
    for (const code of this.codings.codes) this.#here(code, (here.get(code) ?? 0) - code.here);
    this.strip.draw(this.#shown);
    this.status.count(there.filter((coding) => coding.coder === this.me).length - this.mine.dataset.count);
    this.dispatchEvent(new Event("change"));
  }

  /* Count one coding that may have come, gone or become another. */
  one(coding) {
    const isThere = this.codings.has(coding) && coding.state !== "removing";
    this.#know(coding, isThere);
    this.#show(coding, isThere && this.codings.isShown(coding));
    this.strip.soon(this.#shown);
    this.dispatchEvent(new Event("change"));
  }

  #know(coding, isThere) {
    this.#inStudy(coding, isThere ? coding.code : null);
    if (!change(this.#known, coding, isThere)) return;
    if (coding.coder === this.me) this.status.count(isThere ? 1 : -1);
  }

  /* A code's count in the study is what other sources have and what this page knows of: `knownAs` is the code that a
     coding counts for. */
  #inStudy(coding, code) {
    if (coding.knownAs === code) return;
    if (coding.knownAs) coding.knownAs.study -= 1;
    if (code) code.study += 1;
    coding.knownAs = code;
  }

  /* A coding that has another code now is counted there: `countedAs` is the code it counts for. */
  #show(coding, isShown) {
    if (coding.countedAs && (!isShown || coding.countedAs !== coding.code)) this.#here(coding.countedAs, -1);
    if (isShown && coding.countedAs !== coding.code) this.#here(coding.code, 1);
    coding.countedAs = isShown ? coding.code : null;
    change(this.#shown, coding, isShown);
  }

  #here(code, by) {
    if (!by) return;
    code.here += by;
    this.tree.count(code, by);
  }
}

/* Put something into a set or take it out; says whether that changed anything. */
function change(set, each, isIn) {
  if (set.has(each) === isIn) return false;
  if (isIn) set.add(each);
  else set.delete(each);
  return true;
}
