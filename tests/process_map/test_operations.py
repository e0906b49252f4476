"""Importing a map."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from ia_workbench import privacy, process_map
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.process_map import ImportedMap, LaneEntry, MapFile
from tests.process_map.maps import edge, map_files, node, shipped_map
from tests.support import Home

LANES = (LaneEntry("agency", "Agency"), LaneEntry("court", "Court"))
SMALL = MapFile("Small", lanes=LANES, nodes=(node(1), node(2), node(3, "court")), edges=(edge(1, 2), edge(2, 3)))


def take(session: Session, home: Home, file: MapFile) -> ImportedMap:
    return process_map.import_map(session, home.actor("ana"), study_id=home.study_id, file=file)


@given(map_files())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_imported_into_an_empty_study_is_exported_the_same(home: Home, file: MapFile) -> None:
    with privacy.session_for(home.evidence, home.actor("ana"), writes=True, clock=home.clock) as session:
        take(session, home, file)
        session.expire_all()
        assert process_map.map_file(session, home.study_id) == file
        session.rollback()


def test_the_shipped_map_is_exported_as_it_was_imported(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        imported = take(session, home, shipped_map())
    assert imported.revision == 1
    assert len(imported.added) == 20 + len(shipped_map().edges)
    with home.session(home.actor("ana"), writes=False) as session:
        assert process_map.map_file(session, home.study_id) == shipped_map()


def test_importing_twice_changes_nothing_and_makes_no_revision(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take(session, home, shipped_map())
    with home.session(home.actor("ana")) as session:
        again = take(session, home, shipped_map())
    assert again == ImportedMap(1, (), (), ())


def test_an_import_updates_by_key_and_keeps_what_the_file_does_not_have(home: Home) -> None:
    renamed = replace(node(2, "court"), title="Hearing", standard_days=3.0)
    newer = MapFile("Newer", 2, "Why", (LANES[1],), (renamed, node(4, "court")), (edge(2, 4, "when ready"),))
    with home.session(home.actor("ana")) as session:
        take(session, home, SMALL)
        guid = process_map.node_keyed(session, home.study_id, "N-02").guid
    with home.session(home.actor("ben")) as session:
        imported = process_map.import_map(session, home.actor("ben"), study_id=home.study_id, file=newer)
    assert imported.revision == 2
    assert imported.added == ("N-04", "N-02..N-04")
    assert imported.changed == ("N-02",)
    assert imported.kept == ("N-01", "N-03", "N-01..N-02", "N-02..N-03")
    with home.session(home.actor("ana"), writes=False) as session:
        changed = process_map.node_keyed(session, home.study_id, "N-02")
        assert (changed.title, changed.lane.key, changed.standard_days, changed.guid) == ("Hearing", "court", 3.0, guid)
        assert [lane.key for lane in process_map.lanes(session, home.study_id)] == ["court", "agency"]
        assert [each.key for each in process_map.edges(session, home.study_id)][0] == "N-02..N-04"


def test_a_renamed_lane_is_a_change_of_the_map(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take(session, home, SMALL)
        lanes = (LaneEntry("agency", "Family services"), LANES[1])
        assert take(session, home, replace(SMALL, lanes=lanes)).revision == 2


def test_a_number_of_a_step_that_stays_is_not_given_to_another(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take(session, home, SMALL)
    clash = MapFile("Clash", lanes=LANES, nodes=(replace(node(9), number=3),))
    with home.session(home.actor("ana")) as session, pytest.raises(Refused, match="Number 3 is taken by step N-03"):
        take(session, home, clash)


def test_an_import_leaves_one_entry_without_content(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        before = len(privacy.audit_entries(session, Store.EVIDENCE))
        take(session, home, shipped_map())
        entries = privacy.audit_entries(session, Store.EVIDENCE)[before:]
    assert [(entry.act, entry.subject) for entry in entries] == [("import-map", "map")]
    assert set(entries[0].details) == {"added", "changed", "revision"}


def test_no_one_imports_into_a_study_that_is_not_theirs(home: Home) -> None:
    with home.session(home.actor("omar")) as session, pytest.raises(NotFound):
        process_map.import_map(session, home.actor("omar"), study_id=home.study_id, file=SMALL)
