/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addAutocoding } from "./autocoding.js";
import { addEvidence } from "./evidence.js";
import { addMemos } from "./memos.js";
import { addReverting } from "./reverting.js";
import { addSuggestions } from "./suggestions.js";

export const PARTS = [addAutocoding, addEvidence, addMemos, addReverting, addSuggestions];
