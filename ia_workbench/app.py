"""Wires the program: hands the commands the two applications they may serve."""

from ia_workbench import cli


def main() -> None:
    """Run the command line."""
    cli.main()
