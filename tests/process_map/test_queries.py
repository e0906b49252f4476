"""Reading the map."""

import pytest

from ia_workbench import process_map
from ia_workbench.kernel import NotFound
from tests.process_map.maps import shipped_map
from tests.support import Home
from tests.support.counting import counting_statements


def test_the_whole_map_is_read_in_few_statements(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        process_map.import_map(session, home.actor("ana"), study_id=home.study_id, file=shipped_map())
    with home.session(home.actor("ana"), writes=False) as session, counting_statements(home.evidence) as sent:
        process_map.map_file(session, home.study_id)
    assert len(sent) <= 4, sent


def test_a_step_and_a_passage_are_found_by_key(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        process_map.import_map(session, home.actor("ana"), study_id=home.study_id, file=shipped_map())
    with home.session(home.actor("ana"), writes=False) as session:
        assert process_map.node_keyed(session, home.study_id, "N-14").title == "Family time"
        passage = process_map.edge_keyed(session, home.study_id, "N-09..N-14")
        assert (passage.from_node.key, passage.to_node.key, passage.observed_days) == ("N-09", "N-14", 17.0)
        with pytest.raises(NotFound, match="There is no step N-99 on this map."):
            process_map.node_keyed(session, home.study_id, "N-99")
        with pytest.raises(NotFound, match="There is no passage N-01..N-20 on this map."):
            process_map.edge_keyed(session, home.study_id, "N-01..N-20")


def test_a_study_without_a_map_has_an_empty_one(home: Home) -> None:
    with home.session(home.actor("ana"), writes=False) as session:
        assert process_map.map_file(session, home.study_id).nodes == ()
        assert process_map.revision_of_map(session, home.study_id) == 0


def test_another_studys_lead_sees_none_of_it(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        process_map.import_map(session, home.actor("ana"), study_id=home.study_id, file=shipped_map())
    with home.session(home.actor("omar"), writes=False) as session:
        assert process_map.nodes(session, home.study_id) == []
        assert process_map.edges(session, home.study_id) == []
        with pytest.raises(NotFound):
            process_map.node_keyed(session, home.study_id, "N-14")
