"""Who speaks in a source: the labels of its text, several of one speaker joined into one, and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import coding, corpus
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import gettext, refusal_words
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.current import TEAM, study

speakers = Blueprint("speakers", __name__, url_prefix="/s/<study_key>/sources/<source_key>/speakers")

LABELS_COMPARED = 60  # labels of one text that are compared with each other


@dataclass(frozen=True)
class SpokenLabel:
    """A label of a text, numbered from 1 in the order in which they first speak: no address may hold a name.

    `people` are the keys of those who the record says speak under it; `first` is the first turn's speech.
    """

    number: int
    words: str
    turns: tuple[int, ...]
    first: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Joined:
    """Labels that a correction of labels changed: which stood there, which stands since, on how many turns."""

    revision: Revision
    before: tuple[str, ...]
    since: tuple[str, ...]
    turns: int


@speakers.get("")
@open_to(*TEAM)
def every(source_key: str) -> str:
    """List the labels of a source; those that look alike are chosen already."""
    source = _source(source_key)
    labels = _labels(source)
    pairs = corpus.alike_labels([each.words for each in labels[:LABELS_COMPARED]])
    return _page(source, labels, chosen=_chosen_already(labels, pairs))


def _source(source_key: str) -> Source:
    return corpus.source_keyed(session(), study().id, source_key)


def _labels(source: Source) -> Sequence[SpokenLabel]:
    revision = corpus.newest_revision(session(), source)
    text = corpus.text_of(session(), revision)
    by_label: dict[str, list[Turn]] = {}
    for turn in corpus.turns_of(session(), revision):
        if turn.speaker:
            by_label.setdefault(turn.speaker, []).append(turn)
    links = source.participant_links
    return [
        SpokenLabel(
            number,
            words,
            turns=tuple(turn.number for turn in turns),
            first=text[turns[0].speech_start : turns[0].end],
            people=tuple(link.participant.key for link in links if link.speaker == words),
        )
        for number, (words, turns) in enumerate(by_label.items(), 1)
    ]


def _chosen_already(labels: Sequence[SpokenLabel], pairs: Sequence[tuple[str, str]]) -> set[int]:
    """Choose the labels that are like the first one that is like another."""
    like = {label for pair in pairs if pairs[0][0] in pair for label in pair}
    return {each.number for each in labels if each.words in like}


def _page(
    source: Source,
    labels: Sequence[SpokenLabel],
    *,
    chosen: set[int],
    into: int | None = None,
    sentence: str | None = None,
) -> str:
    often = max((each for each in labels if each.number in chosen), key=lambda each: len(each.turns), default=None)
    revision = corpus.newest_revision(session(), source)
    return render_template(
        "team/sources/speakers.html",
        source=source,
        revision=revision,
        labels=labels,
        pairs=corpus.alike_labels([each.words for each in labels[:LABELS_COMPARED]]),
        chosen=chosen,
        into=into or (often.number if often else None),
        joined=[_joined(each) for each in corpus.corrections_of_labels(session(), source)],
        sentence=sentence,
    )


def _joined(revision: Revision) -> Joined:
    before = corpus.joined_by(session(), revision)
    since = [turn.speaker for turn in corpus.turns_of(session(), revision) if turn.number in before and turn.speaker]
    return Joined(revision, tuple(dict.fromkeys(before.values())), tuple(dict.fromkeys(since)), len(before))


@speakers.post("")
@open_to(*TEAM)
@changes_data
def join(source_key: str) -> tuple[str, int] | Response:
    """Join the chosen labels, which the form names by their numbers in the text that it was shown with."""
    source = _source(source_key)
    numbers = [whole_number(each) for each in request.form.getlist("label")]
    into = whole_number(request.form.get("into", ""))
    seen = request.form.get("seen", "")
    try:
        if seen != corpus.newest_revision(session(), source).sha256:
            raise Conflict("{key} was corrected by someone else meanwhile. Look at its labels again.", key=source.key)
        words = {each.number: each.words for each in _labels(source)}
        if into not in words:
            raise Refused("Choose which of the labels is to stay.")
        kept = words[into]
        coding.join_speakers(
            session(),
            actor(),
            source=source,
            labels={_named(words, each) for each in numbers} | {kept},
            into=kept,
            note=gettext("Labels of one speaker joined"),
            seen=seen,
        )
    except Refused as refusal:
        session().rollback()
        again = _source(source_key)
        chosen = {each for each in numbers if each is not None}
        page = _page(again, _labels(again), chosen=chosen, into=into, sentence=refusal_words(refusal))
        return page, refusal.status
    return redirect(url_of("speakers.every", source_key=source_key, said="joined"), code=303)


def _named(words: Mapping[int, str], number: int | None) -> str:
    if number is None or number not in words:
        raise NotFound("This label is no longer there.")
    return words[number]


@speakers.post("/<int:number>/split")
@open_to(*TEAM)
@changes_data
def split(source_key: str, number: int) -> tuple[str, int] | Response:
    """Put back the labels that a revision joined."""
    source = _source(source_key)
    revision = corpus.revision_numbered(session(), source, number)
    try:
        coding.split_speakers(
            session(),
            actor(),
            source=source,
            revision=revision,
            note=gettext("Labels put back as they were"),
            seen=request.form.get("seen", ""),
        )
    except Refused as refusal:
        session().rollback()
        again = _source(source_key)
        return _page(again, _labels(again), chosen=set(), sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("speakers.every", source_key=source_key, said="split"), code=303)
