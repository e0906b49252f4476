"""What the scripts of the reading page say."""

from collections import Counter

from flask import Flask

from ia_workbench.web.workbench.reading_words import WORDS_OF_PARTS


def test_no_two_parts_of_the_page_say_something_under_the_same_name() -> None:
    with Flask(__name__).test_request_context():
        names = Counter(name for part in WORDS_OF_PARTS for name in part())
    assert [name for name, times in names.items() if times > 1] == []
