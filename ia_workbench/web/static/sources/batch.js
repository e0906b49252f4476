// The report of an import: while files are read the page follows by itself; all that wait can be chosen at once.

const EVERY = 1000; // ms between two looks at how far reading is
const page = () => document.querySelector("[data-batch]");
const chosenNow = () => [...document.querySelectorAll("[name=chosen]:checked")].map((box) => box.value);

// the two keep their focus and what was chosen, whatever else is drawn anew
function takeOver(fresh) {
  const chosen = new Set(chosenNow());
  const focused = document.activeElement?.closest("[data-batch] a, [data-batch] button, [data-batch] input");
  const address = focused?.getAttribute("href") ?? focused?.getAttribute("value");
  const status = document.querySelector("[data-status]");
  const said = fresh.querySelector("[data-status]");
  if (fresh.matches("[data-reading]") && status && said) {
    status.textContent = said.textContent; // the same element, so that it is read out
    document.querySelector("progress").value = fresh.querySelector("progress").value;
    for (const part of [".tiles", ".report tbody"]) {
      document.querySelector(part).replaceWith(fresh.querySelector(part));
    }
  } else {
    page().replaceWith(fresh);
    prepare();
  }
  for (const box of document.querySelectorAll("[name=chosen]")) box.checked = chosen.has(box.value);
  if (focused && !document.contains(focused)) {
    const again = [...document.querySelectorAll("[data-batch] a, [data-batch] input")].find(
      (each) => address && (each.getAttribute("href") === address || each.value === address),
    );
    (again ?? document.querySelector("main"))?.focus();
  }
}

async function follow() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-batch]");
    if (answer.ok && fresh) takeOver(document.adoptNode(fresh));
  } catch {
    // the workbench cannot be reached just now: look again
  }
  if (page()?.matches("[data-reading]")) window.setTimeout(follow, EVERY);
}

function prepare() {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("[name=chosen]")) box.checked = event.target.checked;
  });
}

prepare();
if (page()?.matches("[data-reading]")) {
  document.querySelector("[data-again]").hidden = true;
  window.setTimeout(follow, EVERY);
}
