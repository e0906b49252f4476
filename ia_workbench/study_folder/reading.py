"""Reading a study's folder into values, before anything is written anywhere."""

from dataclasses import dataclass

from ia_workbench import codebook, coding, corpus, process_map
from ia_workbench.codebook import CodebookFile, LeverFile
from ia_workbench.coding import CodingRow
from ia_workbench.corpus import RecordRow
from ia_workbench.kernel import Refused
from ia_workbench.process_map import MapFile
from ia_workbench.study_folder.creating import LEVERS, shipped_levers
from ia_workbench.study_folder.findings_file import read_findings
from ia_workbench.study_folder.places import StudyPlace, about, read_bytes, read_text
from ia_workbench.study_folder.records import FindingEntry, StudyRecord
from ia_workbench.study_folder.study_file import read_study_file

CODEBOOK, MAP = "codebook.yaml", "process_map.yaml"
SOURCES_TABLE, CODINGS_TABLE, FINDINGS = "sources.csv", "codings.csv", "findings.yaml"


@dataclass(frozen=True)
class StudyFiles:
    """Everything a study's folder says, each file well formed in itself.

    `findings_text` is kept to tell on which line a finding or its evidence stands. Rows come with their line numbers.
    """

    place: StudyPlace
    record: StudyRecord
    levers: LeverFile
    codebook: CodebookFile | None
    process_map: MapFile | None
    sources: tuple[RecordRow, ...]
    codings: tuple[tuple[int, CodingRow], ...]
    findings: tuple[FindingEntry, ...]
    findings_text: str

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices of the site: those `study.yaml` names, else those the sources name."""
        named = (row.record.office for row in self.sources)
        return self.record.offices or tuple(dict.fromkeys(office for office in named if office))


def read_folder(place: StudyPlace) -> StudyFiles:
    """Read every file of a study but those of the sources. Raises Refused naming file and place."""
    with about(place.study_file.name):
        record = read_study_file(read_text(place.study_file))
        codebook_path = _named_or_present(place, record.codebook, CODEBOOK)
        map_path = _named_or_present(place, record.process_map, MAP)
        levers = _levers(place, record.levers)
    codes = _text(place, codebook_path)
    steps = _text(place, map_path)
    findings_text = read_text(place.folder / FINDINGS) if place.has(FINDINGS) else ""
    with about(codebook_path or CODEBOOK):
        book = codebook.read_codebook(codes) if codes is not None else None
    with about(map_path or MAP):
        case_map = process_map.read_map(steps) if steps is not None else None
    with about(FINDINGS):
        findings = read_findings(findings_text) if findings_text.strip() else ()
    return StudyFiles(place, record, levers, book, case_map, _sources(place), _codings(place), findings, findings_text)


def _named_or_present(place: StudyPlace, named: str | None, usual: str) -> str | None:
    return named or (usual if place.has(usual) else None)


def _text(place: StudyPlace, named: str | None) -> str | None:
    return read_text(place.named_file(named)) if named else None


def _levers(place: StudyPlace, given: str | tuple[str, ...]) -> LeverFile:
    if isinstance(given, str):
        return codebook.read_levers(read_text(place.named_file(given)))
    if not given and place.has(LEVERS):
        return codebook.read_levers(read_text(place.folder / LEVERS))
    shipped = shipped_levers()
    for key in given:
        if key not in {lever.key for lever in shipped.levers}:
            raise Refused("There is no lever {key}. Name a file of levers to bring in others.", key=key)
    chosen = tuple(lever for lever in shipped.levers if not given or lever.key in given)
    return LeverFile(shipped.name, shipped.version, shipped.description, chosen)


def _sources(place: StudyPlace) -> tuple[RecordRow, ...]:
    if not place.has(SOURCES_TABLE):
        return ()
    with about(SOURCES_TABLE):
        return tuple(corpus.read_records(read_bytes(place.folder / SOURCES_TABLE)))


def _codings(place: StudyPlace) -> tuple[tuple[int, CodingRow], ...]:
    if not place.has(CODINGS_TABLE):
        return ()
    text = read_text(place.folder / CODINGS_TABLE)
    with about(CODINGS_TABLE):
        return tuple(coding.read_codings_csv(text))
