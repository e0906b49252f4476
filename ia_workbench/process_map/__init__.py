"""The case-processing map."""

from ia_workbench.process_map.models import Edge, Lane, Node, ProcessMap
from ia_workbench.process_map.rules import NodeType

__all__ = ["Edge", "Lane", "Node", "NodeType", "ProcessMap"]
