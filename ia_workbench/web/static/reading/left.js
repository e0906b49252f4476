/* What is left in this browser from before: taken up where the source is open, told where it is another one, and said
   before somebody signs out. It is its owner's alone: another person is neither shown nor sent it. */

import { say } from "./page.js";

export function addLeftActs(reading) {
  const { acts, conflicts, page, queue, status } = reading;
  const { words } = page;
  let mayLeave = false;

  page.part("text").addEventListener("has-codings", async () => {
    const { here, elsewhere } = await queue.left();
    if (here.length) {
      acts.takeUp(here);
      status.hint(say(here.length === 1 ? words.takenUpOne : words.takenUp, { count: here.length }));
    }
    tellElsewhere(elsewhere);
  });

  function tellElsewhere(places) {
    page.part("left").hidden = !places.length;
    page.part("left-list").replaceChildren(
      ...places.map(({ place, count }) => {
        const link = Object.assign(document.createElement("a"), { href: `${place}/code` });
        link.textContent = say(count === 1 ? words.leftOne : words.leftAt, { source: decodeURIComponent(place.split("/").at(-1)), count });
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  }

  /* Signing out leaves them here, for the same person's next time; whoever signs out ought to know. */
  for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
    form.addEventListener("submit", async (event) => {
      const count = queue.acts.length;
      if (!count || mayLeave) return;
      event.preventDefault();
      const note = say(count === 1 ? words.unsentOne : words.unsent, { count });
      const choices = [["stay", words.stay], ["leave", words.signOutNow]];
      mayLeave = (await conflicts.ask({ title: words.notYetSent, note, choices })) === "leave";
      if (mayLeave) form.requestSubmit();
    });
  }
}
