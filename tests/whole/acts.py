"""Someone at a desk of the demo, and what they do there: an act of each operation, with words nobody may find again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, privacy, process_map, publication, release, review
from ia_workbench.codebook import CodebookFile, CodeEntry, LeverEntry, LeverFile
from ia_workbench.corpus import (
    ReadFile,
    SourceKind,
    SourceRecord,
)
from ia_workbench.database import Store
from ia_workbench.findings import (
    Confidence,
    ConfidenceLevel,
    FindingRecord,
    LeverNamed,
    LinkRole,
    Recommendation,
    Stage,
    Stance,
)
from ia_workbench.kernel import Span, utc_now
from ia_workbench.privacy import Actor, Role
from ia_workbench.process_map import EdgeEntry, LaneEntry, MapFile, NodeEntry, NodeType, PlainTitle
from ia_workbench.publication import Fit, Outcome
from ia_workbench.release import Replacement
from tests.support import Home
from tests.support.packages import package_content
from tests.support.releasing import confirm_as, mask_as
from tests.whole.batch_acts import BATCH_ACTS
from tests.whole.export_acts import EXPORT_ACTS
from tests.whole.memo_acts import MEMO_ACTS
from tests.whole.record_acts import RECORD_ACTS
from tests.whole.withdrawal_acts import WITHDRAWAL_ACTS

TODAY, ONE = utc_now().date(), {1: "INT-001"}
CANARY = "Quillfeather"  # a name that nobody in the study has
WORDS = f"{CANARY} said so"
BY_LANGUAGE = {"en": WORDS, "es": WORDS}


@dataclass
class Desk:
    """Someone about to perform an operation on the demo, in one store; nothing is kept of it."""

    home: Home
    session: Session
    actor: Actor

    @property
    def study_id(self) -> int:
        """The study's number in the store at hand."""
        (number,) = self.actor.study_ids
        return number

    @property
    def finding(self) -> findings.Finding:
        """A finding that is not released."""
        return findings.finding_keyed(self.session, self.study_id, "F-04")

    @property
    def link(self) -> findings.EvidenceLink:
        """A piece of its evidence."""
        return findings.links_of(self.session, self.finding)[0]

    @property
    def contrary(self) -> findings.EvidenceLink:
        """A piece of evidence that does not fit its finding."""
        every = findings.findings(self.session, self.study_id)
        links = (link for each in every for link in findings.links_of(self.session, each))
        return next(link for link in links if link.stance is not Stance.SUPPORTS)

    @property
    def revision(self) -> corpus.Revision:
        """The text of a source."""
        return corpus.newest_revision(self.session, corpus.source_keyed(self.session, self.study_id, "INT-001"))

    @property
    def code(self) -> codebook.Code:
        """A code."""
        return codebook.codes(self.session, self.study_id)[0]

    @property
    def own_coding(self) -> coding.Coding:
        """A coding, which a lead may remove."""
        return coding.codings(self.session, self.study_id)[0]

    def pending(self) -> corpus.PendingImport:
        """Return a file that waits."""
        file, found = a_file()
        return corpus.propose_import(
            self.session, self.actor, study_id=self.study_id, record=RECORD, file=file, found=found
        )

    def package(self) -> publication.Package:
        """Return a package of the study."""
        return publication.package_for(self.session, self.study_id, "F-01")


RECORD = SourceRecord(
    SourceKind.INTERVIEW, "parent", title=WORDS, subkind=WORDS, worker_role=WORDS, agency=WORDS,
    participants=("P-77",), case="C-77",
)  # fmt: skip
FINDING = FindingRecord(
    title=WORDS, statement=WORDS, plain=BY_LANGUAGE, matters=BY_LANGUAGE, step_note=BY_LANGUAGE,
    content_note=BY_LANGUAGE, levers=(LeverNamed("ADM", WORDS),), nodes=("N-14",), strengths=WORDS,
    recommendations=(Recommendation(WORDS, "ADM", WORDS, WORDS, WORDS),),
    confidence=Confidence(ConfidenceLevel.LOW, WORDS, "ana"),
)  # fmt: skip
CODES = CodebookFile(
    WORDS, description=WORDS,
    codes=(CodeEntry("new", WORDS, definition=WORDS, include=WORDS, exclude=WORDS, example=WORDS),),
)  # fmt: skip
LEVERS = LeverFile(WORDS, description=WORDS, levers=(LeverEntry("NEW", WORDS, WORDS, WORDS),))
STEP = NodeEntry(
    "N-77", 77, WORDS, "l", NodeType.ACTION, (PlainTitle("en", WORDS),), WORDS, (WORDS,), WORDS, (WORDS,)
)  # fmt: skip
MAP = MapFile(WORDS, note=WORDS, lanes=(LaneEntry("l", WORDS),), nodes=(STEP, replace(STEP, key="N-78", number=78)),
              edges=(EdgeEntry("N-77", "N-78", condition=WORDS, gap=WORDS),))  # fmt: skip


def a_file() -> tuple[ReadFile, corpus.FoundTurns]:
    """Return a file that was read, named after somebody and full of their name."""
    file = corpus.read_file(f"{CANARY}.txt", f"INTERVIEWER: Who?\nPARENT: {WORDS}.\n".encode())
    return file, corpus.find_turns(file.text)


def import_source(desk: Desk) -> None:
    file, found = a_file()
    corpus.import_source(desk.session, desk.actor, study_id=desk.study_id, record=RECORD, file=file, found=found)


NAMED_AFTER = re.sub("[^a-z]+", "-", WORDS.lower()).strip("-")[:40]  # whoever names a convention may name a person


def teach_convention(desk: Desk) -> corpus.TaughtConvention:
    return corpus.teach_convention(
        desk.session, desk.actor, study_id=desk.study_id, name=NAMED_AFTER, example=f"§ {WORDS} // a", speaker=WORDS
    )


def give_position(desk: Desk) -> None:
    review.give_position(
        desk.session, desk.actor, package=desk.package(), fit=Fit.DOES_NOT_FIT, comment=WORDS, could_harm=True
    )


def answer_concern(desk: Desk) -> None:
    position = review.positions_on(desk.session, desk.study_id, "F-01")[0]
    review.answer_concern(
        desk.session, desk.actor, position=position, outcome=Outcome.NOT_CHANGED, text=WORDS, text_es=WORDS
    )


def import_codings(desk: Desk) -> None:
    assert desk.actor.account_id is not None
    given = coding.GivenCoding(desk.revision, Span(3, 9), desk.code, desk.actor.account_id, desk.finding.changed_at)
    coding.import_codings(desk.session, desk.actor, study_id=desk.study_id, given=[given])


def corrected_text(desk: Desk) -> str:
    return corpus.text_of(desk.session, desk.revision).replace("At noon the lead", f"{WORDS}. At one the lead")


def correct_source(desk: Desk) -> None:
    source, text = desk.revision.source, corrected_text(desk)
    coding.correct_source(desk.session, desk.actor, source=source, text=text, note=WORDS)


def changed_excerpt(desk: Desk) -> coding.Excerpt:
    """Return an excerpt whose words were just corrected."""
    source = desk.revision.source
    return desk.session.get_one(coding.Excerpt, next(iter(coding.unsettled_on(desk.session, source))))


def edit_finding(desk: Desk) -> None:
    findings.edit_finding(desk.session, desk.actor, finding=desk.finding, record=FINDING)


def record_search(desk: Desk) -> None:
    findings.record_search(desk.session, desk.actor, finding=desk.finding, query=WORDS, note=WORDS, on=date(2026, 3, 2))


def link_evidence(desk: Desk) -> None:
    linked = {link.excerpt_id for link in findings.links_of(desk.session, desk.finding)}
    excerpts = desk.session.scalars(select(coding.Excerpt).where(coding.Excerpt.revision_id == desk.revision.id))
    free = next(each for each in excerpts if each.id not in linked)
    findings.link_evidence(
        desk.session, desk.actor, finding=desk.finding, excerpt=free, stance=Stance.SUPPORTS, role=LinkRole.HAPPENS,
        note=WORDS, paraphrase=BY_LANGUAGE, translation=BY_LANGUAGE, speaker=BY_LANGUAGE,
    )  # fmt: skip


def describe_link(desk: Desk) -> None:
    findings.describe_link(
        desk.session, desk.actor, link=desk.link, note=WORDS, paraphrase=BY_LANGUAGE, translation=BY_LANGUAGE,
        speaker=BY_LANGUAGE,
    )  # fmt: skip


def a_replacement(desk: Desk) -> tuple[Replacement, ...]:
    return (Replacement(desk.link.excerpt.quote.split()[0], WORDS),)


def mask_quote(desk: Desk) -> None:
    mask_as(desk.session, desk.actor, desk.link, a_replacement(desk))


def confirm_mask(desk: Desk) -> None:
    waiting = desk.session.scalars(select(release.Mask).where(release.Mask.by != desk.actor.username)).first()
    assert waiting is not None
    confirm_as(desk.session, desk.actor, waiting)


def restore_mask(desk: Desk) -> None:
    release.restore_mask(
        desk.session, desk.actor, link=desk.link, replacements=a_replacement(desk), by="ben", confirmed_by="carla"
    )


def receive_package(desk: Desk) -> None:
    content = package_content(finding_key="F-07", statement=WORDS, title=WORDS)
    publication.receive_package(desk.session, desk.actor, study_id=desk.study_id, content=content)


def set_password(session: Session, actor: Actor) -> None:
    privacy.set_password(session, actor, username="ben", hashed=privacy.hash_password(WORDS))


def create_a_study(desk: Desk) -> None:
    privacy.create_study(
        desk.session, desk.actor, key="next", title=WORDS, question=WORDS, site=WORDS, settings={"offices": [WORDS]}
    )


def at(desk: Desk) -> dict[str, Any]:
    return {"study_id": desk.study_id, "username": "ben"}


def limited(desk: Desk) -> Actor:
    """Have Ben limited to no source, as somebody did before; returns whoever is about to change it."""
    ben = privacy.account_named(desk.session, Store.EVIDENCE, "ben")
    desk.session.execute(update(privacy.Membership).filter_by(account_id=ben.id).values(is_limited=True))
    return desk.actor


def apply_at(desk: Desk) -> object:
    """Give words a code by the names of both."""
    span = Span(3, 9)
    made = coding.apply_at(
        desk.session,
        desk.actor,
        study_key=privacy.study_numbered(desk.session, desk.study_id).key,
        source_key=desk.revision.source.key,
        revision=desk.revision.number,
        span=span,
        path=desk.code.path,
        request=WORDS,
        expected_quote=corpus.words_at(desk.session, desk.revision, span),
    )
    assert made is not None
    return made


ACTS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "privacy.add_user": ("ana", lambda d: privacy.add_user(d.session, d.actor, username="neu", role=Role.ANALYST)),
    "privacy.set_password": ("ana", lambda d: set_password(d.session, d.actor)),
    "privacy.disable_user": ("ana", lambda d: privacy.disable_user(d.session, d.actor, username="ben")),
    "privacy.record_agreement": (
        "ana", lambda d: privacy.record_agreement(d.session, d.actor, username="ben", signed_on=TODAY),
    ),
    "privacy.end_agreement": ("ana", lambda d: privacy.end_agreement(d.session, d.actor, username="ben")),
    "privacy.limit_member": ("ana", lambda d: privacy.limit_member(d.session, d.actor, sources={}, **at(d))),
    "privacy.lift_limit": ("ana", lambda d: privacy.lift_limit(d.session, limited(d), **at(d))),
    "privacy.grant_sources": ("ana", lambda d: privacy.grant_sources(d.session, limited(d), sources=ONE, **at(d))),
    "privacy.revoke_sources": ("ana", lambda d: privacy.revoke_sources(d.session, limited(d), sources=ONE, **at(d))),
    "privacy.sign_out": ("ana", lambda d: privacy.sign_out(d.session, d.actor, token=WORDS)),
    "privacy.create_study": ("ana", create_a_study),
    "corpus.import_source": ("ana", import_source),
    **{name: ("ana", act) for name, act in (RECORD_ACTS | MEMO_ACTS | BATCH_ACTS).items()},
    **EXPORT_ACTS,
    **WITHDRAWAL_ACTS,
    "corpus.propose_import": ("ana", Desk.pending),
    "corpus.teach_convention": ("ana", teach_convention),
    "corpus.add_taught": (
        "ana",
        lambda d: corpus.add_taught(
            d.session, d.actor, study_id=d.study_id, rule=corpus.rule_of(NAMED_AFTER, f"§ {WORDS} // a", WORDS)
        ),
    ),
    "corpus.withdraw_source": (
        "ana", lambda d: corpus.withdraw_source(d.session, d.actor, source=d.revision.source, reason=WORDS),
    ),
    "corpus.correct_source": (
        "ana",
        lambda d: corpus.correct_source(
            d.session, d.actor, source=d.revision.source, text=corrected_text(d), note=WORDS
        ),
    ),
    "coding.correct_source": ("ana", correct_source),
    "codebook.import_codebook": (
        "ana", lambda d: codebook.import_codebook(d.session, d.actor, study_id=d.study_id, file=CODES),
    ),
    "codebook.import_levers": (
        "ana", lambda d: codebook.import_levers(d.session, d.actor, study_id=d.study_id, file=LEVERS),
    ),
    "codebook.add_code": (
        "ana",
        lambda d: codebook.add_code(d.session, d.actor, study_id=d.study_id, name=WORDS, definition=WORDS),
    ),
    "codebook.publish_codebook": (
        "ana", lambda d: codebook.publish_codebook(d.session, d.actor, study_id=d.study_id, note=WORDS),
    ),
    "process_map.import_map": (
        "ana", lambda d: process_map.import_map(d.session, d.actor, study_id=d.study_id, file=MAP),
    ),
    "coding.excerpt_of": (
        "ana", lambda d: coding.excerpt_of(d.session, d.actor, revision=d.revision, span=Span(3, 9)),
    ),
    "coding.apply_code": (
        "ana",
        lambda d: coding.apply_code(
            d.session, d.actor, revision=d.revision, span=Span(3, 9), code=d.code, request=WORDS
        ),
    ),
    "coding.apply_at": ("ana", apply_at),
    "coding.remove_coding": ("ana", lambda d: coding.remove_coding(d.session, d.actor, coding=d.own_coding)),
    "coding.import_codings": ("ana", import_codings),
    "findings.draft_finding": (
        "ana", lambda d: findings.draft_finding(d.session, d.actor, study_id=d.study_id, record=FINDING),
    ),
    "findings.edit_finding": ("ana", edit_finding),
    "findings.move_stage": (
        "ana", lambda d: findings.move_stage(d.session, d.actor, finding=d.finding, stage=Stage.CHALLENGE),
    ),
    "findings.link_evidence": ("ana", link_evidence),
    "findings.unlink_evidence": ("ana", lambda d: findings.unlink_evidence(d.session, d.actor, link=d.link)),
    "findings.resolve_link": (
        "ana", lambda d: findings.resolve_link(d.session, d.actor, link=d.contrary, resolution=WORDS),
    ),
    "findings.describe_link": ("ana", describe_link),
    "findings.record_search": ("ana", record_search),
    "publication.receive_package": ("ana (guest)", receive_package),
    "publication.withdraw_package": (
        "ana (guest)", lambda d: publication.withdraw_package(d.session, d.actor, package=d.package()),
    ),
    "review.give_position": ("rosa", give_position),
    "review.answer_concern": ("ana (guest)", answer_concern),
    "release.mask_quote": ("ana", mask_quote),
    "release.confirm_mask": ("carla", confirm_mask),
    "release.restore_mask": ("ana", restore_mask),
    "release.move_by_hand": (
        "ana", lambda d: release.move_by_hand(d.session, d.actor, finding=d.finding, stage=Stage.CHALLENGE),
    ),
}  # fmt: skip
AFTER_A_PROPOSAL: dict[str, Callable[[Desk, corpus.PendingImport], object]] = {
    "corpus.accept_import": lambda d, pending: corpus.accept_import(d.session, d.actor, pending=pending),
    "corpus.discard_import": lambda d, pending: corpus.discard_import(d.session, d.actor, pending=pending),
    "corpus.describe_import": lambda d, pending: corpus.describe_import(
        d.session, d.actor, pending=pending, record=replace(RECORD, key="INT-770")
    ),
}
AFTER_A_CORRECTION: dict[str, Callable[[Desk], object]] = {
    "coding.confirm_words": lambda d: coding.confirm_words(
        d.session, d.actor, excerpt=changed_excerpt(d), seen=changed_excerpt(d).sha256
    ),
    "coding.confirm_unchanged": lambda d: coding.confirm_unchanged(d.session, d.actor, source=d.revision.source),
    "coding.choose_words": lambda d: coding.choose_words(
        d.session, d.actor, excerpt=changed_excerpt(d), span=Span(3, 9), seen=changed_excerpt(d).sha256
    ),
    "coding.leave_out": lambda d: coding.leave_out(
        d.session, d.actor, excerpt=changed_excerpt(d), seen=changed_excerpt(d).sha256
    ),
}
