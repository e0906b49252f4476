/* Stretches of the transcript that were in sight and are far away now: their layout is let go of, which a browser keeps
   otherwise. The page of a long source stays as small as when it was opened; its words stay in it, to be found and
   read aloud. */

const KEPT = 6; // stretches that went out of sight last, to be there at once when the reader goes back
const WAIT = 200; // ms, so that some are let go of together

export function addLettingGo({ transcript }) {
  const away = new Set(); // stretches out of sight that were laid out, the longest away first
  let waits = null;

  transcript.container.addEventListener("contentvisibilityautostatechange", ({ target, skipped }) => {
    away.delete(target);
    if (skipped) away.add(target);
    if (away.size > KEPT) waits ??= setTimeout(letGo, WAIT);
  });

  function letGo() {
    waits = null;
    const gone = [...away].slice(0, -KEPT);
    const heights = gone.map((stretch) => stretch.getBoundingClientRect().height);
    gone.forEach((stretch, index) => {
      stretch.style.height = `${heights[index]}px`; // nothing on the page moves meanwhile
      stretch.classList.add("let-go");
    });
    transcript.container.getBoundingClientRect(); // has the browser lay out the page without them
    for (const stretch of gone) {
      stretch.classList.remove("let-go");
      stretch.style.height = "";
      away.delete(stretch);
    }
  }
}
