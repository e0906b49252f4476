"""What the sources cover of the map, and the JSON of it."""

from datetime import UTC, datetime

from sqlalchemy import select

from ia_workbench import findings
from ia_workbench.corpus import Source
from ia_workbench.findings import PlaceCoverage, Stage
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.evidence import draft


def places(home: Home) -> dict[str, PlaceCoverage]:
    with home.session(home.actor("ana"), writes=False) as session:
        covered = findings.coverage(session, home.study_id)
    return {each.place: each for each in (*covered.nodes, *covered.edges)}


def test_steps_come_by_number_and_passages_in_their_order(stocked: Home) -> None:
    assert list(places(stocked)) == ["N-12", "N-13", "N-14", "N-15", "N-12..N-13", "N-13..N-14", "N-14..N-15"]


def test_units_are_counted_at_a_step_and_not_sources(stocked: Home) -> None:
    step = places(stocked)["N-14"]
    assert step.sources == ("INT-001", "INT-002", "INT-003", "INT-004", "OBS-01", "TXT-001")
    assert step.independent_units == 5
    assert {each.name: each.units for each in step.standpoints} == {"court": 1, "frontline": 2, "parent": 2, "text": 1}
    assert {each.name: each.units for each in step.kinds} == {
        "institutional-text": 1,
        "interview": 3,
        "observation": 1,
    }


def test_a_passage_is_covered_by_sources_at_both_its_steps(stocked: Home) -> None:
    assert places(stocked)["N-13..N-14"].sources == ("INT-001", "INT-002", "INT-003")
    assert places(stocked)["N-14..N-15"].sources == ("INT-004",)


def test_a_debrief_covers_nothing_so_its_step_is_a_blind_spot(stocked: Home) -> None:
    step = places(stocked)["N-12"]
    assert step.independent_units == 0
    assert [each.value for each in step.blind_spot] == ["no-family-standpoint", "no-institutional-text"]


def test_a_step_without_a_text_is_a_blind_spot_of_that_sort(stocked: Home) -> None:
    assert [each.value for each in places(stocked)["N-13"].blind_spot] == ["no-institutional-text"]
    assert places(stocked)["N-14"].blind_spot == ()


def test_what_is_out_of_scope_is_no_blind_spot(stocked: Home) -> None:
    covered = places(stocked)
    assert covered["N-15"].blind_spot == ()
    assert covered["N-14..N-15"].blind_spot == ()
    assert covered["N-13..N-14"].blind_spot != ()


def test_a_withdrawn_source_covers_nothing(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        source = session.scalars(select(Source).where(Source.key == "TXT-001")).one()
        source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
    step = places(stocked)["N-14"]
    assert step.independent_units == 4
    assert [each.value for each in step.blind_spot] == ["no-institutional-text"]


def test_findings_stand_at_their_steps_and_passages_unless_withdrawn(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        draft(session, stocked, ana)
        findings.move_stage(session, ana, finding=draft(session, stocked, ana), stage=Stage.WITHDRAWN)
    covered = places(stocked)
    assert (covered["N-14"].findings, covered["N-13..N-14"].findings) == (("F-01",), ("F-01",))
    assert covered["N-13"].findings == ()


def test_coverage_takes_six_queries(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana"), writes=False) as session:
        with counting_statements(stocked.evidence) as statements:
            findings.coverage(session, stocked.study_id)
        assert len(statements) <= 6, str(statements)


def test_the_json_is_that_of_the_interface(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        draft(session, stocked, ana)
        document = findings.coverage_json(findings.coverage(session, stocked.study_id))
    assert list(document) == ["nodes", "edges"]
    assert document["nodes"][1] == {
        "node": "N-13",
        "independent_units": 2,
        "standpoints": {"frontline": 1, "parent": 2},
        "kinds": {"interview": 2},
        "findings": [],
        "blind_spot": ["no-institutional-text"],
    }
    assert document["edges"][1] == {
        "edge": "N-13..N-14",
        "independent_units": 2,
        "standpoints": {"frontline": 1, "parent": 2},
        "kinds": {"interview": 2},
        "findings": ["F-01"],
        "blind_spot": ["no-institutional-text"],
    }


def test_another_studys_member_sees_no_coverage(stocked: Home) -> None:
    with stocked.session(stocked.actor("omar"), writes=False) as session:
        assert findings.coverage_json(findings.coverage(session, stocked.study_id)) == {"nodes": [], "edges": []}
