/* One code in the list of the picker: its name and place with what was typed marked in them, and how often it was given. */

import { placeIn } from "./matching.js";
import { element, say } from "./page.js";

export function optionOf(page, code, index, typed) {
  const option = element("li", "", `c${code.color}`);
  Object.assign(option, { id: `pick-${index}`, title: code.definition });
  option.setAttribute("role", "option");
  const words = element("span", "");
  words.append(marked("b", code.name, typed), " ", marked("small", code.place, typed));
  if (code.favourite) words.append(" ", element("kbd", String(code.favourite), "fav"));
  option.append(page.copy("tick"), element("i", "", "sw"), words, element("span", say(page.words.hereStudy, code), "num"));
  return option;
}

function marked(name, words, typed) {
  const place = placeIn(words, typed);
  const whole = element(name, place ? "" : words);
  if (place) whole.append(words.slice(0, place[0]), element("em", words.slice(...place)), words.slice(place[1]));
  return whole;
}
