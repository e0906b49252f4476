"""Withdrawing a source or a participant: what it touches, the decision, and the certificate of what was done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import Blueprint, current_app, redirect, render_template, request
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench import corpus, withdrawal
from ia_workbench.corpus import Participant, Source, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, after_commit, engine_of, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import chosen
from ia_workbench.web.workbench.copying import copy_waiting
from ia_workbench.web.workbench.current import (
    TEAM,
    published_engine,
    published_session,
    search_index,
    study,
)
from ia_workbench.withdrawal import Ledger, WithdrawalPreview, Withdrawn

leaving = Blueprint("leaving", __name__, url_prefix="/s/<study_key>")

TYPE_AGAIN = "Type {key} once more to destroy it: this cannot be undone. Nothing was withdrawn."
SPEAKER = "speaker-"  # before the key of a source: the label under which a participant speaks there
NO_LEDGER = "The ledger of withdrawals could not be written, so nothing was withdrawn. See that its disk has room."
WORDS_LEFT = "deleted words may be left in the files of the stores"


class AskedLabel(NamedTuple):
    """A source of which a person says which label is a participant's: the labels with their turns, and the chosen."""

    key: str
    labels: tuple[tuple[str, int], ...]
    chosen: str | None


@leaving.get("/sources/<source_key>/withdraw")
@open_to(*TEAM)
def of_source(source_key: str) -> str:
    """Show what withdrawing a source would touch, or what was done."""
    return _page(_source(source_key))


@leaving.post("/sources/<source_key>/withdraw")
@open_to(*TEAM)
@changes_data
def withdraw_source(source_key: str) -> tuple[str, int] | Response:
    """Withdraw a source: stop its use, exclude it, or destroy it."""
    source = _source(source_key)

    def perform(outcome: WithdrawalOutcome, reason: str) -> None:
        withdrawal.withdraw_source(session(), actor(), ledger=_ledger(), source=source, outcome=outcome, reason=reason)

    here = url_of("leaving.of_source", source_key=source.key, said="withdrawn")
    return _withdraw(source, perform, here, lambda: _source(source_key))


@leaving.get("/participants/<participant_key>/withdraw")
@open_to(*TEAM)
def of_participant(participant_key: str) -> str:
    """Show what withdrawing a participant would touch, or what was done."""
    return _page(_participant(participant_key))


@leaving.post("/participants/<participant_key>/withdraw")
@open_to(*TEAM)
@changes_data
def withdraw_participant(participant_key: str) -> tuple[str, int] | Response:
    """Withdraw a participant with every source in which they speak."""
    person = _participant(participant_key)

    def perform(outcome: WithdrawalOutcome, reason: str) -> None:
        withdrawal.withdraw_participant(
            session(), actor(), ledger=_ledger(), participant=person, outcome=outcome, reason=reason,
            speakers=_speakers(),
        )  # fmt: skip

    here = url_of("leaving.of_participant", participant_key=person.key, said="participant-withdrawn")
    return _withdraw(person, perform, here, lambda: _participant(participant_key))


def _speakers() -> dict[str, str]:
    """The labels that a person chose, by the key of the source; empty ones were not."""
    named = ((name.removeprefix(SPEAKER), value) for name, value in request.values.items() if name.startswith(SPEAKER))
    return {key: value for key, value in named if value.strip()}


def _source(key: str) -> Source:
    return corpus.source_keyed(session(), study().id, key)


def _participant(key: str) -> Participant:
    return corpus.participant_keyed(session(), study().id, key)


def _ledger() -> Ledger:
    return Ledger(current_app.extensions["ia_settings"].ledger_file)


def _withdraw(
    subject: Source | Participant,
    perform: Callable[[WithdrawalOutcome, str], None],
    afterwards: str,
    again: Callable[[], Source | Participant],
) -> tuple[str, int] | Response:
    try:
        outcome = chosen(request.form, "outcome", WithdrawalOutcome)
        if outcome is WithdrawalOutcome.DESTROY and request.form.get("again", "").strip() != subject.key:
            raise Refused(TYPE_AGAIN, key=subject.key)
        _with_room_on_the_disk(perform, outcome, request.form.get("reason", ""))
    except Refused as refusal:
        session().rollback()
        return _page(again(), sentence=refusal_words(refusal)), refusal.status
    after_commit(copy_waiting, otherwise="withdrawn-later")
    if outcome is not WithdrawalOutcome.STOP:
        after_commit(_clear, otherwise="words-left")
    return redirect(afterwards, code=303)


def _with_room_on_the_disk(
    perform: Callable[[WithdrawalOutcome, str], None], outcome: WithdrawalOutcome, reason: str
) -> None:
    try:
        perform(outcome, reason)
    except OSError:
        raise Refused(NO_LEDGER) from None


def _clear() -> None:
    """Write the stores and the index anew without what was deleted; raises where something of it may be left."""
    engines = {Store.EVIDENCE: engine_of(current_app), Store.PUBLISHED: published_engine()}
    if withdrawal.clear_traces(engines, search_index(), current_app.extensions["ia_settings"].home):
        raise RuntimeError(WORDS_LEFT)


def _page(subject: Source | Participant, *, sentence: str | None = None) -> str:
    is_source = isinstance(subject, Source)
    sources = [subject] if isinstance(subject, Source) else corpus.sources_of(session(), subject)
    as_far = _withdrawn_as(subject)
    offered = [each for each in WithdrawalOutcome if as_far is None or not as_far.reaches(each)]
    speakers, wrong = _chosen_speakers(subject)
    with _community() as community:
        done = [each for source in sources for each in _done(community, subject, source)]
        previews = {
            each: withdrawal.preview(session(), community, subject, each, speakers)
            for each in (WithdrawalOutcome.STOP, WithdrawalOutcome.DESTROY)
        }
    preview = previews[WithdrawalOutcome.DESTROY]
    stop = previews[WithdrawalOutcome.STOP] if preview.shares else preview
    touched = {each: stop if each is WithdrawalOutcome.STOP else preview for each in offered}
    allowed = [each for each in offered if withdrawal.may_withdraw(actor(), touched[each], each)]
    return render_template(
        "team/sources/withdraw.html",
        is_source=is_source,
        key=subject.key,
        back=_back(subject),
        withdrawn_as=as_far,
        withdrawn_at=subject.withdrawn_at,
        done=done,
        offered=offered,
        allowed=allowed,
        preview=preview,
        stop=stop,
        shares={each.key: each for each in preview.shares},
        asked=_asked(subject, preview) if offered else [],
        speakers=speakers,
        backups=withdrawal.backups_before(_ledger()),
        sentence=sentence or wrong,
        **_typed(subject, allowed),
    )


def _chosen_speakers(subject: Source | Participant) -> tuple[dict[str, str], str | None]:
    """The labels that were chosen, and none with a sentence where one of them does not fit."""
    speakers = _speakers()
    try:
        withdrawal.check_speakers(session(), subject, speakers)
    except Refused as refusal:
        return {}, refusal_words(refusal)
    return speakers, None


def _done(community: Session | None, subject: Source | Participant, source: Source) -> list[Withdrawn]:
    """What was done to a source, and to the turns of participants in it: of all, or of the one who is looked at."""
    whole = withdrawal.withdrawn(session(), community, source, _ledger())
    shares = withdrawal.shares_withdrawn(session(), community, source, _ledger())
    of_them = [each for each in shares if isinstance(subject, Source) or each.participant == subject.key]
    return [each for each in (whole, *of_them) if each is not None]


def _asked(subject: Source | Participant, preview: WithdrawalPreview) -> list[AskedLabel]:
    """The sources of which a person says under which label the participant speaks."""
    if isinstance(subject, Source):
        return []
    shared = [each for each in preview.sources if each.others and each.labels and not each.is_taken_out]
    return [AskedLabel(each.key, each.labels, corpus.same_label(each.labels, each.label)) for each in shared]


def _withdrawn_as(subject: Source | Participant) -> WithdrawalOutcome | None:
    if isinstance(subject, Source):
        return subject.withdrawn_as
    return withdrawal.participant_withdrawn_as(session(), subject)


def _typed(subject: Source | Participant, allowed: list[WithdrawalOutcome]) -> dict[str, Any]:
    """What stands in the form: what was sent, or nothing; with no way chosen, the person chooses."""
    sent = request.form.get("outcome", "")
    return {
        "title": subject.title if isinstance(subject, Source) and not subject.is_destroyed else "",
        "chosen_outcome": WithdrawalOutcome(sent) if sent in [each.value for each in allowed] else None,
        "typed_reason": request.form.get("reason", ""),
        "typed_again": request.form.get("again", ""),
    }


def _back(subject: Source | Participant) -> str:
    if isinstance(subject, Source):
        return url_of("sources.one", source_key=subject.key)
    return url_of("records.participants")


@contextmanager
def _community() -> Iterator[Session | None]:
    """Yield the published side of the study; None where it cannot be reached, for withdrawing must not wait for it."""
    try:
        opened = published_session()
        community = opened.__enter__()
    except DatabaseError:
        yield None
        return
    try:
        yield community
    finally:
        opened.__exit__(None, None, None)
