"""Labels of one speaker made one, and put back: which words of a text change, decided without a store where it can be.

A label is part of the text, so joining is a correction of the text in its labels alone: whatever follows a correction
(excerpts, marks, exports, withdrawals) follows this one too. Undoing it is a further correction.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from ia_workbench import privacy
from ia_workbench.corpus.correcting import convention_of
from ia_workbench.corpus.models import Revision, Source, SourceParticipant, Turn
from ia_workbench.corpus.queries import newest_revision, raw_revisions, text_of, turns_of
from ia_workbench.corpus.rules import RevisionKind
from ia_workbench.corpus.taught import taught_rules
from ia_workbench.corpus.turns import FoundTurn, find_turns
from ia_workbench.kernel import NotFound, Refused, edits_between, map_offset
from ia_workbench.privacy import Act, Actor


def relabelled(text: str, turns: Sequence[Turn | FoundTurn], labels: Mapping[int, str]) -> str:
    """Return a text with other labels on some of its turns, given by number; all else stays as it is.

    Raises Refused where a turn's label does not stand in the text as one run of words.
    """
    pieces, at = [], 0
    for turn in turns:
        if turn.number not in labels:
            continue
        written = r"\s+".join(map(re.escape, (turn.speaker or "").split()))
        match = re.search(rf"(?<!\w){written}(?!\w)", text[turn.start : turn.speech_start]) if written else None
        if match is None:
            raise Refused(
                "The label of turn {turn} cannot be told apart in the text. Correct it there.", turn=turn.number
            )
        pieces += [text[at : turn.start + match.start()], labels[turn.number]]
        at = turn.start + match.end()
    return "".join([*pieces, text[at:]])


def joined_text(session: Session, source: Source, *, labels: Collection[str], into: str) -> str:
    """Return the newest text of a source with one label in the place of several, which nothing is written of yet.

    Raises NotFound for a label that nobody speaks under there, Refused when there is nothing to join, when the record
    says that two participants speak under them, and when the turns would be found otherwise then.
    """
    revision = newest_revision(session, source)
    turns = turns_of(session, revision)
    known = {turn.speaker for turn in turns}
    for each in (*labels, into):
        if each not in known:
            raise NotFound("Nobody speaks as {label} in {key}.", label=each, key=source.key)
    others = set(labels) - {into}
    if not others:
        raise Refused("Choose at least two labels of one speaker.")
    people = [link.participant.key for link in source.participant_links if link.speaker in {*others, into}]
    if len(people) > 1:
        sentence = (
            "The record says that {people} speak under these labels. Change the record first, or leave them apart."
        )
        raise Refused(sentence, people=", ".join(people))
    return _checked(session, source, revision, {turn.number: into for turn in turns if turn.speaker in others})


def joined_by(session: Session, revision: Revision) -> Mapping[int, str]:
    """Return the labels that a correction joined: what each turn it touched was labelled before, by number.

    {} for a revision that changed anything but labels, and where either text is closed.
    """
    if revision.kind is not RevisionKind.CORRECTED or revision.based_on_id is None or revision.closed_at is not None:
        return {}
    before = session.scalars(select(Revision).where(Revision.id == revision.based_on_id)).one()
    if before.closed_at is not None:
        return {}
    old, new = turns_of(session, before), turns_of(session, revision)
    if [turn.number for turn in old] != [turn.number for turn in new]:
        return {}
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a.speaker != b.speaker]
    if not pairs or any(not a.speaker or not b.speaker for a, b in pairs):
        return {}
    try:
        made = relabelled(text_of(session, before), old, {a.number: str(b.speaker) for a, b in pairs})
    except Refused:
        return {}
    return {a.number: str(a.speaker) for a, _b in pairs} if made == text_of(session, revision) else {}


def split_text(session: Session, source: Source, *, revision: Revision) -> str:
    """Return the newest text of a source with the labels that a revision of it joined put back.

    Turns whose label was changed since keep it. Raises Refused where the revision joined nothing, or nothing is left.
    """
    joined = joined_by(session, revision)
    if not joined:
        raise Refused("Revision {number} of {key} joined no labels.", number=revision.number, key=source.key)
    newest = newest_revision(session, source)
    edits = () if newest.id == revision.id else edits_between(text_of(session, revision), text_of(session, newest))
    there = {turn.start: turn for turn in turns_of(session, newest)}
    back = {}
    for turn in turns_of(session, revision):
        now = there.get(map_offset(turn.start, edits))
        if turn.number in joined and now is not None and now.speaker == turn.speaker:
            back[now.number] = joined[turn.number]
    if not back:
        raise Refused("No turn has the label any more that revision {number} gave it.", number=revision.number)
    return _checked(session, source, newest, back)


def _checked(session: Session, source: Source, revision: Revision, labels: Mapping[int, str]) -> str:
    """Return the text with these labels; refuses one in which the turns would not be found as they are, with them."""
    text, turns = text_of(session, revision), turns_of(session, revision)
    made = relabelled(text, turns, labels)
    taught = taught_rules(session, source.study_id)
    found = find_turns(made, convention_of(session, source, text), taught=taught).turns
    wanted = [(turn.number, labels.get(turn.number, turn.speaker), turn.end - turn.speech_start) for turn in turns]
    if [(turn.number, turn.speaker, turn.end - turn.speech_start) for turn in found] != wanted:
        raise Refused(
            "With these labels the turns of {key} would be found otherwise. Correct the text.", key=source.key
        )
    return made


def follow_labels(session: Session, actor: Actor, *, source: Source, labels: Collection[str], into: str | None) -> None:
    """Take the record along with labels that a correction has just joined into one, or split (`into` None).

    Whoever spoke under one of the labels speaks under `into`. After a split nobody knows which of them was theirs: the
    record names none any more, so that whoever withdraws that person looks. No entry of its own: it is part of the
    correction.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    links = select(SourceParticipant).where(SourceParticipant.source_id == source.id)
    touched = session.scalars(links.where(SourceParticipant.speaker.in_(labels))).all()
    for link in touched:
        link.speaker = into
    if touched:
        flag_modified(source, "title")  # so that a form of the record that was opened before is told


def corrections_of_labels(session: Session, source: Source) -> tuple[Revision, ...]:
    """Return the corrections of a source that changed nothing but labels of turns, newest first."""
    return tuple(each for each in reversed(raw_revisions(session, source)) if joined_by(session, each))
