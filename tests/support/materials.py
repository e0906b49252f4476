"""A small codebook, two levers and a short map for tests of the rooms that name them."""

from sqlalchemy.orm import Session

from ia_workbench import codebook, process_map
from ia_workbench.codebook import CodebookFile, CodeEntry, LeverEntry, LeverFile
from ia_workbench.privacy import Actor
from ia_workbench.process_map import EdgeEntry, LaneEntry, MapFile, NodeEntry, NodeType
from tests.support.homes import Home

CODES = CodebookFile(
    "Small",
    codes=(
        CodeEntry("barriers", "Barriers", codes=(CodeEntry("transport", "Transport"), CodeEntry("hours", "Hours"))),
        CodeEntry("barriers-met", "Barriers met"),
    ),
)
LEVERS = LeverFile("Two", levers=(LeverEntry("ADM", "Administrative practices"), LeverEntry("RES", "Resources")))
MAP = MapFile(
    "Short",
    lanes=(LaneEntry("agency", "Agency"),),
    nodes=tuple(
        NodeEntry(f"N-{number}", number, f"Step {number}", "agency", NodeType.ACTION, is_in_scope=number != 15)
        for number in (12, 13, 14, 15)
    ),
    edges=(EdgeEntry("N-12", "N-13"), EdgeEntry("N-13", "N-14"), EdgeEntry("N-14", "N-15")),
)


def add_materials(session: Session, home: Home, actor: Actor) -> None:
    """Give the home's study the codes, levers and map above."""
    codebook.import_levers(session, actor, study_id=home.study_id, file=LEVERS)
    codebook.import_codebook(session, actor, study_id=home.study_id, file=CODES)
    process_map.import_map(session, actor, study_id=home.study_id, file=MAP)
