/* Dragging a code in the tree onto another one: it goes below it. The same is in the menu, under “Move”. */

export function addCodeDragging({ page, tree, codebook, status }) {
  let dragged = null; // the item that is dragged
  const items = tree.tree;
  const itemAt = (event) => event.target.closest?.("[role=treeitem]") ?? null;
  const mark = (item) => tree.items.forEach((each) => each.classList.toggle("dropping", each === item));
  const fits = (item) =>
    item && dragged && item !== dragged && !`${item.code.path}/`.startsWith(`${dragged.code.path}/`) && dragged.code.parent !== item.code.id;

  items.addEventListener("dragstart", (event) => {
    dragged = itemAt(event);
    if (!dragged) return;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setData("text/plain", dragged.code.name);
  });
  items.addEventListener("dragover", (event) => {
    const item = itemAt(event);
    if (!fits(item)) return mark(null);
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    mark(item);
  });
  items.addEventListener("dragleave", ({ relatedTarget }) => items.contains(relatedTarget) || mark(null));
  items.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    mark(null);
  });
  items.addEventListener("drop", async (event) => {
    const item = itemAt(event);
    if (!fits(item)) return;
    event.preventDefault();
    const { code } = dragged;
    const failure = await codebook.moveTo(code, item.code);
    if (failure) status.hint(failure.message);
    else tree.focusOn(code);
    page.speak(failure?.message ?? page.words.codeMoved.replace("{code}", code.name));
  });
}
