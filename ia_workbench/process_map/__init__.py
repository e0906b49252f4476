"""The case-processing map: lanes, steps (nodes) and the passages between them (edges), and the map as a picture.

Findings, sources and codes name steps by key (`N-07`) and passages by the keys of their ends (`N-13..N-14`). Importing
updates by key and never removes a step: this room cannot see who names it. `layout` says where everything goes, as
values; `draw_map` makes an accessible SVG of it; `strip_of` cuts out the few steps around a finding.
"""

from ia_workbench.process_map.drawing import draw_map
from ia_workbench.process_map.file_format import read_map, write_map
from ia_workbench.process_map.geometry.case_order import back_edges, case_order
from ia_workbench.process_map.geometry.values import Box, Label, LaneBand, MapLayout, Mark, Rect, RowHeading, Wire
from ia_workbench.process_map.geometry.whole import layout
from ia_workbench.process_map.geometry.wording import MapWords
from ia_workbench.process_map.models import Edge, Lane, Node, ProcessMap
from ia_workbench.process_map.operations import ImportedMap, import_map
from ia_workbench.process_map.queries import (
    check_steps,
    edge_keyed,
    edges,
    lanes,
    map_file,
    node_keyed,
    nodes,
    place_keyed,
    revision_of_map,
)
from ia_workbench.process_map.rules import (
    Directive,
    EdgeEntry,
    LaneEntry,
    MapFile,
    NodeEntry,
    NodeType,
    Passing,
    PlainTitle,
    edge_key,
)
from ia_workbench.process_map.strip import StripPassage, StripStep, strip_of

__all__ = [
    "Box",
    "Directive",
    "Edge",
    "EdgeEntry",
    "ImportedMap",
    "Label",
    "Lane",
    "LaneBand",
    "LaneEntry",
    "MapFile",
    "MapLayout",
    "MapWords",
    "Mark",
    "Node",
    "NodeEntry",
    "NodeType",
    "Passing",
    "PlainTitle",
    "ProcessMap",
    "Rect",
    "RowHeading",
    "StripPassage",
    "StripStep",
    "Wire",
    "back_edges",
    "case_order",
    "draw_map",
    "edge_key",
    "check_steps",
    "edge_keyed",
    "edges",
    "import_map",
    "lanes",
    "layout",
    "map_file",
    "node_keyed",
    "nodes",
    "place_keyed",
    "read_map",
    "revision_of_map",
    "strip_of",
    "write_map",
]
