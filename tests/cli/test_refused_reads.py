"""A refusal that quotes words of a source is a read of it, though what was asked for is taken back."""

from tests.cli.running import Workbench

KEY = "INT-001"


def test_a_refused_command_that_quotes_a_source_leaves_its_read_and_one_that_does_not_leaves_none(
    demo: Workbench,
) -> None:
    ana = demo.by("ana")
    ana("deidentify", KEY, "--propose")
    before = ana.read("audit", "list", "--act", "read-raw")
    assert "“" in ana.refused("deidentify", KEY, "--make")
    [entry] = ana.read("audit", "list", "--act", "read-raw")[len(before) :]
    assert (entry["subject"], entry["details"]["where"]) == (KEY, "deidentify")
    assert "There is no source" in ana.refused("deidentify", "INT-999", "--make")
    assert "on INT-001" not in ana.refused("coding", "add", KEY, "--code", "no-such-code", "--quote", "slots")
    assert len(ana.read("audit", "list", "--act", "read-raw")) == len(before) + 1
