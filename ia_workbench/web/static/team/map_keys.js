// Arrow keys on the drawn map: left and right along the case, up and down to the nearest step in the next lane,
// `p` to the next passage that carries a mark. Every step is a link; without this script Tab walks them.

const drawing = document.querySelector("svg.map");
const steps = drawing ? [...drawing.querySelectorAll("a.map-step")] : [];
const passages = drawing ? [...drawing.querySelectorAll("a.map-pill")] : [];

function middle(link) {
  const box = link.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, height: box.height };
}

function along(from, step) {
  const index = steps.indexOf(from);
  return index < 0 ? steps[0] : steps[index + step];
}

function across(from, direction) {
  const here = middle(from);
  const candidates = steps
    .map((link) => ({ link, at: middle(link) }))
    .filter(({ at }) => (at.y - here.y) * direction > here.height / 2);
  const distance = ({ at }) => Math.abs(at.y - here.y) * 3 + Math.abs(at.x - here.x);
  return candidates.sort((one, other) => distance(one) - distance(other))[0]?.link;
}

function nextPassage(from) {
  const after = passages.indexOf(from) + 1;
  return passages[after % passages.length];
}

function target(key, from) {
  if (key === "ArrowRight") return along(from, 1);
  if (key === "ArrowLeft") return along(from, -1);
  if (key === "ArrowDown") return across(from, 1);
  if (key === "ArrowUp") return across(from, -1);
  return key === "p" && passages.length ? nextPassage(from) : undefined;
}

if (drawing && steps.length) {
  document.querySelector("[data-map-keys]")?.removeAttribute("hidden");
  drawing.addEventListener("keydown", (event) => {
    const from = event.target.closest("a");
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(event.key, from);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  const open = drawing.querySelector("[aria-current]");
  if (open && open.scrollIntoView && innerWidth > 1100) {
    const box = open.getBoundingClientRect();
    const wrap = drawing.closest(".mapwrap");
    wrap.scrollLeft += box.left - wrap.getBoundingClientRect().left - wrap.clientWidth / 2;
    wrap.scrollTop += box.top - wrap.getBoundingClientRect().top - wrap.clientHeight / 2;
  }
}
