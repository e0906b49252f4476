"""What readers get of one evidence link in words: a package is made of it, and a mask vouches for exactly this."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ia_workbench.findings import EvidenceLink, ShownAs
from ia_workbench.kernel import digest_of
from ia_workbench.release.models import Mask
from ia_workbench.release.rules import MaskedSpan, masked_words, spans_from
from ia_workbench.release.speakers import speaker_words

Languages = dict[str, str]
NEEDS_MASK = frozenset({ShownAs.QUOTE, ShownAs.PARAPHRASE})  # the ways in which somebody's words reach readers


@dataclass(frozen=True)
class Shown:
    """What readers get of one evidence link. `words` is the quote as masked; speaker and texts go by language."""

    shown_as: ShownAs
    speaker: Languages
    language: str
    words: str = ""
    translation: Languages | None = None
    paraphrase: Languages | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it, as 64 hexadecimal digits."""
        return digest_of(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False))

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """What readers get beside the quote, in reading order: what it is, the language, the words."""
        parts = (("translation", self.translation), ("paraphrase", self.paraphrase), ("speaker", self.speaker))
        return [(name, language, words) for name, each in parts for language, words in (each or {}).items() if words]


def shown_of(link: EvidenceLink, spans: Sequence[MaskedSpan]) -> Shown:
    """Return what readers get of a link whose quote is masked at these places.

    Of evidence that is only counted they get no words that were written for it.
    """
    source = link.excerpt.revision.source
    is_quote, is_paraphrase = link.shown_as is ShownAs.QUOTE, link.shown_as is ShownAs.PARAPHRASE
    return Shown(
        shown_as=link.shown_as,
        speaker=speaker_words(source.kind, source.standpoint, link.speaker if is_quote or is_paraphrase else {}),
        language=source.language,
        words=masked_words(link.excerpt.quote, spans) if is_quote else "",
        translation=dict(link.translation) if is_quote else None,
        paraphrase=dict(link.paraphrase) if is_paraphrase else None,
    )


def needs_mask(link: EvidenceLink) -> bool:
    """Say whether readers get words of a link, so that two people must vouch for them."""
    return link.shown_as in NEEDS_MASK


def spans_of(link: EvidenceLink, mask: Mask | None) -> tuple[MaskedSpan, ...]:
    """Return the places that a mask fills in the quote as it stands; () without a mask, or when it has other words."""
    if mask is None or mask.quote_sha256 != digest_of(link.excerpt.quote):
        return ()
    return spans_from(mask.replacements)


def seen_of(link: EvidenceLink, mask: Mask | None) -> str:
    """Return a digest of all that is before someone who masks or confirms: quote, what readers get, who vouches."""
    vouching = [mask.by, mask.confirmed_by] if mask is not None else None
    seen = [link.excerpt.quote, shown_of(link, spans_of(link, mask)).digest, vouching]
    return digest_of(json.dumps(seen, ensure_ascii=False))
