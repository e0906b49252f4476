"""What `source withdraw --preview` and `participant withdraw --preview` say: all that it would touch."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import DatabaseError

from ia_workbench import corpus, withdrawal
from ia_workbench.cli.brief import brief_row
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, give
from ia_workbench.corpus import Participant, Source, WithdrawalOutcome
from ia_workbench.kernel import Refused, iso_utc
from ia_workbench.withdrawal import WithdrawalPreview

NO_READERS = "The published store cannot be read now: what its members took away and said is not told here."


def preview_source(home: Home, key: str, outcome: WithdrawalOutcome, *, as_json: bool) -> None:
    """Show what withdrawing a source would touch, and change nothing."""
    with home.desk() as desk:
        _show(home, desk, corpus.source_keyed(desk.session, desk.study_id, key), outcome, as_json=as_json)


def preview_participant(home: Home, key: str, outcome: WithdrawalOutcome, *, as_json: bool) -> None:
    """Show what withdrawing a participant would touch, and change nothing."""
    with home.desk() as desk:
        _show(home, desk, corpus.participant_keyed(desk.session, desk.study_id, key), outcome, as_json=as_json)


def _show(home: Home, desk: Desk, subject: Source | Participant, outcome: WithdrawalOutcome, *, as_json: bool) -> None:
    found = _preview(home, desk, subject, outcome)
    backups = [iso_utc(each) for each in withdrawal.backups_before(home.ledger)]
    give(_document(found) | {"backups": backups}, _lines(found, backups), as_json=as_json)


def _preview(home: Home, desk: Desk, subject: Source | Participant, outcome: WithdrawalOutcome) -> WithdrawalPreview:
    """Ask both stores, and the evidence store alone where the other is out of reach."""
    try:
        with home.published(reason="read what the community took away and said") as published:
            return withdrawal.preview(desk.session, published, subject, outcome)
    except (DatabaseError, Refused):
        return withdrawal.preview(desk.session, None, subject, outcome)


def _document(found: WithdrawalPreview) -> dict[str, Any]:
    return {
        "key": found.key,
        "outcome": found.outcome.value,
        "sources": [
            {"key": each.key, "outcome": each.outcome.value, "others": list(each.others), "turns": each.turns}
            for each in found.sources
        ],
        "codings": found.codings,
        "codes": list(found.codes),
        "coders": list(found.coders),
        "excerpts": found.excerpts,
        "texts": found.texts,
        "memos": found.memos,
        "marks": found.marks,
        "masks": found.masks,
        "files_waiting": found.files_waiting,
        "evidence": [
            {"key": each.key, "finding": each.finding_key, "source": each.source_key, "stance": each.stance.value,
             "role": each.role.value, "show": each.shown_as.value}
            for each in found.links
        ],
        "findings": [
            {"key": each.key, "stage": each.stage.value, "now": each.now.value, "after": each.after.value,
             "evidence": list(each.links)}
            for each in found.findings
        ],
        "releases": [
            {"finding": each.finding_key, "to": each.audience.value, "at": iso_utc(each.at), "by": each.by,
             "sha256": each.sha256, "evidence": list(each.evidence)}
            for each in found.releases
        ],
        "earlier_packages": found.earlier_packages,
        "briefs": [brief_row(each) for each in found.briefs],
        "written_out": [
            {"command": each.command, "by": each.by, "at": iso_utc(each.at), "sources": list(each.sources)}
            for each in found.written_out
        ],
        "answers": [{"finding": each.finding_key, "positions": each.positions} for each in found.answers],
        "knows_readers": found.knows_readers,
    }  # fmt: skip


def _lines(found: WithdrawalPreview, backups: list[str]) -> Iterator[str]:
    yield f"Withdrawing {found.key} ({found.outcome.value}) would touch the following. Nothing was done."
    for way in found.sources:
        spoken = f"; {', '.join(way.others)} speak in it too" if way.others else ""
        yield f"  {way.key}: {way.outcome.value}, {counted(way.turns, 'turn')}{spoken}"
    by = f" by {', '.join(found.coders)}" if found.coders else ""
    made = f"{counted(found.excerpts, 'excerpt')}, {counted(found.masks, 'mask')}"
    yield f"  {counted(found.codings, 'coding')}{by}, {made}"
    for finding in found.findings:
        change = f"{finding.now.value} now, {finding.after.value} after"
        yield f"  {finding.key}: {change} ({', '.join(finding.links)})"
    for each in found.releases:
        yield f"  Readers lose {each.finding_key}, released to the {each.audience.value} on {iso_utc(each.at)[:10]}"
    for said in found.answers:
        yield f"  {counted(said.positions, 'answer')} of members to {said.finding_key}: they stay with the team"
    yield from _to_ask_for(found, backups)
    if not found.knows_readers:
        yield NO_READERS


def _to_ask_for(found: WithdrawalPreview, backups: list[str]) -> Iterator[str]:
    for brief in found.briefs:
        draft = "draft of the " if brief.is_draft else ""
        taken = f"{brief.by} took on {iso_utc(brief.at)[:10]}"
        yield f"  Ask for the return of the {draft}brief of {brief.finding_key} that {taken} ({brief.file_format})"
    for written in found.written_out:
        what = f"`{written.command.replace('.', ' ')}` wrote for {written.by}"
        yield f"  Ask for the files that {what} on {iso_utc(written.at)[:10]}"
    if backups:
        yield f"  {counted(len(backups), 'backup')} made here hold it still, the last of {backups[-1][:10]}"
