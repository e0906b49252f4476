"""Importing: files are read, their turns are shown, and nothing is in the study until a person accepts it."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import corpus, process_map
from ia_workbench.corpus import BroughtFile, FoundTurns, PendingImport, SourceRecord
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, after_commit, only_reading, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.batch_reader import reader_of
from ia_workbench.web.workbench.bringing import files_sent, register_sent, with_record, with_register
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.fidelity import summary_of, take_chosen_comments
from ia_workbench.web.workbench.record_forms import typed_fields, vocabularies

importing = Blueprint("importing", __name__, url_prefix="/s/<study_key>/sources/import")

LABELS_COMPARED = 60  # speakers that are compared for being one; no talk has more
TURNS_SHOWN = 40  # of one file, unless all are asked for
SHARED_FIELDS = ("kind", "standpoint", "office", "collector", "date", "language", "consent")


@importing.get("")
@open_to(*TEAM)
def start() -> str:
    """Show the form for files, and the files that wait to be looked at."""
    return _start()


def _start(refused: BroughtFile | None = None, *, sentence: str | None = None, further: Sequence[str] = ()) -> str:
    here = study()
    return render_template(
        "team/sources/import.html",
        waiting=corpus.pending_imports(session(), here.id),
        batches=corpus.import_batches(session(), here.id),
        states=corpus.states_by_batch(session(), here.id),
        refused=refused,
        refusal_words=refusal_words,
        sentence=sentence,
        further=further,
        endings=corpus.ENDINGS,
        listed=corpus.LISTED,
        filled={"collector": actor().username, "language": "en", "consent": "analysis-only", **request.form},
        **vocabularies(),
    )


@importing.post("")
@open_to(*TEAM)
@changes_data
def upload() -> tuple[str, int] | Response:
    """Take the files sent: one is read at once and shown, several are stored as a batch and read one after another."""
    sent = [each for name in ("files", "folder") for each in request.files.getlist(name) if each.filename]
    register = request.files.get("register")
    try:
        # all of it before the session is asked for: it holds the store for writing
        named = register_sent(register) if register and register.filename else None
        files = files_sent(sent)
        if named is not None:
            files = with_register(files, named, actor().username)
        elif files:
            files = with_record(files, _shared_record())
        alone = files[0] if len(files) == 1 and named is None else None
        if alone is not None:
            return _alone(alone)
        batch = corpus.start_batch(session(), actor(), study_id=study().id, files=files)
    except Refused as refusal:
        further = [refusal_words(each) for each in refusal.further]
        return _start(sentence=refusal_words(refusal), further=further), refusal.status
    after_commit(reader_of(current_app).wake, otherwise="brought")
    return redirect(url_of("batches.one", guid=batch.guid), code=303)


def _shared_record() -> SourceRecord:
    """The record for all files sent, without a title: a file's name may be somebody's."""
    return corpus.read_record({name: request.form.get(name, "") for name in SHARED_FIELDS})


def _alone(brought: BroughtFile) -> tuple[str, int] | Response:
    """Read one file at once, and lead to it; to the one that waits, where these bytes do already."""
    try:
        if brought.refusal is not None or brought.record is None:
            raise brought.refusal or Refused("Choose at least one file.")
        file = corpus.read_file(brought.name, brought.content, language=brought.record.language)
        with only_reading():
            taught = corpus.taught_rules(session(), study().id)
        found = corpus.find_turns(file.text, suggested=file.convention, taught=taught)
        pending = corpus.pending_with(session(), study().id, file.sha256) or corpus.propose_import(
            session(), actor(), study_id=study().id, record=brought.record, file=file, found=found
        )
    except Refused as refusal:
        return _start(replace(brought, content=b"", refusal=refusal)), 422
    return redirect(url_of("importing.look", guid=pending.guid), code=303)


@importing.get("/<uuid:guid>")
@open_to(*TEAM)
def look(guid: uuid.UUID) -> str:
    """Show one waiting file: its turns by one convention or another, what was left out, and its record."""
    return _look(_pending(guid))


def _pending(guid: uuid.UUID) -> PendingImport:
    return corpus.pending_import(session(), study().id, guid)


def _look(pending: PendingImport, *, sentence: str | None = None) -> str:
    taught = corpus.taught_rules(session(), study().id)
    chosen = _chosen(pending)
    found = corpus.turns_of_import(session(), pending, chosen)
    turns = found.turns if request.args.get("all") else found.turns[:TURNS_SHOWN]
    known = corpus.same_content(session(), study().id, pending.sha256)
    steps = process_map.nodes(session(), study().id)
    return render_template(
        "team/sources/look.html",
        pending=pending,
        found=found,
        is_other=found.convention.value != pending.convention,
        turns=[(turn, pending.text[turn.speech_start : turn.end]) for turn in turns],
        chosen=chosen or "",
        conventions=[each.value for each in corpus.Convention],
        taught=taught,
        alike=corpus.alike_labels(found.speakers[:LABELS_COMPARED]),
        known=known,
        like=None if known else corpus.same_words(session(), study().id, pending.text),
        filled={**pending.record, **typed_fields()},
        nodes=steps,
        sentence=sentence,
        **summary_of(pending),
        **vocabularies(),
    )


def _found(guid: uuid.UUID) -> FoundTurns:
    """Find the turns that a waiting file is to go in with, before the store is held for writing."""
    with only_reading():
        pending = _pending(guid)
        return corpus.turns_of_import(session(), pending, _chosen(pending))


def _chosen(pending: PendingImport) -> str | None:
    """The convention that a person named, here or when the file was proposed."""
    return request.values.get("convention") or pending.record.get("convention") or None


@importing.post("/<uuid:guid>/teach")
@open_to(*TEAM)
@changes_data
def teach(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Teach the study a way of writing turns with one line, and show the waiting file read by it."""
    pending = _pending(guid)
    line, speaker, name = (request.form.get(field, "") for field in ("example", "speaker", "name"))
    try:
        taught = corpus.teach_convention(
            session(), actor(), study_id=study().id, name=name.strip(), example=line, speaker=speaker
        )
    except Refused as refusal:
        return _look(pending, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("importing.look", guid=guid, convention=taught.name, said="taught"), code=303)


@importing.post("/<uuid:guid>/forget")
@open_to(*TEAM)
@changes_data
def forget(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Forget a way of writing turns that the study was taught and no file needs."""
    pending = _pending(guid)
    try:
        taught = corpus.taught_convention(session(), study().id, request.form.get("name", ""))
        corpus.forget_convention(session(), actor(), taught=taught)
    except Refused as refusal:
        return _look(pending, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("importing.look", guid=guid, said="forgotten"), code=303)


@importing.post("/<uuid:guid>/accept")
@open_to(*TEAM)
@changes_data
def accept(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Take a waiting file into the study with the record and convention a person settled on."""
    found = _found(guid)
    pending = _pending(guid)
    batch = corpus.batch_of(session(), pending)
    try:
        record = corpus.read_record(typed_fields())
        process_map.check_steps(session(), study().id, record.nodes)
        source = corpus.accept_import(
            session(),
            actor(),
            pending=pending,
            record=record,
            found=found,
            allow_same=bool(request.form.get("allow_same")),
        )
        take_chosen_comments(source)
    except Refused as refusal:
        return _look(pending, sentence=refusal_words(refusal)), refusal.status
    if batch is not None:  # its other files wait there
        return redirect(url_of("batches.one", guid=batch.guid, said="imported"), code=303)
    return redirect(url_of("sources.one", source_key=source.key, said="imported"), code=303)


@importing.post("/<uuid:guid>/discard")
@open_to(*TEAM)
@changes_data
def discard(guid: uuid.UUID) -> Response:
    """Remove a waiting file; nothing of it is kept."""
    pending = _pending(guid)
    batch = corpus.batch_of(session(), pending)
    corpus.discard_import(session(), actor(), pending=pending)
    if batch is not None:
        return redirect(url_of("batches.one", guid=batch.guid, said="discarded"), code=303)
    return redirect(url_of("importing.start", said="discarded"), code=303)
