"""In which order a case meets the steps: back passages, columns along the case, the order for lists and strips."""

from collections.abc import Sequence

import networkx as nx

from ia_workbench.process_map.rules import EdgeEntry, NodeEntry


def back_edges(nodes: Sequence[NodeEntry], edges: Sequence[EdgeEntry]) -> frozenset[str]:
    """Return the keys of the passages that lead back: without them no case comes to the same step twice.

    Only passages inside a loop that lead to a lower number can be among them, and of these no more than needed.
    """
    number = {node.key: node.number for node in nodes}
    graph: nx.DiGraph[str] = nx.DiGraph((edge.from_key, edge.to_key) for edge in edges)
    loop_of = {key: index for index, loop in enumerate(nx.strongly_connected_components(graph)) for key in loop}
    backward = [
        edge
        for edge in edges
        if loop_of[edge.from_key] == loop_of[edge.to_key] and number[edge.to_key] <= number[edge.from_key]
    ]
    graph.remove_edges_from([(edge.from_key, edge.to_key) for edge in backward])
    back = []
    for edge in sorted(backward, key=lambda each: (number[each.from_key] - number[each.to_key], each.key)):
        if edge.from_key == edge.to_key or nx.has_path(graph, edge.to_key, edge.from_key):
            back.append(edge.key)
        else:
            graph.add_edge(edge.from_key, edge.to_key)
    return frozenset(back)


def forward_graph(nodes: Sequence[NodeEntry], edges: Sequence[EdgeEntry]) -> "nx.DiGraph[str]":
    """Return the passages that lead on, without a loop.

    A step that no passage leads to is tied to the step numbered before it, so that it stands where its number says.
    """
    ordered = sorted(nodes, key=lambda node: node.number)
    back = back_edges(nodes, edges)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.key for node in ordered)
    graph.add_edges_from((edge.from_key, edge.to_key) for edge in edges if edge.key not in back)
    for before, node in zip(ordered, ordered[1:], strict=False):
        if not graph.in_degree(node.key) and not nx.has_path(graph, node.key, before.key):
            graph.add_edge(before.key, node.key)
    return graph


def case_order(nodes: Sequence[NodeEntry], edges: Sequence[EdgeEntry]) -> tuple[str, ...]:
    """Return the keys of all steps in the order in which a case meets them; where it is open, by number."""
    number = {node.key: node.number for node in nodes}
    return tuple(nx.lexicographical_topological_sort(forward_graph(nodes, edges), key=lambda key: number[key]))


def columns(nodes: Sequence[NodeEntry], edges: Sequence[EdgeEntry]) -> dict[str, int]:
    """Return each step's column: the longest way to it along the case, moved on where its lane is taken there."""
    graph = forward_graph(nodes, edges)
    lane = {node.key: node.lane for node in nodes}
    column: dict[str, int] = {}
    taken: set[tuple[str, int]] = set()
    for key in case_order(nodes, edges):
        place = max((column[before] + 1 for before in graph.predecessors(key)), default=0)
        while (lane[key], place) in taken:
            place += 1
        taken.add((lane[key], place))
        column[key] = place
    return column
