"""The words that the parts of the reading page say: keys, memos, the codebook in place, autocoding, suggestions."""

from ia_workbench.web.translating import gettext as _


def hands_words() -> dict[str, str]:
    """What scripts say of keys, and to those who hear the page."""
    return {
        "turnSaid": _("Turn {turn}, {speaker}: {words} {codes}"),
        "codesSaid": _("Codes: {codes}."),
        "noCodesSaid": _("No codes."),
        "selectedSaid": _("Selected: {words}"),
        "codingSaid": _("{label}, turn {turn}: {words}"),
        "noSentence": _("There is no further sentence this way."),
        "noCoding": _("There is no further coding this way."),
        "noUncoded": _("Every turn this way has a coding."),
        "findingSentences": _("Looking for the sentences of this text …"),
        "favourite": _("favourite {place}"),
        "favouriteNone": _("{place} has no code yet. Go to a code in the codebook and press {place} to keep it."),
        "favouriteWould": _("{place} gives “{code}” to the selected words. Select some first."),
        "favouriteKept": _("“{code}” is kept as {place}."),
        "favouriteGone": _("{place} is free."),
        "noRecent": _("You gave no code in this study yet."),
        "nothingToMark": _("No coding that you may mark is at the selection."),
        "wholeWords": _("Whole words"),
        "exactCharacters": _("Exact characters"),
        "noFinding": _("No open finding has these words in its title."),
        "findingsFound": _("{count} findings"),
    }


def memo_words() -> dict[str, str]:
    """Return what memos say."""
    return {
        "memoOnWords": _("Memo on the words {words}"),
        "memoOnTurn": _("Memo on turn {turn}"),
        "memoOnCode": _("Memo on the code {code}"),
        "memoOnSource": _("Memo on the whole source"),
        "memoChange": _("Change the memo: {name}"),
        "memoStored": _("Memo stored: {name}"),
        "memoRemoved": _("Memo removed: {name}. Undo brings it back."),
        "memoKept": _("Your draft is kept here until you leave this page."),
        "memoWaits": _("Not stored: {why} It stays here, and goes out by itself when the network is back."),
        "memoSave": _("Store"),
        "memoSaveMine": _("Store mine as the next version"),
        "memoAboutsource": _("on the whole source"),
        "memoAboutturn": _("on the turn"),
        "memoAboutexcerpt": _("on words"),
        "memoAboutcode": _("on the code"),
        "memosCalled": _("Memos"),
        "oneMemo": _("1 memo"),
        "manyMemos": _("{count} memos"),
        "memosOfTurn": _("Turn {turn}: {memos}"),
        "leadsTo": _("leads to"),
        "linkedFrom": _("linked from"),
        "noSuchMemo": _("No memo is called {name}. Choose one of those that are offered as you type."),
        "unlinkMemo": _("Take the link away: {name}"),
    }


def autocoding_words() -> dict[str, str]:
    """What autocoding and suggestions say."""
    return {
        "matchesFound": _("{count} places; those with a tick are coded"),
        "matchesShown": _("The first {shown} of {count} places are listed; the others are coded too."),
        "noMatches": _("No place in this source fits the rule."),
        "looking": _("Looking for matches"),
        "codePlaces": _("Code {count} places"),
        "codeOnePlace": _("Code 1 place"),
        "codedPlaces": _("{count} places coded as one batch"),
        "codedByYou": _("coded by you already"),
        "codedBy": _("coded by {name} already"),
        "noWordForms": _("No language model is installed for the language of this source: only the words as written."),
        "turnNumber": _("turn {turn}"),
        "seenIn": _("seen in {source}, turn {turn}"),
        "suggested": _("{count} suggestions above the list: press 1 to 3, or arrow up"),
        "suggestedOne": _("1 suggestion above the list: press 1, or arrow up"),
        "noSuggestions": _("Nothing like these words was coded yet."),
        "lookingForSuggestions": _("Looking for words like these"),
        "hideSuggestions": _("Hide"),
        "showSuggestions": _("Show codes seen with words like these"),
    }


def codebook_words() -> dict[str, str]:
    """Return what changing codes in place says."""
    return {
        "filterCodes": _("Filter {count} codes"),
        "codeOfMenu": _("{code}: what to do"),
        "changeCode": _("Change {code}"),
        "renamed": _("Renamed: {code}"),
        "codeChanged": _("Changed: {code}"),
        "codeAdded": _("New code: {code}"),
        "codeMoved": _("Moved: {code}"),
        "codesMerged": _("{code} is merged into {into}."),
        "codeRemoved": _("Removed from the codebook: {code}"),
        "moveTitle": _("Move {code}"),
        "move": _("Move"),
        "merge": _("Merge"),
        "mergeTitle": _("Merge {code}"),
        "newBelow": _("New code below {code}"),
        "newAtTop": _("New code at the top"),
        "atTop": _("at the top of the codebook"),
        "addAnyway": _("Use this name all the same"),
        "saveMine": _("Save mine instead"),
        "storedNow": _("Stored by now: {words}"),
        "nothing": _("nothing"),
        "vivoTitle": _("A code of these words"),
    }


def changing_words() -> dict[str, str]:
    """Return what is said of changing codings in place, and of several codes at once."""
    return {
        "codeWords": _("Code these words"),
        "ticked": _("Ticked: {code}; {count} in all"),
        "unticked": _("No longer ticked: {code}; {count} in all"),
        "giveCode": _("Give {count} code"),
        "giveCodes": _("Give {count} codes"),
        "startOf": _("Start of “{name}”"),
        "endOf": _("End of “{name}”"),
        "theSelection": _("the selection"),
        "edgeAt": _("{word}, turn {turn}"),
        "nothingToResize": _("Open a coding of yours first; then its start and end can be moved."),
        "nothingToChange": _("Open a coding of yours first."),
        "nothingOpen": _("No coding is open."),
        "important": _("important"),
        "markedImportant": _("Marked as important: {code}"),
        "markedPlain": _("No longer important: {code}"),
        "rate": _("Rating of “{code}”"),
        "notRated": _("not rated"),
        "recodeTo": _("Another code instead of “{code}”"),
    }
