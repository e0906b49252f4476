"""Word documents written and read for the tests of briefs."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from ia_workbench.briefs.filling import Scope, Text, Values, fill_part

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "finding_brief.docx"


def document(*paragraphs: str | list[str]) -> Any:
    """A document with these paragraphs; a list is one paragraph in several runs, as Word leaves them."""
    made = docx.Document()
    for paragraph in paragraphs:
        added = made.add_paragraph()
        for run in [paragraph] if isinstance(paragraph, str) else paragraph:
            added.add_run(run)
    return made


def filled(made: Any, values: Values) -> list[str]:
    """Fill a document; returns what its paragraphs say."""
    fill_part(made.part, Scope(values))
    return [paragraph.text for paragraph in made.paragraphs]


def bytes_of(made: Any) -> bytes:
    """A document as a file."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def texts(**words: str) -> Values:
    """Values of text places."""
    return {name: Text(each) for name, each in words.items()}
