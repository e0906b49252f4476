"""Two people at one row: whoever saves second is told by whom they were overtaken, and nothing is written over."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.findings.models import EvidenceLink, Finding
from ia_workbench.kernel import Conflict, NotFound


def refuse_overtaken(session: Session, row: Finding | EvidenceLink, seen: int | None) -> None:
    """Refuse to write where someone has saved since the writer looked; `seen` is the version of their form, if any.

    Reads what is stored, not what this session loaded, and holds the row until the end of the transaction. Ask before
    anything of the row is changed.
    """
    model = type(row)
    stored = session.execute(
        select(model.version, model.changed_by).where(model.id == row.id).with_for_update()
    ).one_or_none()
    if stored is None:
        raise NotFound("{key} is no longer there.", key=row.key)
    version, who = stored
    if version != row.version or seen not in (None, version):
        raise Conflict("{who} changed {key} after you opened it. Look at both and save again.", who=who, key=row.key)
