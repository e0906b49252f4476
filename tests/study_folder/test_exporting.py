"""Export, load, export again: the same bytes. And the folder appears whole or not at all."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, privacy, release, study_folder
from ia_workbench.config import shipped_folder
from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeRow,
    AttributeScope,
    AttributeType,
    ConsentScope,
    PrivacyClass,
    Respondent,
    Source,
    SourceKind,
    SourceRecord,
    StewardshipRecord,
)
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, Refused, Span, parse_yaml
from ia_workbench.privacy import Actor
from ia_workbench.release import Replacement
from ia_workbench.study_folder.exporting import file_names
from tests.study_folder import making
from tests.support import Home, make_home
from tests.support.releasing import confirm_as, mask_as


@pytest.fixture
def other_home(migrated_stores: Path, tmp_path: Path, home: Home) -> Home:
    """A second home, as empty as the first."""
    folder = tmp_path / "other"
    shutil.copytree(migrated_stores, folder)
    return make_home(folder, clock=home.clock)


def test_the_shipped_study_comes_back_byte_for_byte(home: Home, other_home: Home, tmp_path: Path) -> None:
    shipped = shipped_folder("corpora") / "cedar_county"
    first = making.export(home, making.load(home, shipped).study_id, tmp_path / "first")
    second = making.export(other_home, making.load(other_home, first, who="ines").study_id, tmp_path / "second", "ines")
    other_home.close()
    assert making.contents(second) == making.contents(first)
    sources = making.contents(shipped / "sources")
    assert making.contents(first / "sources") == sources
    assert len(sources) >= 24


def test_a_confirmation_in_the_files_is_written_again_and_one_given_here_takes_its_place(
    home: Home, tmp_path: Path
) -> None:
    shipped = shipped_folder("corpora") / "cedar_county"
    loaded = making.load(home, shipped, who="ines")
    first = making.export(home, loaded.study_id, tmp_path / "first", "ines") / "findings.yaml"
    carla = home.actor("carla")
    with home.session(carla) as session:
        finding = findings.finding_keyed(session, loaded.study_id, "F-01")
        masks = release.masks_for(session, finding).values()
        named = [mask.confirmed_in_file for mask in masks]
        mine = next(mask for mask in masks if mask.by == "ana" and mask.confirmed_in_file == "ben")
        confirm_as(session, carla, mine)
    second = making.export(home, loaded.study_id, tmp_path / "second", "ines") / "findings.yaml"
    before, after = (file.read_text(encoding="utf-8") for file in (first, second))
    assert named.count("ben") > 0
    assert before.count("confirmed_by: ben") - after.count("confirmed_by: ben") == 1
    assert after.count("confirmed_by: carla") - before.count("confirmed_by: carla") == 1


def test_everything_a_person_can_add_survives(home: Home, other_home: Home, tmp_path: Path) -> None:
    """A mask, a resolution, a waiver, blank lines, a quote with space at its ends, a formula, an emoji."""
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ana = home.actor("ana")
    with home.session(ana) as session:
        found = findings.finding_keyed(session, loaded.study_id, "F-01")
        record = replace(findings.record_of(found), strengths="Kind staff.\n\n  Kind staff.  \nA clock.", edges=())
        findings.edit_finding(session, ana, finding=found, record=record)
        link = findings.link_keyed(session, loaded.study_id, "E-0001")
        words = [Replacement("my shift", "work"), Replacement("two times", "two slots")]
        mask_as(session, ana, link, words)
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        revision = corpus.newest_revision(session, source)
        start = making.PARENT.index(" 🙂 ")
        excerpt = coding.excerpt_of(session, ana, revision=revision, span=Span(start, start + 3))
        findings.link_evidence(
            session, ana, finding=found, excerpt=excerpt, stance=findings.Stance.CONTRADICTS,
            role=findings.LinkRole.COUNTER, note="=1+1", resolution="- weighed",
        )  # fmt: skip
        findings.record_search(session, ana, finding=found, query="on: off", note="no\x0b\x07")
        (made, *_others) = coding.codings(session, loaded.study_id)
        coding.mark_important(session, ana, coding=made, is_important=True)
    first = making.export(home, loaded.study_id, tmp_path / "first")
    second = making.export(other_home, making.load(other_home, first).study_id, tmp_path / "second")
    other_home.close()
    assert making.contents(second) == making.contents(first)
    assert (first / "codings.csv").read_text(encoding="utf-8").count(",yes\n") == 1
    content = parse_yaml((first / "findings.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    (finding,) = content["findings"]
    assert finding["strengths"] == ["Kind staff.", "A clock."]
    assert finding["evidence"][0]["mask"]["by"] == "ana"
    assert "confirmed_by" not in finding["evidence"][0]["mask"]
    assert finding["evidence"][2]["quote"] == " 🙂 "


def test_whoever_only_loaded_a_study_is_not_written_as_one_of_its_people(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"), who="omar")
    users = making.export(home, loaded.study_id, tmp_path / "first", "omar") / "study.yaml"
    assert "omar" not in users.read_text(encoding="utf-8")
    omar = home.actor("omar")
    with home.session(omar) as session:
        found = findings.finding_keyed(session, loaded.study_id, "F-01")
        findings.record_search(session, omar, finding=found, query="evening", note="none")
    users = making.export(home, loaded.study_id, tmp_path / "second", "omar") / "study.yaml"
    assert "omar" in users.read_text(encoding="utf-8")


def test_a_withdrawn_source_is_left_out_with_its_words(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        corpus.withdraw_source(session, ana, source=source, reason="asked to")
    folder = making.export(home, loaded.study_id, tmp_path / "out")
    everything = b"".join(making.contents(folder).values())
    assert b"They hand you two times" not in everything
    assert b"INT-001" not in everything
    assert making.contents(folder).keys() >= {"sources/form.md", "findings.yaml"}


def test_a_folder_that_holds_something_is_refused_and_kept(home: Home, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="is there already"):
        making.export(home, home.study_id, tmp_path / "out")
    assert making.contents(tmp_path / "out") == {"letter.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    assert making.export(home, home.study_id, tmp_path / "empty").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "home", "out"]


def test_the_folder_is_for_its_owner_alone(home: Home, tmp_path: Path) -> None:
    assert making.export(home, home.study_id, tmp_path / "out").stat().st_mode & 0o077 == 0


def test_an_analyst_may_not_export(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        making.export(home, home.study_id, tmp_path / "out", who="ben")


def test_names_of_files_are_made_safe_and_told_apart() -> None:
    named = file_names(
        {"A-1": "Talk.txt", "A-2": "talk.TXT", "A-3": "../../etc/passwd", "A-4": "a:b?.md", "A-5": "..."}
    )
    assert named == {
        "A-1": "A-1_Talk.txt",
        "A-2": "A-2_talk.TXT",
        "A-3": "passwd",
        "A-4": "a_b_.md",
        "A-5": "file.txt",
    }


def test_a_new_study_has_its_levers_on_both_sides_and_exports(home: Home, tmp_path: Path) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
        made = study_folder.create_study(
            session, published, ana, key="new", title="New", question="How?", site="Here", offices=("North",)
        )
    folder = making.export(home, made.id, tmp_path / "out")
    assert parse_yaml((folder / "study.yaml").read_text(encoding="utf-8")) == {
        "key": "new",
        "title": "New",
        "question": "How?",
        "site": "Here",
        "offices": ["North"],
        "users": [{"username": "ana", "role": "lead"}],
        "levers": "levers.yaml",
        "rule": {"name": "default", "version": 1},
    }


def test_a_key_of_a_source_that_was_withdrawn_is_not_given_out_where_the_study_is_loaded(
    home: Home, other_home: Home, tmp_path: Path
) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study", codings=None, findings=None))
    ana = home.actor("ana")
    with home.session(ana) as session:
        second = _taken_in(session, ana, loaded.study_id, "Second.")
        corpus.withdraw_source(session, ana, source=second, reason="asked to")
        assert second.key == "INT-002"
    first = making.export(home, loaded.study_id, tmp_path / "first")
    again = making.load(other_home, first)
    assert making.contents(making.export(other_home, again.study_id, tmp_path / "second")) == making.contents(first)
    ana = other_home.actor("ana")
    with other_home.session(ana) as session:
        assert _taken_in(session, ana, again.study_id, "Third.").key == "INT-003"
    other_home.close()


def test_a_study_that_lists_no_offices_comes_back_without_and_knows_those_of_its_sources(
    home: Home, other_home: Home, tmp_path: Path
) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
        made = study_folder.create_study(session, published, ana, key="new", title="t", question="q", site="s")
    ana = home.actor("ana")
    with home.session(ana) as session:
        for office in ("North", "East"):
            _taken_in(session, ana, made.id, f"In {office}.", office=office)
        assert corpus.offices_of(session, made.id) == ["East", "North"]
    first = making.export(home, made.id, tmp_path / "first")
    again = making.load(other_home, first)
    second = making.export(other_home, again.study_id, tmp_path / "second")
    other_home.close()
    assert making.contents(second) == making.contents(first)
    assert "offices" not in (first / "study.yaml").read_text(encoding="utf-8")


def _taken_in(session: Session, actor: Actor, study_id: int, words: str, **fields: str) -> Source:
    file = corpus.read_file("a.txt", words.encode())
    record = corpus.read_record({"kind": "interview", "standpoint": "parent", **fields})
    found = corpus.find_turns(file.text, taught=corpus.taught_rules(session, study_id))
    return corpus.import_source(session, actor, study_id=study_id, record=record, file=file, found=found)


def test_a_taught_convention_and_the_source_read_by_it_come_back(home: Home, other_home: Home, tmp_path: Path) -> None:
    ana = home.actor("ana")
    rule = corpus.rule_of("odd", "  § 12 Ana // Yes", "Ana")
    with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
        made = study_folder.create_study(session, published, ana, key="new", title="t", question="q", site="s")
    ana = home.actor("ana")
    with home.session(ana) as session:
        corpus.add_taught(session, ana, study_id=made.id, rule=rule)
        _taken_in(session, ana, made.id, "§ 1 Ana // Yes.\n§ 2 Ben // No.")
    first = making.export(home, made.id, tmp_path / "first")
    again = making.load(other_home, first)
    with other_home.session(other_home.actor("ana"), writes=False) as session:
        assert corpus.taught_rules(session, again.study_id) == (rule,)
        (source,) = corpus.sources(session, again.study_id)
        turns = corpus.turns_of(session, corpus.newest_revision(session, source))
        assert [turn.speaker for turn in turns] == ["Ana", "Ben"]
    second = making.export(other_home, again.study_id, tmp_path / "second")
    other_home.close()
    assert making.contents(second) == making.contents(first)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "The study has no title"),
        ({"title": "a\x07b"}, "title holds a control character"),
        ({"question": " "}, "The study has no question"),
        ({"offices": ("North", "North")}, "offices lists North twice"),
    ],
)
def test_a_study_that_no_file_could_hold_is_not_created(home: Home, changes: dict[str, object], sentence: str) -> None:
    ana = home.actor("ana")
    about = {"key": "new", "title": "t", "question": "q", "site": "s", **changes}
    with pytest.raises(Refused, match=sentence), home.session(ana) as session, home.unheld(Store.PUBLISHED) as other:
        study_folder.create_study(session, other, ana, **about)  # type: ignore[arg-type]


def test_words_of_a_new_study_are_kept_composed_and_without_space_around_them(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
        made = study_folder.create_study(
            session, published, ana, key="new", title=" Pen\u0303asco ", question="q", site="s", offices=["n\u0303"]
        )
        assert (made.title, made.settings["offices"]) == ("Pe\u00f1asco", ["\u00f1"])


def test_records_attributes_respondents_and_terms_survive(home: Home, other_home: Home, tmp_path: Path) -> None:
    """Everything that is noted of sources, participants, cases and stewards; people in no source too."""
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ana, study_id = home.actor("ana"), loaded.study_id
    definitions = (
        AttributeDefinition(AttributeScope.SOURCE, "Room, first", AttributeType.NUMBER),
        AttributeDefinition(AttributeScope.SOURCE, "Interpreter", AttributeType.YES_NO),
        AttributeDefinition(AttributeScope.CASE, "Opened", AttributeType.DATE),
        AttributeDefinition(AttributeScope.PARTICIPANT, "Tie", AttributeType.CHOICE, ("mother", "aunt")),
    )
    terms = StewardshipRecord(
        "ST-01", "Yaqan Nation", ConsentScope.PARAPHRASE, "R-2026-4", date(2026, 1, 1), date(2027, 1, 1), "Office",
        "Here alone", "Destroyed", "TK Community Voice",
    )  # fmt: skip
    answers = tuple(
        Respondent(f"Respondent {number}", (("Years", str(number)), ("Word", f"w{number}"))) for number in range(1, 15)
    )
    with home.session(ana) as session:
        for each in definitions:
            corpus.define_attribute(session, ana, study_id=study_id, definition=each)
        corpus.keep_stewardship(session, ana, study_id=study_id, record=terms)
        source = corpus.source_keyed(session, study_id, "INT-001")
        record = replace(
            corpus.record_of(session, source), speakers=(("P-01", "P"),), consent_on=date(2026, 2, 1),
            consent_until=date(2027, 2, 1), privacy_class=PrivacyClass.RESTRICTED, debriefed_on=date(2026, 2, 12),
            stewardship="ST-01", attributes=(("Interpreter", "no"), ("Room, first", "2.5")),
        )  # fmt: skip
        corpus.change_record(session, ana, source=source, record=record)
        people = [AttributeRow(2, "P-01", (("Tie", "aunt"),)), AttributeRow(3, "P-40", ())]
        corpus.import_attributes(session, ana, study_id=study_id, scope=AttributeScope.PARTICIPANT, rows=people)
        cases = [AttributeRow(2, "C-01", (("Opened", "2025-09-30"),))]
        corpus.import_attributes(session, ana, study_id=study_id, scope=AttributeScope.CASE, rows=cases)
        survey = replace(corpus.read_file("survey.txt", b"Respondent 1: Fine.\n"), respondents=answers)
        corpus.import_source(
            session, ana, study_id=study_id, record=SourceRecord(SourceKind.SURVEY, "frontline"), file=survey,
            found=corpus.find_turns(survey.text),
        )  # fmt: skip
        gone = _taken_in(session, ana, study_id, "P: Gone.\n", participant="P-66", case="C-66")
        corpus.set_attribute(
            session, ana, study_id=study_id, scope=AttributeScope.PARTICIPANT, key="P-66", name="Tie", value="mother"
        )
        corpus.withdraw_source(session, ana, source=gone, reason="asked")
    first = making.export(home, study_id, tmp_path / "first")
    second = making.export(other_home, making.load(other_home, first).study_id, tmp_path / "second")
    assert making.contents(second) == making.contents(first)
    with other_home.session(other_home.actor("ana"), writes=False) as session:
        here = privacy.study_keyed(session, "by-hand").id
        assert corpus.record_of(session, corpus.source_keyed(session, here, "INT-001")) == replace(
            record, attributes=(("Room, first", "2.5"), ("Interpreter", "no"))
        )
        assert corpus.stewardship_record(corpus.stewardships(session, here)[0]) == terms
    other_home.close()
    everything = b"".join(making.contents(first).values())
    assert b"P-66" not in everything
    assert b"C-66" not in everything
    people_table = (first / "participants.csv").read_text(encoding="utf-8").splitlines()
    assert people_table[:3] == ["key,attribute:Tie,attribute:Years,attribute:Word", "P-01,aunt,,", "P-40,,,"]
    assert "R-14,,14,w14" in people_table


def test_wrong_tables_of_people_are_refused_by_file_and_line(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study")
    (folder / "participants.csv").write_text("key,attribute:Tie\nP-01,aunt\nAnna,aunt\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"participants.csv: Line 3: Anna cannot be the key"):
        making.load(home, folder)
    (folder / "participants.csv").write_text("key,attribute:Tie\nP-01,aunt\nP-02,aunt\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"participants.csv: Line 2: There is no attribute Tie.* One more problem"):
        making.load(home, folder)


def test_a_study_without_any_of_that_writes_no_file_and_no_column_for_it(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    written = making.contents(making.export(home, loaded.study_id, tmp_path / "out"))
    assert not {"participants.csv", "cases.csv"} & set(written)
    assert written["sources.csv"].splitlines()[0].endswith(b",consent,text_id,event_id,nodes")
    assert b"stewardship" not in written["study.yaml"]
    assert b"attributes" not in written["study.yaml"]
