"""Laying the map out: from lanes, steps and passages to boxes, wires, bands and headings."""

from collections.abc import Collection, Sequence

from ia_workbench.process_map.geometry.values import MapLayout
from ia_workbench.process_map.rules import EdgeEntry, LaneEntry, NodeEntry

WIDTH = 1082.0


def layout(
    lanes: Sequence[LaneEntry],
    nodes: Sequence[NodeEntry],
    edges: Sequence[EdgeEntry],
    *,
    width: float = WIDTH,
    marked_edges: Collection[str] = (),
) -> MapLayout:
    """Lay the map out in ordered lanes, folded into rows of about ten steps, in CSS pixels.

    `marked_edges` are passages that need room for marks besides those whose observed delay is known. The layout is as
    wide as asked for, or wider where the steps of a row need it. The same map always gives the same layout.
    """
    raise NotImplementedError
