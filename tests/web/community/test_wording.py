"""Days, lists and speakers as they are said."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask, g

from ia_workbench.publication import Said
from ia_workbench.web.community.wording import day_words, in_mid_sentence, month_words
from ia_workbench.web.translating import in_a_row


@pytest.mark.parametrize(
    ("language", "day", "month", "row"),
    [
        ("en", "28 March 2026", "October 2025", "a parent, a worker, and the form"),
        ("es", "28 de marzo de 2026", "octubre de 2025", "a parent, a worker y the form"),
    ],
)
def test_days_months_and_lists_are_said_in_the_readers_language(language: str, day: str, month: str, row: str) -> None:
    with Flask(__name__).test_request_context():
        g.language = language
        assert day_words(date(2026, 3, 28)) == day
        assert day_words(datetime(2026, 3, 28, 23, 59, tzinfo=UTC)) == day
        assert month_words("2025-10") == month
        assert in_a_row(["a parent", "a worker", "the form"]) == row


@pytest.mark.parametrize(
    ("label", "inside"), [("A parent", "a parent"), ("ICWA office", "ICWA office"), ("A", "a"), ("", "")]
)
def test_a_speaker_begins_small_inside_a_sentence(label: str, inside: str) -> None:
    assert in_mid_sentence(Said(label, "en")) == Said(inside, "en")
