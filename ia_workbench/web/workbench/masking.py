"""Masks of a finding's evidence: each quote beside all that readers will see; one masks, another person confirms."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import findings, release
from ia_workbench.findings import EvidenceLink, Finding, ShownAs
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.masking import Replacement as SourceReplacement
from ia_workbench.masking import replacements_in
from ia_workbench.release import Mask, Replacement, Segment, Shown, segments_of
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, finding_of_study, link_of_finding

masking = Blueprint("masking", __name__, url_prefix="/s/<study_key>/findings/<finding_key>/masks")

EMPTY_ROWS = 2  # offered beside the replacements that are there


@dataclass(frozen=True)
class Quote:
    """One quote with its mask. `state` is `open`, `stale` (readers get something else by now), `waiting` or `ready`.

    `seen` tells an act that comes from this page what its sender had before them.
    """

    link: EvidenceLink
    mask: Mask | None
    state: str
    segments: tuple[Segment, ...]
    shown: Shown
    seen: str
    rows: tuple[tuple[str, str], ...]
    may_confirm: bool
    is_offered: bool = False
    sentence: str | None = None

    @property
    def is_paraphrase(self) -> bool:
        """Whether readers get a paraphrase and not the quote."""
        return self.shown.shown_as is ShownAs.PARAPHRASE


@masking.get("")
@open_to(*TEAM)
def every(finding_key: str) -> str:
    """Show every quote of a finding with its mask."""
    return _page(finding_of_study(finding_key))


def _page(found: Finding, *, at: str = "", sentence: str | None = None) -> str:
    masks = release.masks_for(session(), found)
    links = findings.links_of(session(), found)
    shown = [each for each in links if release.needs_mask(each) and not each.excerpt.revision.source.is_withdrawn]
    offered = replacements_in(session(), found.study_id, {each.excerpt_id for each in shown})
    quotes = [
        _quote(each, masks.get(each.id), sentence if each.key == at else None, offered.get(each.excerpt_id, ()))
        for each in shown
    ]
    return render_template(
        "team/masking/every.html",
        finding=found,
        quotes=quotes,
        others=[each for each in links if each not in shown],
        counts={state: sum(each.state == state for each in quotes) for state in ("open", "stale", "waiting", "ready")},
        empty_rows=EMPTY_ROWS,
    )


def _quote(link: EvidenceLink, mask: Mask | None, sentence: str | None, offered: Sequence[SourceReplacement]) -> Quote:
    spans = release.spans_of(link, mask)
    segments = tuple(segments_of(link.excerpt.quote, spans))
    saved = tuple(dict.fromkeys((each.words, each.shown) for each in segments if each.is_replaced))
    quote = link.excerpt.quote
    proposed = tuple(dict.fromkeys((quote[each.start : each.end], each.instead) for each in offered))
    typed = tuple((each.words, each.instead) for each in _replacements()) if sentence else ()
    return Quote(
        link=link,
        mask=mask,
        state=_state(link, mask),
        segments=segments,
        shown=release.shown_of(link, spans),
        seen=release.seen_of(link, mask),
        rows=typed or saved or proposed,
        is_offered=bool(proposed) and not typed and not saved,
        may_confirm=mask is not None and release.may_be_confirmed(mask, actor().username),
        sentence=sentence,
    )


def _state(link: EvidenceLink, mask: Mask | None) -> str:
    if mask is None:
        return "open"
    if not release.is_current(mask, link):
        return "stale"
    return "ready" if release.counts(mask, link) else "waiting"


def _replacements() -> list[Replacement]:
    """Return the rows of the form that hold anything."""
    pairs = zip(request.form.getlist("words"), request.form.getlist("instead"), strict=False)
    return [Replacement(words.strip(), instead.strip()) for words, instead in pairs if words.strip() or instead.strip()]


def _seen() -> str:
    return request.form.get("seen", "")


@masking.post("/<link_key>")
@open_to(*TEAM)
@changes_data
def mask(finding_key: str, link_key: str) -> tuple[str, int] | Response:
    """Mask a quote; a confirmation it had is dropped."""
    found, link = finding_of_study(finding_key), link_of_finding(finding_key, link_key)
    try:
        release.mask_quote(session(), actor(), link=link, replacements=_replacements(), seen=_seen())
    except Refused as refusal:
        session().rollback()
        return _page(finding_of_study(finding_key), at=link_key, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("masking.every", finding_key=found.key, said="masked") + f"#{link.key}", code=303)


@masking.post("/<link_key>/confirm")
@open_to(*TEAM)
@changes_data
def confirm(finding_key: str, link_key: str) -> tuple[str, int] | Response:
    """Confirm, as a second person, that what readers get identifies no one."""
    found, link = finding_of_study(finding_key), link_of_finding(finding_key, link_key)
    made = release.mask_of(session(), link)
    if made is None:
        raise NotFound("There is no mask to confirm at {key}.", key=link.key)
    try:
        release.confirm_mask(session(), actor(), mask=made, seen=_seen())
    except Refused as refusal:
        return _page(found, at=link_key, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("masking.every", finding_key=found.key, said="confirmed") + f"#{link.key}", code=303)
