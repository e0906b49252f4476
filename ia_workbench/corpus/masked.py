"""The masked text of a source as a revision of its own, beside the raw ones."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.correcting import carried_over
from ia_workbench.corpus.lines import lines_in
from ia_workbench.corpus.models import Revision, Turn
from ia_workbench.corpus.queries import text_of
from ia_workbench.corpus.rules import RevisionKind
from ia_workbench.database import moment_of
from ia_workbench.kernel import Edit, Refused, digest_of
from ia_workbench.privacy import Act, Actor


def add_masked_text(
    session: Session, actor: Actor, *, raw: Revision, text: str, edits: Sequence[Edit], turns: Iterable[Turn]
) -> Revision:
    """Add the masked text of a raw revision as a revision of its own; returns it.

    `edits` lead from the raw text to it, `turns` are its own, without numbers and lines, which follow from their order.
    It never becomes the text that is read and coded. Refuses a text that is not in the stored form, and edits that do
    not lead to it.
    """
    privacy.require(actor, Act.MASK, study_id=raw.study_id)
    _refuse_other_edits(text_of(session, raw), text, edits)
    last = select(func.max(Revision.number)).where(Revision.source_id == raw.source_id)
    revision = Revision(
        study_id=raw.study_id,
        source_id=raw.source_id,
        source=raw.source,
        number=(session.scalar(last) or 0) + 1,
        kind=RevisionKind.MASKED,
        text=text,
        length=len(text),
        sha256=digest_of(text),
        based_on_id=raw.id,
        edits=[asdict(each) for each in edits],
        anchors=carried_over(raw.anchors, edits),
        created_at=moment_of(session),
        created_by=actor.username,
    )
    session.add(revision)
    session.flush()  # its turns need its number
    line = 1
    for number, turn in enumerate(turns, start=1):
        turn.study_id, turn.revision_id, turn.number, turn.line = raw.study_id, revision.id, number, line
        line += lines_in(text[turn.speech_start : turn.end])
        session.add(turn)
    session.flush()  # whoever reads next in this transaction finds the turns
    privacy.record(
        session, actor, "mask-source", subject=raw.source.key, study_id=raw.study_id, revision=revision.number,
        based_on=raw.number,
    )  # fmt: skip
    return revision


def _refuse_other_edits(old: str, new: str, edits: Sequence[Edit]) -> None:
    at = new_at = 0
    for edit in edits:
        if old[at : edit.start] != new[new_at : edit.new_start]:
            break
        at, new_at = edit.end, edit.new_end
    if old[at:] != new[new_at:]:
        raise Refused("The masked text does not fit the text it is made of. Make it again.")
