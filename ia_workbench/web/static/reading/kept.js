/* What was done and is not sent yet, kept by the browser over reloads and crashes: who did it, where, which code, the
   name of the request. Never words: of them only their SHA-256, by which the store sees that it has the same ones. */

const NAME = "ia-workbench-acts";
const ACTS = "acts";
const FIELDS = ["request", "owner", "account", "place", "order", "kind", "made", "of", "guid", "seen", "tried", "fields"];

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });

export class Kept {
  #database; // null where the browser keeps nothing, as in some private windows

  constructor(database) {
    this.#database = database;
  }

  /* Open what this browser keeps; never fails. */
  static async open() {
    try {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(ACTS, { keyPath: "request" }).createIndex("account", "account");
      return new Kept(await promised(opening));
    } catch {
      return new Kept(null);
    }
  }

  /* Whether what is put here outlives the page. */
  get isLasting() {
    return this.#database !== null;
  }

  /* The acts of a person, oldest first: of all sources. */
  async of(account) {
    if (!this.#database) return [];
    const found = await promised(this.#read().index("account").getAll(account));
    return found.sort((one, other) => one.order - other.order);
  }

  /* An act by the name of its request; undefined when it was let go. */
  async get(request) {
    return this.#database && promised(this.#read().get(request));
  }

  put(act) {
    return this.#write((acts) => acts.put(Object.fromEntries(FIELDS.map((name) => [name, act[name]]))));
  }

  drop(requests) {
    return this.#write((acts) => requests.forEach((request) => acts.delete(request)));
  }

  /* An act was done: let it go, and tell those that follow from it the coding it made and the version it left. One
     transaction, so that none is left behind that waits for an act which is no longer there. */
  settle({ request, account }, follow) {
    return this.#write((acts) => {
      acts.delete(request);
      acts.index("account").openCursor(account).onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (follow(cursor.value)) cursor.update(cursor.value);
        cursor.continue();
      };
    });
  }

  #read() {
    return this.#database.transaction(ACTS).objectStore(ACTS);
  }

  async #write(doing) {
    if (!this.#database) return;
    const transaction = this.#database.transaction(ACTS, "readwrite", { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    doing(transaction.objectStore(ACTS));
    await ended;
  }
}
