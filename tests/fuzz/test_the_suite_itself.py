"""The suite finds what it looks for: a reader that breaks is told, by the number of the file that broke it."""

import dataclasses
import time

import pytest

from ia_workbench.corpus import Anchor, AnchorKind, ReadFile
from ia_workbench.corpus.importers.conversion import Converter
from ia_workbench.corpus.importers.sandbox import Limits
from ia_workbench.kernel import Refused
from tests.fuzz import chunks
from tests.fuzz.breaking import CRASHES, HANGS, SWELLS

SOUND = ReadFile(name="a.txt", text="P: Yes.", sha256="", content=b"")


def test_one_file_that_kills_the_child_is_found_among_a_hundred() -> None:
    converter = Converter("tests.fuzz.breaking", Limits(seconds=1))
    found = chunks.failures(converter, "txt", 0, 100)
    converter.close()
    assert [int(line.split()[0]) for line in found] == [CRASHES, HANGS, SWELLS]


def test_the_same_number_is_the_same_file_and_another_is_another() -> None:
    assert chunks.damaged("docx", 7) == chunks.damaged("docx", 7)
    assert len({chunks.damaged("docx", number)[1] for number in range(100)}) > 90


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [
        (SOUND, None),
        (dataclasses.replace(SOUND, text="cafe\u0301"), "text that is not in its normal form"),
        (dataclasses.replace(SOUND, text="a\rb"), "text that is not in its normal form"),
        (dataclasses.replace(SOUND, text="a\x00b"), "characters that cannot be stored"),
        (dataclasses.replace(SOUND, text="\n"), "no words"),
        (dataclasses.replace(SOUND, anchors=(Anchor(8, AnchorKind.PAGE, "2"),)), "an anchor outside of the text"),
        (Refused("{name} is empty.", name="a.txt"), None),
        (
            Refused("{name} holds {what}.", name="a.txt", what="words of \u201cthe file\u201d"),
            "holds bytes of the file",
        ),
        (Refused("No sentence\nat all."), "no sentence"),
        (KeyError("words of the file"), "KeyError at"),
        (RecursionError(), "RecursionError at"),
        (MemoryError(), "MemoryError at"),
    ],
)
def test_whatever_is_neither_read_nor_refused_is_told(
    outcome: ReadFile | Exception, wrong: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_name: str, _content: bytes) -> ReadFile:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(chunks, "read_here", read)
    monkeypatch.setattr(chunks, "damaged", lambda _form, _number: ("a.txt", "words of \u201cthe file\u201d".encode()))
    told = chunks.failure("txt", 1)
    assert (told is None) if wrong is None else (wrong in str(told))
    assert "words of the file" not in str(told)


def test_a_reading_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LONGEST_READING", 0.1)
    monkeypatch.setattr(chunks, "read_here", lambda _name, _content: time.sleep(30))
    assert "took more than" in str(chunks.failure("txt", 1))
