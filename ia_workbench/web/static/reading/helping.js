/* The list of keys, which is a menu of the acts as well: with single letters switched off, all of them are here. */

export function addHelp({ commands, page, status }) {
  const dialog = page.part("keys");
  let wanted = null;

  commands.help = () => {
    wanted = null;
    dialog.showModal();
    dialog.querySelector("[data-act].last")?.focus();
  };

  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (!button) return;
    dialog.querySelector("[data-act].last")?.classList.remove("last");
    button.classList.add("last"); // opened again, the list begins with it: two keys do the same act once more
    wanted = button.dataset.act;
    dialog.close();
  });

  dialog.addEventListener("close", () => {
    commands.back();
    if (wanted && commands[wanted]?.() === false) status.hint(page.words.nothingToResize); // a key would do something else here
  });
}
