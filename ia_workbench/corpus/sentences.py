"""Sentences of a text: found once for each revision and kept beside it, cut where a turn ends.

They are what a key selects, so finding them may take its time but never the writers' lock: `sentence_ends_of` only
reads, and `keep_sentences` only stores what it found.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from ia_workbench import language
from ia_workbench.corpus.models import Revision, RevisionSentences
from ia_workbench.corpus.queries import text_of, turns_of
from ia_workbench.kernel import NotFound, Span
from ia_workbench.privacy import Act, Actor, require


def sentence_ends(text: str, sentences: Sequence[Span], speeches: Sequence[Span]) -> list[int]:
    """Return where the sentences of what is spoken end, in order, as code points of `text`.

    `sentences` and `speeches` (what is said in each turn, without its label) are in order and apart. No sentence goes
    from one turn into the next: one that would is cut, and what is said last in a turn is its last sentence. A sentence
    begins with the first character that is no blank after the end before it, or in its turn.
    """
    return list(_ends(text, sentences, speeches))


def _ends(text: str, sentences: Sequence[Span], speeches: Sequence[Span]) -> Iterator[int]:
    at = 0
    for speech in speeches:
        while at < len(sentences) and sentences[at].end <= speech.start:
            at += 1
        begins = speech.start
        while at < len(sentences) and sentences[at].start < speech.end:
            last = min(sentences[at].end, speech.end)
            ends = begins + len(text[begins:last].rstrip())
            if text[begins:ends].strip():
                yield ends
                begins = ends
            if sentences[at].end > speech.end:
                break  # its rest belongs to a turn after this one
            at += 1
        rest = text[begins : speech.end].rstrip()
        if rest.strip():
            yield begins + len(rest)


def kept_sentence_ends(session: Session, revision: Revision) -> Sequence[int] | None:
    """Return the ends of a revision's sentences as they are kept; None before they were found as is done today."""
    kept = session.get(RevisionSentences, revision.id)
    is_current = kept is not None and kept.pipeline == language.sentence_rules(revision.source.language)
    return kept.ends if kept is not None and is_current else None


def sentence_ends_of(session: Session, revision: Revision) -> Sequence[int]:
    """Return the ends of a revision's sentences, as kept or found now; reads only. Seconds for the longest texts."""
    kept = kept_sentence_ends(session, revision)
    if kept is not None:
        return kept
    text = text_of(session, revision)
    turns = turns_of(session, revision)
    speeches = [Span(each.speech_start, each.end) for each in turns if each.speech_start < each.end]
    return sentence_ends(text, language.sentences(text, revision.source.language), speeches)


def keep_sentences(session: Session, actor: Actor, *, revision: Revision, ends: Sequence[int]) -> None:
    """Keep where the sentences of a revision end. They can be found again from its text: nothing is entered.

    Raises NotFound for a text that is gone meanwhile.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=revision.study_id)
    pipeline = language.sentence_rules(revision.source.language)
    kept = session.get(RevisionSentences, revision.id)
    if kept is None:
        if session.get(Revision, revision.id) is None:
            raise NotFound("This text is no longer there.")
        kept = RevisionSentences(revision_id=revision.id, study_id=revision.study_id)
        session.add(kept)
    kept.pipeline, kept.ends = pipeline, list(ends)
    session.flush()  # somebody else may have kept them at the same time
