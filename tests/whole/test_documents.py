"""The documents name what there is, every command, option, setting, role, room and dependency, and nothing else."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ia_workbench.cli import program
from ia_workbench.findings import Cell, LineKey, LinkRole, Stage, Stance, Strength
from ia_workbench.privacy import Act, Role, may
from ia_workbench.publication import Fit, Quantity
from ia_workbench.study_folder.records import StudyRecord
from ia_workbench.web.translations.extraction import messages
from tests.whole.source_files import BRIDGES, PACKAGE, ROOMS, ROOT, python_files

DOCUMENTS = sorted([*ROOT.joinpath("docs").rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("[a-z]*/README.md")])
COMMANDS = ROOT / "docs/commands.md"
GLOSSARY = ROOT / "docs/glossary.md"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")

# Words of the glossary's right column that a page may say all the same, in another sense.
IN_ANOTHER_SENSE = {
    "approval": "of a nation or its review board, for the use of data (CARE)",
    "document": "a Word document, and the document type of XML",
    "restricted": "the privacy class of a source",
    "type": "to type words; the type of a step of the map; the type of a value",
    "cause": "a statement that claims a cause is warned of",
    "score": "that there is none",
    "subject": "of a sentence",
    "report": "a court report; consent to be quoted in one",
    "result": "of a search",
    "tag": "a language tag",
}


def text_of(path: Path) -> str:
    """Return a document."""
    return path.read_text(encoding="utf-8")


def rows_of(path: Path, heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading that begins with these words."""
    below = text_of(path).partition(f"\n## {heading}")[2]
    lines = iter(below.splitlines())
    table = []
    for line in lines:
        if line.startswith("## "):
            break
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            break
    return table[2:]


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


# ------------------------------------------------------------------ commands and settings


def test_every_command_has_its_line_and_every_line_is_a_command() -> None:
    listed = [row[0].strip("`") for row in rows_of(COMMANDS, "Commands")]
    assert sorted(listed) == sorted(name for name, _command in commands_of(program))


def test_every_option_is_named() -> None:
    said = text_of(COMMANDS)
    missing = [
        f"{name} {option}"
        for name, command in [("", program), *commands_of(program)]
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--") and not re.search(rf"{option}(?![a-z-])", said)
    ]
    assert not missing


def test_no_option_is_named_that_does_not_exist() -> None:
    known = {
        option
        for _name, command in commands_of(program)
        for each in command.params
        for option in [*each.opts, *each.secondary_opts]
    }
    known |= {option for each in program.params for option in each.opts} | {"--help"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(COMMANDS)))
    assert named <= known


def test_every_setting_is_named_and_no_other() -> None:
    used = {
        name
        for path in [*python_files(), *python_files(ROOT / "tests")]
        for name in re.findall(r"IA_WORKBENCH_[A-Z]+", text_of(path))
    }
    assert {row[0].strip("`") for row in rows_of(COMMANDS, "Settings")} == used
    for field in ("offices", "standpoints", "names", "rule", "levers"):
        assert field in StudyRecord.__dataclass_fields__
        assert f"`{field}`" in text_of(COMMANDS)


def test_every_target_of_make_is_named_once() -> None:
    targets = re.findall(r"^## (\w+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    assert len(targets) >= 4
    said = text_of(ROOT / "docs/development.md")
    assert [each for each in targets if f"`make {each}`" not in said] == []
    rows = [row[0].partition(";")[0] for row in rows_of(ROOT / "docs/development.md", "Commands")]
    assert len(rows) > len(targets) - 1
    assert len(set(rows)) == len(rows)


def test_the_readme_gives_exactly_two_commands_first() -> None:
    first = re.findall(r"```\n(.*?)```", text_of(ROOT / "README.md"), re.DOTALL)[0]
    assert first.split("\n")[:-1] == ["make demo", "make test"]
    assert text_of(ROOT / "README.md").index("docs/pictures/coding.png") < text_of(ROOT / "README.md").index(
        "make demo"
    )


# ------------------------------------------------------------------ roles, rooms, words


@pytest.mark.parametrize("path", ["README.md", "docs/threat-model.md"])
def test_every_role_is_in_the_table_of_roles(path: str) -> None:
    heading = "Who uses it" if path == "README.md" else "Roles"
    assert {row[0] for row in rows_of(ROOT / path, heading)} == {role.value for role in Role}


def test_the_table_of_roles_says_what_the_permissions_say() -> None:
    rows = {row[0]: row[2] for row in rows_of(ROOT / "docs/threat-model.md", "Roles")}
    for role in Role:
        assert ("everything an analyst may" in rows[role.value]) == may(role, Act.MANAGE_STUDY)
        says_trail = any(words in rows[role.value] for words in ("audit trail", "everything an analyst may"))
        assert says_trail == may(role, Act.READ_AUDIT)
        assert ("say what they think" in rows[role.value]) == may(role, Act.RESPOND)


def test_every_room_has_its_line_and_every_line_is_a_room() -> None:
    rows = rows_of(ROOT / "docs/architecture.md", "Rooms")
    named = {re.findall(r"`([\w.]+)`", row[1])[0] for row in rows}
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert named == there - {"__init__", "__main__"}
    assert set(ROOMS) <= named


def test_the_rows_of_the_rooms_are_those_of_the_import_contract() -> None:
    layers = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    depth = {name.strip(" ()"): number for number, layer in enumerate(layers) for name in layer.split("|")}
    rows = rows_of(ROOT / "docs/architecture.md", "Rooms")
    order = [(int(row[0]), depth[re.findall(r"`([\w.]+)`", row[1])[0]]) for row in rows]
    assert order == sorted(order)
    assert [one for one, _ in order] == sorted(one for one, _ in order)
    for (row, layer), (next_row, next_layer) in zip(order, order[1:], strict=False):
        assert (row == next_row) == (layer == next_layer)


def test_the_stores_of_the_rooms_are_those_of_the_tests() -> None:
    rows = {re.findall(r"`([\w.]+)`", row[1])[0]: row[3] for row in rows_of(ROOT / "docs/architecture.md", "Rooms")}
    for room in ROOMS:
        expected = {"both", "evidence"} if room in BRIDGES else {"published", "evidence", "each"}
        assert rows[room] in expected, room


@pytest.mark.parametrize("vocabulary", [Stage, Strength, Stance, LinkRole, Fit, Quantity, Cell])
def test_every_fixed_word_of_the_method_is_in_the_glossary(vocabulary: type[Stage]) -> None:
    said = (text_of(GLOSSARY) + text_of(ROOT / "docs/community.md")).lower()
    for each in vocabulary:
        words = each.value.replace("-", " ")
        assert words in said or words.replace("cannot", "can not") in said, each.value


def test_every_line_of_the_evidence_rule_is_named() -> None:
    assert [each.value for each in LineKey if f"`{each.value}`" not in text_of(COMMANDS)] == []


def test_pages_and_refusals_keep_to_the_glossary() -> None:
    words = [word.strip() for row in glossary() for word in row[2].split(",") if word.strip()]
    assert len(words) > 10
    said = list(messages())
    found = {
        word: [message for message in said if re.search(rf"\b{word}s?\b", message, re.IGNORECASE)][:3]
        for word in words
        if word not in IN_ANOTHER_SENSE
    }
    assert {word: where for word, where in found.items() if where} == {}


def test_the_glossary_says_each_word_once() -> None:
    words = [row[0] for row in glossary()]
    assert len(words) > 50
    assert len(words) == len(set(words))
    not_used = {word.strip() for row in glossary() for word in row[2].split(",")}
    assert not set(words) & not_used


def glossary() -> list[list[str]]:
    """Return the rows of the glossary."""
    lines = [line for line in text_of(GLOSSARY).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[1:]]


# ------------------------------------------------------------------ dependencies, links, pictures


def test_every_dependency_has_its_line_and_every_line_is_a_dependency() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    for named, heading in (
        (project["dependencies"], "To run"),
        (project["optional-dependencies"]["dev"], "To work on it"),
    ):
        packages = {re.split(r"[<>=]", each)[0] for each in named}
        rows = rows_of(ROOT / "docs/dependencies.md", heading)
        assert {row[0] for row in rows} == packages
        assert all(all(row) for row in rows), "each has a purpose and a licence"


def test_no_document_leads_to_what_is_not_there() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(text_of(path))
        if not target.startswith("http") and not (path.parent / target).exists()
    ]
    assert not lost


def test_every_document_can_be_reached_from_the_readme() -> None:
    waiting, seen = [ROOT / "README.md"], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            targets = [(path.parent / each).resolve() for each in LINK.findall(text_of(path))]
            waiting += [each for each in targets if each.suffix == ".md" and each.exists()]
    assert [path for path in DOCUMENTS if path not in seen] == []


def test_every_decision_is_listed_and_takes_half_a_page() -> None:
    decisions = sorted(ROOT.joinpath("docs/decisions").glob("[0-9]*.md"))
    numbers = [path.name[:3] for path in decisions]
    assert numbers == [f"{number:03d}" for number in range(1, len(numbers) + 1)]
    listed = text_of(ROOT / "docs/decisions/README.md")
    for path in decisions:
        assert f"({path.name})" in listed
        assert text_of(path).startswith(f"# {path.name[:3]} ")
        assert "**Decided" in text_of(path)
        assert len(text_of(path).split()) <= 300, path.name


def test_every_document_has_one_title() -> None:
    for path in DOCUMENTS:
        without_code = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
        assert sum(line.startswith("# ") for line in without_code.splitlines()) == 1, path
