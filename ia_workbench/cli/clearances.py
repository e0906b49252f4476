"""`clearance`: mask quotes for readers, and confirm as a second person that what they get identifies no one."""

import sys
from typing import Any

import click

from ia_workbench import findings, release
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import give, note, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.findings import EvidenceLink, ShownAs
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.release import Mask, Replacement


@program.group()
def clearance() -> None:
    """Clearing quotes for readers: one person masks, another confirms."""


@clearance.command("list")
@click.argument("finding")
@reads
@takes_home
def list_masks(home: Home, finding: str, as_json: bool) -> None:
    """List a finding's evidence with all that readers would see and who vouches for it."""
    with home.desk() as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        masks = release.masks_for(desk.session, found)
        rows = [_row(link, masks.get(link.id)) for link in findings.links_of(desk.session, found)]
    headings = ("evidence", "show", "by", "confirmed_by", "counts", "masked")
    lines = table(headings, [[row[name] for name in headings] for row in rows])
    give(rows, [*lines, *(f"{row['evidence']} {line}" for row in rows for line in _beside(row))], as_json=as_json)


def _row(link: EvidenceLink, mask: Mask | None) -> dict[str, Any]:
    shown = release.shown_of(link, release.spans_of(link, mask))
    is_open = not link.excerpt.revision.source.is_withdrawn
    return {
        "evidence": link.key,
        "show": link.shown_as.value,
        "by": mask.by if mask else None,
        "confirmed_by": mask.confirmed_by if mask else None,
        "counts": release.counts(mask, link),
        "confirmed_in_file": mask.confirmed_in_file if mask else None,
        "masked": shown.words if mask and is_open and release.is_current(mask, link) else None,
        "speaker": shown.speaker,
        "translation": (shown.translation or {}) if is_open else {},
        "paraphrase": (shown.paraphrase or {}) if is_open else {},
        "seen": release.seen_of(link, mask),
    }


def _beside(row: dict[str, Any]) -> list[str]:
    """The other words that readers get of one evidence link, a line for each."""
    if row["show"] == ShownAs.COUNT.value:
        return []
    names = ("translation", "paraphrase", "speaker")
    return [f"{name} ({language}): {words}" for name in names for language, words in row[name].items() if words]


def _shown_lines(link: EvidenceLink, mask: Mask) -> list[str]:
    row = _row(link, mask)
    return [
        f"{link.key} as readers would see it: {row['masked'] or ''}".rstrip(),
        *(f"  {each}" for each in _beside(row)),
    ]


seen_option = click.option(
    "--seen", metavar="DIGEST", help="What you looked at, as `clearance list --json` gives it; refused if it changed."
)


@clearance.command("mask")
@click.argument("evidence")
@click.option(
    "--replace", "replacements", multiple=True, metavar='"WORDS=INSTEAD"', help="Words, and what readers see instead."
)
@seen_option
@takes_home
def mask(home: Home, evidence: str, replacements: tuple[str, ...], seen: str | None) -> None:
    """Mask the quote of an evidence link; without --replace, say that nothing that readers get identifies anyone."""
    chosen = [_replacement(each) for each in replacements]
    with home.desk(writes=True) as desk:
        link = findings.link_keyed(desk.session, desk.study_id, evidence)
        before = release.mask_of(desk.session, link)
        told = [f"This takes the place of the mask by {before.by}."] if before is not None and seen is None else []
        looked_at = seen or release.seen_of(link, before)
        made = release.mask_quote(desk.session, desk.actor, link=link, replacements=chosen, seen=looked_at)
        told += _shown_lines(link, made)
    for line in [*told, f"Another person must confirm it: `ia-workbench --as USERNAME clearance confirm {evidence}`."]:
        say(line)


def _replacement(given: str) -> Replacement:
    words, sign, instead = given.partition("=")
    if not sign:
        raise Refused('Write what is replaced as "WORDS=INSTEAD", such as "Ms. Okoro=the worker".')
    return Replacement(words, instead)


@clearance.command("confirm")
@click.argument("evidence")
@seen_option
@takes_home
def confirm(home: Home, evidence: str, seen: str | None) -> None:
    """Confirm, as another person than its maker, that what readers get of an evidence link identifies no one.

    Says what it confirms. In a terminal it shows that first and asks, unless --seen tells that it was looked at.
    """
    looked_at = seen or _look_at(home, evidence)
    with home.desk(writes=True) as desk:
        link = findings.link_keyed(desk.session, desk.study_id, evidence)
        made = release.confirm_mask(desk.session, desk.actor, mask=_mask_at(desk, link), seen=looked_at)
        lines = _shown_lines(link, made)
    for line in [*lines, f"Confirmed the mask of {evidence}."]:
        say(line)


def _look_at(home: Home, evidence: str) -> str:
    """Show in a terminal what is there to be confirmed, and ask; return the digest of just that."""
    with home.desk() as desk:
        link = findings.link_keyed(desk.session, desk.study_id, evidence)
        looked_at, lines = release.seen_of(link, _mask_at(desk, link)), _shown_lines(link, _mask_at(desk, link))
    if sys.stdin.isatty():
        for line in lines:
            note(line)
        if not click.confirm("Does this identify no one?", err=True):
            raise Refused("Nothing was confirmed.")
    return looked_at


def _mask_at(desk: Desk, link: EvidenceLink) -> Mask:
    found = release.mask_of(desk.session, link)
    if found is None:
        raise NotFound("Nobody has masked the quote of {evidence} yet.", evidence=link.key)
    return found
