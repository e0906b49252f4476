"""The sentences of a brief, each checked as it is read."""

from dataclasses import replace
from datetime import date

from ia_workbench.briefs import wording
from ia_workbench.publication import BodySummary, Cell, Family, Fit, LinkRole, Passage, Strength
from tests.briefs.bodies import ANSWERED, BODY, DISSENT, SPANISH
from tests.support.packages import LINES, STRIP, VISIT_HOURS


def test_units_lead_and_are_said_to_count_once() -> None:
    assert wording.how_we_know(VISIT_HOURS.counts) == (
        "5 independent units, from 6 sources in support, of 4 kinds, at 2 offices, January to March 2026. "
        "Sources about one case, or one person, count once. One S number is one source."
    )
    few = replace(VISIT_HOURS.counts, independent_units=1, sources=1, kinds=1, offices=0, first_month=None)
    assert wording.how_we_know(few).startswith("1 independent unit, from 1 source in support, of 1 kind. Sources")


def test_months_are_said_once_where_they_are_one() -> None:
    counts = replace(VISIT_HOURS.counts, first_month="2025-10", last_month="2026-03")
    assert "October 2025 to March 2026" in wording.how_we_know(counts)
    assert ", March 2026." in wording.how_we_know(replace(counts, first_month="2026-03"))


def test_the_place_of_a_finding_is_said_in_words() -> None:
    assert wording.where(STRIP) == (
        "Steps 13 to 16; the finding sits at step 14 (Family time) and on the passage from step 14 to step 15."
    )
    assert wording.where(()) == "This finding is not yet placed on the map."
    only = (replace(STRIP[1], passage=Passage.NONE),)
    assert wording.where(only) == "Step 14; the finding sits at step 14 (Family time)."
    passage = (replace(STRIP[1], is_here=False), STRIP[2])
    assert wording.where(passage) == "Steps 14 to 15; the finding sits on the passage from step 14 to step 15."


def test_rule_lines_say_what_they_ask_for_and_what_was_found() -> None:
    assert [wording.rule_line(line) for line in LINES[:2]] == [
        "Independent units, 3 or more",
        "Kinds of source, 2 or more",
    ]
    assert [wording.observed(line) for line in (LINES[0], LINES[5])] == ["5", "yes"]
    assert wording.observed(replace(LINES[5], observed=0, met=False)) == "no"


def test_the_rule_is_named_with_what_is_not_met_and_what_it_hangs_on() -> None:
    rule = VISIT_HOURS.rule
    assert wording.rule_sentence(rule) == (
        "Nine of nine lines of the default rule, version 1, a convention of this study; no override. "
        "It does not hang on one unit."
    )
    weaker = replace(
        rule, lines=(replace(LINES[0], met=False), *LINES[1:]), fragile_units=1, office_waiver="One office."
    )
    assert "Eight of nine lines" in wording.rule_sentence(weaker)
    assert "It hangs on one unit" in wording.rule_sentence(weaker)
    assert wording.rule_sentence(weaker).endswith("One office only: One office.")
    overridden = replace(rule, fragile_units=3, override="The lead decided so.")
    assert "overridden. It hangs on each of three units" in wording.rule_sentence(overridden)
    assert wording.rule_sentence(overridden).endswith("Override: The lead decided so.")


def test_nothing_is_said_of_what_a_rule_that_is_not_met_hangs_on() -> None:
    unmet = replace(VISIT_HOURS.rule, lines=(replace(LINES[0], met=False), *LINES[1:]), fragile_units=0)
    assert "hang" not in wording.rule_sentence(unmet)


def test_silent_and_not_examined_are_told_apart() -> None:
    assert wording.silence((Family.OBSERVATION, Family.NUMBERS), (Family.LEADERSHIP,)) == (
        "Silent, though present at this step: observation, numbers. Not examined at this step: leadership."
    )
    assert wording.silence((), ()) == ""


def test_positions_are_words_and_never_numbers() -> None:
    assert wording.positions(BODY) == (
        "Most members said it fits what they know; a few said part of it fits. A few may be one. "
        "Positions are given as they were made and are not averaged."
    )
    assert wording.positions(None) == "The community accountability body has not taken a position yet."


def test_that_members_judged_other_words_is_said_and_not_how() -> None:
    other = "Members answered another version of this finding; what they said is with the team."
    assert wording.positions(replace(BODY, has_other_words=True)) == f"{wording.positions(BODY)} {other}"
    assert wording.positions(BodySummary((), (), (), has_other_words=True)) == other


def test_concerns_keep_the_members_words_and_their_answers() -> None:
    assert wording.concern_words(ANSWERED) == "“A letter from work puts my job at risk.”"
    assert wording.ticked(ANSWERED) == "The member says that this could harm someone."
    assert wording.ticked(SPANISH) == "(In Spanish, as given.) The member asks not to use E-0001 and E-0002."
    assert wording.ticked(replace(SPANISH, text="")) == "The member asks not to use E-0001 and E-0002."
    assert wording.answer_label(ANSWERED) == "Answer, 28 March 2026, changed:"
    assert wording.answer_label(SPANISH) == "Answer, 29 March 2026, not changed:"
    assert wording.answer_label(DISSENT) == "Not yet answered."
    assert wording.ticked(replace(DISSENT, text="")) == "The member says that it does not fit."


def test_every_word_of_every_vocabulary_has_its_words() -> None:
    assert set(wording.FAMILIES) == set(Family)
    assert set(wording.CELL_MARKS) == set(Cell)
    assert set(wording.STRENGTH_MARKS) == set(Strength)
    assert set(wording.POSITIONS) == set(Fit)
    assert {line.key for line in LINES} == set(wording.RULE_LINES)
    assert wording.cell_word(Cell.NOT_EXAMINED) == "not examined"
    assert [wording.day(date(2026, month, 1)) for month in (1, 12)] == ["1 January 2026", "1 December 2026"]
    assert LinkRole.IMPACT in LinkRole
