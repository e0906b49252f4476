"""The demo's home: made once, kept, made anew when it was left half made, and never in the place of another home."""

from pathlib import Path

import pytest

from ia_workbench import privacy, study_folder
from ia_workbench.cli.demo import BEING_MADE, MADE, State, demo_home, state_of
from ia_workbench.config import shipped_folder
from ia_workbench.database import Store, open_engine
from ia_workbench.kernel import Refused
from ia_workbench.study_folder import read_demo_acts
from tests.cli.running import Workbench, bytes_of
from tests.study_folder import making

FOLDER = shipped_folder("corpora") / "cedar_county"
PEOPLE = {
    "ana": "lead", "ines": "lead", "ben": "analyst", "carla": "analyst", "ada": "administrator",
    "rosa": "reviewer", "marcus": "reviewer", "lee": "site-lead",
}  # fmt: skip


def test_the_demo_has_its_people_and_everything_the_acts_did(shown: Workbench) -> None:
    assert {each["username"]: each["role"] for each in shown.read("user", "list")} == PEOPLE
    stages = {each["finding"]: (each["stage"], each["strength"]) for each in shown.read("finding", "list")}
    assert stages["F-01"] == ("released", "established")
    assert stages["F-02"] == ("released", "established")
    assert stages["F-03"][0] == "body-review"
    said = {(each["finding"], each["who"]): each for each in shown.read("review", "list")}
    assert said["F-01", "rosa"]["answer"]["outcome"] == "not-changed"
    assert said["F-01", "marcus"]["fit"] == "cannot-say"
    assert said["F-02", "marcus"]["answer"]["outcome"] == "changed"
    assert said["F-02", "marcus"]["language"] == "es"
    assert all(each["answer"] or not each["answer_due"] for each in said.values())


def test_a_second_run_keeps_what_was_done_and_fresh_throws_it_away(demo: Workbench) -> None:
    demo("user", "add", "eva", "--role", "analyst")
    before = bytes_of(demo.home)
    ran = demo("demo", "--no-serve")
    assert "eva" in ran.out
    assert bytes_of(demo.home) == before
    demo("demo", "--no-serve", "--fresh")
    assert "eva" not in demo("user", "list").out
    assert demo.read("doctor")["ok"] is True


def test_a_half_made_demo_is_made_anew(demo: Workbench) -> None:
    (demo.home / MADE).rename(demo.home / BEING_MADE)
    (demo.home / "published.sqlite3").write_bytes(b"half")
    ran = demo("demo", "--no-serve")
    assert "left half made" in ran.err
    assert state_of(demo.home) is State.READY
    assert demo.read("doctor")["ok"] is True


def test_a_home_with_real_work_is_never_taken_for_the_demo(small: Workbench) -> None:
    before = bytes_of(small.home)
    for options in ((), ("--fresh",)):
        assert "something else than the demo" in small.refused("demo", "--no-serve", *options)
    assert bytes_of(small.home) == before


def test_stores_that_the_environment_names_are_left_alone(
    demo: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IA_WORKBENCH_DATABASE", f"sqlite:///{tmp_path / 'real.sqlite3'}")
    assert "ana" in demo("demo", "--no-serve").out
    assert not (tmp_path / "real.sqlite3").exists()
    assert callable(demo_home)


def test_a_state_for_every_folder(tmp_path: Path) -> None:
    assert state_of(tmp_path / "none") is State.NEW
    assert state_of(tmp_path) is State.NEW
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert state_of(tmp_path) is State.FOREIGN
    assert state_of(tmp_path / "letter.txt") is State.FOREIGN


def test_acts_performed_again_change_nothing(demo: Workbench) -> None:
    engines = {store: open_engine(f"sqlite:///{demo.home / f'{store}.sqlite3'}") for store in Store}
    before = demo.read("audit", "verify")
    for act in read_demo_acts(FOLDER):
        with (
            privacy.unheld_session(engines[Store.EVIDENCE], reason="a test", writes=True) as evidence,
            evidence.begin(),
            privacy.unheld_session(engines[Store.PUBLISHED], reason="a test", writes=True) as published,
            published.begin(),
        ):
            study_folder.perform_demo_act(evidence, published, act, study_key="cedar-county")
    for engine in engines.values():
        engine.dispose()
    assert demo.read("audit", "verify") == before


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [
        ("- {act: dance, finding: F-01, by: ana}", "must be one of: mask, release, respond, answer"),
        ("- {act: release, finding: F-01, by: ana, to: press}", "to must be one of"),
        ("- {act: release, finding: F-01, by: ana, to: body, mood: x}", "mood"),
        ("- {act: respond, finding: F-01, by: rosa}", "has no fit"),
        ("- {act: answer, finding: F-01, by: ana, to: rosa, outcome: changed}", "has no answer"),
        ("- release", "must be a set of fields"),
    ],
)
def test_malformed_acts_are_refused_with_their_place(tmp_path: Path, acts: str, sentence: str) -> None:
    folder = making.by_hand(tmp_path / "study")
    assert read_demo_acts(folder) == ()
    (folder / "demo.yaml").write_text(f"acts:\n  {acts}\n", encoding="utf-8")
    with pytest.raises(Refused, match=rf"demo\.yaml( line 2)?: .*{sentence}"):
        read_demo_acts(folder)
