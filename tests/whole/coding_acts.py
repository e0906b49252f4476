"""Operations on codings that are there, each with what makes them ready."""

from collections.abc import Callable
from typing import Any

from ia_workbench import codebook, coding, privacy
from ia_workbench.coding import Coding
from ia_workbench.kernel import Span
from tests.whole.record_acts import Desk


def a_coding(desk: Desk) -> Coding:
    """Code words of a source."""
    return coding.apply_code(desk.session, desk.actor, revision=desk.revision, span=Span(3, 9), code=_code(desk, 0))


def _code(desk: Desk, place: int) -> codebook.Code:
    return codebook.codes(desk.session, desk.study_id)[place]


def rated(desk: Desk) -> Coding:
    """Code words with a code that has a scale."""
    _code(desk, 0).scale = ["slight", "strong"]
    return a_coding(desk)


def undone(desk: Desk) -> Coding:
    """Code words and undo it."""
    made = a_coding(desk)
    coding.undo(desk.session, desk.actor, source=desk.revision.source)
    return made


def nothing(_desk: Desk) -> None:
    """Prepare nothing."""


PREPARED_CODING_ACTS: dict[str, tuple[Callable[[Desk], Any], Callable[[Desk, Any], object]]] = {
    "coding.apply_codes": (
        nothing,
        lambda d, _: coding.apply_codes(
            d.session, d.actor, revision=d.revision, span=Span(3, 9), codes=[_code(d, 0), _code(d, 1)]
        ),
    ),
    "coding.resize_coding": (
        a_coding,
        lambda d, c: coding.resize_coding(d.session, d.actor, coding=c, revision=d.revision, span=Span(3, 14)),
    ),
    "coding.recode": (a_coding, lambda d, c: coding.recode(d.session, d.actor, coding=c, code=_code(d, 1))),
    "coding.mark_important": (
        a_coding,
        lambda d, c: coding.mark_important(d.session, d.actor, coding=c, is_important=True),
    ),
    "coding.rate_coding": (rated, lambda d, c: coding.rate_coding(d.session, d.actor, coding=c, rating=2)),
    "coding.undo": (a_coding, lambda d, c: coding.undo(d.session, d.actor, source=d.revision.source)),
    "coding.redo": (undone, lambda d, c: coding.redo(d.session, d.actor, source=d.revision.source)),
    "privacy.choose_presence": (
        lambda _desk: None,
        lambda d, _none: privacy.choose_presence(d.session, d.actor, shown=False),
    ),
    "coding.leave_standing": (
        a_coding,
        lambda d, c: coding.leave_standing(d.session, d.actor, source=d.revision.source),
    ),
}
