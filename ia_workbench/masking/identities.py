"""Identities of a study: which pseudonym words belong to, and what readers see in each of its places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.queries import pseudonyms, settled_pseudonyms
from ia_workbench.privacy import Actor, IdentifierClass, InventedName, ListedName, Study

PERSON, REPORTER = IdentifierClass.PERSON, IdentifierClass.REPORTER
KEPT_AS_ONE = frozenset(
    {
        PERSON,
        IdentifierClass.PLACE,
        IdentifierClass.ORGANISATION,
        IdentifierClass.ADDRESS,
        IdentifierClass.CONTACT,
        IdentifierClass.NUMBER,
    }
)  # what is one and the same wherever it stands; dates, ages and facts are told anew in each place
REPORTER_INSTEAD = corpus.REPORTER_INSTEAD
SOMEONE = {"en": "someone", "es": "alguien"}


def names_of(session: Session, study: Study) -> list[ListedName]:
    """Return the names that a study knows: its identities with every spelling, then its list without those."""
    known = [
        ListedName(each.names[0], each.identifier_class, tuple(each.names[1:]))
        for each in settled_pseudonyms(session, study.id)
    ]
    spelt = {words for each in known for words in (each.words, *each.aliases)}
    listed = [str(each).strip() for each in study.settings.get("names") or []]
    kinds = study.settings.get("name_classes") or {}
    return [*known, *(_listed(each, kinds.get(each)) for each in listed if each and each not in spelt)]


@lru_cache(maxsize=4096)
def _listed(words: str, kind: str | None) -> ListedName:
    """A name of the list with what the study says it is, else with what its own words tell."""
    return privacy.listed_name(words) if kind is None else ListedName(words, IdentifierClass(kind))


@dataclass
class Identities:
    """The identities of a study while marks of one text find theirs; new ones are made as they are needed."""

    session: Session
    actor: Actor
    study: Study
    text: str
    language: str
    all: list[Pseudonym] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.all = list(pseudonyms(self.session, self.study.id))

    def find(self, words: str, kind: IdentifierClass) -> Pseudonym | None:
        """Return the identity that words belong to: of people by any part of the name, of all else by all of it."""
        same = [each for each in self.all if each.identifier_class is kind]
        if kind is PERSON:
            place = privacy.identity_of(words, [each.names for each in same])
            return None if place is None else same[place]
        parts = privacy.name_parts(words)
        return next((each for each in same if any(privacy.name_parts(name) == parts for name in each.names)), None)

    def of(self, words: str, kind: IdentifierClass, instead: str = "", entry: str = "") -> Pseudonym:
        """Return the identity of words, made if there is none: a person gets an invented name where none is given."""
        spelling = _spelling(words)
        found = (self.find(entry, kind) if entry else None) or self.find(words, kind)
        if found is None:
            names = list(dict.fromkeys(_spelling(each) for each in (entry, words) if each))
            found = self._made(names, kind, instead or self.invented(names[0]))
        elif kind is PERSON and spelling.casefold() not in {each.casefold() for each in found.names}:
            found.names = sorted({*found.names, spelling}, key=lambda each: (-len(privacy.name_parts(each)), each))
        return found

    def invented(self, name: str) -> str:
        """Return a first and a last name that nobody in the study has, always the same for one name."""
        used = [InventedName(*each.instead.split()) for each in self.all if len(each.instead.split()) == 2]
        listed = [str(each) for each in self.study.settings.get("names") or []]
        taken = self._taken | privacy.words_taken((), [*listed, *(name for each in self.all for name in each.names)])
        identity = " ".join(sorted(privacy.name_parts(name)))
        try:
            made = privacy.invented_name(
                identity, seed=str(self.study.guid), taken=taken, used=used, language=self.language
            )
        except Refused:  # a large study may have more people than there are names
            return SOMEONE.get(self.language, SOMEONE["en"])
        return f"{made.first} {made.last}"

    @property
    def _taken(self) -> frozenset[str]:
        if not hasattr(self, "_words"):
            self._words = privacy.words_taken([self.text])
        return self._words

    def _made(self, names: Sequence[str], kind: IdentifierClass, instead: str) -> Pseudonym:
        made = Pseudonym(
            study_id=self.study.id,
            identifier_class=kind,
            names=list(names),
            instead=instead,
            by=self.actor.username,
            at=moment_of(self.session),
        )
        self.session.add(made)
        self.session.flush()  # marks need its number
        self.all.append(made)
        return made


def _spelling(words: str) -> str:
    plain = " ".join(words.split())
    for ending in ("'s", "’s"):
        plain = plain.removesuffix(ending)
    is_shouted = plain.isupper() and max(map(len, plain.split())) > 3  # as labels of speakers are; initials are not
    return plain.title() if is_shouted else plain


def words_for(mark: Mark, pseudonym: Pseudonym) -> str:
    """Return what readers see at a mark of an identity."""
    return privacy.written_like(mark.words, pseudonym.names, pseudonym.instead, pseudonym.identifier_class)


def reword(marks: Iterable[Mark], pseudonym: Pseudonym) -> None:
    """Write what readers see at every mark of an identity anew."""
    for mark in marks:
        mark.instead = words_for(mark, pseudonym)
