"""Reading a study's folder into values, before anything is written anywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ia_workbench import codebook, coding, corpus, process_map
from ia_workbench.codebook import CodebookFile, LeverFile
from ia_workbench.coding import CodingRow
from ia_workbench.corpus import AttributeRow, RecordRow
from ia_workbench.kernel import Refused, about, read_bytes, read_text
from ia_workbench.process_map import MapFile
from ia_workbench.study_folder.corrections import CorrectedText, read_corrections
from ia_workbench.study_folder.creating import LEVERS, shipped_levers
from ia_workbench.study_folder.findings_file import read_findings
from ia_workbench.study_folder.memos import MemoRow, read_memos
from ia_workbench.study_folder.places import StudyPlace
from ia_workbench.study_folder.records import FindingEntry, StudyRecord
from ia_workbench.study_folder.study_file import read_study_file

Content = TypeVar("Content")

CODEBOOK, MAP = "codebook.yaml", "process_map.yaml"
SOURCES_TABLE, CODINGS_TABLE, FINDINGS = "sources.csv", "codings.csv", "findings.yaml"
PARTICIPANTS_TABLE, CASES_TABLE = "participants.csv", "cases.csv"


@dataclass(frozen=True)
class StudyFiles:
    """Everything a study's folder says, each file well formed in itself. Rows come with their line numbers."""

    place: StudyPlace
    record: StudyRecord
    levers: LeverFile
    codebook: CodebookFile | None
    process_map: MapFile | None
    sources: tuple[RecordRow, ...]
    corrections: Mapping[str, Sequence[CorrectedText]]
    codings: tuple[tuple[int, CodingRow], ...]
    findings: tuple[FindingEntry, ...]
    participants: tuple[AttributeRow, ...] = ()
    cases: tuple[AttributeRow, ...] = ()
    memos: tuple[MemoRow, ...] = ()


def read_folder(place: StudyPlace) -> StudyFiles:
    """Read every file of a study but those of the sources. Raises Refused naming file and place."""
    text = read_text(place.study_file)
    with about(place.study_file.name):
        record = read_study_file(text)
    levers = _levers(place, record)
    book = _read(place, record.codebook, CODEBOOK, record.lines.get("codebook"), codebook.read_codebook)
    case_map = _read(place, record.process_map, MAP, record.lines.get("process_map"), process_map.read_map)
    found = _read(place, None, FINDINGS, None, read_findings) or ()
    people, cases = _attribute_rows(place, PARTICIPANTS_TABLE), _attribute_rows(place, CASES_TABLE)
    corrections = read_corrections(place)
    sources, codings, memos = _sources(place), _codings(place), read_memos(place)
    return StudyFiles(place, record, levers, book, case_map, sources, corrections, codings, found, people, cases, memos)


def _read(
    place: StudyPlace, named: str | None, usual: str, line: int | None, read: Callable[[str], Content]
) -> Content | None:
    """Read the file that `study.yaml` names on a line, else the one of the usual name, None where there is neither."""
    if named is None and not place.has(usual):
        return None
    with about(place.study_file.name, line):
        path = place.named_file(named) if named else place.folder / usual
    text = read_text(path)
    with about(named or usual):
        return read(text)


def _levers(place: StudyPlace, record: StudyRecord) -> LeverFile:
    given = record.levers
    if isinstance(given, str) or not given:
        named = given if isinstance(given, str) else None
        found = _read(place, named, LEVERS, record.lines.get("levers"), codebook.read_levers)
        return found or shipped_levers()
    shipped = shipped_levers()
    with about(place.study_file.name, record.lines.get("levers")):
        for key in given:
            if key not in {lever.key for lever in shipped.levers}:
                raise Refused("There is no lever {key}. Name a file of levers to bring in others.", key=key)
    chosen = tuple(lever for lever in shipped.levers if lever.key in given)
    return LeverFile(shipped.name, shipped.version, shipped.description, chosen)


def _sources(place: StudyPlace) -> tuple[RecordRow, ...]:
    if not place.has(SOURCES_TABLE):
        return ()
    content = read_bytes(place.folder / SOURCES_TABLE)
    with about(SOURCES_TABLE):
        return tuple(corpus.read_records(content))


def _attribute_rows(place: StudyPlace, name: str) -> tuple[AttributeRow, ...]:
    if not place.has(name):
        return ()
    content = read_bytes(place.folder / name)
    with about(name):
        return tuple(corpus.read_attribute_rows(name, content))


def _codings(place: StudyPlace) -> tuple[tuple[int, CodingRow], ...]:
    if not place.has(CODINGS_TABLE):
        return ()
    text = read_text(place.folder / CODINGS_TABLE)
    with about(CODINGS_TABLE):
        return tuple(coding.read_codings_csv(text))
