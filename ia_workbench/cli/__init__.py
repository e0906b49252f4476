"""The commands: thin readers of options over the rooms, one module a group, and the only edge beside the pages.

A command is one transaction (a release and a load touch both stores, published first); whatever is refused below
becomes one sentence on stderr and exit status 1. `serve` and `demo` are given what they serve: commands and pages do
not know each other.
"""

from ia_workbench.cli import (
    agreements,
    audits,
    backups,
    beginning,
    brief,
    checkup,
    clearances,
    codebooks,
    codings,
    corrections,
    deidentifying,
    demo,
    evidence,
    finding,
    maps,
    people,
    records,
    releases,
    reviews,
    searching,
    sources,
    studies,
    withdrawals,
)
from ia_workbench.cli.program import program
from ia_workbench.cli.serving import Addresses, Serve, Serving

__all__ = ["Addresses", "Serve", "Serving", "program", "run"]


# Importing these modules gave the program its commands.
GROUPS = (
    beginning, demo, studies, people, agreements, sources, withdrawals, corrections, records, codebooks, codings, maps,
    finding, evidence, clearances, releases, reviews, searching, brief, deidentifying, audits, backups, checkup,
)  # fmt: skip


def run(*, serve: Serve | None = None) -> None:
    """Run the command line with the arguments of this process, then end the process."""
    program.main(prog_name="ia-workbench", obj=serve)
