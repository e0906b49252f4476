"""A template is checked before it is filled, so that a mistake in it is told and never printed."""

from typing import Any

import pytest
from docx.oxml.ns import qn

from ia_workbench.briefs.checking import check_template, places_in
from ia_workbench.kernel import Refused
from tests.briefs.words import document


def refusal(made: Any) -> str:
    with pytest.raises(Refused) as caught:
        check_template(made)
    return str(caught.value)


def test_a_place_nobody_knows_is_named() -> None:
    assert "There is no place {{statment}} here" in refusal(document("{{statment}}"))
    assert "There is no place {{#everything}} here" in refusal(document("{{#everything}}", "{{/everything}}"))


def test_a_place_of_a_list_is_unknown_outside_it_even_when_the_list_is_empty() -> None:
    assert "{{action}}" in refusal(document("{{action}}"))
    assert "{{action}}" in refusal(document("{{#levers}}", "{{action}}", "{{/levers}}"))
    check_template(document("{{#recommendations}}", "{{action}} {{site}}", "{{/recommendations}}"))


def test_lists_must_close_in_order() -> None:
    assert "opens {{#levers}}" in refusal(document("{{#levers}}", "{{name}}"))
    assert "closes {{/levers}} without" in refusal(document("{{/levers}}"))
    assert "closes {{/levers}} without" in refusal(document("{{#levers}}{{#name}}{{/levers}}{{/name}}"))


@pytest.mark.parametrize(
    "text", ["{{Statement}}", "{{ statement }", "{{statement", "statement}}", "{{#}}", "{{two words}}"]
)
def test_a_marker_that_cannot_be_read_is_shown(text: str) -> None:
    assert text in refusal(document(f"before {text}"))


def test_places_in_headers_and_footers_are_checked_too() -> None:
    made = document("{{statement}}")
    made.sections[0].header.paragraphs[0].text = "{{nobody}}"
    assert "{{nobody}}" in refusal(made)
    made.sections[0].header.paragraphs[0].text = "{{site}}"
    made.sections[0].footer.paragraphs[0].text = "{{provenance}}"
    assert places_in(made) == {("", "statement"), ("", "site"), ("", "provenance")}


@pytest.mark.parametrize("trace", ["w:ins", "w:del", "w:commentReference"])
def test_tracked_changes_and_comments_are_refused_because_they_carry_names(trace: str) -> None:
    made = document("{{statement}}")
    paragraph = made.paragraphs[0]._p
    paragraph.append(paragraph.makeelement(qn(trace), {qn("w:author"): "Someone"}))
    assert "tracked changes or comments" in refusal(made)
