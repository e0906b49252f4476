"""Commands of docs/commands.md that are not built yet: they say so, and change nothing."""

from pathlib import Path

import click

from ia_workbench.cli.program import program
from ia_workbench.kernel import Refused


@program.command()
@click.argument("source")
@click.option("--propose", is_flag=True, help="Propose what to mask in a source.")
@click.option("--accept", type=click.Path(path_type=Path), help="Accept what was proposed.")
def deidentify(source: str, propose: bool, accept: Path | None) -> None:
    """Mask a whole source. Not built yet: quotes are masked one by one with `clearance mask`."""
    raise Refused("A whole source cannot be masked yet. Mask its quotes with `ia-workbench clearance mask`.")
