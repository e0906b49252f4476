"""Importing, adding and publishing codes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from ia_workbench import codebook, privacy
from ia_workbench.codebook import CodebookFile, CodeEntry, LeverEntry, LeverFile
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from tests.codebook.books import FOLDER, codebooks, lever_files, small
from tests.support import Home

one_home = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def take(session: Session, home: Home, file: CodebookFile) -> codebook.ImportedCodebook:
    return codebook.import_codebook(session, home.actor("ana"), study_id=home.study_id, file=file)


def acts(session: Session) -> list[str]:
    return [entry.act for entry in privacy.audit_entries(session, Store.EVIDENCE)]


@given(codebooks)
@one_home
def test_what_is_imported_into_an_empty_study_is_exported_the_same(home: Home, file: CodebookFile) -> None:
    with privacy.session_for(home.evidence, home.actor("ana"), writes=True, clock=home.clock) as session:
        take(session, home, file)
        session.expire_all()
        assert codebook.codebook_file(session, home.study_id) == file
        session.rollback()


@given(lever_files)
@one_home
def test_levers_imported_into_an_empty_study_are_exported_the_same(home: Home, file: LeverFile) -> None:
    with privacy.session_for(home.evidence, home.actor("ana"), writes=True, clock=home.clock) as session:
        codebook.import_levers(session, home.actor("ana"), study_id=home.study_id, file=file)
        session.expire_all()
        assert codebook.lever_file(session, home.study_id) == file
        session.rollback()


def test_the_shipped_codebook_names_only_levers_that_are_shipped(home: Home) -> None:
    levers = codebook.read_levers((FOLDER / "levers.yaml").read_text(encoding="utf-8"))
    book = codebook.read_codebook((FOLDER / "reunification.yaml").read_text(encoding="utf-8"))
    with home.session(home.actor("ana")) as session:
        codebook.import_levers(session, home.actor("ana"), study_id=home.study_id, file=levers)
        imported = take(session, home, book)
    assert imported.unknown_levers == ()
    assert 40 <= len(imported.added) <= 60


def test_importing_twice_changes_nothing(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        first = take(session, home, small())
    with home.session(home.actor("ana")) as session:
        again = take(session, home, small())
    assert first.added == ("family-time", "family-time/missed", "family-time/moved", "travel")
    assert first.unknown_levers == ("ADM",)
    assert (again.added, again.changed, again.kept) == ((), (), ())


def test_an_import_updates_by_path_and_keeps_what_the_file_does_not_have(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take(session, home, small())
        guid = codebook.code_at(session, home.study_id, "travel").guid
    newer = CodebookFile("Newer", 2, codes=(CodeEntry("new", "New"), CodeEntry("travel", "Travel and rides", 5)))
    with home.session(home.actor("ben")) as session:
        imported = codebook.import_codebook(session, home.actor("ben"), study_id=home.study_id, file=newer)
    assert imported.added == ("new",)
    assert imported.changed == ("travel",)
    assert imported.kept == ("family-time", "family-time/missed", "family-time/moved")
    with home.session(home.actor("ana"), writes=False) as session:
        travel = codebook.code_at(session, home.study_id, "travel")
        assert (travel.name, travel.color, travel.guid) == ("Travel and rides", 5, guid)
        order = [code.path for code in codebook.codes(session, home.study_id)]
        assert order == ["new", "travel", "family-time", "family-time/missed", "family-time/moved"]


def test_each_operation_leaves_one_entry_without_content(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        before = len(acts(session))
        take(session, home, small())
        codebook.add_code(session, home.actor("ana"), study_id=home.study_id, name="Lost wages")
        codebook.publish_codebook(session, home.actor("ana"), study_id=home.study_id, note="First round")
        assert acts(session)[before:] == ["import-codebook", "add-code", "publish-codebook"]
        written = str([(entry.subject, entry.details) for entry in privacy.audit_entries(session, Store.EVIDENCE)])
        assert "First round" not in written
        assert "Missed visits" not in written


def test_a_code_is_added_last_among_its_siblings_in_its_parents_colour(home: Home) -> None:
    with home.session(home.actor("ben")) as session:
        take(session, home, small())
        ben = home.actor("ben")
        code = codebook.add_code(
            session, ben, study_id=home.study_id, name="  Short visits ", parent_path="family-time"
        )
        assert (code.path, code.name, code.color) == ("family-time/short-visits", "Short visits", 1)
        order = [each.path for each in codebook.codes(session, home.study_id)]
        assert order[1:4] == ["family-time/missed", "family-time/moved", "family-time/short-visits"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"name": " "}, "A code needs a name."),
        ({"name": "TRAVEL"}, "There is already a code travel here; choose another name."),
        ({"name": "X", "key": "travel"}, "There is already a code travel here; choose another name."),
        ({"name": "X", "key": "Bad Key"}, "The key Bad Key of a code may hold"),
        ({"name": "X", "color": 13}, "A code's colour is a number from 1 to 12."),
        ({"name": "X", "parent_path": "travl"}, "There is no code travl in this codebook; the nearest is travel."),
    ],
)
def test_a_code_that_cannot_be_is_refused(home: Home, wanted: dict[str, object], sentence: str) -> None:
    with home.session(home.actor("ana")) as session:
        take(session, home, small())
        with pytest.raises(Refused) as refused:
            codebook.add_code(session, home.actor("ana"), study_id=home.study_id, **wanted)  # type: ignore[arg-type]
        assert str(refused.value).startswith(sentence)
        assert len(codebook.codes(session, home.study_id)) == 4


def test_published_versions_are_numbered_and_stay_as_they_were(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        take(session, home, small())
        codebook.publish_codebook(session, ana, study_id=home.study_id, note="First")
        take(session, home, replace(small(), name="Renamed"))
        codebook.publish_codebook(session, ana, study_id=home.study_id, note="Second")
    with home.session(ana) as session:
        kept = codebook.versions(session, home.study_id)
        assert [(version.number, version.note, version.published_by) for version in kept] == [
            (1, "First", "ana"),
            (2, "Second", "ana"),
        ]
        assert codebook.file_of(kept[0]) == small()
        assert kept[1].content["name"] == "Renamed"


def test_a_published_version_cannot_be_changed_or_removed(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        take(session, home, small())
        codebook.publish_codebook(session, ana, study_id=home.study_id, note="First")
    for harm in (lambda session, version: setattr(version, "note", "other"), Session.delete):
        with privacy.session_for(home.evidence, ana, writes=True) as session:
            harm(session, codebook.versions(session, home.study_id)[0])
            with pytest.raises(Refused, match="is published and stays as it is"):
                session.flush()


def test_there_must_be_something_new_to_publish(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        with pytest.raises(Refused, match="has no codes yet"):
            codebook.publish_codebook(session, ana, study_id=home.study_id, note="Nothing")
        take(session, home, small())
        with pytest.raises(Refused, match="Say in a note"):
            codebook.publish_codebook(session, ana, study_id=home.study_id, note=" ")
        codebook.publish_codebook(session, ana, study_id=home.study_id, note="First")
        with pytest.raises(Refused, match="Nothing has changed since version 1"):
            codebook.publish_codebook(session, ana, study_id=home.study_id, note="Again")


def test_publishing_is_for_leads_and_changing_is_for_the_team(home: Home) -> None:
    with home.session(home.actor("ben")) as session:
        take(session, home, small())
        with pytest.raises(NotAllowed):
            codebook.publish_codebook(session, home.actor("ben"), study_id=home.study_id, note="Mine")
        with pytest.raises(NotFound):
            codebook.add_code(session, home.actor("omar"), study_id=home.study_id, name="Theirs")


def test_levers_are_updated_by_key_and_none_is_removed(home: Home) -> None:
    ana = home.actor("ana")
    first = LeverFile("Two", levers=(LeverEntry("ADM", "Administrative practices"), LeverEntry("RES", "Resources")))
    second = LeverFile("Ours", 2, levers=(LeverEntry("KIN", "Kinship"), LeverEntry("RES", "Means")))
    with home.session(ana) as session:
        codebook.import_levers(session, ana, study_id=home.study_id, file=first)
        imported = codebook.import_levers(session, ana, study_id=home.study_id, file=second)
        assert (imported.added, imported.changed, imported.kept) == (("KIN",), ("RES",), ("ADM",))
        assert [lever.key for lever in codebook.levers(session, home.study_id)] == ["KIN", "RES", "ADM"]
