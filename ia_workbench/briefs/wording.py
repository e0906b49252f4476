"""The sentences of a brief that are made from numbers and vocabularies. English, the working language of a study."""

from collections.abc import Sequence
from datetime import date

from ia_workbench.publication import (
    Audience,
    BodySummary,
    Cell,
    Concern,
    Counts,
    Family,
    Fit,
    Outcome,
    PositionsInWords,
    Quantity,
    Rule,
    RuleLine,
    Strength,
    StripStep,
)

FAMILIES = {
    Family.FAMILY_VOICE: "Family voice",
    Family.WORKER_VOICE: "Worker voice",
    Family.LEADERSHIP: "Leadership",
    Family.PARTNER_VOICE: "Partner voice",
    Family.TRIBAL_VOICE: "Tribal voice",
    Family.OBSERVATION: "Observation",
    Family.CASE_RECORD: "Case record",
    Family.INSTITUTIONAL_TEXT: "Institutional text",
    Family.NUMBERS: "Numbers",
}
CELL_MARKS = {
    Cell.SUPPORTS: "■",
    Cell.AGREEMENT: "■",
    Cell.PARTIAL: "◪",
    Cell.MIXED: "◪",
    Cell.DISSONANT: "☒",
    Cell.SILENT: "□",
    Cell.NOT_EXAMINED: "⬚",
}
STRENGTH_MARKS = {Strength.ESTABLISHED: "●", Strength.EMERGING: "◐", Strength.THIN: "◌"}
RULE_LINES = {
    "independent-sources": "Independent units, {required} or more",
    "kinds": "Kinds of source, {required} or more",
    "family-standpoint": "Family standpoint, {required} or more",
    "lever-anchored": "Lever anchored in text or observation, {required} or more",
    "investigators": "Investigators, {required} or more",
    "not-one-case": "Not all from one case",
    "not-one-office": "Not all from one office",
    "negative-case-search": "Search for negative cases recorded",
    "contrary-resolved": "Every contrary link answered",
}
# Not strftime: a brief must come out the same whatever language the machine speaks.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OTHER_WORDS = "Members answered another version of this finding; what they said is with the team."
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
POSITIONS = {
    Fit.FITS: "it fits what they know",
    Fit.PARTLY: "part of it fits",
    Fit.DOES_NOT_FIT: "it does not fit",
    Fit.CANNOT_SAY: "they cannot say",
}
QUANTITIES = {Quantity.A_FEW: "a few", Quantity.SEVERAL: "several", Quantity.MOST: "most"}
LANGUAGES = {"es": "Spanish"}
AUDIENCES = {Audience.PUBLIC: "public", Audience.BODY: "to the community accountability body"}


def day(moment: date) -> str:
    """Write a day as `14 April 2026`."""
    return f"{moment.day} {_month(moment)}"


def _month(moment: date) -> str:
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def how_many(number: int, thing: str) -> str:
    """Write a number with its thing, in the singular where it is one."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def cell_word(cell: Cell) -> str:
    """Return the word of a convergence cell."""
    return cell.value.replace("-", " ")


def how_we_know(counts: Counts) -> str:
    """Say on how much the finding rests; units lead."""
    parts = [
        how_many(counts.independent_units, "independent unit"),
        f"from {how_many(counts.sources, 'source')} in support",
        f"of {how_many(counts.kinds, 'kind')}",
    ]
    if counts.offices:
        parts.append(f"at {how_many(counts.offices, 'office')}")
    if counts.first_month and counts.last_month:
        parts.append(_months(counts.first_month, counts.last_month))
    return f"{', '.join(parts)}. Sources about one case, or one person, count once. One S number is one source."


def _months(first: str, last: str) -> str:
    start, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
    if start == end:
        return _month(start)
    return f"{MONTHS[start.month - 1] if start.year == end.year else _month(start)} to {_month(end)}"


def where(strip: tuple[StripStep, ...]) -> str:
    """Say at which steps and passages the finding sits."""
    if not strip:
        return "This finding is not yet placed on the map."
    steps = [f"step {step.number} ({step.title})" for step in strip if step.is_here]
    passages = [
        f"on the passage from step {step.number} to step {after.number}"
        for step, after in zip(strip, strip[1:], strict=False)
        if step.passage == "here"
    ]
    at = [f"at {_list(steps)}"] if steps else []
    return f"{_span(strip)}; the finding sits {_list([*at, *passages])}."


def _span(strip: tuple[StripStep, ...]) -> str:
    first, last = strip[0].number, strip[-1].number
    return f"Step {first}" if first == last else f"Steps {first} to {last}"


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def rule_line(line: RuleLine) -> str:
    """Say what a line of the evidence rule asks for."""
    return RULE_LINES.get(line.key, line.key).format(required=line.required)


def observed(line: RuleLine) -> str:
    """Say what was found for a line: a number, or yes or no."""
    is_question = "{required}" not in RULE_LINES.get(line.key, "{required}")
    return ("yes" if line.met else "no") if is_question else str(line.observed)


def rule_sentence(rule: Rule) -> str:
    """Say how many lines are met and what that hangs on."""
    met = sum(line.met for line in rule.lines)
    sentences = [
        f"{_in_words(met).capitalize()} of {_in_words(len(rule.lines))} lines of the {rule.name} rule, "
        f"version {rule.version}, a convention of this study; {'overridden' if rule.override else 'no override'}.",
        _fragility(rule.fragile_units, is_met=met == len(rule.lines)),
    ]
    if rule.override:
        sentences.append(f"Override: {rule.override}")
    if rule.office_waiver:
        sentences.append(f"One office only: {rule.office_waiver}")
    return " ".join(each for each in sentences if each)


def _fragility(units: int, *, is_met: bool) -> str:
    if units == 0:
        return "It does not hang on one unit." if is_met else ""
    if units == 1:
        return "It hangs on one unit: without it, the rule would not be met."
    return f"It hangs on each of {_in_words(units)} units: without any of them, the rule would not be met."


def _in_words(number: int) -> str:
    return SMALL_NUMBERS[number] if number < len(SMALL_NUMBERS) else str(number)


def silence(silent: tuple[Family, ...], not_examined: tuple[Family, ...]) -> str:
    """Say which source families are silent and which were not examined: not the same thing."""
    sentences = []
    if silent:
        sentences.append(f"Silent, though present at this step: {_names(silent)}.")
    if not_examined:
        sentences.append(f"Not examined at this step: {_names(not_examined)}.")
    return " ".join(sentences)


def _names(families: tuple[Family, ...]) -> str:
    return ", ".join(FAMILIES[family].lower() for family in families)


def positions(body: BodySummary | None) -> str:
    """Say in words how the body's members see the finding, never as numbers."""
    if body is None or not (body.positions or body.has_other_words):
        return "The community accountability body has not taken a position yet."
    other = OTHER_WORDS if body.has_other_words else ""
    return f"{_taken(body.positions)} {other}".strip()


def _taken(positions: Sequence[PositionsInWords]) -> str:
    if not positions:
        return ""
    said = [_position(each, is_first=at == 0) for at, each in enumerate(positions)]
    few = " A few may be one." if any(each.quantity is Quantity.A_FEW for each in positions) else ""
    return f"{'; '.join(said)}.{few} Positions are given as they were made and are not averaged."


def _position(each: PositionsInWords, *, is_first: bool) -> str:
    words = f"{QUANTITIES[each.quantity]}{' members' if is_first else ''} said {POSITIONS[each.fit]}"
    return words[0].upper() + words[1:] if is_first else words


def concern_words(concern: Concern) -> str:
    """Return what a member raised in their own words, in quotation marks; empty when they only ticked something."""
    return f"“{concern.text}”" if concern.text else ""


def ticked(concern: Concern) -> str:
    """Say in which other language they wrote and what they ticked, or their position where they did neither."""
    parts = [f"(In {LANGUAGES[concern.language]}, as given.)"] if concern.text and concern.language != "en" else []
    parts += ["The member says that this could harm someone."] if concern.could_harm else []
    if concern.quotes_not_to_use:
        parts.append(f"The member asks not to use {_list(list(concern.quotes_not_to_use))}.")
    is_silent = not concern.text and not parts
    return f"The member says that {POSITIONS[concern.fit]}." if is_silent else " ".join(parts)


def answer_label(concern: Concern) -> str:
    """Say when the team answered and whether something changed; or that it has not."""
    if concern.answer is None:
        return "Not yet answered."
    outcome = "changed" if concern.answer.outcome is Outcome.CHANGED else "not changed"
    return f"Answer, {day(concern.answer.on)}, {outcome}:"
