/* What of the codings is drawn: those of the turns near to what is in sight, and no others. A source with ten thousand
   codings has no more elements than one with a hundred. */

const KEPT = 4; // turns above and below those near that stay drawn: a browser paints all highlights anew for each new one

export class Drawing {
  #drawn = new Set();
  isReady = false; // until the codings have come

  constructor({ painting, lanes }) {
    Object.assign(this, { painting, lanes });
  }

  /* Draw the turns that are near and not drawn yet; let go of those far away. */
  follow(near) {
    if (!this.isReady) return;
    this.#forget(near[0].index - KEPT, near.at(-1).index + KEPT);
    this.#draw(near.filter((turn) => !this.#drawn.has(turn)));
  }

  /* Draw again those of these turns that are drawn. */
  again(turns = this.#drawn) {
    this.#draw([...turns].filter((turn) => this.#drawn.has(turn)));
  }

  #draw(turns) {
    for (const turn of turns) {
      this.#drawn.add(turn);
      this.painting.paint(turn);
    }
    this.lanes.draw(turns);
  }

  #forget(from, to) {
    for (const turn of this.#drawn) {
      if (turn.index >= from && turn.index <= to) continue;
      this.#drawn.delete(turn);
      this.painting.clear(turn);
      this.lanes.clear(turn);
    }
  }
}
