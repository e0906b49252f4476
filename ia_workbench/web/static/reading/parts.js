/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addAmending } from "./amending.js";
import { addCards } from "./cards.js";
import { addDropping } from "./dropping.js";
import { addEvidence } from "./evidence.js";
import { addResizing } from "./resizing.js";
import { addReverting } from "./reverting.js";
import { addTouching } from "./touching.js";

export const PARTS = [addEvidence, addReverting, addAmending, addCards, addResizing, addDropping, addTouching];
