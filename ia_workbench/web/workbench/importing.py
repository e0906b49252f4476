"""Importing: files are read, their turns are shown, and nothing is in the study until a person accepts it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from ia_workbench import corpus, process_map
from ia_workbench.corpus import PendingImport, ReadFile
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.fidelity import summary_of, take_chosen_comments
from ia_workbench.web.workbench.reading_notes import note_words
from ia_workbench.web.workbench.record_forms import typed_fields, vocabularies

importing = Blueprint("importing", __name__, url_prefix="/s/<study_key>/sources/import")

LABELS_COMPARED = 60  # speakers that are compared for being one; no talk has more
TURNS_SHOWN = 40  # of one file, unless all are asked for
SHARED_FIELDS = ("kind", "standpoint", "office", "collector", "date", "language", "consent")


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken in, and why."""

    name: str
    sentence: str


@dataclass
class Reading:
    """What came of the files sent: those that were read, those that were not, and what was passed over in archives."""

    files: list[ReadFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@importing.get("")
@open_to(*TEAM)
def start() -> str:
    """Show the form for files, and the files that wait to be looked at."""
    return _start()


def _start(refused: Sequence[RefusedFile] = (), sentence: str | None = None, *, notes: Sequence[str] = ()) -> str:
    return render_template(
        "team/sources/import.html",
        waiting=corpus.pending_imports(session(), study().id),
        refused=refused,
        notes=notes,
        sentence=sentence,
        endings=corpus.ENDINGS,
        listed=corpus.LISTED,
        filled={"collector": actor().username, "language": "en", "consent": "analysis-only", **request.form},
        **vocabularies(),
    )


@importing.post("")
@open_to(*TEAM)
@changes_data
def upload() -> str | tuple[str, int] | Response:
    """Read the files sent; each that can be read waits to be looked at, each other is told with its reason."""
    files = [each for each in request.files.getlist("files") if each.filename]
    if not files:
        return _start(sentence=_("Choose at least one file.")), 422
    read = _read(files)  # all of them before the session is asked for: it holds the store for writing
    kept = []
    for file in read.files:
        try:
            kept.append(_propose(file))
        except Refused as refusal:
            read.refused.append(RefusedFile(file.name, refusal_words(refusal)))
    if read.refused or read.notes:
        return _start(read.refused, notes=read.notes), 200 if kept else 422
    if len(kept) == 1:
        return redirect(url_of("importing.look", guid=kept[0].guid), code=303)
    return redirect(url_of("importing.start", said="read"), code=303)


def _read(sent: list[FileStorage]) -> Reading:
    """Read the files sent and those in archives among them."""
    reading = Reading()
    for file in sent:
        try:
            inside = corpus.unpacked(file.filename or "", file.stream.read())
        except Refused as refusal:
            reading.refused.append(RefusedFile(file.filename or "", refusal_words(refusal)))
            continue
        reading.notes += [note_words(each) for each in inside.notes]
        for name, content in inside.files:
            try:
                reading.files.append(corpus.read_file(name, content))
            except Refused as refusal:
                reading.refused.append(RefusedFile(name, refusal_words(refusal)))
    return reading


def _propose(file: ReadFile) -> PendingImport:
    shared = {name: request.form.get(name, "") for name in SHARED_FIELDS}
    record = corpus.read_record(shared)  # without a title: the file's name may be somebody's
    found = corpus.find_turns(file.text, suggested=file.convention, taught=corpus.taught_rules(session(), study().id))
    return corpus.propose_import(session(), actor(), study_id=study().id, record=record, file=file, found=found)


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
    found = corpus.find_turns(pending.text, chosen, suggested=pending.suggested, taught=taught)
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
    pending = _pending(guid)
    try:
        record = corpus.read_record(typed_fields())
        process_map.check_steps(session(), study().id, record.nodes)
        source = corpus.accept_import(
            session(),
            actor(),
            pending=pending,
            record=record,
            convention=_chosen(pending),
            allow_same=bool(request.form.get("allow_same")),
        )
        take_chosen_comments(source)
    except Refused as refusal:
        return _look(pending, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("sources.one", source_key=source.key, said="imported"), code=303)


@importing.post("/<uuid:guid>/discard")
@open_to(*TEAM)
@changes_data
def discard(guid: uuid.UUID) -> Response:
    """Remove a waiting file; nothing of it is kept."""
    corpus.discard_import(session(), actor(), pending=_pending(guid))
    return redirect(url_of("importing.start", said="discarded"), code=303)
