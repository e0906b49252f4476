"""Damaged files of every format: each is read into text that can be stored, or refused in a sentence.

`IA_WORKBENCH_FUZZ` says how many of each format (default 2,000; `make fuzz` takes 10,000).
"""

import os
from collections.abc import Iterator

import pytest

from ia_workbench.corpus import read_file
from ia_workbench.corpus.importers.conversion import Converter
from ia_workbench.corpus.importers.formats import FORMATS
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.corpus.importers.sandbox import Limits
from tests.fuzz.chunks import failures
from tests.support.seed_files import SEEDS

NUMBER = int(os.environ.get("IA_WORKBENCH_FUZZ", "2000"))
CHUNK = 250  # files that one child reads; enough chunks for every core
NAMES = [form.name for form in FORMATS]


@pytest.fixture(scope="session")
def reader() -> Iterator[Converter]:
    """Have chunks read under the limits of one file, but for the time: a chunk is many files."""
    made = Converter("tests.fuzz.chunks", Limits(seconds=900, cpu_seconds=900))
    yield made
    made.close()


@pytest.mark.parametrize("form", NAMES)
def test_every_format_has_sound_files_to_damage_and_a_child_reads_them_as_we_do(form: str) -> None:
    assert form in SEEDS, f"tests/support/seed_files.py has no file of the format {form}"
    ending = next(each.endings[0] for each in FORMATS if each.name == form)
    for content in SEEDS[form]():
        file = read_file(f"a{ending}", content)
        assert file == read_here(f"a{ending}", content)
        assert file.format == form


@pytest.mark.parametrize("first", range(0, NUMBER, CHUNK))
@pytest.mark.parametrize("form", NAMES)
def test_damaged_files_are_read_or_refused(form: str, first: int, reader: Converter) -> None:
    found = failures(reader, form, first, min(CHUNK, NUMBER - first))
    assert not found, f"read one again: python -m tests.fuzz.chunks {form} NUMBER [FILE]\n" + "\n".join(found[:20])
