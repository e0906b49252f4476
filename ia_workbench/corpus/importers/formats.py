"""The formats that can be read: how each is recognised and which reader reads it.

To add a format, write its reader (a module with `read(name, content) -> Read`) and its line here. Pages, commands and
refusals list what can be read from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ia_workbench.corpus.importers import captions, docx, html, json_talk, odt, pdf, rtf, tables, text, workbook
from ia_workbench.corpus.importers.values import Read

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ODT_TYPE = "mimetypeapplication/vnd.oasis.opendocument.text"  # the first entry's name and, never packed, its content


@dataclass(frozen=True)
class Format:
    """One format: its name, what people call such a file, the endings it has, and who reads it.

    `beginnings` are what its files begin with, whatever they are called; () where only the ending tells. `entry` is
    an entry that tells a zipped format from the others.
    """

    name: str
    called: str
    endings: tuple[str, ...]
    read: Callable[[str, bytes], Read]
    beginnings: tuple[bytes, ...] = ()
    entry: str | None = None


FORMATS = (
    Format("docx", "a Word document", (".docx",), docx.read, beginnings=ZIP),
    Format("odt", "an OpenDocument text", (".odt",), odt.read, beginnings=ZIP, entry=ODT_TYPE),
    Format("xlsx", "an Excel workbook", (".xlsx",), workbook.read, beginnings=ZIP, entry=workbook.WORKBOOK),
    Format("pdf", "a PDF", (".pdf",), pdf.read, beginnings=(b"%PDF-",)),
    Format("rtf", "an RTF document", (".rtf",), rtf.read, beginnings=(b"{\\rtf",)),
    Format("html", "an HTML page", (".html", ".htm", ".xhtml"), html.read),
    Format("txt", "a text file", (".txt",), text.read),
    Format("md", "a Markdown file", (".md",), text.read),
    Format("csv", "a table as text", (".csv", ".tsv"), tables.read),
    Format("json", "a transcript in JSON", (".json",), json_talk.read),
    Format("vtt", "a WebVTT file", (".vtt",), captions.read),
    Format("srt", "a SubRip file", (".srt",), captions.read),
    Format("sbv", "a SubViewer file", (".sbv",), captions.read),
)
ENDINGS = tuple(ending for each in FORMATS for ending in each.endings)
LISTED = ", ".join(each.endings[0] for each in FORMATS)  # as a sentence lists them
