"""Writing a study as a folder that loads again: everything in one order, so that equal studies give equal bytes.

What is not written: sources that were withdrawn, with their codings and evidence; texts from which words are withheld,
with what still stands in them; published codebook versions and snapshots; masked texts and who signed them; what
corrections did to excerpts and who settled it; releases, and what the community body said, which live in the other
store.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, privacy, process_map
from ia_workbench.coding import CodingRow
from ia_workbench.corpus import Source
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor, IdentifierClass, Role, Study
from ia_workbench.study_folder.corrections import write_corrections
from ia_workbench.study_folder.creating import LEVERS
from ia_workbench.study_folder.exporting_findings import entries_of
from ia_workbench.study_folder.exporting_owners import definitions_of, write_owners
from ia_workbench.study_folder.findings_file import write_findings
from ia_workbench.study_folder.masked_sources import write_masking
from ia_workbench.study_folder.memos import write_memos
from ia_workbench.study_folder.places import SOURCES, STUDY_FILE
from ia_workbench.study_folder.reading import CODEBOOK, CODINGS_TABLE, FINDINGS, MAP, SOURCES_TABLE
from ia_workbench.study_folder.records import FindingEntry, Person, StudyRecord
from ia_workbench.study_folder.study_file import write_study_file

HALF_WRITTEN = ".half-written"
FOR_ITS_OWNER = 0o700  # the folder holds transcripts
UNSAFE = '<>:"/\\|?*'  # characters that some file system does not take in a name


@dataclass(frozen=True)
class ExportedStudy:
    """What an export wrote. `left_out` are the keys of withdrawn sources."""

    folder: Path
    sources: int
    codings: int
    findings: int
    left_out: tuple[str, ...]


def export_study(evidence: Session, published: Session, actor: Actor, *, study_id: int, folder: Path) -> ExportedStudy:
    """Write a study as a folder; `published` is an unheld session, asked for the names of the community's members.

    The folder appears whole or not at all. Refuses one that exists and is not empty. The same study gives the same
    bytes, and files of sources are written as they came.
    """
    privacy.require(actor, Act.READ_EVIDENCE, study_id=study_id)
    privacy.require(actor, Act.MANAGE_STUDY)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("{folder} is there already. Choose a folder that is new or empty.", folder=folder)
    half = folder.with_name(folder.name + HALF_WRITTEN)
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=FOR_ITS_OWNER, parents=True)
        (half / SOURCES).mkdir()
        exported = _write(evidence, published, study_id, half, folder)
        if folder.exists():
            folder.rmdir()
        os.replace(half, folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    key = privacy.study_numbered(evidence, study_id).key
    privacy.record(evidence, actor, "export-study", subject=key, study_id=study_id)
    return exported


def _write(evidence: Session, published: Session, study_id: int, half: Path, folder: Path) -> ExportedStudy:
    everything = corpus.sources(evidence, study_id)
    kept = sorted((source for source in everything if not source.is_withdrawn), key=lambda source: source.key)
    raw = {source.id: corpus.readable_revisions(evidence, source) for source in kept}
    made = [each for each in coding.codings(evidence, study_id) if each.excerpt.revision.closed_at is None]
    rows = coding.rows_of(made, texts=[coding.earlier_text(each.excerpt, raw) for each in made])
    entries = entries_of(evidence, study_id, raw)
    _write_materials(evidence, study_id, half)
    _write_sources(evidence, half, kept)
    write_owners(evidence, study_id, half, everything)
    authors = write_corrections(evidence, half, kept) | write_memos(evidence, half, study_id, kept, raw)
    authors |= write_masking(evidence, study_id, half, kept)
    _put(half / CODINGS_TABLE, coding.write_codings_csv(rows))
    _put(half / FINDINGS, write_findings(entries))
    study = privacy.study_numbered(evidence, study_id)
    people = _people(evidence, published, study, _named(kept, rows, entries) | authors)
    _put(half / STUDY_FILE, write_study_file(_record(evidence, study, people, half)))
    left_out = tuple(sorted(source.key for source in everything if source.is_withdrawn))
    return ExportedStudy(folder, len(kept), len(rows), len(entries), left_out)


def _put(path: Path, text: str) -> None:
    path.write_bytes(text.encode())  # not write_text: it would turn line ends into those of the machine


def _write_materials(session: Session, study_id: int, half: Path) -> None:
    if codebook.levers(session, study_id):
        _put(half / LEVERS, codebook.write_levers(codebook.lever_file(session, study_id)))
    if codebook.codes(session, study_id):
        _put(half / CODEBOOK, codebook.write_codebook(codebook.codebook_file(session, study_id)))
    if process_map.nodes(session, study_id):
        _put(half / MAP, process_map.write_map(process_map.map_file(session, study_id)))


def _write_sources(session: Session, half: Path, sources: Sequence[Source]) -> None:
    files = {source.key: _file(session, source) for source in sources}
    names = file_names({key: name for key, (name, _content) in files.items()})
    records = [(corpus.record_of(session, source), names[source.key]) for source in sources]
    (half / SOURCES_TABLE).write_bytes(corpus.write_records(records))
    for key, (_name, content) in files.items():
        (half / SOURCES / names[key]).write_bytes(content)


def _file(session: Session, source: Source) -> tuple[str, bytes]:
    """Name and content of the file a source loads again from: as it came, or its first readable text."""
    if not corpus.withholds_words(session, source):
        return corpus.file_of(session, source).name, corpus.content_of(session, source)
    first = corpus.readable_revisions(session, source)[0]
    return f"{source.key}.txt", corpus.text_of(session, first).encode()


def file_names(names: dict[str, str]) -> dict[str, str]:
    """Return a name for each source's file, by source key: its own, made safe, with the key before it where two agree.

    Two names that differ by case alone agree: some file systems do not tell them apart.
    """
    safe = {key: _safe(name) for key, name in names.items()}
    folded = [name.casefold() for name in safe.values()]
    return {key: f"{key}_{name}" if folded.count(name.casefold()) > 1 else name for key, name in safe.items()}


def _safe(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join("_" if each in UNSAFE or not each.isprintable() else each for each in last).strip(". ")
    return plain or "file.txt"


def _named(sources: Iterable[Source], rows: Iterable[CodingRow], entries: Iterable[FindingEntry]) -> set[str]:
    """Everyone whom the other files name."""
    named = {collector for source in sources for collector in source.collectors} | {row.coder for row in rows}
    for entry in entries:
        confidence = entry.record.confidence
        named |= {confidence.by} if confidence else set()
        named |= {search.by for search in entry.searches if search.by}
        named |= {link.by for link in entry.evidence if link.by}
        masks = [each.mask for each in entry.evidence if each.mask]
        named |= {name for mask in masks for name in (mask.by, mask.confirmed_by) if name}
    return named


def _people(evidence: Session, published: Session, study: Study, named: set[str]) -> tuple[Person, ...]:
    """The study's people by role and name; whoever only loaded it is left out, unless other files name them."""
    accounts = list(privacy.members_of(evidence, Store.EVIDENCE, study.id))
    keeps = set(study.settings.get("administrators", ()))
    accounts += [each for each in privacy.accounts(evidence, Store.EVIDENCE) if each.username in keeps]
    known = [each for each in privacy.studies(published, Store.PUBLISHED) if each.key == study.key]
    for published_study in known:
        accounts += privacy.members_of(published, Store.PUBLISHED, published_study.id)
    visitor = study.settings.get("loaded_by")
    people = {Person(each.username, each.role) for each in accounts if each.username != visitor or visitor in named}
    return tuple(sorted(people, key=lambda person: (list(Role).index(person.role), person.username)))


def _record(session: Session, study: Study, people: tuple[Person, ...], half: Path) -> StudyRecord:
    settings = study.settings
    return StudyRecord(
        key=study.key,
        title=study.title,
        question=study.question,
        site=study.site,
        offices=tuple(settings.get("offices", ())),
        standpoints=tuple(settings.get("standpoints", ())),
        names=tuple(settings.get("names", ())),
        name_classes={
            name: IdentifierClass(kind)
            for name, kind in settings.get("name_classes", {}).items()
            if name in settings.get("names", ())
        },
        thorough=bool(settings.get("thorough")),
        users=people,
        rule=findings.rule_of(session, study.id),
        levers=LEVERS if (half / LEVERS).exists() else (),
        codebook=CODEBOOK if (half / CODEBOOK).exists() else None,
        process_map=MAP if (half / MAP).exists() else None,
        keys=privacy.highest_keys(session, study.id),
        conventions=corpus.taught_rules(session, study.id),
        attributes=definitions_of(session, study.id),
        stewardship=tuple(corpus.stewardship_record(each) for each in corpus.stewardships(session, study.id)),
    )
