"""The vectors of method 9.2, from a study folder in the public format to `finding evaluate --rule`."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Workbench
from tests.study_folder import making, method_study


@pytest.fixture(scope="module")
def vectors_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the study of the vectors, to be read only, and the rule of lines 1 to 4 beside it."""
    home = tmp_path_factory.mktemp("vectors") / "home"
    shutil.copytree(empty_home, home)
    Workbench(home)("study", "load", method_study.write(home.parent / "study"))
    (home.parent / "rule.yaml").write_text(method_study.LINES_1_TO_4, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("finding", "sources", "units", "effective_kinds"),
    [
        ("F-01", 8, 5, 4.545),
        ("F-02", 5, 1, 2.0),
        ("F-03", 3, 2, 1.6),
        ("F-04", 8, 8, 2.667),
        ("F-05", 8, 8, 1.0),
    ],
)
def test_units_and_effective_kinds_are_those_of_method_9_2(
    vectors_home: Path, finding: str, sources: int, units: int, effective_kinds: float
) -> None:
    counts = Workbench(vectors_home).read("finding", "evaluate", finding)["counts"]
    assert (counts["sources"], counts["independent_units"]) == (sources, units)
    assert counts["effective_kinds"] == pytest.approx(effective_kinds, abs=0.005)  # told to two decimals


@pytest.mark.parametrize(
    ("finding", "fragile"),
    [("F-06", [["S1"], ["S4"], ["S6"]]), ("F-07", [["S6"]]), ("F-08", [])],
)
def test_what_a_finding_hangs_on_is_as_in_method_9_2(
    vectors_home: Path, finding: str, fragile: list[list[str]]
) -> None:
    rule = vectors_home.parent / "rule.yaml"
    weighed = Workbench(vectors_home).read("finding", "evaluate", finding, "--rule", rule)
    assert weighed["strength"] == "established"
    assert all(line["met"] for line in weighed["lines"])
    assert sorted(weighed["fragile_units"]) == fragile


def test_evidence_added_without_a_lever_anchors_it(workbench: Workbench, tmp_path: Path) -> None:
    without = making.findings().partition("      - source: TXT-001")[0]
    workbench("study", "load", making.by_hand(tmp_path / "study", findings=without))
    assert _anchored(workbench) == 0
    words = ("--source", "TXT-001", "--quote", "Form 214", "--stance", "supports", "--role", "produced-by")
    workbench("evidence", "add", "F-01", *words)
    assert _anchored(workbench) == 1


def _anchored(workbench: Workbench) -> int:
    lines = {line["key"]: line["observed"] for line in workbench.read("finding", "evaluate", "F-01")["lines"]}
    observed: int = lines["lever-anchored"]
    return observed
