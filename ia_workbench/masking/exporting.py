"""Codings for files with words as the signed masked texts have them, one text read for each source."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from ia_workbench import coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.coding import ExportedCoding
from ia_workbench.corpus import Source
from ia_workbench.kernel import Refused, Span
from ia_workbench.masking.queries import signed_text_of
from ia_workbench.masking.rules import masked_span
from ia_workbench.masking.texts import EARLIER_TEXT

NOT_SIGNED = "There are no masked quotes of {keys}: no masked text of theirs is signed. Mask them first."


def masked_codings(
    session: Session,
    study_id: int,
    *,
    source: Source | None = None,
    code: Code | None = None,
    coder: str | None = None,
) -> list[ExportedCoding]:
    """Return what `coding.exported_codings` returns, with masked words and without the titles of sources.

    What cuts through a replacement gets all of it. Refuses while a source among them has no signed masked text, and an
    excerpt that stands on an earlier text.
    """
    rows = coding.exported_codings(session, study_id, source=source, code=code, coder=coder, with_words=False)
    keys = sorted({each.source for each in rows})
    readers = {key: _reader(session, corpus.source_keyed(session, study_id, key)) for key in keys}
    unsigned = [key for key, read in readers.items() if read is None]
    if unsigned:
        raise Refused(NOT_SIGNED, keys=", ".join(unsigned))
    return _masked(rows, {key: read for key, read in readers.items() if read is not None})


def _masked(rows: Sequence[ExportedCoding], readers: dict[str, Callable[[Span], str]]) -> list[ExportedCoding]:
    earlier = next((each.source for each in rows if each.text is not None), None)
    if earlier is not None:
        raise Refused(EARLIER_TEXT, key=earlier)
    return [each._replace(title="", quote=readers[each.source](Span(each.start, each.end))) for each in rows]


def _reader(session: Session, source: Source) -> Callable[[Span], str] | None:
    """Return what gives the masked words of a span of the raw text; None while no masked text is signed."""
    signed = signed_text_of(session, source)
    if signed is None:
        return None
    edits, words = corpus.edits_of(signed.revision), corpus.text_of(session, signed.revision)

    def read(span: Span) -> str:
        place = masked_span(span, edits)
        return words[place.start : place.end]

    return read
