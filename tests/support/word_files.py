"""Word documents written piece by piece, so that a test says exactly which XML it means."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def document_xml(body: str, *, word: str = WORD, before: str = "") -> str:
    """The main part of a document with this body; `before` stands before the root element."""
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{word}" {SPACES}><w:body>{body}</w:body></w:document>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def relations(target: str) -> str:
    """The package's relations, which say where the main part is."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE_RELATION}" Target="{target}"/></Relationships>'
    )


def word_file(body: str, *, word: str = WORD, before: str = "", **further: str | bytes) -> bytes:
    """A .docx with this body and further parts, named without the folder and ending (`header1`)."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations("word/document.xml"),
        "word/document.xml": document_xml(body, word=word, before=before),
    }
    parts |= {f"word/{name}.xml": content for name, content in further.items()}
    return zipped(parts)


def paragraph(*runs: str) -> str:
    """A paragraph of runs given as XML; plain words are put into a run of their own."""
    return f"<w:p>{''.join(run if run.startswith('<') else words(run) for run in runs)}</w:p>"


def words(text: str) -> str:
    """A run of plain words."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    """A table of cells given as XML blocks; plain words become one paragraph."""
    cells = (("".join(_cell(cell) for cell in row)) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _cell(content: str) -> str:
    return f"<w:tc>{content if content.startswith('<') else paragraph(content)}</w:tc>"


def word_part(root: str, content: str) -> str:
    """A part beside the body (`footnotes`, `comments`, `hdr`) with this content."""
    return f'<w:{root} xmlns:w="{WORD}">{content}</w:{root}>'


def inserted(text: str, by: str = "Ana") -> str:
    """A tracked insertion of plain words."""
    return f'<w:ins w:author="{by}">{words(text)}</w:ins>'


def deleted(text: str, by: str = "Ana") -> str:
    """A tracked deletion of plain words."""
    return f'<w:del w:author="{by}"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def commented(text: str, key: int) -> str:
    """Plain words that a comment is about."""
    begin, end = (f'<w:commentRange{side} w:id="{key}"/>' for side in ("Start", "End"))
    return f'{begin}{words(text)}{end}<w:r><w:commentReference w:id="{key}"/></w:r>'


def comment(key: int, text: str, by: str = "Ben") -> str:
    """A comment, for the part that holds them."""
    return f'<w:comment w:id="{key}" w:author="{by}">{paragraph(text)}</w:comment>'


def footnote(key: int, text: str, kind: str = "footnote") -> str:
    """A footnote or endnote, for the part that holds them."""
    return f'<w:{kind} w:id="{key}">{paragraph(text)}</w:{kind}>'


def noted(key: int, kind: str = "footnote") -> str:
    """A reference to a footnote or endnote."""
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'
