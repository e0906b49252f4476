/* The names beside the turn that the caret is in: one stop of the Tab key, walked with arrows. */

export function addLaneKeys({ transcript, selection, lanes, commands }) {
  selection.addEventListener("change", () => follow(selection.turn));
  follow(selection.turn);
  transcript.container.addEventListener("keydown", (event) => key(event));

  function follow(turn) {
    const { names } = lanes;
    if (names.here === turn) return;
    const before = names.here;
    names.here = turn;
    for (const each of [before, turn]) {
      const list = each?.element.querySelector(".given ul");
      if (list) names.stop(list, each === turn);
    }
  }

  function key(event) {
    const at = event.target.closest(".given button");
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...at.closest("ul").querySelectorAll("button")];
    const place = buttons.indexOf(at);
    const wanted = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (wanted !== undefined) focus(buttons, Math.min(Math.max(wanted, 0), buttons.length - 1));
    else if (event.key === "Escape" || event.key === "ArrowLeft" || event.key === "ArrowRight") commands.back();
    else if (event.key !== "Enter" && event.key !== " ") return;
    else at.click();
    event.preventDefault();
  }

  function focus(buttons, place) {
    for (const button of buttons) button.tabIndex = -1;
    buttons[place].tabIndex = 0;
    buttons[place].focus();
  }
}
