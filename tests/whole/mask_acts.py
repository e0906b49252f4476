"""Operations on marks, identities and masked texts, each with words nobody may find again."""

from collections.abc import Callable

from ia_workbench import corpus, masking
from ia_workbench.kernel import Span
from ia_workbench.masking import Decision, Mark, Pseudonym
from ia_workbench.privacy import IdentifierClass
from tests.support.masking import NO_MODEL, decide_all, make, marked
from tests.whole.record_acts import CANARY, WORDS, Desk

KEY = "INT-001"


def source_of(desk: Desk) -> corpus.Source:
    return corpus.source_keyed(desk.session, desk.study_id, KEY)


def a_mark(desk: Desk) -> Mark:
    """Mark the first words of the source."""
    masking.add_mark(
        desk.session, desk.actor, source=source_of(desk), span=Span(0, 4), identifier_class=IdentifierClass.PERSON,
        instead=WORDS,
    )  # fmt: skip
    return the_mark(desk)


def the_mark(desk: Desk) -> Mark:
    return masking.marks_of(desk.session, source_of(desk))[0]


def an_identity(desk: Desk, *names: str) -> Pseudonym:
    return masking.add_pseudonym(
        desk.session, desk.actor, study_id=desk.study_id, identifier_class=IdentifierClass.PLACE,
        names=names or [CANARY, f"{CANARY} Hill"], instead="a place",
    )  # fmt: skip


def two_identities(desk: Desk) -> None:
    an_identity(desk)
    an_identity(desk, "Elsewhere")


def identities(desk: Desk) -> list[Pseudonym]:
    return list(masking.pseudonyms(desk.session, desk.study_id))[-2:]


def decided(desk: Desk) -> None:
    decide_all(desk.session, desk.actor, source_of(desk), Decision.REJECT)


def made(desk: Desk) -> None:
    """Let somebody else make the masked text."""
    decided(desk)
    text = make(desk.session, desk.actor, source_of(desk))
    text.by = "ines"
    for mark in masking.marks_of(desk.session, source_of(desk)):
        mark.decided_by = "ines"


def seen(desk: Desk) -> str:
    return masking.seen_of_text(desk.session, source_of(desk))


MASK_ACTS: dict[str, tuple[Callable[[Desk], object], Callable[[Desk], object]]] = {
    "masking.propose_marks": (lambda _: None, lambda d: marked(d.session, d.actor, source_of(d))),
    "masking.add_mark": (lambda _: None, a_mark),
    "masking.decide_mark": (
        a_mark,
        lambda d: masking.decide_mark(
            d.session, d.actor, mark=the_mark(d), decision=Decision.ACCEPT, instead=f"not {WORDS}", all_places=True
        ),
    ),
    "masking.apply_to_all": (a_mark, lambda d: masking.apply_to_all(d.session, d.actor, mark=the_mark(d))),
    "masking.undo_decision": (a_mark, lambda d: masking.undo_decision(d.session, d.actor, source=source_of(d))),
    "masking.add_pseudonym": (lambda _: None, an_identity),
    "masking.change_pseudonym": (
        two_identities,
        lambda d: masking.change_pseudonym(
            d.session, d.actor, pseudonym=identities(d)[0], instead="somewhere", names=[WORDS]
        ),
    ),
    "masking.merge_pseudonyms": (
        two_identities,
        lambda d: masking.merge_pseudonyms(d.session, d.actor, into=identities(d)[0], other=identities(d)[1]),
    ),
    "masking.split_pseudonym": (
        two_identities,
        lambda d: masking.split_pseudonym(
            d.session, d.actor, pseudonym=identities(d)[0], names=[CANARY], instead="elsewhere"
        ),
    ),
    "masking.make_masked_text": (
        decided,
        lambda d: masking.make_masked_text(d.session, d.actor, source=source_of(d), model=NO_MODEL),
    ),
    "masking.sign_masked_text": (
        made,
        lambda d: masking.sign_masked_text(d.session, d.actor, source=source_of(d), seen=seen(d)),
    ),
    "masking.send_back_masked_text": (
        made,
        lambda d: masking.send_back_masked_text(d.session, d.actor, source=source_of(d), seen=seen(d)),
    ),
}
