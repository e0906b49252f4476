"""The register beyond the table of sources: changing one record, the participants, and the case clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import corpus, process_map
from ia_workbench.corpus import AttributeScope, CaseCluster, ConsentScope, Participant, Source, SourceKind
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import version_seen
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.record_forms import typed_fields, vocabularies

records = Blueprint("records", __name__, url_prefix="/s/<study_key>")


@dataclass(frozen=True)
class ParticipantRow:
    """A participant with the sources they are in, the labels they speak under, and what is noted of them.

    `consents` are how far the words of those sources may travel today, and until when, each once.
    """

    participant: Participant
    sources: tuple[Source, ...]
    labels: tuple[str, ...]
    consents: tuple[tuple[ConsentScope, date | None], ...]
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CaseRow:
    """A case with its sources by kind, everyone in them, their standpoints, and what is noted of it."""

    case: CaseCluster
    by_kind: dict[SourceKind, tuple[Source, ...]]
    people: tuple[str, ...]
    standpoints: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]


@records.get("/sources/<source_key>/record")
@open_to(*TEAM)
def edit(source_key: str) -> str:
    """Show the form of a source's record."""
    source = _open(source_key)
    return _form(source, corpus.fields_of(corpus.record_of(session(), source)))


@records.post("/sources/<source_key>/record")
@open_to(*TEAM)
@changes_data
def save(source_key: str) -> tuple[str, int] | Response:
    """Keep what was written of a source, unless someone saved another version in between."""
    source = _open(source_key)
    seen = request.form.get("version", "")
    try:
        record = corpus.read_record(typed_fields())
        process_map.check_steps(session(), study().id, record.nodes)
        corpus.change_record(session(), actor(), source=source, record=record, version=version_seen(request.form))
    except Refused as refusal:
        session().rollback()
        stored = _open(source_key)
        now = corpus.fields_of(corpus.record_of(session(), stored))
        shown = now if seen != str(stored.version) else None  # someone else saved: both are shown
        return _form(stored, now | typed_fields(), sentence=refusal_words(refusal), stored=shown), refusal.status
    return redirect(url_of("sources.one", source_key=source.key, said="record-changed"), code=303)


def _open(source_key: str) -> Source:
    source = corpus.source_keyed(session(), study().id, source_key)
    if source.is_withdrawn:
        raise Refused("{key} was withdrawn: its record stays as it is.", key=source.key)
    return source


def _form(
    source: Source, filled: dict[str, str], *, sentence: str | None = None, stored: dict[str, str] | None = None
) -> str:
    return render_template(
        "team/sources/record.html",
        source=source,
        filled=filled,
        stored=stored,
        sentence=sentence,
        **vocabularies(),
    )


@records.get("/participants")
@open_to(*TEAM)
def participants() -> str:
    """Show everyone in the source register: their sources, standpoints, consent and attributes."""
    here = study()
    said = corpus.attribute_values(session(), here.id, AttributeScope.PARTICIPANT)
    everything = corpus.sources(session(), here.id)
    today = moment_of(session()).date()
    people = corpus.participants(session(), here.id)
    rows = [_participant(each, everything, said.get(each.id, ()), today) for each in people]
    return render_template("team/sources/participants.html", rows=rows, today=today)


def _participant(
    person: Participant, everything: Sequence[Source], said: tuple[tuple[str, str], ...], today: date
) -> ParticipantRow:
    links = [
        (source, link) for source in everything for link in source.participant_links if link.participant_id == person.id
    ]
    labels = dict.fromkeys(link.speaker for _source, link in links if link.speaker)
    consents = dict.fromkeys((source.scope_on(today), source.consent_until) for source, _link in links)
    return ParticipantRow(person, tuple(source for source, _link in links), tuple(labels), tuple(consents), said)


@records.get("/cases")
@open_to(*TEAM)
def cases() -> str:
    """Show the case clusters, each with its sources by kind: what one case rests on, and from how many sides."""
    here = study()
    said = corpus.attribute_values(session(), here.id, AttributeScope.CASE)
    everything = corpus.sources(session(), here.id)
    rows = [_case(each, everything, said.get(each.id, ())) for each in corpus.case_clusters(session(), here.id)]
    kinds = [kind for kind in SourceKind if any(kind in row.by_kind for row in rows)]
    return render_template("team/sources/cases.html", rows=rows, kinds=kinds)


def _case(case: CaseCluster, everything: Sequence[Source], said: tuple[tuple[str, str], ...]) -> CaseRow:
    its = [source for source in everything if source.case_id == case.id]
    usable = [source for source in its if not source.is_withdrawn]
    by_kind = {kind: tuple(each for each in its if each.kind is kind) for kind in SourceKind}
    people = dict.fromkeys(person.key for source in usable for person in source.participants)
    standpoints = dict.fromkeys(source.standpoint for source in usable)
    kept = {kind: sources for kind, sources in by_kind.items() if sources}
    return CaseRow(case, kept, tuple(people), tuple(standpoints), said)
