"""The share of a participant in a source in which others speak: which turns are theirs, in every text of it.

Turns are known by their label. A correction may have changed labels or found turns where there were none, so each text
is also asked what the turns of the text after it were made of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus.correcting import edits_of
from ia_workbench.corpus.models import Participant, Revision, Source, SourceParticipant, Turn
from ia_workbench.corpus.queries import raw_revisions
from ia_workbench.kernel import Edit, Refused, Span, map_offset

NOBODY_S = {"en": "WITHDRAWN", "es": "RETIRADO"}  # who speaks where somebody withdrew, by language of the source
NO_SUCH_LABEL = "No turn of {key} is spoken under that label. Look with --preview which labels it has."
LABEL_OF_OTHER = "That label of {key} is the one of {other}. Choose the label of {participant}."

Places = Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Share:
    """The turns of one participant in a source: `places` by the number of each raw revision, in order and apart.

    Code points, each turn with its label. `turns` counts those of the newest text. Every raw revision is a key.
    """

    source: Source
    participant: Participant
    places: Places
    newest: int
    turns: int

    @property
    def now(self) -> tuple[Span, ...]:
        """Where they speak in the newest text; nothing once their turns were taken out of it."""
        return self.places[self.newest]


def label_key(label: str | None) -> str:
    """Return a label as labels are compared: without capitals, blanks and the signs around it."""
    return " ".join((label or "").split()).strip(" .:").casefold()


def labels_in(session: Session, source: Source) -> dict[str, int]:
    """Return the labels under which turns of a source's newest text are spoken, and how many each, most first."""
    newest = raw_revisions(session, source)[-1]
    spellings: dict[str, str] = {}
    counts: dict[str, int] = {}
    for label in session.scalars(select(Turn.speaker).where(Turn.revision_id == newest.id).order_by(Turn.number)):
        if label and label not in NOBODY_S.values():
            first = spellings.setdefault(label_key(label), label)
            counts[first] = counts.get(first, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: -each[1]))


def same_label(labels: Iterable[tuple[str, int]], label: str | None) -> str | None:
    """Return the one of these labels that is the same as another but for capitals and signs; None where none is."""
    return next((each for each, _turns in labels if label and label_key(each) == label_key(label)), None)


def link_between(source: Source, participant: Participant) -> SourceParticipant | None:
    """Return the row that says that a participant speaks in a source; None where none does."""
    return next((each for each in source.participant_links if each.participant_id == participant.id), None)


def label_of(session: Session, source: Source, participant: Participant, given: str | None = None) -> str | None:
    """Return the label under which a participant speaks in a source: the one given, else the register's.

    None where nobody said, and where the register names one that no turn of the newest text has: someone corrected it.
    Once their turns were taken out of that text, the earlier ones tell. Raises Refused for one that is given and that
    no turn has, and for the label of somebody else in the source.
    """
    link = link_between(source, participant)
    texts = raw_revisions(session, source)
    if link is None or link.withdrawal is None:
        texts = texts[-1:]
    if given is None:
        known = link.speaker if link is not None else None
        return known if known and _has_turns(session, texts, label_key(known)) else None
    if not label_key(given) or not _has_turns(session, texts, label_key(given)):
        raise Refused(NO_SUCH_LABEL, key=source.key)
    for each in source.participant_links:
        if each.participant_id != participant.id and label_key(each.speaker) == label_key(given):
            raise Refused(LABEL_OF_OTHER, key=source.key, other=each.participant.key, participant=participant.key)
    return " ".join(given.split())


def share_under(session: Session, source: Source, participant: Participant, label: str) -> Share:
    """Return the share of a participant who speaks under a label, in every raw text of the source."""
    raw = raw_revisions(session, source)
    spoken = {each.id: _turns_of(session, each, label_key(label)) for each in raw}
    return _share(source, participant, raw, spoken, len(spoken[raw[-1].id]))


def share_at(
    session: Session, source: Source, participant: Participant, places: Mapping[str, Sequence[Span]]
) -> Share | None:
    """Return the share that stands at these places of texts, each known by the SHA-256 of its UTF-8.

    None where the newest text of the source is none of them: nobody can tell then which turns are theirs.
    """
    raw = raw_revisions(session, source)
    if raw[-1].sha256 not in places:
        return None
    spoken = {each.id: tuple(places.get(each.sha256, ())) for each in raw}
    return _share(source, participant, raw, spoken, len(spoken[raw[-1].id]))


def places_by_digest(session: Session, share: Share) -> dict[str, tuple[Span, ...]]:
    """Return the places of a share by the SHA-256 of each raw text: what `share_at` takes; no words."""
    return {
        each.sha256: share.places[each.id] for each in raw_revisions(session, share.source) if each.id in share.places
    }


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return places in order and apart: those that share a character as one."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def made_of(span: Span, edits: Sequence[Edit]) -> Span | None:
    """Return what a stretch of a text was made of in the text before; edits that touch it count whole.

    None where it was put in between two characters.
    """
    back = [Edit(each.new_start, each.new_end, each.start, each.end) for each in edits]
    touching = [each for each in edits if each.new_start <= span.end and span.start <= each.new_end]
    start, end = map_offset(span.start, back), map_offset(span.end, back)
    if touching:
        start, end = min(start, touching[0].start), max(end, touching[-1].end)
    return Span(start, end) if start < end else None


def _share(source: Source, participant: Participant, raw: Sequence[Revision], spoken: Places, turns: int) -> Share:
    found: dict[int, tuple[Span, ...]] = {each.id: () for each in raw}
    for revision in reversed(raw):
        here = joined([*found[revision.id], *spoken[revision.id]])
        found[revision.id] = here
        if revision.based_on_id in found:
            edits = edits_of(revision)
            earlier = (made_of(each, edits) for each in here)
            found[revision.based_on_id] += tuple(each for each in earlier if each is not None)
    return Share(source, participant, found, raw[-1].id, turns)


def _turns_of(session: Session, revision: Revision, key: str) -> tuple[Span, ...]:
    rows = session.execute(
        select(Turn.start, Turn.end, Turn.speaker).where(Turn.revision_id == revision.id).order_by(Turn.number)
    )
    return tuple(Span(start, end) for start, end, speaker in rows if label_key(speaker) == key and start < end)


def _has_turns(session: Session, texts: Sequence[Revision], key: str) -> bool:
    labels = select(Turn.speaker).where(Turn.revision_id.in_([each.id for each in texts])).distinct()
    return any(label_key(each) == key for each in session.scalars(labels))
