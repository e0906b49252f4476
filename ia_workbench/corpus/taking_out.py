"""Taking the share of one participant out of a source: a text without it, and none of it left in earlier ones."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus.correcting import Author, add_correction
from ia_workbench.corpus.forgetting import empty_file, forget_imports, forget_masked_texts
from ia_workbench.corpus.models import Revision, SourceFile, Turn
from ia_workbench.corpus.queries import raw_revisions, revisions_of
from ia_workbench.corpus.rules import words_digest
from ia_workbench.corpus.shares import NOBODY_S, Share
from ia_workbench.corpus.withholding import carry_turns
from ia_workbench.kernel import Edit, Span, digest_of

INSTEAD = {"en": "[withdrawn]", "es": "[retirado]"}  # what stands for what they said, by language of the source
BLACK = "█"  # for each character of theirs in an earlier text, so that no place of anybody else moves


class Emptied(NamedTuple):
    """The text that took the place of one with a share in it, and the edits that lead there."""

    before: Revision
    revision: Revision
    edits: tuple[Edit, ...]


def take_out_turns(session: Session, author: Author, share: Share, language: str) -> Emptied | None:
    """Put a text without a participant's words in the place of a source's newest one, and close all earlier ones.

    Each of their turns keeps its place, with a neutral label and neutral words. Masked texts go: they are made anew.
    None where their turns were taken out of it before. Rooms above have let go of what rests on their words.
    """
    raw = raw_revisions(session, share.source)
    before, earlier = raw[-1], revisions_of(session, share.source)
    if not share.now:
        return None
    text = stored_text(session, before)
    turns = session.scalars(select(Turn).where(Turn.revision_id == before.id).order_by(Turn.number)).all()
    made, edits = _gave_way(text, list(_stretches(text, turns, share.now, language)))
    revision = add_correction(session, author, share.source, before, text=made, edits=edits)
    carry_turns(session, turns, revision, made, edits, _in(NOBODY_S, language))
    for each in earlier:
        each.closed_at = each.closed_at or author.at
    session.flush()  # what follows is deleted past the session
    forget_masked_texts(session, share.source)
    return Emptied(before, revision, edits)


def overwrite_turns(session: Session, share: Share) -> dict[str, int]:
    """Overwrite what is left of a share: its words in every text that had them, its labels, the file, and imports.

    Every character gives way to a black one, so that the places of others' words stay what they are. Returns how many
    of each kind.
    """
    texts = 0
    for revision in raw_revisions(session, share.source):
        spans = share.places.get(revision.id, ())
        if spans:
            texts += 1
            _blacken(session, revision, spans, share.source.language)
    session.flush()
    counts = forget_imports(session, share.source) | {"files": empty_file(session, share.source)}
    file = session.scalars(select(SourceFile).where(SourceFile.source_id == share.source.id)).one_or_none()
    if file is not None:
        session.refresh(file, ["name"])
        file.name = f"{share.source.key}.{file.format}"
        session.flush()
    return counts | {"texts-overwritten": texts}


def stored_text(session: Session, revision: Revision) -> str:
    """Return a text as it is stored, closed or not: for the program's own work, which shows it to nobody.

    It goes by the connection, which notes no read: a read is somebody's.
    """
    return str(session.connection().execute(select(Revision.text).where(Revision.id == revision.id)).scalar_one())


def _stretches(text: str, turns: Sequence[Turn], spans: Sequence[Span], language: str) -> Iterator[tuple[Span, str]]:
    """Yield what gives way and to what: label and speech of each of their turns, and what lies in no turn."""
    theirs = [each for each in turns if any(each.start < span.end and span.start < each.end for span in spans)]
    for span in spans:
        if not any(each.start < span.end and span.start < each.end for each in theirs):
            yield span, _in(INSTEAD, language)
    for each in theirs:
        label = _label(text, each)
        if label is not None:
            yield label, _in(NOBODY_S, language)
        if each.speech_start < each.end:
            yield Span(each.speech_start, each.end), _in(INSTEAD, language)


def _label(text: str, turn: Turn) -> Span | None:
    """Where the label of a turn stands; all that is before its speech where it is written otherwise than it reads."""
    if turn.speaker is None:
        return None
    at = text.find(turn.speaker, turn.start, turn.speech_start)
    if at >= 0:
        return Span(at, at + len(turn.speaker))
    head = text[turn.start : turn.speech_start].rstrip()
    return Span(turn.start, turn.start + len(head)) if head else None


def _gave_way(text: str, stretches: Sequence[tuple[Span, str]]) -> tuple[str, tuple[Edit, ...]]:
    """Return a text in which stretches give way, and the edits that lead there; those that touch become one."""
    pieces: list[str] = []
    edits: list[Edit] = []
    at = new_at = 0
    for span, instead in sorted(stretches):
        pieces += [text[at : span.start], instead]
        new_start = new_at + span.start - at
        at, new_at = span.end, new_start + len(instead)
        if edits and edits[-1].end == span.start:
            edits[-1] = Edit(edits[-1].start, span.end, edits[-1].new_start, new_at)
        else:
            edits.append(Edit(span.start, span.end, new_start, new_at))
    return "".join([*pieces, text[at:]]), tuple(edits)


def _blacken(session: Session, revision: Revision, spans: Sequence[Span], language: str) -> None:
    text = stored_text(session, revision)
    for each in spans:
        text = text[: each.start] + BLACK * (each.end - each.start) + text[each.end :]
    revision.text, revision.sha256, revision.words_sha256 = text, digest_of(text), words_digest(text)
    revision.note = ""
    revision.anchors = [each for each in revision.anchors if not any(_holds(span, each["at"]) for span in spans)]
    for turn in session.scalars(select(Turn).where(Turn.revision_id == revision.id)):
        if any(turn.start < each.end and each.start < turn.end for each in spans):
            turn.speaker, turn.mark = _in(NOBODY_S, language), None


def _holds(span: Span, offset: int) -> bool:
    return span.start <= int(offset) < span.end


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language.split("-")[0], words["en"])
