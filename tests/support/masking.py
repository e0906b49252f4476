"""A source with names in it, and the short way through its marks."""

from sqlalchemy.orm import Session

from ia_workbench import masking
from ia_workbench.corpus import Source
from ia_workbench.masking import UNDECIDED, Decision, Mark, MaskedText
from ia_workbench.privacy import Actor, Study
from tests.support.homes import Home
from tests.support.sources import add_source

NAMES = ["Tasha Brennick", "Halvorsen Packing"]
TEXT = """TASHA BRENNICK: My name is Tasha Brennick and I work at Halvorsen Packing.
WORKER: Tasha, your number is 555-301-8821, isn't it?
TASHA BRENNICK: Yes. Halvorsen Packing lets me go at two. Brennick is my married name.
"""
NO_MODEL = "en_no_model"  # tests propose the same whatever is installed


def named_source(session: Session, home: Home, *, key: str = "INT-001", text: str = TEXT) -> Source:
    """Add the source, and its names to the study's list."""
    session.get_one(Study, home.study_id).settings = {"names": NAMES}
    return add_source(session, home, key=key, text=text)


def marked(session: Session, actor: Actor, source: Source) -> list[Mark]:
    """Look for identifiers in a source."""
    return list(masking.propose_marks(session, actor, source=source, model=NO_MODEL))


def decide_all(session: Session, actor: Actor, source: Source, decision: Decision = Decision.ACCEPT) -> None:
    """Decide every mark that nobody decided."""
    for mark in marked(session, actor, source):
        if mark.state in UNDECIDED:
            masking.decide_mark(session, actor, mark=mark, decision=decision)


def make(session: Session, actor: Actor, source: Source) -> MaskedText:
    """Make the masked text."""
    return masking.make_masked_text(session, actor, source=source, model=NO_MODEL)


def sign(session: Session, actor: Actor, source: Source) -> MaskedText:
    """Sign the masked text as it stands."""
    return masking.sign_masked_text(session, actor, source=source, seen=masking.seen_of_text(session, source))


def mask_whole(session: Session, first: Actor, second: Actor, source: Source) -> MaskedText:
    """Decide all, make the masked text, and sign it: two people."""
    decide_all(session, first, source)
    make(session, first, source)
    return sign(session, second, source)
