// Counts the words of a statement while it is written.

const LONGEST = 45;

for (const field of document.querySelectorAll("[data-count]")) {
  const shown = document.getElementById(field.dataset.count);
  const count = () => {
    const words = field.value.trim().split(/\s+/).filter(Boolean).length;
    shown.textContent = shown.dataset.words.replace("{n}", String(words));
    shown.classList.toggle("warnt", words > LONGEST);
  };
  shown.hidden = false;
  field.addEventListener("input", count);
  count();
}
