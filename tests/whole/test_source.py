"""Rules that the source itself keeps, each with what it protects."""

import ast
import importlib
import inspect
import re
import subprocess

import pytest

from tests.whole.source_files import PACKAGE, ROOMS, ROOT, calls_of, functions_of, python_files, shown, tree_of

LONGEST_FILE = 500
LONGEST_TEST_FILE = 600
LONGEST_FUNCTION = 50
LONGEST_SCRIPT = 200
MOST_SUPPRESSIONS = 24  # may fall, never rise

COMMITS = {"ia_workbench/web/access.py"}  # `changes_data`; commands and the like commit by `with session.begin()`

# Who opens a session that is held to no one, and why that is right.
UNHELD = {
    "ia_workbench/web/sessions.py": "finds out who is signed in, and serves those who are not",
    "ia_workbench/web/signing.py": "checks a password before the store is opened for writing",
    "ia_workbench/web/workbench/batch_reader.py": "finds what was brought and not read yet, whoever brought it",
    "ia_workbench/web/workbench/current.py": "finds a study's number in the other store",
    "ia_workbench/withdrawal/clearing.py": "makes the index anew once something is destroyed",
    "ia_workbench/search/following.py": "keeps the index in step with everything stored",
}


def test_files_stay_short() -> None:
    long = {shown(path): n for path in python_files() if (n := len(path.read_text().splitlines())) > LONGEST_FILE}
    tests = python_files(ROOT / "tests")
    long |= {shown(path): n for path in tests if (n := len(path.read_text().splitlines())) > LONGEST_TEST_FILE}
    assert not long


def test_functions_stay_short() -> None:
    long = [
        f"{shown(path)}:{each.lineno} {each.name}"
        for path in python_files()
        for each in functions_of(path)
        if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_scripts_stay_short() -> None:
    scripts = PACKAGE.joinpath("web/static").rglob("*.js")
    long = {shown(path): n for path in scripts if (n := len(path.read_text().splitlines())) > LONGEST_SCRIPT}
    assert not long


def test_only_the_edge_commits() -> None:
    committing = {shown(path) for path in python_files() if calls_of(path, "commit")}
    means = {
        "ia_workbench/database/driven_sessions.py",  # how a session commits, when the edge says so
        "ia_workbench/database/sending.py",
        "ia_workbench/search/index.py",  # the index has a commit of its own
    }
    assert committing - COMMITS == means


def test_every_caller_of_an_unheld_session_is_listed() -> None:
    callers = {shown(path) for path in python_files() if calls_of(path, "unheld_session")}
    allowed = {path for path in callers if path.startswith("ia_workbench/cli/")}
    assert callers - allowed == set(UNHELD)
    assert {shown(path) for path in python_files() if calls_of(path, "looking_session")} == {
        "ia_workbench/web/sessions.py"
    }


def test_the_body_is_answered_over_the_bridge_alone() -> None:
    """`release.answer_concern` looks for names first; nobody goes past it."""
    called, imported = set(), set()
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr == "answer_concern":
                called |= {shown(path)} if getattr(node.value, "id", "") != "release" else set()
            if isinstance(node, ast.ImportFrom) and "answer_concern" in {each.name for each in node.names}:
                imported.add(shown(path))
    assert called == {"ia_workbench/release/answers.py"}
    assert imported == {"ia_workbench/release/__init__.py", "ia_workbench/review/__init__.py"}  # the front doors


def test_no_room_speaks_to_tables_past_the_access_wall() -> None:
    holding = {
        "ia_workbench/privacy/held_queries.py"
    }  # sends statements with the wall's conditions in them (decision 027)
    found = [
        f"{shown(path)}:{node.lineno}"
        for room in ROOMS
        for path in python_files(PACKAGE / room)
        if shown(path) not in holding
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Attribute) and node.attr in {"__table__", "exec_driver_sql", "send_to_driver"})
        or (isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy" and "text" in {n.name for n in node.names})
        or (isinstance(node, ast.ImportFrom) and "send_to_driver" in {n.name for n in node.names})
    ]
    assert not found


def test_no_module_has_a_name_that_says_nothing() -> None:
    banned = {"utils", "util", "common", "misc", "manager", "helpers", "part2"}
    assert not [shown(path) for path in python_files() if path.stem in banned or path.parent.name in banned]


def test_suppressions_are_few_and_each_names_its_rule() -> None:
    marks = re.compile(r"#\s*(noqa|type:\s*ignore)(.*)")
    found = [
        (shown(path), match.group(2))
        for path in python_files()
        for line in path.read_text().splitlines()
        if (match := marks.search(line))
    ]
    assert not [each for each in found if not re.match(r"(:\s*[A-Z]+\d+|\[[a-z-]+\])", each[1].strip())]
    assert len(found) <= MOST_SUPPRESSIONS, found


@pytest.mark.parametrize("room", [*ROOMS, "kernel", "database"])
def test_every_name_in_a_front_door_says_what_it_is(room: str) -> None:
    door = importlib.import_module(f"ia_workbench.{room}")
    assert door.__doc__, "a front door says what its room is"
    silent = [
        name
        for name in door.__all__
        if (inspect.isfunction(thing := getattr(door, name)) or inspect.isclass(thing))
        and not (thing.__doc__ or "").strip()
    ]
    assert not silent


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_operation_is_in_the_front_door(room: str) -> None:
    door = importlib.import_module(f"ia_workbench.{room}")
    folder = PACKAGE / room
    files = [folder / "operations.py", *(folder / "operations").glob("*.py")]
    public = {
        node.name
        for path in files
        if path.exists()
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and is_operation(node)
    }
    assert public <= set(door.__all__)


def is_operation(function: ast.FunctionDef) -> bool:
    """Say whether a function has the shape of a write: the session, then the actor."""
    return [each.arg for each in function.args.args][:2] == ["session", "actor"]


def test_rules_know_no_clock_no_file_and_no_chance() -> None:
    found = []
    for path in python_files():
        if path.name == "rules.py" or path.parent.name == "rules":
            imported = {
                alias.name.split(".")[0]
                for node in ast.walk(tree_of(path))
                if isinstance(node, ast.Import)
                for alias in node.names
            }
            found += [f"{shown(path)} imports {name}" for name in imported & {"os", "random", "time", "pathlib", "io"}]
            found += [f"{shown(path)}:{line} opens a file" for line in calls_of(path, "open")]
    assert not found


def test_the_project_speaks_only_of_itself() -> None:
    foreign = re.compile(r"/(?:work|farm|root|home)/|/tmp/|\b(?:chatgpt|copilot|llm)\b", re.IGNORECASE)  # noqa: S108
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    written = [
        ROOT / each for each in listed if each.endswith((".py", ".md", ".js", ".css", ".html", ".yaml", ".toml"))
    ]
    found = [
        f"{shown(path)}: {match.group()}"
        for path in written
        if path.exists() and path != ROOT / "tests/whole/test_source.py"
        for match in foreign.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_a_command_says_what_it_did_only_once_that_is_stored() -> None:
    told = ("say", "give", "note")
    early = [
        f"{shown(path)}:{call.lineno}"
        for path in (PACKAGE / "cli").rglob("*.py")
        for block in ast.walk(tree_of(path))
        if isinstance(block, ast.With) and "writes=True" in "".join(ast.unparse(each) for each in block.items)
        for call in ast.walk(block)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in told
    ]
    assert early == []
