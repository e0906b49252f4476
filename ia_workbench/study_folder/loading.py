"""Loading a study from its folder, all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, privacy, process_map, release
from ia_workbench.coding import GivenCoding
from ia_workbench.corpus import AttributeScope, FoundTurns, ReadFile, RecordRow
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, about, format_key, read_bytes
from ia_workbench.privacy import Act, Actor, Role, Study
from ia_workbench.study_folder.corrections import REVISIONS_TABLE, load_corrections
from ia_workbench.study_folder.creating import begin_study
from ia_workbench.study_folder.loading_findings import load_findings
from ia_workbench.study_folder.masked_sources import load_masking
from ia_workbench.study_folder.memos import load_memos
from ia_workbench.study_folder.places import study_place
from ia_workbench.study_folder.quoting import LoadedText, Texts, coded_span
from ia_workbench.study_folder.reading import (
    CASES_TABLE,
    CODEBOOK,
    CODINGS_TABLE,
    PARTICIPANTS_TABLE,
    SOURCES_TABLE,
    StudyFiles,
    read_folder,
)
from ia_workbench.study_folder.records import Person
from ia_workbench.study_folder.study_file import rule_content
from ia_workbench.withdrawal import Ledger

WITHDRAWN = (
    "{name} holds what {key} held, which was withdrawn from this study on {on}. "
    "Take it out of the folder, with its codings and evidence."
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class LoadedStudy:
    """What a load brought in; `study_id` is the study's internal number in the evidence store.

    `masks` came along and wait, whatever the files say: only someone of this home can confirm them.
    `without_agreement` are leads and analysts, by username, of whom no confidentiality agreement holds here.
    """

    study_id: int
    key: str
    sources: int
    codes: int
    codings: int
    findings: int
    evidence: int
    masks: int
    without_agreement: tuple[str, ...]


ReadSource = tuple[ReadFile, FoundTurns]


@dataclass(frozen=True)
class ReadStudy:
    """A study's folder as it was read: its tables, and every source's file with its turns, in the order of the table.

    A file that cannot be read is the refusal it met, told when its turn comes.
    """

    files: StudyFiles
    sources: tuple[ReadSource | Refused, ...] = field(repr=False)


def read_study(actor: Actor, *, folder: Path, progress: Progress | None = None) -> ReadStudy:
    """Read the study in a folder, or that a YAML file points to, before any store is held for writing.

    `progress` is called with a word, how many are done and how many there are. Raises Refused naming file and line of
    the first thing that is wrong with the tables, and NotAllowed before a file is opened for someone who may not.
    """
    privacy.require(actor, Act.MANAGE_STUDY)
    files = read_folder(study_place(folder))
    sources: list[ReadSource | Refused] = []
    for number, row in enumerate(files.sources):
        if progress is not None:
            progress("reading", number, len(files.sources))
        try:
            sources.append(_read_source(files, row))
        except Refused as refusal:
            sources.append(refusal)
    return ReadStudy(files, tuple(sources))


def _read_source(files: StudyFiles, row: RecordRow) -> ReadSource:
    path = files.place.source_file(row.file)
    file = corpus.read_file(path.name, read_bytes(path))
    taught = files.record.conventions
    return file, corpus.find_turns(file.text, row.record.convention, suggested=file.convention, taught=taught)


def load_study(
    evidence: Session,
    published: Session,
    actor: Actor,
    *,
    read: ReadStudy,
    progress: Progress | None = None,
    ledger: Ledger | None = None,
) -> LoadedStudy:
    """Load a study that was read from its folder.

    `evidence` is a session for writing held to the actor, `published` an unheld one: the community's accounts and the
    study's row there are made too. What `ledger` says was withdrawn from the study is refused. `progress` is called
    with a word, how many are done and how many there are. Raises Refused naming file and line, or file and place, of
    the first thing that is wrong; the caller then rolls back both. Commit `published` first: accounts there without a
    study are harmless, a study without its accounts is not.
    """
    privacy.require(actor, Act.MANAGE_STUDY)
    files = read.files
    report = progress or (lambda _what, _done, _of: None)
    study, member = _begin(evidence, published, actor, files)
    _add_people(evidence, published, member, study, files)
    for prefix, number in files.record.keys.items():
        privacy.note_key(evidence, study_id=study.id, key=format_key(prefix, number))
    codes = _take_materials(evidence, member, study.id, files)
    for rule in files.record.conventions:
        corpus.add_taught(evidence, member, study_id=study.id, rule=rule)
    _take_terms(evidence, member, study.id, files)
    _refuse_withdrawn(read, ledger)
    texts = _load_sources(evidence, member, study.id, read, report)
    _take_attributes(evidence, member, study.id, files)
    taken_in = {source.key: source for source in corpus.sources(evidence, study.id)}
    load_masking(evidence, member, study_id=study.id, place=files.place, sources=taken_in)
    _load_codings(evidence, member, study.id, files, texts, report)
    links = load_findings(evidence, member, study.id, files, texts, report)
    load_memos(evidence, member, study_id=study.id, rows=files.memos, texts=texts)
    masks = sum(record.mask is not None for entry in files.findings for record in entry.evidence)
    privacy.record(evidence, member, "load-study", subject=study.key, study_id=study.id, sources=len(files.sources))
    counts = (len(files.sources), codes, len(files.codings), len(files.findings), links, masks)
    return LoadedStudy(study.id, study.key, *counts, without_agreement=_without_agreement(evidence, files))


def _begin(evidence: Session, published: Session, actor: Actor, files: StudyFiles) -> tuple[Study, Actor]:
    record = files.record
    names = {person.username for person in record.users}
    settings = {
        "offices": list(record.offices),
        "standpoints": list(record.standpoints),
        "names": list(record.names),
        "name_classes": {name: kind.value for name, kind in record.name_classes.items()},
        "thorough": record.thorough,
        "rule": rule_content(record.rule),
        "administrators": sorted(each.username for each in record.users if each.role is Role.ADMINISTRATOR),
        # whoever loads a study joins it; an export leaves them out again unless they did something in it
        "loaded_by": None if actor.username in names else actor.username,
    }
    kept = {name: value for name, value in settings.items() if value}
    with about(files.place.study_file.name):
        public = {"title": record.title, "question": record.question, "site": record.site}
        release.refuse_listed_names(public, record.names)
    with about(files.place.study_file.name, record.lines.get("key")):
        return begin_study(
            evidence, published, actor, key=record.key, title=record.title, question=record.question,
            site=record.site, settings=kept,
        )  # fmt: skip


def _add_people(evidence: Session, published: Session, actor: Actor, study: Study, files: StudyFiles) -> None:
    host = privacy.guest_in_published_store(published, actor, [study.key])
    (known,) = host.study_ids
    for person in files.record.users:
        with about(files.place.study_file.name, person.line):
            if person.role.is_community:
                privacy.refuse_taken_name(evidence, Store.EVIDENCE, person.username)
                privacy.add_user(published, host, username=person.username, role=person.role, study_id=known)
                continue
            privacy.refuse_taken_name(published, Store.PUBLISHED, person.username)
            if person.role is Role.ADMINISTRATOR:
                privacy.add_user(evidence, actor, username=person.username, role=person.role)
            else:
                privacy.add_user(evidence, actor, username=person.username, role=person.role, study_id=study.id)
                _record_agreement(evidence, actor, person)


def _record_agreement(session: Session, actor: Actor, person: Person) -> None:
    """Record the agreement that the file tells of, unless one holds, it ended since, or it is the loader's own."""
    signed = person.agreement_signed
    until = person.agreement_until or (privacy.latest_end(signed) if signed else None)
    is_of_use = until is not None and until >= privacy.today_of(session) and person.username != actor.username
    if until is not None and is_of_use and not _is_cleared(session, person.username):
        signed = signed or privacy.today_of(session)
        privacy.record_agreement(session, actor, username=person.username, signed_on=signed, until=until)


def _is_cleared(session: Session, username: str) -> bool:
    account = privacy.account_named(session, Store.EVIDENCE, username)
    state = privacy.agreement_states(session).get(account.id)
    return state is not None and state.holds


def _without_agreement(session: Session, files: StudyFiles) -> tuple[str, ...]:
    names = [person.username for person in files.record.users if person.role.reads_evidence]
    return tuple(name for name in names if not _is_cleared(session, name))


def _take_materials(session: Session, actor: Actor, study_id: int, files: StudyFiles) -> int:
    """Take in levers, codes and map; return how many codes there are."""
    codebook.import_levers(session, actor, study_id=study_id, file=files.levers)
    if files.codebook is not None:
        taken = codebook.import_codebook(session, actor, study_id=study_id, file=files.codebook)
        if taken.unknown_levers:
            key = taken.unknown_levers[0]
            with about(files.record.codebook or CODEBOOK):
                raise Refused("The codebook names the lever {key}, which the study has not.", key=key)
    if files.process_map is not None:
        process_map.import_map(session, actor, study_id=study_id, file=files.process_map)
    return len(codebook.codes(session, study_id))


def _take_terms(session: Session, actor: Actor, study_id: int, files: StudyFiles) -> None:
    """Take in what records of sources refer to: attributes and stewardship."""
    record, name = files.record, files.place.study_file.name
    for definition in record.attributes:
        with about(name, record.lines.get("attributes")):
            corpus.define_attribute(session, actor, study_id=study_id, definition=definition)
    for terms in record.stewardship:
        with about(name, record.lines.get("stewardship")):
            corpus.keep_stewardship(session, actor, study_id=study_id, record=terms)


def _take_attributes(session: Session, actor: Actor, study_id: int, files: StudyFiles) -> None:
    """Take in what is said of participants and cases, those who are in no source among them."""
    tables = (
        (PARTICIPANTS_TABLE, AttributeScope.PARTICIPANT, files.participants),
        (CASES_TABLE, AttributeScope.CASE, files.cases),
    )
    for name, scope, rows in tables:
        if rows:
            with about(name):
                corpus.import_attributes(session, actor, study_id=study_id, scope=scope, rows=rows)


def _refuse_withdrawn(read: ReadStudy, ledger: Ledger | None) -> None:
    """Refuse a file whose bytes were withdrawn from the study, under whatever key: an older export holds it still."""
    files = read.files
    entries = [each for each in (ledger.withdrawals() if ledger else []) if each.study == files.record.key]
    gone = {each.sha256: each for each in entries if each.sha256 is not None}
    for row, found_there in zip(files.sources, read.sources, strict=True):
        entry = None if isinstance(found_there, Refused) else gone.get(found_there[0].sha256)
        if entry is not None:
            with about(f"{SOURCES_TABLE} line {row.line}"):
                name = files.place.source_file(row.file).name
                raise Refused(WITHDRAWN, name=name, key=entry.key, on=entry.at[:10])


def _load_sources(session: Session, actor: Actor, study_id: int, read: ReadStudy, report: Progress) -> Texts:
    files = read.files
    texts: dict[str, Sequence[LoadedText]] = {}
    for number, (row, found_there) in enumerate(zip(files.sources, read.sources, strict=True)):
        report("sources", number, len(files.sources))
        with about(f"{SOURCES_TABLE} line {row.line}"):
            process_map.check_steps(session, study_id, row.record.nodes)
            if isinstance(found_there, Refused):
                raise found_there
            file, found = found_there
            source = corpus.import_source(
                session, actor, study_id=study_id, record=row.record, file=file, found=found, allow_same=True
            )
        load_corrections(session, actor, source=source, place=files.place, given=files.corrections.get(source.key, ()))
        raw = corpus.raw_revisions(session, source)
        texts[source.key] = [LoadedText(each, corpus.text_of(session, each)) for each in raw]
    for key, rows in files.corrections.items():
        if key not in texts:
            with about(REVISIONS_TABLE, rows[0].line):
                raise Refused("there is no source {source} in sources.csv.", source=key)
    return texts


def _load_codings(
    session: Session,
    actor: Actor,
    study_id: int,
    files: StudyFiles,
    texts: Texts,
    report: Progress,
) -> None:
    codes = {code.path: code for code in codebook.codes(session, study_id)}
    coders = {account.username: account.id for account in privacy.members_of(session, Store.EVIDENCE, study_id)}
    seen: dict[tuple[str, int | None, int, int, str, str], int] = {}
    given: list[GivenCoding] = []
    for number, (line, row) in enumerate(files.codings):
        report("codings", number, len(files.codings))
        with about(f"{CODINGS_TABLE} line {line}"):
            revision, span = coded_span(texts, row)
            code = codes.get(row.code) or codebook.code_at(session, study_id, row.code)
            if row.coder not in coders:
                raise Refused("there is no user {name} on the team in study.yaml.", name=row.coder)
            first = seen.setdefault((row.source, row.text, row.start, row.end, row.code, row.coder), line)
            if first != line:
                raise Refused("the same coding stands in line {line}; take one out.", line=first)
            coding.refuse_rating(row.rating, code.scale)  # here as well, where the line is known
            given.append(GivenCoding(revision, span, code, coders[row.coder], row.at, row.rating, row.important))
    coding.import_codings(session, actor, study_id=study_id, given=given)
