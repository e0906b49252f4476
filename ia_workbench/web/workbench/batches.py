"""A batch of files: how far reading is, what came of each file, and deciding on many of them at once."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench import corpus, process_map, search
from ia_workbench.corpus import BatchFile, ImportState, PendingImport
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, one_change, only_reading, session
from ia_workbench.web.translating import refusal_words, sentence_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.reading_notes import note_words
from ia_workbench.web.workbench.record_forms import vocabularies

batches = Blueprint("batches", __name__, url_prefix="/s/<study_key>/sources/import/batches/<uuid:guid>")

MANY_FIELDS = ("kind", "standpoint", "consent", "office", "collector", "date", "case")
INDEXED_AT_ONCE = 20  # files; a program that is killed leaves no more than these out of the index
CHOOSE = "Choose at least one file of the table."

Item = TypeVar("Item")


@dataclass(frozen=True)
class Trouble:
    """A file of which a decision was refused, and why."""

    name: str
    sentence: str


@batches.get("")
@open_to(*TEAM)
def one(guid: uuid.UUID) -> str:
    """Show how far reading is and what came of each file."""
    return _page(guid)


def _page(guid: uuid.UUID, *, sentence: str | None = None, troubles: Sequence[Trouble] = ()) -> str:
    batch = corpus.import_batch(session(), study().id, guid)
    files = corpus.files_of_batch(session(), batch)
    waiting = [each for each in files if each.state is ImportState.WAITING]
    return render_template(
        "team/sources/batch.html",
        batch=batch,
        files=files,
        plain=[each for each in waiting if each.is_plain],
        look_at=[each for each in waiting if not each.is_plain],
        count={state.value: sum(each.state is state for each in files) for state in ImportState},
        words=sum(each.pending.words for each in waiting if each.pending),
        why=_why,
        chosen=set(request.form.getlist("chosen")),
        sentence=sentence,
        troubles=troubles,
        filled={name: request.form.get(name, "") for name in MANY_FIELDS},
        **vocabularies(),
    )


def _why(file: BatchFile) -> str:
    """Why a file was refused, in the reader's language."""
    row = file.row
    if row.sentence is None:
        return ""
    return sentence_words(row.sentence, row.facts) if row.facts else note_words(row.sentence)


@batches.post("/accept")
@open_to(*TEAM)
@changes_data
def accept(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Take files into the study with the records they have: those in which nothing is to be looked at, or the chosen.

    Each goes in by itself; of those that cannot it is said why, and they still wait.
    """
    with only_reading():
        files = _waiting(guid)
        wanted = [each for each in files if each.is_plain] if request.form.get("which") == "plain" else _chosen(files)
        names = {each.pending.id: each.row.name for each in wanted if each.pending is not None}
    if not wanted:
        return _page(guid, sentence=refusal_words(Refused(CHOOSE))), 422
    troubles = []
    for some in _batched(names.items(), INDEXED_AT_ONCE):
        with search.together():
            troubles += [trouble for number, name in some if (trouble := _trouble(number, name)) is not None]
    if troubles:
        return _page(guid, troubles=troubles), 422 if len(troubles) == len(wanted) else 200
    return redirect(url_of("batches.one", guid=guid, said="imported-all"), code=303)


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield items in lists of so many, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _trouble(number: int, name: str) -> Trouble | None:
    try:
        _accept(number)
    except Refused as refusal:
        return Trouble(name, refusal_words(refusal))
    return None


def _accept(number: int) -> None:
    """Take one file in by itself: nobody waits to write for as long as all of them take."""
    with only_reading():
        study_id = study().id
        found = corpus.turns_of_import(session(), _import(session(), number))
    with one_change() as writing:
        pending = _import(writing, number)
        process_map.check_steps(writing, study_id, corpus.read_record(pending.record).nodes)
        corpus.accept_import(writing, actor(), pending=pending, found=found)


def _import(session: Session, number: int) -> PendingImport:
    pending = session.get(PendingImport, number)
    if pending is None:
        raise NotFound("This import was accepted or discarded already.")
    return pending


@batches.post("/describe")
@open_to(*TEAM)
@changes_data
def describe(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Change what the records of the chosen files say, in the fields that were filled; all of them, or none."""
    chosen = _chosen(_waiting(guid))
    given = {name: value for name in MANY_FIELDS if (value := request.form.get(name, "").strip())}
    try:
        if not chosen:
            raise Refused(CHOOSE)
        if not given:
            raise Refused("Say what is to be changed: fill at least one field.")
        with session().begin_nested():  # all of them, or none
            for each in chosen:
                pending = _import_of(each)
                record = corpus.read_record({**pending.record, **given})
                corpus.describe_import(session(), actor(), pending=pending, record=record)
    except Refused as refusal:
        return _page(guid, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("batches.one", guid=guid, said="described"), code=303)


@batches.post("/discard")
@open_to(*TEAM)
@changes_data
def discard(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Remove the chosen files of those that wait, or all of them; nothing of them is kept."""
    files = _waiting(guid)
    wanted = files if request.form.get("which") == "all" else _chosen(files)
    if not wanted:
        return _page(guid, sentence=refusal_words(Refused(CHOOSE))), 422
    for each in wanted:
        corpus.discard_import(session(), actor(), pending=_import_of(each))
    return redirect(url_of("batches.one", guid=guid, said="discarded-all"), code=303)


@batches.post("/cancel")
@open_to(*TEAM)
@changes_data
def cancel(guid: uuid.UUID) -> Response:
    """Read no more of the batch; what was read still waits."""
    corpus.cancel_batch(session(), actor(), batch=corpus.import_batch(session(), study().id, guid))
    return redirect(url_of("batches.one", guid=guid, said="cancelled"), code=303)


def _waiting(guid: uuid.UUID) -> list[BatchFile]:
    batch = corpus.import_batch(session(), study().id, guid)
    return [each for each in corpus.files_of_batch(session(), batch) if each.state is ImportState.WAITING]


def _import_of(file: BatchFile) -> PendingImport:
    if file.pending is None:
        raise NotFound("This import was accepted or discarded already.")
    return file.pending


def _chosen(files: list[BatchFile]) -> list[BatchFile]:
    chosen = set(request.form.getlist("chosen"))
    return [each for each in files if each.pending is not None and str(each.pending.guid) in chosen]
