"""People of both stores from one command."""

from pathlib import Path

import pytest

from ia_workbench import privacy
from ia_workbench.database import Store, open_engine
from ia_workbench.kernel import NotAllowed, utc_now
from tests.cli.running import Workbench
from tests.study_folder import making

PASSWORD = "fifteen letters and more"


def signs_in(workbench: Workbench, store: Store, username: str, password: str) -> bool:
    """Say whether someone can sign in."""
    engine = open_engine(f"sqlite:///{workbench.home / f'{store}.sqlite3'}")
    try:
        with privacy.unheld_session(engine, reason="a test signs in", writes=True) as session, session.begin():
            account = privacy.account_fitting(session, store, username=username, password=password)
            return bool(privacy.open_sign_in(session, store, account))
    except NotAllowed:
        return False
    finally:
        engine.dispose()


def test_a_password_is_read_from_the_input_and_signs_in(small: Workbench) -> None:
    for store, name in ((Store.EVIDENCE, "ben"), (Store.PUBLISHED, "rosa")):
        assert not signs_in(small, store, name, PASSWORD)
        ran = small("user", "password", name, given=f"{PASSWORD}\n")
        assert ran.out == ""
        assert signs_in(small, store, name, PASSWORD)


def test_a_password_that_is_made_up_is_the_only_thing_on_standard_output(small: Workbench) -> None:
    made = small("user", "password", "lee", "--new").out.strip()
    assert signs_in(small, Store.PUBLISHED, "lee", made)


def test_a_disabled_person_cannot_sign_in_or_act(small: Workbench) -> None:
    for name in ("ben", "rosa"):
        small("user", "password", name, given=f"{PASSWORD}\n")
        small("user", "disable", name)
    assert not signs_in(small, Store.EVIDENCE, "ben", PASSWORD)
    assert not signs_in(small, Store.PUBLISHED, "rosa", PASSWORD)
    disabled = {each["username"] for each in small.read("user", "list") if each["disabled_at"]}
    assert disabled == {"ben", "rosa"}
    assert "no user called ben" in small.by("ben").refused("finding", "list")


def test_members_of_the_community_do_not_exist_in_the_evidence_store(small: Workbench) -> None:
    small("user", "add", "marcus", "--role", "reviewer")
    sides = {each["username"]: each["side"] for each in small.read("user", "list")}
    assert sides == {
        "ana": "team", "ben": "team", "ada": "team", "rosa": "community", "lee": "community", "marcus": "community",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "role", "taken"),
    [
        ("rosa", "analyst", "rosa"),
        ("Rosa", "lead", "rosa"),
        ("ben", "reviewer", "ben"),
        ("LEE", "reviewer", "lee"),
        ("BEN", "analyst", "ben"),
    ],
)
def test_a_name_is_one_person_whatever_the_side_and_the_capitals(
    small: Workbench, name: str, role: str, taken: str
) -> None:
    before = small.read("user", "list")
    assert f"There is a user called {taken} already" in small.refused("user", "add", name, "--role", role)
    assert small.read("user", "list") == before


def test_a_study_that_gives_a_name_to_someone_else_is_not_loaded(small: Workbench, tmp_path: Path) -> None:
    another = making.STUDY.replace("by-hand", "another")
    folder = making.by_hand(tmp_path / "once", study=another)
    small("study", "load", folder)  # the same people, on the same sides
    before = small.read("study", "list"), small.read("user", "list")
    third = another.replace("another", "third")
    swapped = third.replace("rosa, role: reviewer", "rosa, role: lead")
    assert swapped.count("role: lead}") == 2
    sentence = small.refused("study", "load", making.by_hand(tmp_path / "twice", study=swapped))
    assert sentence.startswith("study.yaml line 8: There is a user called rosa already")
    assert (small.read("study", "list"), small.read("user", "list")) == before


def test_nobody_is_disabled_twice(small: Workbench) -> None:
    small("user", "disable", "rosa")
    assert "rosa is disabled already" in small.refused("user", "disable", "rosa")


def test_an_analyst_sees_and_adds_nobody(small: Workbench) -> None:
    ben = small.by("ben")
    for command in (("user", "list"), ("user", "add", "eva", "--role", "analyst"), ("user", "disable", "ana")):
        assert "Your role, analyst, may not do this" in ben.refused(*command)


def test_an_administrator_adds_people_and_sees_no_study(small: Workbench) -> None:
    ada = small.by("ada")
    ada("user", "add", "eva", "--role", "administrator")
    assert "eva" in {each["username"] for each in ada.read("user", "list")}
    assert ada.read("study", "list") == []


def test_an_analyst_lists_no_more_of_the_trail_than_their_sources(small: Workbench) -> None:
    small("user", "agreement", "ben", "--signed", utc_now().date().isoformat())
    small("user", "limit", "ben", "--source", "TXT-001")
    small("source", "text", "INT-001")
    small("source", "text", "TXT-001")
    assert [each["subject"] for each in small.read("audit", "list", "--act", "read-raw")][-2:] == ["INT-001", "TXT-001"]
    seen = small.by("ben").read("audit", "list")
    assert {each["subject"] for each in seen if each["act"] == "read-raw"} == {"TXT-001"}
    assert "INT-001" not in str(seen)
    assert small.by("ben").read("audit", "list", "--source", "INT-001") == []
