"""Reading a finding out of its form."""

from werkzeug.datastructures import MultiDict

from ia_workbench.findings import (
    Confidence,
    ConfidenceLevel,
    FindingRecord,
    LeverNamed,
    Recommendation,
    ReleaseLevel,
)
from ia_workbench.web.workbench.choosing import by_language, chosen

PARTS_OF_A_RECOMMENDATION = ("action", "lever", "owner", "horizon", "sign")

Form = MultiDict[str, str]


def record_from(form: Form, *, by: str, before: Confidence | None = None) -> FindingRecord:
    """Return what a person wrote of a finding; `before` is the confidence it had, kept with its author if unchanged."""
    return FindingRecord(
        title=form.get("title", "").strip(),
        statement=form.get("statement", "").strip(),
        plain=by_language(form, "plain"),
        matters=by_language(form, "matters"),
        step_note=by_language(form, "step_note"),
        content_note=by_language(form, "content_note"),
        release_level=chosen(form, "release_level", ReleaseLevel),
        levers=tuple(LeverNamed(key, form.get(f"explanation-{key}", "")) for key in form.getlist("lever")),
        nodes=tuple(form.getlist("node")),
        edges=tuple(form.getlist("edge")),
        strengths=form.get("strengths", ""),
        recommendations=recommendations_from(form),
        confidence=_confidence(form, by, before),
        office_waiver=form.get("office_waiver", "").strip() or None,
    )


def recommendations_from(form: Form) -> tuple[Recommendation, ...]:
    """Return the recommendations of the form's rows; a row without an action is none."""
    columns = [form.getlist(f"rec-{part}") for part in PARTS_OF_A_RECOMMENDATION]
    rows = (tuple(cell.strip() for cell in row) for row in zip(*columns, strict=False))
    return tuple(Recommendation(*row) for row in rows if row[0])


def _confidence(form: Form, by: str, before: Confidence | None) -> Confidence | None:
    if not form.get("confidence"):
        return None
    level = chosen(form, "confidence", ConfidenceLevel)
    note = form.get("confidence_note", "").strip()
    if before is not None and (before.level, before.note) == (level, note):
        return before
    return Confidence(level, note, by)
