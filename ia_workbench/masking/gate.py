"""The gate of masked texts: no known name may stand in one, whatever was decided about its marks. Deterministic."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ia_workbench.corpus import Source
from ia_workbench.kernel import Refused
from ia_workbench.masking.identities import PERSON
from ia_workbench.masking.queries import settled_pseudonyms
from ia_workbench.privacy import (
    DIRECT_IDENTIFIERS,
    FoldedText,
    Spelling,
    Study,
    places_of_name,
    spelling_of,
    with_decoded,
)

STANDS_OPEN = (
    "“{words}” stands in the masked text of {key}: {what}. Mask it there, or mend the list of names or the identity."
)


@dataclass(frozen=True)
class KnownIdentity:
    """Words that may not be read outside, and where they are known from; parts of people's names count alone, too."""

    words: str
    what: str
    with_parts: bool

    @property
    def spelling(self) -> Spelling:
        """How they may be written."""
        return spelling_of(self.words, with_parts=self.with_parts)


def known_identities(session: Session, study_id: int) -> list[KnownIdentity]:
    """Return the spellings of the identities of a study that point at one person by themselves, in order.

    People, ways to reach them, addresses and numbers (`privacy.DIRECT_IDENTIFIERS`); those that somebody stands for.
    """
    direct = [each for each in settled_pseudonyms(session, study_id) if each.identifier_class in DIRECT_IDENTIFIERS]
    return [
        KnownIdentity(name, "a spelling of an identity of the study", each.identifier_class is PERSON)
        for each in direct
        for name in each.names
    ]


def listed_identities(names: Iterable[object]) -> list[KnownIdentity]:
    """Return the names of people, places and employers that a study lists."""
    listed = (" ".join(str(each).split()) for each in names)
    return [KnownIdentity(each, "a name on the study's list", True) for each in listed if each]


def refuse_known(session: Session, source: Source, text: str) -> None:
    """Refuse a masked text in which a name of the study's list or of an identity stands, in any ordinary spelling."""
    study = session.get_one(Study, source.study_id)
    read = with_decoded(text)
    folded = FoldedText(read)
    known = [*listed_identities(study.settings.get("names") or []), *known_identities(session, study.id)]
    for each in known:
        places = places_of_name(each.spelling, folded)
        if places:
            raise Refused(STANDS_OPEN, words=places[0].of(read), key=source.key, what=each.what)
