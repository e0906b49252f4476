/* The plain choice between what somebody else did and what the reader did: nobody's work is written over in silence. */

import { element } from "./page.js";

export class Conflicts {
  #line = Promise.resolve(); // one question after the other

  constructor(page) {
    this.page = page;
    this.dialog = page.part("conflict");
  }

  /* Ask which shall stand. `theirs` and `mine` say in a sentence what each is, either may be absent; `title` and `note`
     say what it is about; `choices` are [value, words] pairs, the safe one first. Gives the value chosen, null when the
     question was closed without an answer: then nothing may be changed. */
  ask({ theirs = "", mine = "", title = this.page.words.conflict, note = "", choices = this.#usual() }) {
    const asked = this.#line.then(() => this.#ask({ theirs, mine, title, note, choices }));
    this.#line = asked.catch(() => {});
    return asked;
  }

  #usual() {
    const { words } = this.page;
    return [["theirs", words.keepTheirs], ["mine", words.doMine]];
  }

  #ask({ theirs, mine, title, note, choices }) {
    const { dialog, page } = this;
    const held = document.activeElement;
    page.part("conflict-title").textContent = title;
    for (const [name, words] of Object.entries({ theirs, mine, note })) {
      page.part(`conflict-${name}`).textContent = words;
      page.part(`conflict-${name}`).parentElement.hidden = !words;
    }
    const buttons = choices.map(([value, words]) => Object.assign(element("button", words, "btn"), { value }));
    page.part("conflict-choices").replaceChildren(...buttons);
    dialog.returnValue = "";
    dialog.showModal();
    buttons[0].focus();
    return new Promise((resolve) => {
      dialog.addEventListener(
        "close",
        () => {
          held?.focus?.({ preventScroll: true });
          resolve(dialog.returnValue || null);
        },
        { once: true },
      );
    });
  }
}
