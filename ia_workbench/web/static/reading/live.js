/* Keeps the page up to date with what others do: asks time and again, often while somebody looks at it, seldom while
   nobody does, and ever more seldom while there is no answer. Each asking is an ordinary short request, which any proxy
   lets through. Nothing of the reader's is moved: neither selection nor scroll place nor what is open. */

import { say } from "./page.js";

const OFTEN = 1_500; // ms while somebody is at work here
const IDLE = 5_000; // ms once nobody has touched anything for a while; less than what makes one vanish for the others
const AWAY = 15_000; // ms while the page is not in sight
const IDLE_AFTER = 180_000; // ms
const LONGEST = 60_000;
const HUSHED = "ia-hushed"; // in this browser: what others do is not said

export function addLive(reading) {
  const { changes, page, queue, status } = reading;
  const { words, data } = page;
  const hush = page.part("hush");
  let touched = Date.now();
  let failures = 0;
  let timer = null;
  let isAsking = false;

  hush.checked = !localStorage.getItem(HUSHED);
  hush.addEventListener("change", () => (hush.checked ? localStorage.removeItem(HUSHED) : localStorage.setItem(HUSHED, "1")));
  for (const event of ["pointerdown", "keydown", "wheel"]) addEventListener(event, () => touch(), { passive: true, capture: true });
  addEventListener("online", () => soon());
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  page.part("text").addEventListener("has-codings", () => soon());

  function touch() {
    const wasIdle = Date.now() - touched > IDLE_AFTER;
    touched = Date.now();
    if (wasIdle) soon();
  }

  function pause() {
    if (failures) return Math.min(OFTEN * 2 ** failures, LONGEST);
    if (document.hidden) return AWAY;
    return Date.now() - touched > IDLE_AFTER ? IDLE : OFTEN;
  }

  function soon() {
    clearTimeout(timer);
    ask();
  }

  async function ask() {
    if (isAsking) return;
    isAsking = true;
    try {
      const isHere = data.isShown && !document.hidden;
      const answer = await changes.poll({ isHere });
      if (answer?.withdrawn) return location.reload(); // its words may stand nowhere any more
      failures = answer ? 0 : failures + 1;
      notSignedIn(answer ? "" : words.signedOut);
      if (answer) reading.people?.show(answer.others ?? []);
      if (answer && queue.isCutOff) queue.retry(); // the store can be reached again
    } catch (error) {
      failures += 1;
      notSignedIn(error.message === words.someoneElse ? words.someoneElse : "");
      reading.people?.show([]);
    } finally {
      isAsking = false;
      clearTimeout(timer);
      timer = setTimeout(ask, pause());
    }
  }

  function notSignedIn(sentence) {
    const note = page.part("signed-out");
    if (note.hidden === !sentence) return;
    note.hidden = !sentence;
    page.part("signed-out-words").textContent = sentence;
    if (sentence) page.speak(sentence);
  }

  changes.addEventListener("corrected", () => {
    page.part("corrected").hidden = false;
    page.speak(words.corrected);
  });

  /* Say in passing what others did. */
  changes.addEventListener("done", ({ detail: doings }) => {
    const others = doings.filter(({ who }) => who !== data.me);
    if (!others.length || !hush.checked) return;
    const sentence = sentencesOf(others, words).join(" ");
    status.notice(sentence);
    page.speak(sentence);
  });
}

const SORTS = { apply: "coded", autocode: "coded", remove: "uncoded", codebook: "codebook" };

/* What several people did, a sentence for each and each sort of act. */
function sentencesOf(doings, words) {
  const counts = new Map();
  for (const { who, kind, things } of doings) {
    const key = `${SORTS[kind] ?? "changed"} ${who}`;
    counts.set(key, (counts.get(key) ?? 0) + things.length);
  }
  return [...counts].map(([key, count]) => {
    const [sort, who] = key.split(" ");
    return say(words.others[sort][count === 1 ? 0 : 1], { who, count });
  });
}
