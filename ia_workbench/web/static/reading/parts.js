/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addCodebook } from "./codebook.js";
import { addCodeDragging } from "./codebook_drag.js";
import { addCodeMenu } from "./codebook_menu.js";
import { addEvidence } from "./evidence.js";
import { addReverting } from "./reverting.js";
import { addVivo } from "./vivo.js";

export const PARTS = [addEvidence, addReverting, addCodebook, addCodeMenu, addCodeDragging, addVivo];
