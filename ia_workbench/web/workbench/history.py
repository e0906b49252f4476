"""What happened to a finding, newest first, told from its snapshots, searches and releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from ia_workbench.findings import Finding, NegativeCaseSearch, Snapshot
from ia_workbench.release import Release
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.wording import word


@dataclass(frozen=True)
class Happened:
    """One entry of a finding's history."""

    at: datetime
    words: str


def history_of(
    finding: Finding,
    snapshots: Sequence[Snapshot],
    searches: Sequence[NegativeCaseSearch],
    releases: Sequence[Release],
) -> list[Happened]:
    """Return what happened, newest first."""
    told = [Happened(each.at, _snapshot_words(each)) for each in snapshots]
    told += [
        Happened(datetime.combine(each.on, time(), UTC), _("Negative-case search by %(who)s", who=each.by))
        for each in searches
    ]
    told += [Happened(each.at, _release_words(each)) for each in releases]
    taken = {each.withdrawn_at: each.withdrawn_by for each in releases if each.withdrawn_at}
    told += [Happened(at, _("Taken from readers by %(who)s", who=by)) for at, by in taken.items()]
    return sorted(told, key=lambda each: each.at)[::-1]  # of several in one second the last comes first, too


def _snapshot_words(snapshot: Snapshot) -> str:
    weighed = snapshot.content["evaluation"]
    met = sum(bool(line["met"]) for line in weighed["lines"])
    facts = {
        "who": snapshot.by,
        "strength": word("strength", weighed["strength"]),
        "met": met,
        "all": len(weighed["lines"]),
        "stage": word("stage", snapshot.stage).lower(),
    }
    reason = snapshot.content["reason"]
    if reason == "drafted":
        return _("Drafted by %(who)s; %(strength)s, %(met)s of %(all)s lines", **facts)
    if reason == "stage":
        return _("Moved to %(stage)s by %(who)s; snapshot kept, %(strength)s, %(met)s of %(all)s lines", **facts)
    return _("Now %(strength)s, %(met)s of %(all)s lines, after a change by %(who)s", **facts)


def _release_words(release: Release) -> str:
    facts = {"who": release.by}
    if release.audience.value == "public":
        return _("Released to the public by %(who)s", **facts)
    return _("Released to the body by %(who)s", **facts)
