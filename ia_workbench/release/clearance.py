"""The gate: what stands in the way of showing a finding to readers, evidence by evidence. Empty means cleared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import masking
from ia_workbench.coding import Excerpt, Standing, unsettled
from ia_workbench.corpus import Revision, Source, Stewardship, stewardships
from ia_workbench.findings import EvidenceLink, Finding, ReleaseLevel, ShownAs, links_of
from ia_workbench.kernel import Refused, digest_of, has_words
from ia_workbench.publication import Audience
from ia_workbench.release.models import Mask
from ia_workbench.release.needed import NEEDED
from ia_workbench.release.queries import counts, is_current, masks_for
from ia_workbench.release.showing import needs_mask, spans_of

WITHDRAWN = "{source} was withdrawn. Unlink {evidence} from the finding."
CHANGED = "The words of {evidence} are no longer those of {source}. Link the excerpt again from the text as it stands."
REWORDED = (
    "The text of {source} was corrected, and the words of {evidence} changed with it. Confirm them, or choose others."
)
GONE = "The text of {source} was corrected, and the words of {evidence} are gone from it. Choose others, or unlink it."
CORRECTED = frozenset({REWORDED, GONE})
CONSENT = (
    "The consent for {source} is {scope}, which does not allow {shown} for this audience. "
    "Show {evidence} as a paraphrase, or only count it."
)
CONSENT_ENDED = "The consent for {source} ended on {until}. Ask the speaker anew, or only count {evidence}."
NOT_APPROVED = (
    "The approval of {stewardship} for {source} does not hold today. Ask its steward, or only count {evidence}."
)
STEWARD_ALLOWS = (
    "The steward of {source} allows {scope} ({stewardship}), which does not reach {shown} for this audience. "
    "Ask them, show {evidence} as a paraphrase, or only count it."
)
NO_PARAPHRASE = "{evidence} is to be shown as a paraphrase and none is written in English. Write it, or only count it."
BODY_REVIEW = "body review"  # the place of an obstacle: what mends it is a release of its own
NOT_MASKED = "Nobody has masked the quote of {evidence} yet. Mask it, even if nothing in it needs masking."
PARAPHRASE_NOT_MASKED = (
    "Nobody has vouched for the paraphrase of {evidence} yet. Save its mask, even if nothing needs masking."
)
MASKED_OTHERWISE = "The quote of {evidence} was masked when it had other words. Mask it again."
SHOWN_OTHERWISE = (
    "Readers would get other words of {evidence} than those that {name} vouched for. "
    "Save its mask again, and ask a second person to confirm it."
)
SHOWN_OTHERWISE_BY_TWO = (
    "Readers would get other words of {evidence} than those that {name} and {other} vouched for. "
    "Save its mask again, and ask {other} or someone else to confirm it."
)
SHOWS_MASKED = (
    "The signed masked text of {source} masks words that {evidence} would show. Mask them here too, "
    "or change the masked text."
)
NOT_CONFIRMED = "The mask of {evidence}, made by {name}, waits for a second person. Ask someone else to confirm it."
CONFIRMED_BY_MAKER = "The mask of {evidence} was confirmed by {name}, who made it. Ask someone else to confirm it."


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way of a release.

    `evidence` and `source` are keys for the team, None where it is about the finding as a whole; `place` then says
    which part. `sentence` has `{named}` places that `facts` fill, and says what to do.
    """

    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    evidence: str | None = None
    source: str | None = None
    place: str = ""

    def __str__(self) -> str:
        return self.sentence.format(**dict(self.facts))

    @property
    def label(self) -> str:
        """What it is about, in a few words."""
        return f"{self.evidence} ({self.source})" if self.evidence else self.place


class NotCleared(Refused):
    """Say that a finding may not be released, with every obstacle."""

    def __init__(self, finding: Finding, obstacles: list[Obstacle]) -> None:
        labels = ", ".join(dict.fromkeys(each.label for each in obstacles))
        super().__init__(
            "{finding} cannot be released yet because of {labels}. First: {first}",
            finding=finding.key,
            labels=labels,
            first=str(obstacles[0]),
        )
        self.obstacles = obstacles


@dataclass(frozen=True)
class LinkState:
    """What decides about showing one evidence link: its words as the source has them now, mask, and steward's terms.

    `standing` is set while a correction of the source keeps the link from being used. `masked` is what the signed
    masked text of the source masks in the quote, if there is one.
    """

    link: EvidenceLink
    source: Source
    words_now: str
    mask: Mask | None
    terms: Stewardship | None
    standing: Standing | None = None
    masked: tuple[masking.Replacement, ...] = ()


def link_states(session: Session, finding: Finding) -> list[LinkState]:
    """Return the state of each of a finding's evidence links, by key; seven queries for some hundreds of them."""
    masks, words, links = masks_for(session, finding), _words_now(session, finding), links_of(session, finding)
    terms = {each.id: each for each in stewardships(session, finding.study_id)}
    standing = unsettled(session, {link.excerpt_id for link in links})
    masked = masking.replacements_in(session, finding.study_id, {link.excerpt_id for link in links})
    states = [
        _state(link, words.get(link.id, ""), masks.get(link.id), terms, standing.get(link.excerpt_id)) for link in links
    ]
    return [replace(each, masked=masked.get(each.link.excerpt_id, ())) for each in states]


def _state(
    link: EvidenceLink,
    words: str,
    mask: Mask | None,
    terms: Mapping[int, Stewardship],
    standing: Standing | None,
) -> LinkState:
    source = link.excerpt.revision.source
    steward = terms[source.stewardship_id] if source.stewardship_id else None
    return LinkState(link, source, words, mask, steward, standing)


def _words_now(session: Session, finding: Finding) -> dict[int, str]:
    """The words at each link's place, cut out by the store, so that no text is loaded whole."""
    words = func.substr(Revision.text, Excerpt.start + 1, Excerpt.end - Excerpt.start)
    statement = (
        select(EvidenceLink.id, words)
        .join(Excerpt, EvidenceLink.excerpt_id == Excerpt.id)
        .join(Revision, Excerpt.revision_id == Revision.id)
        .where(EvidenceLink.finding_id == finding.id)
    )
    return {number: str(said) for number, said in session.execute(statement)}


def link_obstacles(state: LinkState, audience: Audience, today: date) -> list[Obstacle]:
    """Return what stands in the way of showing one evidence link today as the team means to show it."""
    link, source = state.link, state.source
    if source.is_withdrawn:
        return [_about(state, WITHDRAWN)]
    found = []
    if state.words_now != link.excerpt.quote or digest_of(link.excerpt.quote) != link.excerpt.sha256:
        found.append(_about(state, CHANGED))
    if state.standing is not None:
        found.append(_about(state, REWORDED if state.standing is Standing.CHANGED else GONE))
    found += _consent_obstacles(state, audience, today)
    if link.shown_as is ShownAs.PARAPHRASE and not has_words(link.paraphrase.get("en") or ""):
        found.append(_about(state, NO_PARAPHRASE))
    elif needs_mask(link):
        found += _mask_obstacles(state)
    return found


def _consent_obstacles(state: LinkState, audience: Audience, today: date) -> list[Obstacle]:
    """What the speaker and the steward of the source do not allow; words that are only counted ask nobody."""
    link, source, terms = state.link, state.source, state.terms
    needed = NEEDED.get((link.shown_as, audience))
    if needed is None:
        return []
    shown = "a quote" if link.shown_as is ShownAs.QUOTE else "a paraphrase"
    found = []
    if not source.consent.allows(needed):
        found.append(_about(state, CONSENT, scope=source.consent.value, shown=shown))
    if source.consent_until is not None and today > source.consent_until:
        found.append(_about(state, CONSENT_ENDED, until=source.consent_until.isoformat()))
    if terms is not None and not terms.is_approved_on(today):
        found.append(_about(state, NOT_APPROVED, stewardship=terms.key))
    if terms is not None and not terms.uses.allows(needed):
        found.append(_about(state, STEWARD_ALLOWS, scope=terms.uses.value, shown=shown, stewardship=terms.key))
    return found


def _mask_obstacles(state: LinkState) -> list[Obstacle]:
    mask, link = state.mask, state.link
    if mask is None:
        return [_about(state, NOT_MASKED if link.shown_as is ShownAs.QUOTE else PARAPHRASE_NOT_MASKED)]
    if counts(mask, link):
        return [_about(state, SHOWS_MASKED)] if shows_masked(state) else []
    if mask.quote_sha256 != digest_of(link.excerpt.quote):
        return [_about(state, MASKED_OTHERWISE)]
    if is_current(mask, link):
        return [_about(state, CONFIRMED_BY_MAKER if mask.confirmed_by else NOT_CONFIRMED, name=mask.by)]
    if mask.confirmed_by is None:
        return [_about(state, SHOWN_OTHERWISE, name=mask.by)]
    return [_about(state, SHOWN_OTHERWISE_BY_TWO, name=mask.by, other=mask.confirmed_by)]


def shows_masked(state: LinkState) -> bool:
    """Say whether a quote would show openly what the signed masked text of its source masks."""
    if state.link.shown_as is not ShownAs.QUOTE:
        return False
    hidden = {place for each in spans_of(state.link, state.mask) for place in range(each.start, each.end)}
    quote = state.link.excerpt.quote
    must = (place for each in state.masked for place in range(each.start, each.end) if quote[place].isalnum())
    return any(place not in hidden for place in must)


def _about(state: LinkState, sentence: str, **facts: str) -> Obstacle:
    keys = {"evidence": state.link.key, "source": state.source.key}
    return Obstacle(sentence, tuple({**keys, **facts}.items()), state.link.key, state.source.key)


def finding_obstacles(finding: Finding, audience: Audience, unanswered: int, *, has_met_body: bool) -> list[Obstacle]:
    """Return what a finding itself lacks for an audience.

    `unanswered` counts the body's concerns without an answer; `has_met_body` says that the body was given it here.
    """
    found = []
    if not has_words(finding.statement):
        found.append(Obstacle("The finding has no statement. Write it.", place="statement"))
    if not has_words(finding.plain.get("en") or ""):
        found.append(Obstacle("The finding has no line in plain words. Write it in English.", place="plain words"))
    if not finding.levers:
        found.append(Obstacle("The finding names no lever. Say what produces it.", place="levers"))
    if not finding.nodes and not finding.edges:
        found.append(Obstacle("The finding is at no step or passage of the map. Place it.", place="steps"))
    if audience is Audience.PUBLIC:
        found += _public_obstacles(finding, unanswered, has_met_body=has_met_body)
    return found


def _public_obstacles(finding: Finding, unanswered: int, *, has_met_body: bool) -> list[Obstacle]:
    found = []
    if not has_met_body:
        sentence = "The community body was not given this finding here. Release it to the body first."
        found.append(Obstacle(sentence, place=BODY_REVIEW))
    if finding.release_level is ReleaseLevel.PRIVATE:
        sentence = "The finding is private to an agency. Change its release level, or release it to the body only."
        found.append(Obstacle(sentence, place="release level"))
    if unanswered:
        sentence = "The body raised {count} that the team has not answered. Answer first."
        count = "one concern" if unanswered == 1 else f"{unanswered} concerns"
        found.append(Obstacle(sentence, (("count", count),), place="concerns"))
    return found
