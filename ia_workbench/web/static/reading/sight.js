/* Which turns are in sight, and which are near to it. Nothing else is drawn: a long source opens as fast as a short
   one. */

const AHEAD = 600; // px above and below the window that count as near
const AT_ONCE = 4; // turns that come near together: each time, all that is highlighted is painted anew

export class Sight extends EventTarget {
  #waits = null;

  constructor(transcript, area) {
    super();
    Object.assign(this, { transcript, area });
    this.stretches = [...new Set(transcript.turns.map((turn) => turn.element.parentElement))].map((element) => ({
      element,
      turns: [...element.querySelectorAll(":scope > .turn")].map((each) => transcript.byElement.get(each)),
    }));
    const soon = () => (this.#waits ??= requestAnimationFrame(() => this.look()));
    document.addEventListener("scroll", soon, { passive: true, capture: true }); // the transcript's own, or the page's
    addEventListener("resize", soon);
  }

  /* Look where the window stands now and tell: `first` and `last` are in sight, `near` are those to be drawn. */
  look() {
    this.#waits = null;
    const { turns } = this.transcript;
    const box = this.area.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (!turns.length || bottom <= top) return;
    const begin = Math.floor(this.#at(top - AHEAD).index / AT_ONCE) * AT_ONCE;
    const near = turns.slice(begin, Math.ceil((this.#at(bottom + AHEAD).index + 1) / AT_ONCE) * AT_ONCE);
    this.dispatchEvent(new CustomEvent("look", { detail: { first: this.#at(top + 1), last: this.#at(bottom - 1), near } }));
  }

  /* The turn that stands at a height of the window. Stretches are looked at first: asking a turn of one that is far away
     would have it laid out. */
  #at(y) {
    return lastAbove(lastAbove(this.stretches, y).turns, y);
  }
}

/* The last of some things, in the order of the page, that begins at or above a height of the window; else the first. */
function lastAbove(things, y) {
  let low = 0;
  let high = things.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (things[middle].element.getBoundingClientRect().top <= y) low = middle;
    else high = middle - 1;
  }
  return things[low];
}
