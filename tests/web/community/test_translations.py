"""Every sentence that the community side can show exists in Spanish, places and all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import ia_workbench
from ia_workbench.web.notices import NOTICES
from ia_workbench.web.translating import CATALOGUES

PACKAGE = Path(ia_workbench.__file__).parent
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
REFUSALS = {"Refused", "NotFound", "NotAllowed", "Conflict"}
ROOMS = ("publication", "review", "web/community")


@pytest.fixture(scope="module")
def spanish() -> Catalog:
    with (CATALOGUES / "es.po").open("rb") as file:
        return read_po(file, locale="es")


def messages_of_pages() -> list[str | tuple[str, ...]]:
    method = [("**.html", "jinja2.ext:babel_extract")]
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    folders = [PACKAGE / "web/templates/community", PACKAGE / "web/templates/shared"]
    return [found[2] for folder in folders for found in extract_from_dir(folder, method, options)]


def refusals_of(path: Path) -> Iterator[str]:
    """Yield the sentences of refusals that a module raises, written in place or as a constant above."""
    tree = ast.parse(path.read_text())
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS and node.args:
            first = node.args[0]
            sentence = first.value if isinstance(first, ast.Constant) else constants.get(getattr(first, "id", ""))
            if isinstance(sentence, str):
                yield sentence


def test_every_message_of_the_pages_has_a_spanish_one(spanish: Catalog) -> None:
    messages = messages_of_pages()
    assert len(messages) > 100
    missing = [each for each in messages if not translation(spanish, each)]
    assert missing == []


def translation(spanish: Catalog, message: str | tuple[str, ...]) -> bool:
    """Say whether a message has a translation, in the plural too where it is counted."""
    found = spanish.get(message if isinstance(message, str) else message[0])
    if found is None or not found.string or found.fuzzy:
        return False
    return all(found.string) if isinstance(message, tuple) else isinstance(found.string, str)


def test_every_refusal_that_the_community_can_meet_has_a_spanish_sentence(spanish: Catalog) -> None:
    sentences = {each for room in ROOMS for path in (PACKAGE / room).rglob("*.py") for each in refusals_of(path)}
    assert len(sentences) > 8
    assert [each for each in sorted(sentences) if not translation(spanish, each)] == []


@pytest.mark.parametrize("word", ["answer-sent", "answer-changed", "signed-out"])
def test_what_was_just_done_is_said_in_spanish(spanish: Catalog, word: str) -> None:
    assert translation(spanish, NOTICES[word])


def test_no_place_is_lost_or_invented_in_translation(spanish: Catalog) -> None:
    for message in spanish:
        if not message.id or not message.string:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        places = set(PLACE.findall(originals[-1]))
        for each in translations:
            assert set(PLACE.findall(each)) == places, f"{originals[0]!r} and {each!r} name other places"
