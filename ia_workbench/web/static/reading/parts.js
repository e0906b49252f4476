/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addEvidence } from "./evidence.js";
import { addLeftActs } from "./left.js";
import { addLive } from "./live.js";
import { addPeople } from "./people.js";
import { addRefused } from "./refused.js";
import { addReverting } from "./reverting.js";

export const PARTS = [addEvidence, addReverting, addRefused, addLeftActs, addPeople, addLive];
