/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addAutocoding } from "./autocoding.js";
import { addCard } from "./card.js";
import { addCodebook } from "./codebook.js";
import { addCodeDragging } from "./codebook_drag.js";
import { addCodeMenu } from "./codebook_menu.js";
import { addCoders } from "./coders.js";
import { addEvidence } from "./evidence.js";
import { addFilters } from "./filters.js";
import { addLaneKeys } from "./lane_keys.js";
import { addLettingGo } from "./letting_go.js";
import { addMemos } from "./memos.js";
import { addOnly } from "./only.js";
import { addReverting } from "./reverting.js";
import { addSuggestions } from "./suggestions.js";
import { addVivo } from "./vivo.js";

export const PARTS = [
  addCodebook,
  addCodeMenu,
  addCodeDragging,
  addVivo,
  addEvidence,
  addLettingGo,
  addReverting,
  addFilters,
  addOnly,
  addCoders,
  addLaneKeys,
  addCard,
  addMemos,
  addAutocoding,
  addSuggestions,
];
