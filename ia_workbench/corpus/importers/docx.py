"""Reading a Word document: finding its body in the zipped file, and telling what was left out or changed."""

import posixpath
import re

from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Read
from ia_workbench.corpus.importers.word_body import WordBody, child_named, name_of
from ia_workbench.kernel import Refused, XmlElement, normalise_text, parse_xml

RELATIONS = "_rels/.rels"
USUAL_PLACE = "word/document.xml"
MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml\Z")
MACROS = "vbaProject.bin"
HOLDS_MACROS = "{name} holds macros. Save it as .docx without them and import it again."
NOT_WORD = "{name} is not a Word document. Save it as .docx, .txt or .md and import it again."

# What the walk counts, by what it is called in the vocabulary.
COUNTED = {
    "insertion": "tracked insertion",
    "deletion": "tracked deletion",
    "comment": "comment",
    "footnote": "footnote",
    "endnote": "endnote",
    "picture": "picture",
    "chart": "chart",
    "diagram": "diagram",
    "symbol": "symbol of a picture font",
    "embedded object": "embedded object",
    "embedded document": "embedded document",
    "text box": "text box",
    "formula character": "formula",
    "hidden passage": "hidden passage",
    "list paragraph": "list number or mark",
}


def read(name: str, content: bytes) -> Read:
    """Read a Word document.

    One line a paragraph and one a table row, its cells divided by tabs; no line end at the end. Raises Refused for a
    zipped file that is no Word document, is damaged or protected, or unpacks to far too much.
    """
    zipped = ZippedFile(name, content)
    if any(entry.endswith(MACROS) for entry in zipped.entries):
        raise Refused(HOLDS_MACROS, name=name)
    root = parse_xml(zipped.read(_main_part(zipped)))
    body = child_named(root, "body") if name_of(root) == "document" else None
    if body is None:
        raise Refused(NOT_WORD, name=name)
    walked = WordBody(body)
    changes = [change(COUNTED[kind]) for kind in COUNTED for _ in range(walked.counts[kind])]
    if _has_margins(zipped):
        changes.append(change("page header"))
    return Read(normalise_text("\n".join(walked.lines)).rstrip("\n"), changes=tuple(changes))


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


def _has_margins(zipped: ZippedFile) -> bool:
    """Whether a header or footer holds words."""
    parts = (parse_xml(zipped.read(entry)) for entry in sorted(zipped.entries) if MARGINS.match(entry))
    return any(_holds_words(part) for part in parts)


def _holds_words(part: XmlElement) -> bool:
    return any(name_of(element) == "t" and (element.text or "").strip() for element in part.iter())
