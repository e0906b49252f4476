"""Reading a Word document: finding its body and what stands beside it in the zipped file."""

import posixpath
import re

from ia_workbench.corpus.importers.asides import Comment
from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import Read
from ia_workbench.corpus.importers.word_body import Beside, WordBody
from ia_workbench.corpus.importers.word_xml import attribute, child_named, marks_of, name_of, plain_words
from ia_workbench.kernel import Refused, XmlElement, parse_xml

RELATIONS = "_rels/.rels"
USUAL_PLACE = "word/document.xml"
MARGINS = re.compile(r"word/(header|footer)\d*\.xml\Z")
MACROS = "vbaProject.bin"
SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}  # lines above notes, kept as if notes
HOLDS_MACROS = "{name} holds macros. Save it as .docx without them and import it again."
NOT_WORD = "{name} is not a Word document. Save it as .docx in the program it comes from and import that."


def read(name: str, content: bytes) -> Read:
    """Read a Word document.

    One line a paragraph and one a table row, its cells divided by tabs; text boxes, footnotes and endnotes below the
    paragraph they belong to; no line end at the end. Whatever the package points to outside of itself is told and never
    followed. Raises Refused for a zipped file that is no Word document, is damaged or protected, holds macros, or
    unpacks to far too much.
    """
    zipped = ZippedFile(name, content)
    if any(entry.endswith(MACROS) for entry in zipped.entries):
        raise Refused(HOLDS_MACROS, name=name)
    main = _main_part(zipped)
    root = parse_xml(zipped.read(main))
    body = child_named(root, "body") if name_of(root) == "document" else None
    if body is None:
        raise Refused(NOT_WORD, name=name)
    text = StoredText()
    WordBody(text, _beside(zipped, main)).walk(body)
    _tell_margins(zipped, text)
    _tell_links(zipped, text)
    return text.read(stripped="\n")


def _main_part(zipped: ZippedFile) -> str:
    """The entry that holds the document, as the package says, else where Word puts it."""
    for relation in _relations(zipped, RELATIONS):
        target = relation.get("Target")
        if str(relation.get("Type")).endswith("/officeDocument") and target:
            entry = posixpath.normpath(str(target).lstrip("/"))
            if entry in zipped.entries:
                return entry
    if USUAL_PLACE in zipped.entries:
        return USUAL_PLACE
    raise Refused(NOT_WORD, name=zipped.name)


def _relations(zipped: ZippedFile, entry: str) -> list[XmlElement]:
    return list(parse_xml(zipped.read(entry))) if entry in zipped.entries else []


def _beside(zipped: ZippedFile, main: str) -> Beside:
    """The notes, the comments and the styles that number paragraphs, from the parts that the main one relates to."""
    folder, _, file = main.rpartition("/")
    targets = {
        str(relation.get("Type")).rpartition("/")[2]: posixpath.normpath(
            posixpath.join("/", folder, str(relation.get("Target")))
        ).lstrip("/")
        for relation in _relations(zipped, posixpath.join(folder, "_rels", f"{file}.rels"))
    }

    def part(kind: str) -> list[XmlElement]:
        return _relations(zipped, targets.get(kind, f"word/{kind}.xml"))

    return Beside(
        notes={
            (kind, attribute(note, "id")): note
            for kind in ("footnote", "endnote")
            for note in part(f"{kind}s")
            if name_of(note) == kind and attribute(note, "type") not in SEPARATORS
        },
        comments={
            attribute(each, "id"): Comment(plain_words(each), attribute(each, "author"))
            for each in part("comments")
            if name_of(each) == "comment"
        },
        numbering=frozenset(
            attribute(style, "styleId") for style in part("styles") if "numPr" in marks_of(child_named(style, "pPr"))
        ),
    )


def _tell_margins(zipped: ZippedFile, text: StoredText) -> None:
    """Tell of the headers and footers that hold words."""
    for entry in sorted(zipped.entries):
        if (found := MARGINS.match(entry)) and (words := plain_words(parse_xml(zipped.read(entry)))):
            text.note(f"page {found[1]}", words=words)


def _tell_links(zipped: ZippedFile, text: StoredText) -> None:
    """Tell of files outside that the document would have brought in: a template, pictures, other documents."""
    targets = {
        str(relation.get("Target"))
        for entry in sorted(zipped.entries)
        if entry.endswith(".rels")
        for relation in _relations(zipped, entry)
        if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith("/hyperlink")
    }
    for target in sorted(targets):
        text.note("linked file", words=target)
