/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addEvidence } from "./evidence.js";
import { addFavourites } from "./favourites.js";
import { addHelp } from "./helping.js";
import { addLinking } from "./linking.js";
import { addMarking } from "./marking.js";
import { addMoving } from "./moving.js";
import { addReverting } from "./reverting.js";
import { addSentences } from "./sentences.js";
import { addSnapping } from "./snapping.js";
import { addSpeaking } from "./speaking.js";

export const PARTS = [
  addEvidence,
  addReverting,
  addSpeaking,
  addMoving,
  addSentences,
  addFavourites,
  addMarking,
  addLinking,
  addSnapping,
  addHelp,
];
