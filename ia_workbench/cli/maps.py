"""`map`: import, export, show, coverage."""

from pathlib import Path
from typing import Any

import click

from ia_workbench import findings, process_map
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.cli.home import Home
from ia_workbench.cli.map_picture import map_png, map_svg
from ia_workbench.cli.output import counted, give, note, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.findings import PlaceCoverage
from ia_workbench.kernel import Refused, about, read_text

LATER = (".bpmn", ".graphml")


@program.group("map")
def case_map() -> None:
    """The case-processing map: steps, passages, what covers them."""


@case_map.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@takes_home
def take_in(home: Home, file: Path) -> None:
    """Take in the map in FILE (.yaml). Steps and passages are updated by key; none is removed."""
    ending_of(file, ".yaml", ".yml", later=LATER)
    text = read_text(file)
    with about(file.name):
        read = process_map.read_map(text)
    with home.desk(writes=True) as desk:
        done = process_map.import_map(desk.session, desk.actor, study_id=desk.study_id, file=read)
    for key in done.kept:
        note(f"Kept {key}, which the file does not have.")
    say(f"Added {len(done.added)}, changed {len(done.changed)}, kept {len(done.kept)}; revision {done.revision}.")


@case_map.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@takes_home
def export(home: Home, file: Path) -> None:
    """Write the map to FILE, as .yaml, or its picture as .svg or .png."""
    ending = ending_of(file, ".yaml", ".yml", ".svg", ".png", later=LATER)
    with home.desk() as desk:
        kept = process_map.map_file(desk.session, desk.study_id)
        coverage = findings.coverage(desk.session, desk.study_id)
    if not kept.nodes:
        raise Refused("This study has no map yet. Import one with `ia-workbench map import`.")
    if ending in (".yaml", ".yml"):
        write_file(file, process_map.write_map(kept))
    else:
        svg = map_svg(kept, coverage)
        write_file(file, svg if ending == ".svg" else map_png(svg))
    say(f"Wrote {counted(len(kept.nodes), 'step')} and {counted(len(kept.edges), 'passage')} to {file}.")


@case_map.command("show")
@reads
@takes_home
def show(home: Home, as_json: bool) -> None:
    """Show the steps in order, and the passages between them."""
    with home.desk() as desk:
        kept = process_map.map_file(desk.session, desk.study_id)
    steps = [
        {"node": each.key, "number": each.number, "title": each.title, "lane": each.lane, "type": each.type.value,
         "in_scope": each.is_in_scope, "standard_days": each.standard_days, "observed_days": each.observed_days}
        for each in kept.nodes
    ]  # fmt: skip
    passages = [
        {"edge": each.key, "from": each.from_key, "to": each.to_key, "condition": each.condition} for each in kept.edges
    ]
    headings = ("node", "title", "lane", "type", "standard_days", "observed_days")
    lines = table(headings, [[step[name] for name in headings] for step in steps])
    lines += ["", *table(("edge", "condition"), [(each["edge"], each["condition"]) for each in passages])]
    give({"name": kept.name, "nodes": steps, "edges": passages}, lines, as_json=as_json)


@case_map.command("coverage")
@reads
@takes_home
def coverage(home: Home, as_json: bool) -> None:
    """Show for each step and passage the independent units, the findings, and what it was not looked at from."""
    with home.desk() as desk:
        covered = findings.coverage(desk.session, desk.study_id)
    rows = [_cells(each) for each in (*covered.nodes, *covered.edges)]
    headings = ("step", "units", "standpoints", "findings", "blind spot")
    give(findings.coverage_json(covered), table(headings, rows), as_json=as_json)


def _cells(place: PlaceCoverage) -> list[Any]:
    standpoints = ", ".join(f"{each.name} {each.units}" for each in place.standpoints)
    blind = ", ".join(each.value for each in place.blind_spot)
    return [place.place, place.independent_units, standpoints, ", ".join(place.findings), blind]
