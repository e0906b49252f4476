"""One vocabulary of what a file can hold besides plain text, and the notes that it makes.

To tell of a new thing, write its line in `THINGS`, and its two Spanish words where `make translations` asks for them.
Readers make their changes with `change` and leave the notes to `read_file`, which writes them from the changes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ia_workbench.corpus.importers.values import LONGEST_WORDS, Change, Treatment
from ia_workbench.kernel import storable

CUT = "…"
LEFT_OUT, KEPT, CHANGED = Treatment.LEFT_OUT, Treatment.KEPT, Treatment.CHANGED
BELOW = "below the paragraph beside"
ACCEPTED = "as if accepted"


@dataclass(frozen=True)
class Thing:
    """A thing in the singular and the plural, what reading usually does with it, and how, if there is more to say.

    For what is changed, `how` names what stands in its place. It fits one and many.
    """

    one: str
    many: str
    usual: Treatment
    how: str = ""


THINGS = (
    # documents
    Thing("tracked insertion", "tracked insertions", KEPT, ACCEPTED),
    Thing("tracked deletion", "tracked deletions", LEFT_OUT, ACCEPTED),
    Thing("passage where it was moved to", "passages where they were moved to", KEPT),
    Thing("passage where it was moved from", "passages where they were moved from", LEFT_OUT),
    Thing("comment", "comments", LEFT_OUT),
    Thing("footnote", "footnotes", KEPT, BELOW),
    Thing("endnote", "endnotes", KEPT, BELOW),
    Thing("text box", "text boxes", KEPT, BELOW),
    Thing("hidden passage", "hidden passages", KEPT),
    Thing("formula", "formulas", KEPT, "as plain characters"),
    Thing("list number or mark", "list numbers or marks", LEFT_OUT),
    Thing("page header", "page headers", LEFT_OUT),
    Thing("page footer", "page footers", LEFT_OUT),
    Thing("pronunciation above a word", "pronunciations above words", LEFT_OUT),
    # what is no words
    Thing("picture", "pictures", LEFT_OUT),
    Thing("drawing", "drawings", LEFT_OUT),
    Thing("chart", "charts", LEFT_OUT),
    Thing("diagram", "diagrams", LEFT_OUT),
    Thing("symbol of a picture font", "symbols of picture fonts", LEFT_OUT),
    Thing("recording", "recordings", LEFT_OUT),
    Thing("embedded object", "embedded objects", LEFT_OUT),
    Thing("embedded document", "embedded documents", LEFT_OUT),
    Thing("linked file", "linked files", LEFT_OUT),
    Thing("attachment", "attachments", LEFT_OUT),
    Thing("form field", "form fields", LEFT_OUT),
    Thing("macro", "macros", LEFT_OUT),
    # pages
    Thing("mark on a page", "marks on pages", LEFT_OUT),
    Thing("page header or footer line", "page header or footer lines", LEFT_OUT),
    Thing("line repeated on the next page", "lines repeated on the next page", LEFT_OUT),
    Thing("page without text", "pages without text", LEFT_OUT),
    Thing("hyphen at a line end", "hyphens at line ends", LEFT_OUT),
    Thing("count in the margin", "counts in the margin", LEFT_OUT),
    Thing("address of a link", "addresses of links", LEFT_OUT),
    Thing("ligature", "ligatures", CHANGED, "the letters"),
    # captions
    Thing("style of captions", "styles of captions", LEFT_OUT),
    Thing("comment of captions", "comments of captions", LEFT_OUT),
    Thing("setting of a caption", "settings of captions", LEFT_OUT),
    Thing("repeated caption", "repeated captions", LEFT_OUT),
    Thing("caption without words", "captions without words", LEFT_OUT),
    Thing("sound description", "sound descriptions", KEPT),
    Thing("heading of captions", "headings of captions", LEFT_OUT),
    Thing("name of a caption", "names of captions", LEFT_OUT),
    Thing("time within a caption", "times within captions", LEFT_OUT),
    Thing("caption whose time cannot be read", "captions whose time cannot be read", KEPT),
    Thing("caption out of order", "captions out of order", KEPT),
    Thing("caption that begins before the last has ended", "captions that begin before the last has ended", KEPT),
    # talk
    Thing("speaker's name", "speakers' names", CHANGED, "a name that can be read back"),
    Thing("utterance without a speaker", "utterances without a speaker", KEPT),
    Thing("field of the recording", "fields of the recording", LEFT_OUT),
    Thing("field of an utterance", "fields of utterances", LEFT_OUT),
    Thing("repeated key", "repeated keys", LEFT_OUT),
    # tables
    Thing("hidden sheet", "hidden sheets", LEFT_OUT),
    Thing("hidden row", "hidden rows", LEFT_OUT),
    Thing("hidden column", "hidden columns", LEFT_OUT),
    Thing("empty row", "empty rows", LEFT_OUT),
    Thing("formula of a cell", "formulas of cells", KEPT, "by its value"),
    Thing("cell comment", "cell comments", LEFT_OUT),
    Thing("group of merged cells", "groups of merged cells", KEPT, "in the first cell"),
    Thing("error value", "error values", KEPT),
    Thing("line end within a cell", "line ends within cells", CHANGED, "a space"),
    Thing("cell of another column", "cells of other columns", LEFT_OUT),
    Thing("formula without a stored value", "formulas without a stored value", LEFT_OUT),
    Thing("further sheet", "further sheets", LEFT_OUT),
    Thing("link to another workbook", "links to other workbooks", LEFT_OUT),
    # characters
    Thing("page break", "page breaks", CHANGED, "a line end"),
    Thing("character written as code", "characters written as code", CHANGED, "the character"),
    Thing("control character that no text needs", "control characters that no text needs", LEFT_OUT),
    Thing("character that cannot be read", "characters that cannot be read", CHANGED, "\ufffd"),
)
BY_NAME = {thing.one: thing for thing in THINGS}

# For one and for many; with `how` in the second row of each. Each is translated as it stands.
NOTES = {
    (LEFT_OUT, False): ("Reading left out 1 {thing}.", "Reading left out {number} {things}."),
    (LEFT_OUT, True): ("Reading left out 1 {thing} {how}.", "Reading left out {number} {things} {how}."),
    (KEPT, False): ("Reading kept 1 {thing}.", "Reading kept {number} {things}."),
    (KEPT, True): ("Reading kept 1 {thing} {how}.", "Reading kept {number} {things} {how}."),
    (CHANGED, False): ("Reading changed 1 {thing}.", "Reading changed {number} {things}."),
    (CHANGED, True): (
        "Reading put {how} in place of 1 {thing}.",
        "Reading put {how} in place of {number} {things}.",
    ),
}
NOTE_SENTENCES = tuple(sentence for both in NOTES.values() for sentence in both)
NOTE_FACTS: dict[str, tuple[str, ...]] = {
    "thing": tuple(thing.one for thing in THINGS),
    "things": tuple(thing.many for thing in THINGS),
    "how": tuple(dict.fromkeys(thing.how for thing in THINGS if thing.how)),
}


def change(
    what: str,
    at: int | None = None,
    end: int | None = None,
    *,
    words: str = "",
    by: str = "",
    treatment: Treatment | None = None,
) -> Change:
    """Make the change of one thing of the vocabulary, with its usual treatment unless another is given.

    `at` and `end` are code points of the stored text. Words beyond 2,000 characters are cut, with a mark that says so.
    Raises KeyError for a thing that the vocabulary lacks.
    """
    return Change(what, treatment or BY_NAME[what].usual, at, end, shortened(words), storable(by))


def shortened(words: str) -> str:
    """Return words as a change keeps them: a file can hold characters that no store can."""
    kept = storable(words)
    return kept if len(kept) <= LONGEST_WORDS else kept[: LONGEST_WORDS - 1] + CUT


def notes_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return one English sentence for each kind of thing and treatment, in the order of the vocabulary."""
    numbers = Counter((each.what, each.treatment) for each in changes)
    kinds = [(thing, treatment) for thing in THINGS for treatment in Treatment]
    return tuple(
        _note(thing, treatment, number) for thing, treatment in kinds if (number := numbers[thing.one, treatment])
    )


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in the order of the text, those without a place last."""
    return tuple(sorted(changes, key=lambda each: (each.at is None, each.at or 0)))


def _note(thing: Thing, treatment: Treatment, number: int) -> str:
    how = thing.how if treatment is thing.usual else ""
    one, many = NOTES[treatment, bool(how)]
    if number == 1:
        return one.format(thing=thing.one, how=how)
    return many.format(number=f"{number:,}", things=thing.many, how=how)
