/* Sending what was done to the store, one act after the other. What could not be sent stays in sight and is kept until
   it is sent or given up by the reader; nothing is dropped in silence. */

const LONGEST_WAIT = 20_000; // ms for one request
const NOT_NOW = new Set([401, 408, 425, 429]); // nobody is signed in, or not so fast: no answer to what was sent
const FIRST_PAUSE = 8_000; // ms until an act that could not be sent goes out again by itself; doubled each time
const LONGEST_PAUSE = 120_000;

export class Failure extends Error {
  constructor(sentence, { isRefusal, status = 0 }) {
    super(sentence);
    this.isRefusal = isRefusal; // the workbench answered no; otherwise it could not be asked
    this.status = status;
  }
}

export class Saving extends EventTarget {
  #line = Promise.resolve();
  #pause = FIRST_PAUSE;
  #timer = null;
  running = 0;
  waiting = new Map(); // what could not be done -> the act that does it again
  savedAt = null;

  constructor(page) {
    super();
    this.page = page;
    this.token = page.data.token;
    addEventListener("online", () => this.retryAll());
    addEventListener("offline", () => this.#tell());
    addEventListener("beforeunload", (event) => {
      if (this.running || this.waiting.size) event.preventDefault();
    });
  }

  /* Do an act after those before it. `thing` is what it is about; `onFailure` is told why it did not succeed. */
  act(thing, doing, onFailure) {
    this.waiting.delete(thing);
    this.running += 1;
    this.#tell();
    this.#line = this.#line.then(async () => {
      try {
        await doing();
        this.savedAt = new Date();
        this.#pause = FIRST_PAUSE;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure(String(error), { isRefusal: true });
        this.waiting.set(thing, () => this.act(thing, doing, onFailure));
        onFailure(failure);
        if (!failure.isRefusal) this.#later();
      } finally {
        this.running -= 1;
        this.#tell();
      }
    });
    return this.#line;
  }

  retry(thing) {
    this.waiting.get(thing)?.();
  }

  retryAll() {
    clearTimeout(this.#timer);
    this.#timer = null;
    for (const again of [...this.waiting.values()]) again();
  }

  /* Give an act up. */
  forget(thing) {
    this.waiting.delete(thing);
    this.#tell();
  }

  #later() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.retryAll(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  /* Send JSON and return the answer's JSON (null when it is empty); throws Failure. */
  async send(address, fields) {
    let response = await this.#fetch(address, fields);
    if (response.status === 403 && (await this.#renewToken())) response = await this.#fetch(address, fields);
    if (response.ok) return response.status === 204 ? null : response.json().catch(() => this.#unreachable());
    const answer = await response.json().catch(() => null); // null from a proxy between, which speaks no JSON
    const isRefusal = answer !== null && response.status >= 400 && response.status < 500 && !NOT_NOW.has(response.status);
    throw new Failure(answer?.error ?? this.page.words.unreachable, { isRefusal, status: response.status });
  }

  #unreachable() {
    throw new Failure(this.page.words.unreachable, { isRefusal: false });
  }

  async #fetch(address, fields) {
    try {
      return await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token },
        body: JSON.stringify(fields),
        redirect: "error",
        signal: AbortSignal.timeout(LONGEST_WAIT),
      });
    } catch {
      return this.#unreachable();
    }
  }

  /* After signing in again in another tab the page's token is old: read the new one from a fresh copy of the page.
     Throws where somebody else is signed in by now, or the page cannot be had: that is no answer to what was sent. */
  async #renewToken() {
    const response = await fetch(location.pathname, { redirect: "error" }).catch(() => null);
    if (!response?.ok) return this.#unreachable();
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("reading-data");
    const { token, me } = fresh ? JSON.parse(fresh.textContent) : {};
    if (me && me !== this.page.data.me) throw new Failure(this.page.words.someoneElse, { isRefusal: false, status: 403 });
    const isNew = Boolean(token) && token !== this.token;
    if (isNew) this.token = token;
    return isNew;
  }
}
