"""Reading a Word document: finding its body in the zipped file, and telling what was left out or changed."""

import posixpath
import re

from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.values import Read, counted
from ia_workbench.corpus.importers.word_body import WordBody, child_named, name_of
from ia_workbench.kernel import Refused, XmlElement, normalise_text, parse_xml

RELATIONS = "_rels/.rels"
USUAL_PLACE = "word/document.xml"
MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml\Z")
MACROS = "vbaProject.bin"
NOT_WORD = "{name} is not a Word document. Save it as .docx, .txt or .md and import it again."

# What became of each kind of thing, in the order of the notes; "{}" is the counted thing.
LEFT_OUT = "Reading left out {}."
NOTES = {
    "insertion": ("tracked insertion", "Reading kept {} as if accepted."),
    "deletion": ("tracked deletion", "Reading left out {} as if accepted."),
    "comment": ("comment", LEFT_OUT),
    "footnote": ("footnote", LEFT_OUT),
    "endnote": ("endnote", LEFT_OUT),
    "picture": ("picture", LEFT_OUT),
    "chart": ("chart", LEFT_OUT),
    "diagram": ("diagram", LEFT_OUT),
    "symbol": ("symbol of a picture font", LEFT_OUT),
    "embedded object": ("embedded object", LEFT_OUT),
    "embedded document": ("embedded document", LEFT_OUT),
    "text box": ("text box", "Reading set the words of {} below the paragraph beside."),
    "formula character": ("piece", "Reading kept {} of formulas as plain characters."),
    "hidden passage": ("passage", "Reading kept {} that Word hides."),
    "list paragraph": ("list paragraph", "Reading left out the numbers or marks that Word sets before {}."),
}
PLURALS = {"text box": "text boxes", "symbol of a picture font": "symbols of picture fonts"}


def read(name: str, content: bytes) -> Read:
    """Read a Word document.

    One line a paragraph and one a table row, its cells divided by tabs; no line end at the end. Raises Refused for a
    zipped file that is no Word document, is damaged or protected, or unpacks to far too much.
    """
    zipped = ZippedFile(name, content)
    root = parse_xml(zipped.read(_main_part(zipped)))
    body = child_named(root, "body") if name_of(root) == "document" else None
    if body is None:
        raise Refused(NOT_WORD, name=name)
    walked = WordBody(body)
    notes = [_note(kind, number) for kind in NOTES if (number := walked.counts[kind])]
    if _has_margins(zipped):
        notes.append("Reading left out the headers and footers of the pages.")
    if any(entry.endswith(MACROS) for entry in zipped.entries):
        notes.append("Reading left out the macros.")
    return Read(normalise_text("\n".join(walked.lines)).rstrip("\n"), tuple(notes))


def _main_part(zipped: ZippedFile) -> str:
    """The entry that holds the document, as the package says, else where Word puts it."""
    if RELATIONS in zipped.entries:
        for relation in parse_xml(zipped.read(RELATIONS)):
            target = relation.get("Target")
            if str(relation.get("Type")).endswith("/officeDocument") and target:
                entry = posixpath.normpath(str(target).lstrip("/"))
                if entry in zipped.entries:
                    return entry
    if USUAL_PLACE in zipped.entries:
        return USUAL_PLACE
    raise Refused(NOT_WORD, name=zipped.name)


def _note(kind: str, number: int) -> str:
    thing, sentence = NOTES[kind]
    return sentence.format(counted(number, thing, PLURALS.get(thing)))


def _has_margins(zipped: ZippedFile) -> bool:
    """Whether a header or footer holds words."""
    parts = (parse_xml(zipped.read(entry)) for entry in sorted(zipped.entries) if MARGINS.match(entry))
    return any(_holds_words(part) for part in parts)


def _holds_words(part: XmlElement) -> bool:
    return any(name_of(element) == "t" and (element.text or "").strip() for element in part.iter())
