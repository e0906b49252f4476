"""Sentences and a model's names stand where the text has them, in texts of any length."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.language import entities, is_model_there, model_for, pipeline, sentences
from ia_workbench.language.pipelines import LONGEST_PIECE

MODEL = "en_core_web_sm"
with_model = pytest.mark.skipif(not is_model_there(MODEL), reason="no English model is installed")


def test_starting_the_program_imports_no_spacy() -> None:
    code = "import sys, ia_workbench.app, ia_workbench.language as l; l.is_model_there(); print('spacy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_sentences_are_cut_by_rules_and_without_the_blanks_around_them() -> None:
    text = "She came on Monday.  Nobody told me!\n\n  Where was I?\nAt work"
    assert [each.of(text) for each in sentences(text)] == [
        "She came on Monday.",
        "Nobody told me!",
        "Where was I?",
        "At work",
    ]


def test_a_text_of_a_million_characters_is_cut_into_the_same_sentences_as_its_parts() -> None:
    paragraph = "She waited at the office. Nobody came.\n" * 10
    text = paragraph * 2600
    assert len(text) > 1_000_000
    found = sentences(text)
    assert len(found) == 2 * 10 * 2600
    assert {each.of(text) for each in found} == {"She waited at the office.", "Nobody came."}


@given(st.text(alphabet=st.sampled_from("ab .!?\n\u00a0\U0001f600é"), max_size=60))
@settings(max_examples=60, deadline=None)
def test_sentences_leave_out_blanks_only(text: str) -> None:
    found = sentences(text)
    ends, starts = [0, *(each.end for each in found)], [*(each.start for each in found), len(text)]
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))


def test_a_language_without_a_model_proposes_nothing_and_says_so() -> None:
    assert model_for("es", MODEL) is None
    assert list(entities("La señora Flores vive en Riverton.", "es", model=MODEL)) == []
    assert not is_model_there("en_no_such_model")
    assert list(entities("Joy Flores lives in Riverton.", "en", model="en_no_such_model")) == []
    assert pipeline("es").pipe_names == ["sentencizer"]


def test_a_model_is_never_looked_for_by_a_path() -> None:
    assert not is_model_there("../en_core")
    assert not is_model_there("os.path")


@with_model
def test_a_models_names_stand_where_a_long_text_has_them() -> None:
    filler = "The worker came to the house and left a card. \U0001f600\n" * (2 * LONGEST_PIECE // 48)
    text = f"{filler}Barbara Johnson moved to Chicago.\n{filler}"
    found = [(each.label, text[each.start : each.end]) for each in entities(text)]
    assert ("PERSON", "Barbara Johnson") in found
    assert ("GPE", "Chicago") in found
