"""Masked texts: made of the marks that were accepted, signed by a second person, and quoted through their map."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.coding import Excerpt
from ia_workbench.config import DEFAULT_MODEL
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import Conflict, Edit, Refused, Span, digest_of
from ia_workbench.masking.gate import refuse_known
from ia_workbench.masking.models import Mark, MaskedText
from ia_workbench.masking.proposing import Looked, found_marks
from ia_workbench.masking.queries import marks_on, masked_text_of, signed_text_of, standing_of
from ia_workbench.masking.rules import UNDECIDED, MarkState, Masked, Replacement, TextState, masked, masked_span
from ia_workbench.privacy import Act, Actor, AuditChoice, AuditView

OPEN_MARKS = "{number} marks of {key} are not decided yet, the first “{words}”. Decide them first."
OPEN_MARK = "One mark of {key} is not decided yet, “{words}”. Decide it first."
DECIDING = ("decide-marks", "add-mark", "apply-to-all", "withhold-words")
NOTHING_MADE = "There is no masked text of {key} to sign. Make it first."
OUTDATED = "Something that the masked text of {key} was made of changed. Make it again."
SECOND_PERSON = "You made the masked text of {key} yourself, {name}. Another person must sign it."
ALL_YOURS = "You decided every mark of {key} yourself, {name}. Another person must sign it."
CHANGED_MEANWHILE = "The masked text of {key} changed after you opened it. Look at it as it is now, then sign it."
NOT_SIGNED = "The masked text of {key} is not signed, so there are no masked quotes of it. Mask the source first."
SIGNED_ALREADY = "{name} signed the masked text of {key} already."
EARLIER_TEXT = "These words stand in an earlier text of {key} only, and have no masked quote. Choose others first."


@dataclass(frozen=True)
class MaskedQuote:
    """The words of an excerpt as the masked text has them, and where in them something else stood, in code points."""

    words: str
    spans: tuple[Span, ...]


def make_masked_text(
    session: Session, actor: Actor, *, source: Source, model: str = DEFAULT_MODEL, looked: Looked | None = None
) -> MaskedText:
    """Make the masked text of a source's newest raw text; it counts once another person signs it.

    Identifiers are looked for once more, unless `looked` is what was found just before; refuses as long as a mark is
    undecided, and while a known name stands open (`gate.refuse_known`). Turns, the labels of who speaks and anchors go
    along; excerpts stay on the raw text. An earlier masked text is outdated.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    raw, _added = found_marks(session, actor, source, model, looked)
    marks = marks_on(session, raw.id)
    _refuse_undecided(source, marks)
    text = corpus.text_of(session, raw)
    result = _masked(text, marks)
    refuse_known(session, source, result.text)
    moment = moment_of(session)
    earlier = masked_text_of(session, source)
    if earlier is not None and earlier.outdated_at is None:
        earlier.outdated_at = moment
    turns = list(_turns(corpus.turns_of(session, raw), text, result))
    revision = corpus.add_masked_text(session, actor, raw=raw, text=result.text, edits=result.edits, turns=turns)
    made = MaskedText(
        study_id=source.study_id,
        raw_id=raw.id,
        raw=raw,
        revision_id=revision.id,
        revision=revision,
        by=actor.username,
        at=moment,
    )
    session.add(made)
    session.flush()  # a second person signs this very row
    return made


def seen_of_text(session: Session, source: Source) -> str:
    """Return a digest of all that is before someone who signs: the masked text, each mark and who decided it."""
    made = masked_text_of(session, source)
    if made is None:
        return ""
    marks = marks_on(session, made.raw_id)
    seen = [[each.start, each.end, each.identifier_class, each.state, each.instead, each.decided_by] for each in marks]
    return digest_of(json.dumps([made.revision.sha256, seen, made.by, made.signed_by], ensure_ascii=False))


def sign_masked_text(session: Session, actor: Actor, *, source: Source, seen: str) -> MaskedText:
    """Sign, as a second person, that a masked text identifies no one.

    `seen` is what `seen_of_text` said of what was looked at; raises Conflict when anything of it changed since. Refuses
    who made the text, who alone decided every mark, and a text that no longer shows what was decided.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    made = _to_sign(session, source)
    refuse_first_person(session, actor, source, made)
    if seen != seen_of_text(session, source):
        raise Conflict(CHANGED_MEANWHILE, key=source.key)
    expected = _masked(corpus.text_of(session, made.raw), marks_on(session, made.raw_id))
    if digest_of(expected.text) != made.revision.sha256:
        raise Refused(OUTDATED, key=source.key)
    refuse_known(session, source, expected.text)
    made.signed_by, made.signed_at, made.sent_back_by = actor.username, moment_of(session), None
    _note(session, actor, "sign-masked-text", source, made)
    return made


def send_back_masked_text(session: Session, actor: Actor, *, source: Source, seen: str) -> MaskedText:
    """Say, as a second person, that a masked text still identifies someone; marks are decided again and it is remade.

    Raises Conflict as `sign_masked_text` does; a signature it had is dropped.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    made = masked_text_of(session, source)
    if made is None or made.outdated_at is not None:
        raise Refused(NOTHING_MADE, key=source.key)
    if seen != seen_of_text(session, source):
        raise Conflict(CHANGED_MEANWHILE, key=source.key)
    made.sent_back_by, made.signed_by, made.signed_at = actor.username, None, None
    _note(session, actor, "send-back-masked-text", source, made)
    return made


def refuse_first_person(session: Session, actor: Actor, source: Source, made: MaskedText) -> None:
    """Refuse a signature of somebody who would be both people: who made the text, or alone decided every mark."""
    if made.by == actor.username:
        raise Refused(SECOND_PERSON, key=source.key, name=actor.username)
    if _deciders(session, source, made) == {actor.username}:
        raise Refused(ALL_YOURS, key=source.key, name=actor.username)


def _deciders(session: Session, source: Source, made: MaskedText) -> set[str | None]:
    """Who stands for the decisions: whoever made them, but for those that files brought whoever loaded these."""
    named = {each.decided_by for each in marks_on(session, made.raw_id)}
    loaders = _who_did(session, source, ("restore-marks",))
    if not loaders:
        return named
    here = _who_did(session, source, DECIDING)
    return (named & here) | (loaders if named - here else set())


def _who_did(session: Session, source: Source, acts: Sequence[str]) -> set[str]:
    """Who did one of these acts on a source in this home, by the audit trail: no file writes into it."""
    study = privacy.study_numbered(session, source.study_id).key
    view = AuditView("", frozenset({study}))
    found = (
        privacy.audit_page(session, Store.EVIDENCE, view, AuditChoice(act=act, key=source.key), limit=None)
        for act in acts
    )
    return {entry.actor for page in found for entry in page.entries}


def masked_quote(session: Session, excerpt: Excerpt) -> MaskedQuote:
    """Return the words of an excerpt of the raw text as the signed masked text has them.

    What cuts through a replacement gets all of it. Refuses while the masked text of its source is not signed, and an
    excerpt that stands on an earlier text.
    """
    source = excerpt.revision.source
    signed = signed_text_of(session, source)
    if signed is None:
        raise Refused(NOT_SIGNED, key=source.key)
    if excerpt.revision_id != signed.raw_id:
        raise Refused(EARLIER_TEXT, key=source.key)
    edits = corpus.edits_of(signed.revision)
    place = masked_span(Span(excerpt.start, excerpt.end), edits)
    words = corpus.words_at(session, signed.revision, place)
    return MaskedQuote(words, tuple(_inside(edits, Span(excerpt.start, excerpt.end), place)))


def replacements_in(
    session: Session, study_id: int, excerpt_ids: Collection[int]
) -> Mapping[int, tuple[Replacement, ...]]:
    """Return what signed masked texts put in the place of words of excerpts, by the excerpt's number, in one query.

    Places are code points within the excerpt; of a mark that reaches past it, the part inside. Excerpts of which
    nothing is masked, or whose source has no signed masked text, are absent.
    """
    statement = (
        select(Excerpt.id, Excerpt.start, Excerpt.end, Mark.start, Mark.end, Mark.instead)
        .join(MaskedText, MaskedText.raw_id == Excerpt.revision_id)
        .join(Revision, MaskedText.raw_id == Revision.id)
        .join(Mark, Mark.revision_id == Excerpt.revision_id)
        .where(Excerpt.id.in_(excerpt_ids), Mark.start < Excerpt.end, Mark.end > Excerpt.start)
        .where(MaskedText.signed_by.is_not(None), MaskedText.outdated_at.is_(None), MaskedText.sent_back_by.is_(None))
        .where(Mark.state == MarkState.ACCEPTED, Revision.id.in_(corpus.newest_numbers(study_id)))
    )
    found: dict[int, tuple[Replacement, ...]] = {}
    for number, start, end, first, last, instead in session.execute(statement.order_by(Mark.start)):
        inside = Replacement(max(first, start) - start, min(last, end) - start, instead)
        found[number] = (*found.get(number, ()), inside)
    return found


def _inside(edits: Sequence[Edit], span: Span, place: Span) -> Iterator[Span]:
    for each in edits:
        if each.start < span.end and each.end > span.start:
            yield Span(each.new_start - place.start, each.new_end - place.start)


def _masked(text: str, marks: Sequence[Mark]) -> Masked:
    accepted = [each for each in marks if each.state is MarkState.ACCEPTED]
    return masked(text, [Replacement(each.start, each.end, each.instead) for each in accepted])


def _refuse_undecided(source: Source, marks: Sequence[Mark]) -> None:
    undecided = [each for each in marks if each.state in UNDECIDED]
    if undecided:
        sentence = OPEN_MARK if len(undecided) == 1 else OPEN_MARKS
        raise Refused(sentence, number=len(undecided), key=source.key, words=undecided[0].words)


def _to_sign(session: Session, source: Source) -> MaskedText:
    made, state = masked_text_of(session, source), standing_of(session, source).state
    if made is None:
        raise Refused(NOTHING_MADE, key=source.key)
    if state in (TextState.OUTDATED, TextState.SENT_BACK):
        raise Refused(OUTDATED, key=source.key)
    if state is TextState.SIGNED:
        raise Refused(SIGNED_ALREADY, name=made.signed_by, key=source.key)
    return made


def _turns(turns: Sequence[Turn], text: str, result: Masked) -> Iterator[Turn]:
    """Yield the turns at their places in the masked text, with the labels that stand there."""
    places = [masked_span(Span(each.start, each.end), result.edits) for each in turns]
    starts = [place.start for place in places]
    for before, each in pairwise(range(len(places))):
        starts[each] = max(starts[each], places[before].end)  # one replacement may reach over two turns
    for turn, place, start in zip(turns, places, starts, strict=True):
        if start >= place.end:
            continue
        label = Span(turn.start, turn.speech_start) if turn.speech_start > turn.start else None
        speech = masked_span(label, result.edits).end if label else start
        yield Turn(
            start=start,
            speech_start=min(max(speech, start), place.end),
            end=place.end,
            speaker=_speaker(turn, label, text, result),
            mark=turn.mark,
        )


def _speaker(turn: Turn, label: Span | None, text: str, result: Masked) -> str | None:
    """Who speaks as the masked text has it: where a mark touches the label, no word of it is kept."""
    if turn.speaker is None or label is None:
        return turn.speaker
    touched = [each for each in result.edits if each.start < label.end and each.end > label.start]
    if not touched:
        return turn.speaker
    at = text.find(turn.speaker, label.start, label.end)
    if at >= 0:
        place = masked_span(Span(at, at + len(turn.speaker)), result.edits)
        return place.of(result.text)
    return " ".join(result.text[each.new_start : each.new_end] for each in touched)


def _note(session: Session, actor: Actor, act: str, source: Source, made: MaskedText) -> None:
    session.flush()  # two people who sign at once collide here
    privacy.record(
        session, actor, act, subject=source.key, study_id=source.study_id, revision=made.revision.number, by=made.by
    )
