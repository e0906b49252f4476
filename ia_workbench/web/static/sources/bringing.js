// Choosing files to import: whole folders where the browser can, and files that are dropped on the form.

const form = document.querySelector("[data-drop]");
const files = form.querySelector("#files");
const folder = form.querySelector("#folder");
const told = form.querySelector("[data-chosen]");

function count() {
  const number = files.files.length + folder.files.length;
  files.required = folder.files.length === 0;
  told.textContent = number > 1 ? new Intl.NumberFormat(document.documentElement.lang).format(number) : "";
  told.hidden = number < 2;
}

form.querySelector("[data-folder]").hidden = !("webkitdirectory" in folder);
for (const input of [files, folder]) input.addEventListener("change", count);

form.addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("over");
});
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", (event) => {
  form.classList.remove("over");
  if (!event.dataTransfer.files.length || event.target.closest("input[type=file]")) return;
  event.preventDefault();
  files.files = event.dataTransfer.files;
  count();
});
count();
