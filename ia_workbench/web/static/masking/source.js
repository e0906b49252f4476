/* The masking page: one key, one decision. Every act is a form of the page; here it is sent without leaving, and the
   parts that changed come back as HTML. */

import { selectedPlace } from "./places.js";

const part = (id) => document.getElementById(id);
const isTyping = (target) => target.closest?.("input:not([type=radio]), select, textarea, dialog") !== null;
const LONGEST_WAIT = 20_000; // ms for one request
let busy = Promise.resolve(); // one act after the other, as they were pressed

document.documentElement.classList.add("scripted-page");

function put(answer) {
  for (const [id, html] of Object.entries(answer.parts)) {
    const place = part(id);
    if (place) place.innerHTML = html;
  }
  part("refused").replaceChildren();
  arrive(answer.current);
}

function arrive(guid) {
  for (const old of document.querySelectorAll("#turns .m.now")) {
    old.classList.remove("now");
    old.removeAttribute("aria-current");
  }
  const mark = guid && part(`m-${guid}`);
  if (mark) {
    mark.classList.add("now");
    mark.setAttribute("aria-current", "true");
    mark.scrollIntoView({ block: "center" });
  }
  document.querySelector("#queue li.on")?.scrollIntoView({ block: "nearest" });
  for (const button of document.querySelectorAll("#panel [data-focus]")) button.hidden = false;
  if (guid) history.replaceState(null, "", `?${addressed(guid)}`);
  const panel = document.querySelector("#panel .which h2")?.textContent ?? "";
  part("spoken").textContent = `${panel}: ${document.querySelector("#panel .swap b")?.textContent ?? ""}`;
}

function addressed(guid) {
  const chosen = new URLSearchParams(location.search);
  for (const gone of ["everywhere", "said"]) chosen.delete(gone);
  chosen.set("mark", guid);
  return chosen;
}

function refuse(sentence) {
  const note = document.createElement("p");
  note.className = "note danger";
  note.setAttribute("role", "alert");
  note.textContent = sentence;
  part("refused").replaceChildren(note);
}

async function ask(address, options) {
  const { dataset } = part("saved");
  const headers = { Accept: "application/json" };
  part("saved").textContent = dataset.saving;
  let response;
  try {
    response = await fetch(address, { ...options, headers, redirect: "error", signal: AbortSignal.timeout(LONGEST_WAIT) });
  } catch {
    refuse(dataset.unreachable);
    return false;
  } finally {
    part("saved").textContent = dataset.saved.replace("{time}", new Date().toLocaleTimeString("en-GB"));
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) put(answer);
  else refuse(answer.error ?? dataset.unreachable);
  if (response.status === 409) location.reload(); // somebody decided it meanwhile: look at it as it is now
  return response.ok;
}

function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (["kind", "state", "found"].includes(name)) fields.set(name, value);
  }
  busy = busy.then(() => ask(form.action, { method: "POST", body: fields }));
  return busy;
}

function go(address) {
  busy = busy.then(() => ask(address, {}));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  part("missed-dialog").close();
  send(form, event.submitter).then(() => part("doc").focus({ preventScroll: true }));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.m, a[data-go]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    go(link.href.split("#")[0]);
  }
  const focusing = event.target.closest("[data-focus]");
  if (focusing) part(focusing.dataset.focus).select();
});

/* The marks as they stand in the queue: `step` on from the current one. */
function walk(step) {
  const links = [...document.querySelectorAll("#queue a[data-go]")];
  const now = links.findIndex((link) => link.ariaCurrent === "true");
  links[Math.min(links.length - 1, Math.max(0, now + step))]?.click();
}

function markMissed() {
  const form = document.querySelector("form.missed");
  if (!form) return;
  const place = selectedPlace(part("turns"));
  for (const name of ["start", "end"]) {
    form.elements[name].disabled = !place;
    form.elements[name].value = place ? place[name] : "";
  }
  form.elements.words.value = place?.words ?? "";
  form.elements.words.readOnly = Boolean(place);
  part("missed-place").replaceChildren(form);
  part("missed-dialog").showModal();
  form.elements[place ? "instead" : "words"].focus();
}

part("missed-dialog").addEventListener("close", () => {
  const form = part("missed-place").firstElementChild;
  const fold = part("missed");
  if (form && fold && !fold.querySelector("form")) fold.append(form);
});

function key(event) {
  if (event.isComposing) return false;
  if ((event.ctrlKey || event.metaKey) && event.key === "z") return !isTyping(event.target) && press("#undo button");
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
  if (event.key === "Enter") return !event.target.closest("a, button, summary") && press("#decide [data-key=Enter]");
  if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1) ?? true;
  if (event.key === "m") return markMissed() ?? true;
  if (event.key === "?") return part("keys-dialog").showModal() ?? true;
  return /^[0-9a-z]$/.test(event.key) && press(`#panel > [data-key="${event.key}"], #decide [data-key="${event.key}"], #panel p > [data-key="${event.key}"]`);
}

function press(selector) {
  const control = document.querySelector(selector);
  control?.click();
  return Boolean(control);
}

document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented && key(event)) event.preventDefault();
}, { capture: true });

for (const button of document.querySelectorAll("#panel [data-focus]")) button.hidden = false;
document.querySelector("#turns .m.now")?.scrollIntoView({ block: "center" });
document.querySelector("#queue li.on")?.scrollIntoView({ block: "nearest" });
