"""What is written is read back as the same value, whatever people write."""

import dataclasses
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.findings import (
    Confidence,
    ConfidenceLevel,
    EvidenceRule,
    FindingRecord,
    LeverNamed,
    LinkRole,
    Recommendation,
    ReleaseLevel,
    ShownAs,
    Stage,
    Stance,
)
from ia_workbench.kernel import Refused
from ia_workbench.privacy import IdentifierClass, Role
from ia_workbench.release import Replacement
from ia_workbench.study_folder.findings_file import read_findings, write_findings
from ia_workbench.study_folder.records import (
    EvidenceRecord,
    FindingEntry,
    MaskRecord,
    Person,
    SearchRecord,
    StudyRecord,
)
from ia_workbench.study_folder.study_file import read_study_file, write_study_file

LETTERS = string.ascii_letters + string.digits + " :#-'\"{}[]&*!%@,.?é🙂ñ=~|>\n"
TEXT = st.text(LETTERS, min_size=1, max_size=60).map(str.strip).filter(bool)
LINE = TEXT.map(lambda text: " ".join(text.split()))
WORD = st.text(string.ascii_lowercase, min_size=1, max_size=8)
WORDS = st.dictionaries(st.sampled_from(["en", "es"]), TEXT)
QUOTE = st.text(LETTERS, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))

MASKS = st.builds(
    MaskRecord,
    by=WORD,
    confirmed_by=st.none() | WORD,
    replacements=st.lists(st.builds(Replacement, words=TEXT, instead=TEXT), max_size=3).map(tuple),
)
PLACES = st.none() | st.integers(0, 1000)
EVIDENCE = st.builds(
    EvidenceRecord,
    source=WORD,
    quote=QUOTE,
    stance=st.sampled_from(Stance),
    role=st.sampled_from(LinkRole),
    start=st.just(3),
    end=st.integers(4, 90),
    key=st.none() | WORD,
    lever=st.none() | WORD,
    note=TEXT | st.just(""),
    by=st.none() | WORD,
    resolution=st.none() | TEXT,
    show=st.none() | st.sampled_from(ShownAs),
    paraphrase=WORDS,
    translation=WORDS,
    speaker=WORDS,
    mask=st.none() | MASKS,
)
RECORDS = st.builds(
    FindingRecord,
    title=TEXT,
    statement=TEXT | st.just(""),
    plain=WORDS,
    matters=WORDS,
    step_note=WORDS,
    content_note=WORDS,
    release_level=st.sampled_from(ReleaseLevel),
    levers=st.lists(st.builds(LeverNamed, key=WORD, explanation=TEXT | st.just("")), max_size=3).map(tuple),
    nodes=st.lists(WORD, unique=True, max_size=3).map(tuple),
    edges=st.lists(WORD, unique=True, max_size=3).map(tuple),
    strengths=st.lists(LINE, unique=True, max_size=3).map("\n".join),
    recommendations=st.lists(
        st.builds(Recommendation, action=TEXT, lever=WORD, owner=TEXT, horizon=TEXT | st.just(""), sign=TEXT),
        max_size=2,
    ).map(tuple),
    confidence=st.none()
    | st.builds(Confidence, level=st.sampled_from(ConfidenceLevel), note=TEXT | st.just(""), by=WORD),
    office_waiver=st.none() | TEXT,
)
SEARCHES = st.builds(SearchRecord, query=TEXT, note=TEXT | st.just(""), by=st.none() | WORD, on=st.none() | st.dates())
FINDINGS = st.lists(
    st.builds(
        FindingEntry,
        record=RECORDS,
        key=WORD,
        stage=st.sampled_from(Stage),
        searches=st.lists(SEARCHES, max_size=2).map(tuple),
        evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    ),
    max_size=3,
    unique_by=lambda entry: entry.key,
).map(tuple)


def _with_classes(drawn: tuple[StudyRecord, list[IdentifierClass | None]]) -> StudyRecord:
    """The study, with what each name of its list is where that is said."""
    record, kinds = drawn
    classes = {name: kind for name, kind in zip(record.names, kinds, strict=False) if kind is not None}
    return dataclasses.replace(record, name_classes=classes)


STUDIES = st.tuples(
    st.builds(
        StudyRecord,
        key=WORD,
        title=TEXT,
        question=TEXT,
        site=TEXT,
        offices=st.lists(LINE, unique=True, max_size=3).map(tuple),
        standpoints=st.lists(WORD, unique=True, max_size=2).map(tuple),
        names=st.lists(LINE, unique=True, max_size=2).map(tuple),
        users=st.lists(
            st.builds(Person, username=WORD, role=st.sampled_from(Role)),
            unique_by=lambda each: each.username,
            max_size=3,
        ).map(tuple),
        rule=st.builds(
            EvidenceRule, name=LINE, version=st.integers(1, 9), kinds=st.integers(0, 5), not_one_case=st.booleans()
        ),
        levers=st.just("levers.yaml") | st.lists(WORD, unique=True, max_size=3).map(tuple),
        codebook=st.none() | st.just("codebook.yaml"),
        process_map=st.none() | st.just("../../process_maps/reunification.yaml"),
        keys=st.dictionaries(st.from_regex(r"[A-Z]{1,4}", fullmatch=True), st.integers(0, 10**9 - 1), max_size=3),
        thorough=st.booleans(),
    ),
    st.lists(st.none() | st.sampled_from(IdentifierClass), max_size=2),
).map(_with_classes)


@given(FINDINGS)
def test_findings_are_read_back_as_they_were_written(entries: tuple[FindingEntry, ...]) -> None:
    assert read_findings(write_findings(entries)) == entries


@given(STUDIES)
def test_a_study_is_read_back_as_it_was_written(record: StudyRecord) -> None:
    assert read_study_file(write_study_file(record)) == record


def test_a_finding_may_be_written_short() -> None:
    (entry,) = read_findings(
        "- statement: At intake, a form asks for a fax.\n  levers: [ADM]\n  strengths: Kind staff.\n"
    )
    assert (entry.key, entry.stage, entry.record.title) == (None, Stage.DRAFT, "At intake, a form asks for a fax.")
    assert entry.record.levers == (LeverNamed("ADM"),)
    assert entry.record.strengths == "Kind staff."


def test_a_field_called_on_is_a_date_and_not_a_truth() -> None:
    (entry,) = read_findings("findings:\n- title: x\n  negative_case_searches: [{query: q, on: 2026-03-02}]\n")
    assert str(entry.searches[0].on) == "2026-03-02"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("findings: [{key: F-01, title: a}, {key: F-01, title: b}]", "The finding F-01 is given twice"),
        (
            "findings: [{title: a, evidence: [{source: S, start: 1, quote: q, stance: supports, role: happens}]}]",
            "both",
        ),
        ("findings: [{title: a, evidence: [{source: S, stance: supports, role: happens}]}]", "has no quote"),
        ("findings: [{statement: ''}]", "has no title"),
        ("findings: [{title: a, levers: [{key: ADM, mood: x}]}]", "mood"),
        ("findings: [{title: a, confidence: {level: sure}}]", "level must be one of"),
        ("findings: [{title: a, plain: {fr: mot}}]", "fr"),
        ("findings: 3", "must be a list"),
        ("- 3", "must be a set of fields"),
    ],
)
def test_malformed_findings_are_refused_with_their_place(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_findings(text)


def test_the_list_of_names_takes_plain_names_and_names_with_a_class_side_by_side() -> None:
    study = "key: a\ntitle: b\nquestion: c\nsite: d\n"
    record = read_study_file(f"{study}names: [Ada Pell, {{name: Save-Rite, class: organisation}}]\nthorough: true\n")
    assert record.names == ("Ada Pell", "Save-Rite")
    assert record.name_classes == {"Save-Rite": IdentifierClass.ORGANISATION}
    assert record.thorough
    plain = read_study_file(f"{study}names: [Ada Pell]\n")
    assert (plain.names, plain.name_classes, plain.thorough) == (("Ada Pell",), {}, False)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("[{name: Save-Rite, class: shop}]", "must be one of"),
        ("[{name: Save-Rite}]", "class"),
        ("[{name: Save-Rite, class: place, kind: x}]", "kind"),
        ("[Save-Rite, {name: Save-Rite, class: place}]", "The study lists the name Save-Rite twice."),
        ("['']", "empty entry"),
        ("[7]", "Name 1 of the study"),
    ],
)
def test_a_name_that_is_wrong_is_refused_with_what_to_do(names: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_study_file(f"key: a\ntitle: b\nquestion: c\nsite: d\nnames: {names}\n")
    assert sentence in str(refusal.value)
