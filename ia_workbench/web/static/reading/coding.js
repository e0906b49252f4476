/* One coding as the page knows it. Offsets are code points; `order` counts from the oldest. `state` is saved, adding, unadded, changing,
   unchanged, removing or unremoved; `guid` is null until the store has it; `request` identifies the act of making it, so
   that sending it twice codes once. `rating` counts from 1 in the code's scale, 0 is none. */
export class Coding {
  static #newest = 1e9; // above every order that the server gives

  constructor({ guid = null, start, end, code, coder, at, order = Coding.#newest++, state = "saved" }) {
    Object.assign(this, { guid, start, end, code, coder, at, order, state, why: "", request: null });
    Object.assign(this, { rating: 0, important: false, version: 0 });
  }

  /* Whether something done to it is on its way to the store; otherwise it is saved, or could not be. */
  get isSending() {
    return ["adding", "changing", "removing"].includes(this.state);
  }

  /* Whether it was made here as this, whatever it was changed into meanwhile. */
  isMadeAs({ start, end, code, coder }) {
    const made = this.made ?? this;
    return this.coder === coder && made.start === start && made.end === end && made.code === code;
  }

  /* Take in what the store says of it. A change made here before the store had named it waits to be sent, and goes on
     showing, unless somebody else changed it since. */
  become(guid, place, rest) {
    const waits = !this.guid && rest.version === 1 && !["adding", "unadded"].includes(this.state);
    const state = this.state === "removing" ? "removing" : "saved";
    Object.assign(this, waits ? { version: 1 } : { ...place, ...rest, state }, { guid });
  }

  /* What somebody may change of it, and the version of that. */
  get look() {
    const { start, end, code, rating, important, version } = this;
    return { start, end, code, rating, important, version };
  }

  /* What it is called for those who do not see the page. */
  get label() {
    return `${this.code.name}, ${this.coder}`;
  }

  get isSaved() {
    return this.state === "saved";
  }

  touches(start, end) {
    return start < end ? this.start < end && start < this.end : this.start <= start && start < this.end;
  }
}

export const newRequest = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
