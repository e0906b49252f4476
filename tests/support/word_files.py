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
