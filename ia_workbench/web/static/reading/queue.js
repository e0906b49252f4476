/* The line of acts to be sent: in order, one at a time over all windows of this browser, each exactly once. An act is
   kept by the browser before it is sent, and let go when the store has answered; whoever opens the page sends the rest. */
import { newRequest } from "./codings.js";
import { Kept } from "./kept.js";
import { say } from "./page.js";

const FIRST_PAUSE = 2_000; // ms until the line is tried again; doubled each time
const LONGEST_PAUSE = 60_000;
const MOST_TROUBLES = 3; // of the server with one act, before the next ones go on without it

const together = (name, doing) => (navigator.locks ? navigator.locks.request(name, doing) : doing());

/* Acts are `{kind, request, coding, guid, made, of, seen, fields}`: `made` is the request that makes the coding it is
   about, while the store has no name (`guid`) for it, and `of` its code where that makes several (`codings`); `seen` the
   version that it changes; `state` is waiting, sending or refused, with `why`. `kinds` says for each kind how it is sent, what follows, and how it is taken back here. */
export class Queue extends EventTarget {
  #pause = FIRST_PAUSE;
  #timer = null;
  #isRunning = false;
  #opened;
  acts = [];
  kinds = {};
  isCutOff = false; // the store cannot be reached, or nobody is signed in
  savedAt = null;
  last = 0; // the order of the newest act that the store has

  constructor(page, saving) {
    super();
    Object.assign(this, { page, saving });
    this.owner = `${page.data.me} ${page.data.source}`;
    this.#opened = Kept.open().then((kept) => (this.kept = kept));
    for (const event of ["online", "focus"]) addEventListener(event, () => this.retry());
    addEventListener("beforeunload", (event) => {
      if (this.acts.some((act) => !act.isStored)) event.preventDefault();
    });
  }

  /* What this person has waiting here from before, and how many acts at other sources: `[{place, count}]`. */
  async left() {
    await this.#opened;
    const all = await this.kept.of(this.page.data.me);
    const here = all.filter((act) => act.owner === this.owner && !this.acts.some(({ request }) => request === act.request));
    const places = all.filter((act) => act.owner !== this.owner).map((act) => act.place);
    return { here, elsewhere: [...new Set(places)].map((place) => ({ place, count: places.filter((each) => each === place).length })) };
  }

  /* Take up acts that were left; they were kept already. */
  takeUp(acts) {
    this.acts = [...acts.map((act) => ({ ...act, state: "waiting", why: "", isStored: true, isKept: Promise.resolve() })), ...this.acts];
    this.#tell();
    this.#run();
  }

  /* Put an act at the end of the line; `ready` gives fields that take a moment to be worked out. */
  add({ kind, coding = null, codings, guid = null, made = null, of = null, seen = 0, fields = {}, ready = null }) {
    const request = newRequest();
    const { me: account, here: place } = this.page.data;
    const order = Math.max(Date.now(), (this.acts.at(-1)?.order ?? 0) + 1);
    const whose = { request, order, account, place, owner: this.owner };
    const act = { kind, coding, codings, guid, made, of, seen, fields, ...whose, tried: false, state: "waiting", why: "" };
    this.acts.push(act);
    act.isKept = this.#keep(act, ready);
    this.#tell();
    this.#run();
    return act;
  }

  async #keep(act, ready) {
    if (ready) Object.assign(act.fields, await ready);
    await this.#opened;
    try {
      await this.kept.put(act);
      act.isStored = this.kept.isLasting;
    } catch {
      act.isStored = false; // a full disk: it is sent from here, and asked about before the page is left
    }
  }

  /* Try everything again, now. */
  retry() {
    this.#timer = clearTimeout(this.#timer) ?? null;
    this.#run();
  }

  /* Try an act again that was refused. */
  again(act) {
    Object.assign(act, { state: "waiting", why: "", troubles: 0 });
    this.retry();
  }

  /* Give up an act, and those that follow from it. One that may be stored already must be undone instead. */
  drop(act) {
    const gone = this.#following(act);
    for (const each of [...gone].reverse()) this.kinds[each.kind].takeBack?.(each);
    this.acts = this.acts.filter((each) => !gone.includes(each));
    Promise.all(gone.map((each) => each.isKept)).then(() => this.kept.drop(gone.map((each) => each.request)));
    this.#tell();
  }

  #following(act) {
    const gone = [act];
    for (const each of this.acts) if (gone.some((one) => one.request === each.made)) gone.push(each);
    return gone;
  }

  get waiting() {
    return this.acts.filter((act) => act.state !== "refused");
  }

  async #run() {
    if (this.#isRunning || !this.#next()) return;
    this.#isRunning = true;
    await this.#opened;
    await together(`ia-acts ${this.owner}`, () => this.#drain()).finally(() => (this.#isRunning = false));
    this.#tell();
  }

  #next() {
    return this.acts.find((act) => act.state === "waiting" && !this.acts.some((each) => each.request === act.made));
  }

  async #drain() {
    for (let act = this.#next(); act; act = this.#next()) {
      await act.isKept;
      if (!this.acts.includes(act)) continue; // given up meanwhile
      if (act.isStored && !(await this.#isLeft(act))) this.#let(act, null); // another window has dealt with it
      else if (!(await this.#send(act))) return;
    }
  }

  /* Whether an act is still to be sent; another window may have sent the one that it follows from. */
  async #isLeft(act) {
    const kept = await this.kept.get(act.request);
    if (kept?.guid && !act.guid) Object.assign(act, { made: null, guid: kept.guid });
    if (kept?.seen > act.seen) act.seen = kept.seen;
    return Boolean(kept);
  }

  /* Send an act; false when the line has to wait. */
  async #send(act) {
    const kind = this.kinds[act.kind];
    Object.assign(act, { state: "sending", tried: true });
    this.#tell();
    await this.#keep(act, null);
    try {
      const answer = await this.saving.send(kind.address(act), kind.fields(act));
      await this.#done(act, answer);
    } catch (failure) {
      return this.#failed(act, failure);
    }
    return true;
  }

  async #done(act, answer) {
    this.#pause = FIRST_PAUSE;
    Object.assign(this, { savedAt: new Date(), isCutOff: false, last: Math.max(this.last, act.order) });
    const { seen = 0, several = {} } = answer ?? {};
    const follow = (each) => {
      const follows = each.made === act.request;
      const guid = answer?.guid ?? several[each.of] ?? act.guid;
      if (!follows && (!guid || each.guid !== guid)) return false;
      return Object.assign(each, { made: follows ? null : each.made, guid: each.guid ?? guid, seen: seen || each.seen });
    };
    await this.kept.settle(act, follow).catch(() => {});
    this.acts.filter((each) => each !== act).forEach(follow);
    this.#let(act, answer);
  }

  /* The store has an act: let it go. Without an answer, its effect comes with what changed. */
  #let(act, answer) {
    this.acts = this.acts.filter((each) => each !== act);
    this.kinds[act.kind].done(act, answer);
    this.#tell();
  }

  #failed(act, failure) {
    const troubles = (act.troubles = (act.troubles ?? 0) + (failure.status === 500 ? 1 : 0));
    if (!failure.isRefusal && troubles < MOST_TROUBLES) {
      Object.assign(act, { state: "waiting", why: failure.message });
      this.isCutOff = [0, 401, 403].includes(failure.status); // no answer, or not as this person
      for (const each of this.waiting) this.kinds[each.kind].waits?.(each);
      this.page.speak(say(this.page.words.unsaved, { count: this.acts.length, why: failure.message }));
      this.#later();
      return false;
    }
    Object.assign(act, { state: "refused", why: failure.message, status: failure.status });
    this.isCutOff = false;
    this.kinds[act.kind].refused(act, failure);
    return true;
  }

  #later() {
    this.#timer ??= setTimeout(() => this.retry(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
