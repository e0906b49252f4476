"""Releasing from the command line: what is asked for, and taking a finding back from its readers."""

import pytest

from tests.cli.running import Workbench
from tests.cli.test_checkup import change

REASON = ("--reason", "It could harm a family.")


def test_a_finding_is_taken_back_from_its_readers_and_comes_again_as_a_release_of_its_own(demo: Workbench) -> None:
    assert "Took F-01 back from its readers." in demo("release", "F-01", "--withdraw", *REASON).out
    stages = {each["finding"]: each["stage"] for each in demo.read("finding", "list")}
    assert stages["F-01"] == "withdrawn"
    assert "was not released" in demo.refused("brief", "export", "F-01", "--out", demo.home / "brief.html")
    assert demo.read("review", "list", "--finding", "F-01"), "what the body said stays with the team"
    assert "Release it to the body first." in demo.refused("release", "F-01", "--to", "public")
    assert "Move it first to one of: draft." in demo.refused("release", "F-01", "--to", "body")
    demo("doctor")
    demo("release", "F-01", "--withdraw", *REASON)


def test_a_copy_that_fails_is_said_and_made_by_the_same_command_again(demo: Workbench) -> None:
    change(demo, "published", "ALTER TABLE package RENAME TO package_away")
    sentence = demo.refused("release", "F-01", "--withdraw", *REASON)
    assert "What was decided is stored, and does not reach readers yet" in sentence
    change(demo, "published", "ALTER TABLE package_away RENAME TO package")
    assert {each["name"]: each["problems"] for each in demo("doctor", "--json", status=1).document["checks"]}[
        "releases-copied"
    ]
    demo("release", "F-01", "--withdraw", *REASON)
    demo("doctor")


def test_taking_back_asks_for_a_reason_and_a_release(demo: Workbench) -> None:
    assert "needs a reason" in demo.refused("release", "F-01", "--withdraw", "--reason", " ")
    assert "F-04 was never released" in demo.refused("release", "F-04", "--withdraw", *REASON)
    assert "Your role, analyst" in demo.by("ben").refused("release", "F-01", "--withdraw", *REASON)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--to", "body", "--withdraw", *REASON),
        ("--withdraw",),
        ("--withdraw", "--preview", *REASON),
        ("--to", "body", *REASON),
        ("--to", "body", "--json"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(shown: Workbench, options: tuple[str, ...]) -> None:
    shown("release", "F-01", *options, status=2)


def test_nothing_is_released_that_changed_after_it_was_looked_at(shown: Workbench) -> None:
    assert "changed after you looked at it" in shown.refused("release", "F-01", "--to", "public", "--seen", "0" * 64)
    assert len(shown.read("release", "F-01", "--to", "public", "--preview")["seen"]) == 64


def test_the_preview_tells_what_to_look_at_once_more(shown: Workbench) -> None:
    preview = shown.read("release", "F-01", "--to", "public", "--preview")
    assert all("with the worker role and office" in each["sentence"] for each in preview["warnings"])
    assert preview["warnings"]
