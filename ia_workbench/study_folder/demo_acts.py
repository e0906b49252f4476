"""The acts that a demo performs after its study was loaded: masked texts, releases, positions, the team's answers."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import corpus, findings, masking, privacy, publication, release, review
from ia_workbench.database import Store
from ia_workbench.kernel import Fields, NotFound, about, parse_yaml, read_text
from ia_workbench.privacy import Actor
from ia_workbench.publication import Audience, Fit, Outcome
from ia_workbench.study_folder.places import study_place

DEMO_FILE = "demo.yaml"
NO_MODEL = "none"


@dataclass(frozen=True)
class ReleaseAct:
    """That someone releases a finding."""

    finding: str
    by: str
    to: Audience


@dataclass(frozen=True)
class RespondAct:
    """That a member of the body says what they think of a finding."""

    finding: str
    by: str
    fit: Fit
    comment: str
    language: str
    could_harm: bool
    quotes_not_to_use: tuple[str, ...]


@dataclass(frozen=True)
class AnswerAct:
    """That the team answers what a member said."""

    finding: str
    by: str
    to: str
    outcome: Outcome
    answer: str
    answer_es: str


@dataclass(frozen=True)
class MaskAct:
    """That someone makes the masked text of a source whose marks are decided, and another person signs it."""

    source: str
    by: str
    signed_by: str


DemoAct = MaskAct | ReleaseAct | RespondAct | AnswerAct


def read_demo_acts(folder: Path) -> tuple[DemoAct, ...]:
    """Read `demo.yaml` of a study's folder, in order; () when there is none. Refuses anything malformed."""
    path = study_place(folder).folder / DEMO_FILE
    if not path.is_file():
        return ()
    with about(DEMO_FILE):
        fields = Fields(parse_yaml(read_text(path)), "the file")
        acts = tuple(_act(thing, number) for number, thing in enumerate(fields.things("acts"), 1))
        fields.close()
    return acts


def _act(thing: object, number: int) -> DemoAct:
    fields = Fields(thing, f"act {number}")
    what, by = fields.text("act"), fields.text("by")
    act: DemoAct
    if what == "mask":
        act = MaskAct(fields.text("source"), by, fields.text("signed_by"))
        fields.close()
        return act
    finding = fields.text("finding")
    if what == "release":
        act = ReleaseAct(finding, by, fields.choice("to", Audience))
    elif what == "respond":
        act = RespondAct(
            finding,
            by,
            fit=fields.choice("fit", Fit),
            comment=fields.text_or_empty("comment"),
            language=fields.text_or_empty("language") or "en",
            could_harm=fields.truth("could_harm", default=False),
            quotes_not_to_use=fields.texts("quotes_not_to_use"),
        )
    elif what == "answer":
        outcome = fields.choice("outcome", Outcome)
        act = AnswerAct(
            finding, by, fields.text("to"), outcome, fields.text("answer"), fields.text_or_empty("answer_es")
        )
    else:
        raise fields.refused("Act {number} must be one of: mask, release, respond, answer.", "act", number=number)
    fields.close()
    return act


def perform_demo_act(evidence: Session, published: Session, act: DemoAct, *, study_key: str) -> None:
    """Perform one act as the person it names; an act that was performed before changes nothing.

    Both sessions are for writing and not held to anyone yet: this holds them to the person. A release must be copied
    to the published store (`release.copy_releases`) once it is committed and before the next act.
    """
    if isinstance(act, MaskAct):
        _mask(evidence, act, study_key)
    elif isinstance(act, ReleaseAct):
        _release(evidence, published, act, study_key)
    elif isinstance(act, RespondAct):
        _respond(published, act, study_key)
    else:
        _answer(evidence, published, act, study_key)


def confirm_masks_as_filed(evidence: Session, *, study_key: str) -> None:
    """Confirm each mask of a loaded demo as the person whom its files name, on a session for writing not held yet.

    For invented people alone: a mask of a real study is confirmed by whoever looks at it.
    """
    study = privacy.study_keyed(evidence, study_key)
    found = findings.findings(evidence, study.id)
    for mask in [mask for finding in found for mask in release.masks_for(evidence, finding).values()]:
        if mask.confirmed_by is None and mask.confirmed_in_file is not None:
            person = privacy.actor_for(evidence, Store.EVIDENCE, mask.confirmed_in_file)
            privacy.act_as(evidence, person)
            release.confirm_mask(evidence, person, mask=mask, seen=release.seen_of(mask.link, mask))


def _team_member(evidence: Session, published: Session, username: str, study_key: str) -> tuple[Actor, Actor]:
    """Hold both sessions to a team member; return them as actor in the one store and as guest in the other."""
    actor = privacy.actor_for(evidence, Store.EVIDENCE, username)
    guest = privacy.guest_in_published_store(published, actor, [study_key])
    privacy.act_as(evidence, actor)
    privacy.act_as(published, guest)
    return actor, guest


def _mask(evidence: Session, act: MaskAct, study_key: str) -> None:
    """Mask without a language model: the demo is the same wherever it is made, and its marks are in its files."""
    maker, signer = (privacy.actor_for(evidence, Store.EVIDENCE, name) for name in (act.by, act.signed_by))
    privacy.act_as(evidence, maker)
    source = corpus.source_keyed(evidence, privacy.study_keyed(evidence, study_key).id, act.source)
    if masking.masked_text_of(evidence, source) is not None:
        return
    masking.make_masked_text(evidence, maker, source=source, model=NO_MODEL)
    privacy.act_as(evidence, signer)
    masking.sign_masked_text(evidence, signer, source=source, seen=masking.seen_of_text(evidence, source))


def _release(evidence: Session, published: Session, act: ReleaseAct, study_key: str) -> None:
    actor, _guest = _team_member(evidence, published, act.by, study_key)
    study = privacy.study_keyed(evidence, study_key)
    finding = findings.finding_keyed(evidence, study.id, act.finding)
    if any(each.audience is act.to for each in release.releases(evidence, study.id, finding)):
        return
    there = privacy.published_study_keyed(published, study_key)
    unanswered = len(review.unanswered_concerns(published, there.id, act.finding))
    release.decide_release(evidence, actor, finding=finding, audience=act.to, unanswered=unanswered)


def _respond(published: Session, act: RespondAct, study_key: str) -> None:
    actor = privacy.actor_for(published, Store.PUBLISHED, act.by)
    privacy.act_as(published, actor)
    study = privacy.published_study_keyed(published, study_key)
    if review.own_position(published, actor, study_id=study.id, finding_key=act.finding) is not None:
        return
    review.give_position(
        published,
        actor,
        package=publication.package_for(published, study.id, act.finding),
        fit=act.fit,
        comment=act.comment,
        language=act.language,
        could_harm=act.could_harm,
        quotes_not_to_use=act.quotes_not_to_use,
    )


def _answer(evidence: Session, published: Session, act: AnswerAct, study_key: str) -> None:
    actor, _guest = _team_member(evidence, published, act.by, study_key)
    study = privacy.published_study_keyed(published, study_key)
    member = privacy.account_named(published, Store.PUBLISHED, act.to)
    said = [each for each in review.positions_on(published, study.id, act.finding) if each.account_id == member.id]
    if not said:
        raise NotFound("{name} has said nothing of {finding} yet.", name=act.to, finding=act.finding)
    if review.answer_to(published, said[0]) is None:
        release.answer_concern(
            evidence,
            published,
            actor,
            study=privacy.study_keyed(evidence, study_key),
            position=said[0],
            outcome=act.outcome,
            text=act.answer,
            text_es=act.answer_es or None,
        )
