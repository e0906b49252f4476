// Forms marked `data-live` are sent without leaving the page: the answer's live parts (rule, convergence, evidence,
// searches) take the place of the old ones, so the rule is seen to fill. Without this script the forms send as usual.

const spoken = () => document.getElementById("spoken");

function replaceLiveParts(answer) {
  for (const old of document.querySelectorAll("[data-live-part]")) {
    const fresh = answer.querySelector(`[data-live-part="${CSS.escape(old.dataset.livePart)}"]`);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
}

function focusOn(id) {
  const place = id && document.getElementById(id);
  if (!place) return;
  const alert = place.querySelector('[role="alert"]');
  const target = alert || place;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: false });
}

function wordsOf(answer) {
  const refused = answer.querySelector('[role="alert"]');
  const said = answer.querySelector(".said");
  const strength = answer.querySelector('[data-live-part="rule"] .strength');
  return [refused?.textContent || said?.textContent, strength?.textContent]
    .filter(Boolean)
    .map((words) => words.trim())
    .join(" ");
}

// Lets the browser send the form itself, by the button that was pressed: what it says counts too.
function sendAsUsual(form, submitter) {
  form.removeAttribute("data-live");
  form.requestSubmit(submitter);
}

async function send(form, submitter) {
  form.classList.add("is-saving");
  const response = await fetch(form.action, {
    method: "POST",
    body: new FormData(form, submitter),
    headers: { Accept: "text/html" },
  });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!answer.querySelector("[data-live-part]")) {
    // signed out, refused elsewhere: let the browser show it
    sendAsUsual(form, submitter);
    return;
  }
  replaceLiveParts(answer);
  spoken().textContent = wordsOf(answer);
  focusOn(form.dataset.focus);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-live]")) return;
  event.preventDefault();
  send(form, event.submitter).catch(() => {
    form.classList.remove("is-saving");
    spoken().textContent = form.dataset.failed || "";
    sendAsUsual(form, event.submitter);
  });
});
