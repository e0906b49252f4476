"""The demo with a second study beside it that others lead, so that every guarded table has rows of both."""

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, privacy, publication, release, review
from ia_workbench.database import Store
from ia_workbench.kernel import Span
from ia_workbench.privacy import Actor, Role
from ia_workbench.publication import Audience, Fit, Outcome
from tests.support import Home, open_demo
from tests.support.homes import DEMO_KEY, clear
from tests.support.materials import CODES
from tests.support.releasing import PARENT_MASK, PARENT_QUOTE, add_finding, confirm_as, mask_as
from tests.support.sources import revision_of
from tests.whole.rows_of_every_table import fill_empty_tables

OTHER_KEY = "other"


@dataclass(frozen=True)
class TwoStudies:
    """A home with the demo's study and another. `actors` are everyone, by name, on the side they act on.

    `omar` leads the other study, `otto` analyses it, `olga` and `oscar` review it; `ana (guest)` is a lead of the demo
    as the published store knows her.
    """

    home: Home
    actors: dict[str, Actor]


def with_two_studies(folder: Path) -> TwoStudies:
    """Open a demo's home and put the second study into it."""
    home = open_demo(folder)
    _begin(home)
    other = replace(home, study_id=_other_id(home))
    _fill_evidence(other)
    _release(other)
    _leave_a_file(home, home.actor("ana"), home.study_id)
    _correct(home, home.actor("ana"), home.study_id)
    _publish_codes(home, home.actor("ana"), home.study_id)
    fill_empty_tables(home, home.study_id, "ana")
    fill_empty_tables(home, other.study_id, "omar")
    return TwoStudies(home, _actors(home))


def _begin(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        privacy.add_user(session, home.actor("ana"), username="omar", role=Role.LEAD)
    clear(home, "omar")
    with home.session(home.actor("omar")) as session:
        omar = home.actor("omar")
        settings = {"offices": ["North", "South"]}
        study = privacy.create_study(
            session, omar, key=OTHER_KEY, title="Other", question="?", site="O", settings=settings
        )
        privacy.act_as(session, replace(omar, study_ids=frozenset({study.id})))
    omar, other_id = home.actor("omar"), _other_id(home)
    with home.session(omar) as session:
        privacy.add_user(session, omar, username="otto", role=Role.ANALYST, study_id=other_id)
    clear(home, "otto")
    with home.session(omar, writes=False) as evidence, home.unheld(Store.PUBLISHED) as session:
        published = privacy.publish_study(session, privacy.study_keyed(evidence, OTHER_KEY))
        guest = privacy.guest_in_published_store(session, omar, [OTHER_KEY])
        for name in ("olga", "oscar"):
            privacy.add_user(session, guest, username=name, role=Role.REVIEWER, study_id=published.id)


def _other_id(home: Home) -> int:
    (number,) = home.actor("omar").study_ids
    return number


def _fill_evidence(other: Home) -> None:
    omar = other.actor("omar")
    with other.session(omar) as session:
        finding = add_finding(session, omar, other)
        findings.record_search(session, omar, finding=finding, query="evenings", note="None.")
        codebook.import_codebook(session, omar, study_id=other.study_id, file=CODES)
        _code(session, omar, other)
    _publish_codes(other, omar, other.study_id)
    _leave_a_file(other, omar, other.study_id)
    _correct(other, omar, other.study_id)


def _code(session: Session, omar: Actor, other: Home) -> None:
    revision = revision_of(session, corpus.source_keyed(session, other.study_id, "INT-001"))
    code = codebook.code_at(session, other.study_id, "barriers/hours")
    coding.apply_code(session, omar, revision=revision, span=Span(0, 11), code=code)


def _publish_codes(home: Home, actor: Actor, study_id: int) -> None:
    with home.session(actor) as session:
        codebook.publish_codebook(session, actor, study_id=study_id, note="As it stands.")


def _correct(home: Home, actor: Actor, study_id: int) -> None:
    with home.session(actor) as session:
        source = corpus.source_keyed(session, study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, actor, source=source, text=f"{text}\nINTERVIEWER: Thank you.\n")


def _leave_a_file(home: Home, actor: Actor, study_id: int) -> None:
    file = corpus.read_file("waiting.txt", b"INTERVIEWER: And then?\nPARENT: Then I waited.\n")
    record = corpus.SourceRecord(corpus.SourceKind.INTERVIEW, "parent")
    with home.session(actor) as session:
        found = corpus.find_turns(file.text)
        corpus.propose_import(session, actor, study_id=study_id, record=record, file=file, found=found)


def _release(other: Home) -> None:
    omar, otto = other.actor("omar"), other.actor("otto")
    with other.session(omar) as session:
        finding = findings.finding_keyed(session, other.study_id, "F-01")
        for link in findings.links_of(session, finding):
            if release.needs_mask(link):
                mask_as(session, omar, link, PARENT_MASK if link.excerpt.quote == PARENT_QUOTE else ())
    with other.session(otto) as session:
        for mask in release.masks_for(session, findings.finding_keyed(session, other.study_id, "F-01")).values():
            confirm_as(session, otto, mask)
    with other.session(omar) as session:
        finding = findings.finding_keyed(session, other.study_id, "F-01")
        release.decide_release(session, omar, finding=finding, audience=Audience.BODY)
    with other.session(omar) as session, other.unheld(Store.PUBLISHED) as published:
        release.copy_releases(session, published, omar)
    _review(other, omar)


def _review(other: Home, omar: Actor) -> None:
    for name in ("olga", "oscar"):
        member = other.member(name)
        with other.session(member) as session:
            package = publication.package_for(session, *member.study_ids, "F-01")
            review.give_position(session, member, package=package, fit=Fit.PARTLY, comment=f"{name} says so.")
    with other.unheld(Store.PUBLISHED, writes=False) as session:
        guest = privacy.guest_in_published_store(session, omar, [OTHER_KEY])
    with other.session(guest) as session:
        for position in review.positions_on(session, *guest.study_ids, "F-01"):
            review.answer_concern(session, guest, position=position, outcome=Outcome.CHANGED, text="Yes.")


def _actors(home: Home) -> dict[str, Actor]:
    team = {name: home.actor(name) for name in ("ana", "ben", "ada", "omar", "otto")}
    members = {name: home.member(name) for name in ("rosa", "marcus", "lee", "olga", "oscar")}
    with home.unheld(Store.PUBLISHED, writes=False) as session:
        guest = privacy.guest_in_published_store(session, team["ana"], [DEMO_KEY])
    return {**team, **members, "ana (guest)": guest}
