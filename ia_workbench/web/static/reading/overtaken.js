/* The choice between what somebody else did to a coding and what the reader did to it at the same time. */

export class Overtaken {
  constructor(page) {
    this.page = page;
    this.dialog = page.part("overtaken");
  }

  /* Ask whose stands; both are given in words. Gives back "theirs" or "mine"; closing it keeps theirs. */
  ask({ theirs, mine }) {
    this.page.part("overtaken-theirs").textContent = theirs;
    this.page.part("overtaken-mine").textContent = mine;
    this.dialog.returnValue = "theirs";
    const before = document.activeElement;
    this.dialog.showModal();
    return new Promise((resolve) => {
      const answer = () => {
        before?.focus?.({ preventScroll: true });
        resolve(this.dialog.returnValue === "mine" ? "mine" : "theirs");
      };
      this.dialog.addEventListener("close", answer, { once: true });
    });
  }
}
