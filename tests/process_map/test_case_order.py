"""In which order a case meets the steps."""

import networkx as nx
from hypothesis import given, settings

from ia_workbench.process_map import MapFile, Mark, back_edges, case_order
from ia_workbench.process_map.geometry.case_order import columns
from tests.process_map.maps import drawn_maps, edge, node, shipped_map

Drawn = tuple[MapFile, dict[str, Mark]]


@given(drawn_maps(most=20))
@settings(deadline=None)
def test_without_the_back_passages_there_is_no_loop_and_each_of_them_closes_one(drawn: Drawn) -> None:
    file, _ = drawn
    back = back_edges(file.nodes, file.edges)
    onwards = nx.DiGraph((each.from_key, each.to_key) for each in file.edges if each.key not in back)
    onwards.add_nodes_from(each.key for each in file.nodes)
    assert nx.is_directed_acyclic_graph(onwards)
    for each in file.edges:
        if each.key in back:
            assert nx.has_path(onwards, each.to_key, each.from_key)


@given(drawn_maps(most=20))
@settings(deadline=None)
def test_every_passage_on_leads_to_a_later_column_and_no_lane_holds_two_steps_in_one(drawn: Drawn) -> None:
    file, _ = drawn
    column, back = columns(file.nodes, file.edges), back_edges(file.nodes, file.edges)
    assert all(column[each.from_key] < column[each.to_key] for each in file.edges if each.key not in back)
    assert len({(each.lane, column[each.key]) for each in file.nodes}) == len(file.nodes)
    order = case_order(file.nodes, file.edges)
    assert sorted(order) == sorted(each.key for each in file.nodes)


def test_a_passage_to_a_lower_number_outside_a_loop_leads_on() -> None:
    file = shipped_map()
    assert "N-10..N-08" not in back_edges(file.nodes, file.edges)
    order = case_order(file.nodes, file.edges)
    assert order.index("N-10") < order.index("N-08")


def test_of_two_ways_back_only_what_closes_a_loop_is_back() -> None:
    nodes = [node(number) for number in (1, 2, 3)]
    assert back_edges(nodes, [edge(1, 2), edge(2, 3), edge(3, 1)]) == {"N-03..N-01"}
    assert back_edges(nodes, [edge(3, 2), edge(2, 1)]) == frozenset()
