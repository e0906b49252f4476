/* Keys of the page that sorts codings: a digit sorts into a code, s lets a coding stay, n and p go on and back. */

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const wanted = [...document.querySelectorAll(".sorting [data-key]")].find((each) => each.dataset.key === event.key);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});
