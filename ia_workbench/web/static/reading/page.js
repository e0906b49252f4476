/* The page's parts by their id, its words, and the data that the server put beside them. */

/* Fill the `{named}` places of a sentence. */
export const say = (sentence, facts = {}) =>
  sentence.replace(/\{(\w+)\}/g, (place, name) => (name in facts ? String(facts[name]) : place));

/* An element of a name with words in it. */
export function element(name, words, className = "") {
  const made = document.createElement(name);
  made.textContent = words;
  if (className) made.className = className;
  return made;
}

export class Page {
  constructor() {
    this.data = JSON.parse(document.getElementById("reading-data").textContent);
    this.words = this.data.words;
  }

  part(id) {
    return document.getElementById(id);
  }

  /* A copy of what a `template` holds. */
  copy(id) {
    return this.part(id).content.firstElementChild.cloneNode(true);
  }

  /* Say something to those who do not see the page; the same sentence twice is said twice. */
  speak(sentence) {
    const spoken = this.part("spoken");
    spoken.textContent = "";
    requestAnimationFrame(() => (spoken.textContent = sentence));
  }

  /* Codes with their place written out: the names of the codes above them. */
  codes(codes = this.data.codes) {
    const byId = new Map(codes.map((code) => [code.id, code]));
    const above = (code) => (code.parent ? [...above(byId.get(code.parent)), byId.get(code.parent).name] : []);
    return codes.map((code) => Object.assign(code, { place: above(code).join(", ") }));
  }
}
