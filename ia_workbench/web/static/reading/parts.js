/* What the reading page has beside its core, each added by one function that is given the page. A part adds its commands
   to `reading.commands` by the names that keys give (`web/workbench/reading_words.py`) and listens to what it needs. */

import { addAmending } from "./amending.js";
import { addAutocoding } from "./autocoding.js";
import { addCard } from "./card.js";
import { addCardActs } from "./card_acts.js";
import { addCodebook } from "./codebook.js";
import { addCodeDragging } from "./codebook_drag.js";
import { addCodeMenu } from "./codebook_menu.js";
import { addCoders } from "./coders.js";
import { addDropping } from "./dropping.js";
import { addEvidence } from "./evidence.js";
import { addFavourites } from "./favourites.js";
import { addFilters } from "./filters.js";
import { addHelp } from "./helping.js";
import { addLaneKeys } from "./lane_keys.js";
import { addLeftActs } from "./left.js";
import { addLettingGo } from "./letting_go.js";
import { addLinking } from "./linking.js";
import { addLive } from "./live.js";
import { addMemos } from "./memos.js";
import { addMoving } from "./moving.js";
import { addOnly } from "./only.js";
import { addPeople } from "./people.js";
import { addRefused } from "./refused.js";
import { addResizing } from "./resizing.js";
import { addReverting } from "./reverting.js";
import { addSentences } from "./sentences.js";
import { addSnapping } from "./snapping.js";
import { addSpeaking } from "./speaking.js";
import { addSuggestions } from "./suggestions.js";
import { addTouching } from "./touching.js";
import { addVivo } from "./vivo.js";

export const PARTS = [
  addCodebook,
  addCodeMenu,
  addCodeDragging,
  addVivo,
  addEvidence,
  addLettingGo,
  addReverting,
  addRefused,
  addLeftActs,
  addPeople,
  addFilters,
  addOnly,
  addCoders,
  addLaneKeys,
  addCard,
  addMemos,
  addAmending,
  addCardActs,
  addResizing,
  addDropping,
  addTouching,
  addAutocoding,
  addSuggestions,
  addSpeaking,
  addMoving,
  addSentences,
  addFavourites,
  addLinking,
  addSnapping,
  addHelp,
  addLive,
];
