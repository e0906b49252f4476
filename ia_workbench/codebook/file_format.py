"""Codebooks and levers as YAML that a person can edit."""

from collections.abc import Hashable
from typing import Any

from ia_workbench.codebook.rules import COLORS, CodebookFile, CodeEntry, LeverEntry, LeverFile, path_of, refuse_scale
from ia_workbench.kernel import Fields, given, parse_yaml, write_yaml

HIGHEST_VERSION = 1_000_000
LEVER_KEY_LENGTH = 12


def read_codebook(text: str) -> CodebookFile:
    """Read a codebook from YAML text.

    A code without a colour takes its parent's, at the top its place's. Raises Refused with the place (the path of the
    code, or the line) for a malformed key, a key given twice among siblings, an unknown field, a wrong type.
    """
    return codebook_from(parse_yaml(text))


def codebook_from(content: object) -> CodebookFile:
    """Check plain values, as of a file, and return the codebook they hold."""
    fields = Fields(content, "the codebook")
    file = CodebookFile(
        name=fields.text("name"),
        version=fields.whole_number("version", least=1, most=HIGHEST_VERSION, default=1),
        description=fields.text_or_empty("description"),
        codes=_read_codes(fields.things("codes"), None, None, set()),
    )
    fields.close()
    return file


def _read_codes(
    things: list[object], parent_path: str | None, color: int | None, known: set[Hashable]
) -> tuple[CodeEntry, ...]:
    return tuple(_read_code(thing, parent_path, number, color, known) for number, thing in enumerate(things, 1))


def _read_code(
    thing: object, parent_path: str | None, number: int, color: int | None, known: set[Hashable]
) -> CodeEntry:
    fields = Fields(thing, f"code {number} under {parent_path}" if parent_path else f"code {number} of the codebook")
    key = fields.text("key")
    with fields.at("key"):
        path = path_of(key, parent_path)
    fields.note_once("key", path, known, "The code {path} is given twice; change one of the keys.", path=path)
    fields.place = f"code {path}"
    own_color = fields.whole_number("color", least=1, most=COLORS, default=color or (number - 1) % COLORS + 1)
    entry = CodeEntry(
        key=key,
        name=fields.text("name"),
        color=own_color,
        definition=fields.text_or_empty("definition"),
        include=fields.text_or_empty("include"),
        exclude=fields.text_or_empty("exclude"),
        example=fields.text_or_empty("example"),
        levers=fields.texts("levers"),
        nodes=fields.texts("nodes"),
        scale=_read_scale(fields),
        codes=_read_codes(fields.things("codes"), path, own_color, known),
    )
    fields.close()
    return entry


def _read_scale(fields: Fields) -> tuple[str, ...]:
    scale = fields.texts("scale")
    with fields.at("scale"):
        refuse_scale(scale)
    return scale


def write_codebook(file: CodebookFile) -> str:
    """Write a codebook as YAML text that `read_codebook` reads back as the same value."""
    return write_yaml(codebook_content(file))


def codebook_content(file: CodebookFile) -> dict[str, Any]:
    """Return a codebook as plain values, with the names and in the order of the file."""
    content: dict[str, Any] = {"name": file.name, "version": file.version}
    return content | given(description=file.description) | {"codes": [_code_content(code) for code in file.codes]}


def _code_content(code: CodeEntry) -> dict[str, Any]:
    content: dict[str, Any] = {"key": code.key, "name": code.name, "color": code.color}
    content |= given(
        definition=code.definition,
        include=code.include,
        exclude=code.exclude,
        example=code.example,
        levers=list(code.levers),
        nodes=list(code.nodes),
        scale=list(code.scale),
        codes=[_code_content(child) for child in code.codes],
    )
    return content


def read_levers(text: str) -> LeverFile:
    """Read a set of levers from YAML text. Raises Refused with the place for anything malformed."""
    fields = Fields(parse_yaml(text), "the lever file")
    known: set[Hashable] = set()
    file = LeverFile(
        name=fields.text("name"),
        version=fields.whole_number("version", least=1, most=HIGHEST_VERSION, default=1),
        description=fields.text_or_empty("description"),
        levers=tuple(_read_lever(thing, number, known) for number, thing in enumerate(fields.things("levers"), 1)),
    )
    fields.close()
    return file


def _read_lever(thing: object, number: int, known: set[Hashable]) -> LeverEntry:
    fields = Fields(thing, f"lever {number}")
    key = fields.text("key")
    if not (key.isascii() and key.isalnum() and len(key) <= LEVER_KEY_LENGTH):
        sentence = "The key {key} of a lever may hold letters and digits, at most 12, such as ADM."
        raise fields.refused(sentence, "key", key=key)
    fields.note_once("key", key, known, "The lever {key} is given twice; change one of the keys.", key=key)
    fields.place = f"lever {key}"
    lever = LeverEntry(
        key=key,
        name=fields.text("name"),
        definition=fields.text_or_empty("definition"),
        question=fields.text_or_empty("question"),
    )
    fields.close()
    return lever


def write_levers(file: LeverFile) -> str:
    """Write a set of levers as YAML text that `read_levers` reads back as the same value."""
    content: dict[str, Any] = {"name": file.name, "version": file.version}
    content |= given(description=file.description)
    content["levers"] = [
        {"key": lever.key, "name": lever.name} | given(definition=lever.definition, question=lever.question)
        for lever in file.levers
    ]
    return write_yaml(content)
