"""The terms of the nations and communities whose data a study uses: noted, changed, read back."""

import datetime
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.models import Stewardship
from ia_workbench.corpus.records import LONGEST_WORDS
from ia_workbench.corpus.rules import ConsentScope
from ia_workbench.kernel import Refused, is_numbered_key
from ia_workbench.privacy import Act, Actor


@dataclass(frozen=True)
class StewardshipRecord:
    """The terms on which a nation or community lets its data be used; see `Stewardship`. Dates are inclusive."""

    key: str
    nation: str
    uses: ConsentScope = ConsentScope.ANALYSIS_ONLY
    approval: str = ""
    approved_on: datetime.date | None = None
    approved_until: datetime.date | None = None
    contact: str = ""
    storage: str = ""
    return_terms: str = ""
    label: str = ""


STEWARDSHIP_WORDS = ("nation", "approval", "contact", "storage", "return_terms", "label")


def keep_stewardship(session: Session, actor: Actor, *, study_id: int, record: StewardshipRecord) -> Stewardship:
    """Note the terms of a steward, in place of those of the same key.

    Sources under them are held to them at once. Raises Refused for a malformed key or words of more than a line, and
    for an approval that ends before it begins.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    _check_stewardship(record)
    known = select(Stewardship).where(Stewardship.study_id == study_id, Stewardship.key == record.key)
    terms = session.scalars(known).one_or_none() or Stewardship(study_id=study_id, key=record.key)
    for each in fields(record):
        setattr(terms, each.name, getattr(record, each.name))
    session.add(terms)
    privacy.record(session, actor, "keep-stewardship", subject=record.key, study_id=study_id)
    return terms


def _check_stewardship(record: StewardshipRecord) -> None:
    if not is_numbered_key(record.key):
        raise Refused("{key} cannot be the key of a stewardship: write a key such as ST-01.", key=record.key)
    if not record.nation.strip():
        raise Refused("Say which nation or community the stewardship {key} is of.", key=record.key)
    for name in STEWARDSHIP_WORDS:
        words = getattr(record, name)
        if len(words) > LONGEST_WORDS or not (words == "" or words.isprintable()):
            raise Refused(
                "The {field} takes one line of at most {length} characters.", field=name, length=LONGEST_WORDS
            )
    if record.approved_on and record.approved_until and record.approved_until < record.approved_on:
        raise Refused("The approval of {key} ends before it was given. Check both dates.", key=record.key)


def stewardship_record(terms: Stewardship) -> StewardshipRecord:
    """Return the terms of a steward as `keep_stewardship` takes them."""
    return StewardshipRecord(**{each.name: getattr(terms, each.name) for each in fields(StewardshipRecord)})
