/* Renaming a code where it stands in the tree: F2, then Enter keeps the name and Escape leaves it. */

export function addRenaming({ page, tree }, codebook) {
  tree.addEventListener("rename", ({ detail }) => codebook.rename(detail.code));

  codebook.rename = (code) => {
    const item = tree.items.find((each) => each.code === code);
    const name = item.querySelector(".name");
    const field = document.createElement("input");
    Object.assign(field, { className: "rename", value: code.name, maxLength: 120, lang: name.lang });
    field.setAttribute("aria-label", page.words.changeCode.replace("{code}", code.name));
    item.draggable = false;
    name.hidden = true;
    name.after(field);
    field.focus();
    field.select();
    listen(field, code, { item, name });
  };

  function listen(field, code, { item, name }) {
    let isOver = false;
    const finish = (isKept) => {
      if (isOver) return;
      isOver = true;
      const typed = field.value.trim();
      field.remove();
      name.hidden = false;
      item.draggable = true;
      tree.focusOn(code);
      if (isKept && typed && typed !== code.name) save(code, typed);
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.isComposing) finish(true);
      else if (event.key === "Escape") finish(false);
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => finish(true));
  }

  /* A name that the study knows somebody by, and one that somebody else stored meanwhile, are settled in the dialog. */
  async function save(code, name) {
    const seen = code.version;
    if (await codebook.warning(name)) {
      codebook.define(code, { name });
      return;
    }
    const { failure } = await codebook.ask(`/${code.guid}/change`, { name, version: seen });
    if (failure?.status === 409) codebook.define(code, { name }, failure);
    else codebook.tell(failure ? failure.message : page.words.renamed, { code: name });
  }
}
