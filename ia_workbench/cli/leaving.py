"""What `source withdraw --preview` and `participant withdraw --preview` say: all that it would touch."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from ia_workbench import corpus, withdrawal
from ia_workbench.cli.brief import brief_row
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, give
from ia_workbench.corpus import Participant, Source, WithdrawalOutcome
from ia_workbench.kernel import Refused, iso_utc
from ia_workbench.withdrawal import SourceWay, Speakers, WithdrawalPreview

WHICH_SOURCE = "Say of which source the label is, as SOURCE=LABEL. {participant} shares these: {sources}."
NO_READERS = "The published store cannot be read now: what its members took away and said is not told here."


def preview_source(home: Home, key: str, outcome: WithdrawalOutcome, *, as_json: bool) -> None:
    """Show what withdrawing a source would touch, and change nothing."""
    with home.desk() as desk:
        _show(home, desk, corpus.source_keyed(desk.session, desk.study_id, key), outcome, as_json=as_json)


def preview_participant(
    home: Home, key: str, outcome: WithdrawalOutcome, speakers: Sequence[str], *, as_json: bool
) -> None:
    """Show what withdrawing a participant would touch, and change nothing; `speakers` as `labels_given` takes them."""
    with home.desk() as desk:
        person = corpus.participant_keyed(desk.session, desk.study_id, key)
        labels = labels_given(desk.session, person, speakers)
        _show(home, desk, person, outcome, labels, as_json=as_json)


def labels_given(session: Session, participant: Participant, given: Sequence[str]) -> dict[str, str]:
    """Return by the key of a source the label that was given for it, as `SOURCE=LABEL`, or as LABEL where there is one.

    Raises Refused where a label alone leaves open which source is meant, and for two labels of one source.
    """
    shared = [each.key for each in withdrawal.shared_sources(session, participant)]
    spoken = {each.key for each in corpus.sources_of(session, participant)}
    found: dict[str, str] = {}
    for each in given:
        key, sign, label = each.partition("=")
        if not (sign and key in spoken):
            if len(shared) != 1:
                raise Refused(WHICH_SOURCE, participant=participant.key, sources=", ".join(shared) or "none")
            key, label = shared[0], each
        if key in found:
            raise Refused("Give one label for {key}.", key=key)
        found[key] = label
    return found


def _show(
    home: Home,
    desk: Desk,
    subject: Source | Participant,
    outcome: WithdrawalOutcome,
    speakers: Speakers | None = None,
    *,
    as_json: bool,
) -> None:
    found = _preview(home, desk, subject, outcome, speakers)
    backups = [iso_utc(each) for each in withdrawal.backups_before(home.ledger)]
    give(_document(found) | {"backups": backups}, _lines(found, backups), as_json=as_json)


def _preview(
    home: Home, desk: Desk, subject: Source | Participant, outcome: WithdrawalOutcome, speakers: Speakers | None
) -> WithdrawalPreview:
    """Ask both stores, and the evidence store alone where the other is out of reach."""
    try:
        with home.published(reason="read what the community took away and said") as published:
            return withdrawal.preview(desk.session, published, subject, outcome, speakers)
    except (DatabaseError, Refused):
        return withdrawal.preview(desk.session, None, subject, outcome, speakers)


def _document(found: WithdrawalPreview) -> dict[str, Any]:
    return {
        "key": found.key,
        "outcome": found.outcome.value,
        "sources": [
            {"key": each.key, "outcome": each.outcome.value, "others": list(each.others), "turns": each.turns,
             "goes": "turns" if each.share is not None else "whole", "label": each.label, "labels": dict(each.labels)}
            for each in found.sources
        ],
        "turns_of_theirs": [
            {"source": each.key, "turns": each.turns, "of": each.all_turns, "codings": each.codings,
             "codings_kept": each.codings_kept, "names_elsewhere": each.mentions, "memos_kept": each.memos_kept}
            for each in found.shares
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
        yield from _way(found, way, spoken)
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


def _way(found: WithdrawalPreview, way: SourceWay, spoken: str) -> Iterator[str]:
    share = next((each for each in found.shares if each.key == way.key), None)
    if share is None:
        yield f"  {way.key}: {way.outcome.value}, {counted(way.turns, 'turn')}{spoken}"
        if way.needs_label:
            labels = ", ".join(f"{label} ({counted(turns, 'turn')})" for label, turns in way.labels)
            yield f"    It is stopped whole: nobody said under which label {found.key} speaks. It has {labels}."
            yield f"    Say it with --speaker {way.key}=LABEL, and their turns alone go."
        return
    theirs = f"{share.turns} of {counted(share.all_turns, 'turn')}, spoken as {share.label}"
    yield f"  {way.key}: {way.outcome.value} of {theirs}{spoken}"
    yield f"    {counted(share.codings, 'coding')} on them go, {share.codings_kept} of others stay"
    if share.mentions:
        yield f"    Look where the others name them: {counted(share.mentions, 'place')} in other turns and the title"
    if share.memos_kept:
        yield f"    Read what is noted beside the source: {counted(share.memos_kept, 'memo')}"


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
