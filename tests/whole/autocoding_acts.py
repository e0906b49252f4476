"""Operations on batches of autocoding and on suggestions, each with words nobody may find again."""

from collections.abc import Callable
from typing import Any

from ia_workbench import codebook, coding, privacy, suggestions
from ia_workbench.coding import Autocoding, AutocodingRule, CodedUnit, RuleKind
from ia_workbench.kernel import Span
from tests.whole.record_acts import WORDS, Desk


def begun(desk: Desk, request: str = "batch") -> Autocoding:
    """Begin a batch whose rule has words that nobody may find."""
    code = codebook.codes(desk.session, desk.study_id)[0]
    rule = AutocodingRule(RuleKind.PHRASE, WORDS, CodedUnit.FOUND, (desk.revision.source_id,))
    return coding.begin_batch(desk.session, desk.actor, code=code, rule=rule, chosen=2, place=None, request=request)


def applied(desk: Desk) -> Autocoding:
    """Begin a batch and apply its one part."""
    batch = begun(desk)
    apply(desk, batch)
    return batch


def apply(desk: Desk, batch: Autocoding) -> None:
    spans = [Span(3, 9), Span(10, 14)]
    coding.apply_part(desk.session, desk.actor, batch=batch, number=0, revision=desk.revision, spans=spans)


def switch(desk: Desk, _prepared: object) -> None:
    study = privacy.study_numbered(desk.session, desk.study_id)
    suggestions.switch_suggestions(desk.session, desk.actor, study=study, on=False)


PREPARED_AUTOCODING_ACTS: dict[str, tuple[Callable[[Desk], Any], Callable[[Desk, Any], object]]] = {
    "coding.begin_batch": (lambda d: None, lambda d, _none: begun(d)),
    "coding.apply_part": (begun, apply),
    "coding.finish_batch": (applied, lambda d, batch: coding.finish_batch(d.session, d.actor, batch=batch)),
    "coding.take_back": (applied, lambda d, batch: coding.take_back(d.session, d.actor, batch=batch)),
    "suggestions.switch_suggestions": (lambda d: None, switch),
}
