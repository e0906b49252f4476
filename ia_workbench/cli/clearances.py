"""`clearance`: mask quotes for readers, and confirm as a second person that they identify no one."""

from typing import Any

import click

from ia_workbench import findings, release
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import give, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.findings import EvidenceLink
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
    """List the quotes of a finding with what readers would see and who vouches for it."""
    with home.desk() as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        masks = release.masks_for(desk.session, found)
        rows = [_row(link, masks.get(link.id)) for link in findings.links_of(desk.session, found)]
    headings = ("evidence", "show", "by", "confirmed_by", "masked")
    give(rows, table(headings, [[row[name] for name in headings] for row in rows]), as_json=as_json)


def _row(link: EvidenceLink, mask: Mask | None) -> dict[str, Any]:
    is_withdrawn = link.excerpt.revision.source.is_withdrawn
    return {
        "evidence": link.key,
        "show": link.shown_as.value,
        "by": mask.by if mask else None,
        "confirmed_by": mask.confirmed_by if mask else None,
        "counts": release.counts(mask, link),
        "masked": _masked(link, mask) if mask and not is_withdrawn else None,
    }


def _masked(link: EvidenceLink, mask: Mask) -> str:
    return release.masked_words(link.excerpt.quote, release.spans_from(mask.replacements))


@clearance.command("mask")
@click.argument("evidence")
@click.option(
    "--replace", "replacements", multiple=True, metavar='"WORDS=INSTEAD"', help="Words, and what readers see instead."
)
@takes_home
def mask(home: Home, evidence: str, replacements: tuple[str, ...]) -> None:
    """Mask the quote of an evidence link; without --replace, say that nothing in it identifies anyone."""
    chosen = [_replacement(each) for each in replacements]
    with home.desk(writes=True) as desk:
        link = findings.link_keyed(desk.session, desk.study_id, evidence)
        made = release.mask_quote(desk.session, desk.actor, link=link, replacements=chosen)
        say(f"{evidence} as readers would see it: {_masked(link, made)}")
        say("Another person must confirm it: `ia-workbench --as USERNAME clearance confirm " + evidence + "`.")


def _replacement(given: str) -> Replacement:
    words, sign, instead = given.partition("=")
    if not sign:
        raise Refused('Write what is replaced as "WORDS=INSTEAD", such as "Ms. Okoro=the worker".')
    return Replacement(words, instead)


@clearance.command("confirm")
@click.argument("evidence")
@takes_home
def confirm(home: Home, evidence: str) -> None:
    """Confirm, as another person than its maker, that a masked quote identifies no one."""
    with home.desk(writes=True) as desk:
        link = findings.link_keyed(desk.session, desk.study_id, evidence)
        found = release.mask_of(desk.session, link)
        if found is None:
            raise NotFound("Nobody has masked the quote of {evidence} yet.", evidence=evidence)
        release.confirm_mask(desk.session, desk.actor, mask=found)
    say(f"Confirmed the mask of {evidence}.")
