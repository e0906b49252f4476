/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addCard } from "./card.js";
import { addCoders } from "./coders.js";
import { addEvidence } from "./evidence.js";
import { addFilters } from "./filters.js";
import { addLaneKeys } from "./lane_keys.js";
import { addOnly } from "./only.js";
import { addReverting } from "./reverting.js";

export const PARTS = [addEvidence, addReverting, addFilters, addOnly, addCoders, addLaneKeys, addCard];
