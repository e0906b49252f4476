"""Drafting, editing and moving findings."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy
from ia_workbench.database import Store
from ia_workbench.findings import (
    Confidence,
    ConfidenceLevel,
    FindingRecord,
    LeverNamed,
    Recommendation,
    ReleaseLevel,
    Stage,
    record_of,
)
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.evidence import RECORD, draft, establish

WHOLE = replace(
    RECORD,
    matters={"en": "Children wait.", "es": "Los niños esperan."},
    step_note={"en": "A worker asks for a visit."},
    content_note={"en": "Speaks of missed visits."},
    release_level=ReleaseLevel.PUBLIC,
    levers=(LeverNamed("RES", "Rooms close at five."), LeverNamed("ADM", "Form 214 lists eight slots.")),
    strengths="Two rooms stay open until seven.",
    recommendations=(Recommendation("Add evening slots to the form.", "ADM", "CCFS", "6 months", "Visits at six."),),
    confidence=Confidence(ConfidenceLevel.VERY_LOW, "One office so far.", "ana"),
)


def edit(session: Session, home: Home, actor: Actor, *, version: int | None = None, **changes: object) -> None:
    """Edit F-01 into something like RECORD."""
    finding = findings.finding_keyed(session, home.study_id, "F-01")
    record = replace(RECORD, **changes)  # type: ignore[arg-type]
    findings.edit_finding(session, actor, finding=finding, record=record, version=version)


def test_a_drafted_finding_gives_back_what_was_written(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=WHOLE)
    with stocked.session(ana, writes=False) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        assert record_of(finding) == WHOLE
        assert (finding.stage, finding.changed_by) == (Stage.DRAFT, "ana")


def test_spaces_and_empty_words_are_not_kept(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana, statement="  The form \n lists slots. ", plain={"en": " x ", "es": " "})
        assert (finding.statement, finding.plain) == ("The form lists slots.", {"en": "x"})


def test_findings_are_numbered_on_and_never_again(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        assert [draft(session, stocked, ana).key for _ in range(2)] == ["F-01", "F-02"]
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="F-07")
        assert draft(session, stocked, ana).key == "F-08"


def test_a_key_that_is_taken_is_refused(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        draft(session, stocked, ana)
    with pytest.raises(Refused, match="already a finding F-01"), stocked.session(ana) as session:
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="F-01")


def test_keys_differ_by_more_than_capitals_and_numbers_go_on_after_them(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="f-7")
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="I-1a")
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="F-" + "9" * 30)
        assert draft(session, stocked, ana).key == "F-08"
        with pytest.raises(Refused, match="already a finding I-1a"):
            findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key="i-1A")


@pytest.mark.parametrize("key", ["F 1", "F--1", "F-01 ", "F-٠١", "F-", "new", "1" * 41])
def test_a_key_of_another_form_is_refused(stocked: Home, key: str) -> None:
    ana = stocked.actor("ana")
    with pytest.raises(Refused, match="no key of a finding"), stocked.session(ana) as session:
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key=key)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": " "}, "title"),
        ({"statement": ""}, "statement"),
        ({"levers": (LeverNamed("XXX"),)}, "lever XXX"),
        ({"levers": (LeverNamed("ADM"), LeverNamed("ADM"))}, "ADM is named twice"),
        ({"recommendations": (Recommendation("Do it.", "XXX"),)}, "lever XXX"),
        ({"nodes": ("N-99",)}, "step N-99"),
        ({"nodes": ("N-14", "N-14")}, "N-14 is named twice"),
        ({"edges": ("N-14..N-13",)}, "passage N-14..N-13"),
        ({"plain": {"fr": "Bonjour"}}, "language fr"),
        ({"office_waiver": "We like the North."}, "2 offices"),
    ],
)
def test_what_the_study_does_not_have_is_refused(stocked: Home, change: dict[str, object], named: str) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        draft(session, stocked, ana)
    with pytest.raises(Refused, match=named), stocked.session(ana) as session:
        draft(session, stocked, ana, **change)
    with pytest.raises(Refused, match=named), stocked.session(ana) as session:
        edit(session, stocked, ana, **change)
    with stocked.session(ana, writes=False) as session:
        assert [record_of(each) for each in findings.findings(session, stocked.study_id)] == [RECORD]


def test_a_theme_needs_no_statement_until_it_moves_on(stocked: Home) -> None:
    ana = stocked.actor("ana")
    record = FindingRecord(title="Hours")
    with stocked.session(ana) as session:
        finding = findings.draft_finding(session, ana, study_id=stocked.study_id, record=record, stage=Stage.THEME)
        with pytest.raises(Refused, match="statement"):
            findings.move_stage(session, ana, finding=finding, stage=Stage.DRAFT)


def test_editing_replaces_the_words_and_levers(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        findings.draft_finding(session, ana, study_id=stocked.study_id, record=WHOLE)
    with stocked.session(ben) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        findings.edit_finding(session, ben, finding=finding, record=RECORD)
    with stocked.session(ana, writes=False) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        assert record_of(finding) == RECORD
        assert finding.changed_by == "ben"


def test_the_second_to_save_is_told_and_nothing_is_overwritten(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        seen = draft(session, stocked, ana).version
    with stocked.session(ben) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        only_levers = replace(RECORD, levers=(LeverNamed("RES"),))
        findings.edit_finding(session, ben, finding=finding, record=only_levers, version=seen)
    with pytest.raises(Conflict, match="ben changed F-01"), stocked.session(ana) as session:
        edit(session, stocked, ana, version=seen)
    with stocked.session(ana, writes=False) as session:
        assert record_of(findings.finding_keyed(session, stocked.study_id, "F-01")) == only_levers


def test_changing_only_the_levers_in_the_same_second_is_a_version_too(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        seen = draft(session, stocked, ana).version
        edit(session, stocked, ana, levers=(LeverNamed("RES"),))
        with pytest.raises(Conflict):
            edit(session, stocked, ana, version=seen)


def test_a_finding_read_before_another_saved_it_is_a_conflict_too(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        draft(session, stocked, ana)
    early = privacy.session_for(stocked.evidence, ana, clock=stocked.clock)
    stale = findings.finding_keyed(early, stocked.study_id, "F-01")
    early.commit()
    with stocked.session(ben) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        findings.edit_finding(session, ben, finding=finding, record=replace(RECORD, title="Ben's"))
    with pytest.raises(Conflict, match="ben changed F-01"):
        findings.edit_finding(early, ana, finding=stale, record=replace(RECORD, title="Ana's"))
    with pytest.raises(Conflict, match="ben changed F-01"):
        findings.move_stage(early, ana, finding=stale, stage=Stage.CHALLENGE)
    early.rollback()
    early.close()


def test_each_act_leaves_one_audit_entry_without_words(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        before = len(privacy.audit_entries(session, Store.EVIDENCE))
        finding = draft(session, stocked, ana)
        findings.edit_finding(session, ana, finding=finding, record=WHOLE)
        findings.move_stage(session, ana, finding=finding, stage=Stage.CHALLENGE)
        entries = privacy.audit_entries(session, Store.EVIDENCE)[before:]
        assert [(entry.act, entry.subject) for entry in entries] == [
            ("draft-finding", "F-01"),
            ("edit-finding", "F-01"),
            ("move-stage", "F-01"),
        ]
        assert entries[-1].details == {"from_stage": "draft", "to_stage": "challenge"}


def test_every_change_of_stage_keeps_the_finding_as_it_stood(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        snapshot = findings.move_stage(session, ana, finding=finding, stage=Stage.CHALLENGE)
        findings.edit_finding(session, ana, finding=finding, record=replace(RECORD, statement="Other words."))
        kept = findings.snapshots_of(session, finding)
        assert [(each.stage, each.content["reason"]) for each in kept] == [
            (Stage.DRAFT, "drafted"),
            (Stage.CHALLENGE, "stage"),
        ]
        assert kept[-1] is snapshot
        assert snapshot.content["statement"] == RECORD.statement
        assert snapshot.content["evaluation"]["rule"] == {"name": "default", "version": 1}
        assert (snapshot.by, snapshot.at) == ("ana", stocked.clock())


def test_losing_its_levers_changes_the_strength_and_keeps_a_snapshot(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        findings.edit_finding(session, ana, finding=finding, record=replace(RECORD, levers=()))
        strengths = [each.content["evaluation"]["strength"] for each in findings.snapshots_of(session, finding)]
        assert strengths == ["thin", "emerging", "established", "thin"]


@pytest.mark.parametrize("stage", [Stage.BODY_REVIEW, Stage.RELEASED])
def test_an_analyst_brings_nothing_before_readers(stocked: Home, stage: Stage) -> None:
    ben = stocked.actor("ben")
    with stocked.session(ben) as session:
        finding = draft(session, stocked, ben)
        with pytest.raises(NotAllowed):
            findings.move_stage(session, ben, finding=finding, stage=stage)
        with pytest.raises(NotAllowed):
            findings.draft_finding(session, ben, study_id=stocked.study_id, record=RECORD, stage=stage)
        assert finding.stage is Stage.DRAFT


def test_a_released_finding_does_not_become_a_draft(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        findings.move_stage(session, ana, finding=finding, stage=Stage.RELEASED)
        with pytest.raises(Refused, match="released cannot go to draft"):
            findings.move_stage(session, ana, finding=finding, stage=Stage.DRAFT)
        assert finding.stage is Stage.RELEASED


def test_deciding_for_the_same_stage_again_keeps_a_further_snapshot(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        findings.move_stage(session, ana, finding=finding, stage=Stage.BODY_REVIEW)
        findings.move_stage(session, ana, finding=finding, stage=Stage.BODY_REVIEW)
        assert len(findings.snapshots_of(session, finding)) == 3


@pytest.mark.parametrize("username", ["omar", "ada"])
def test_outside_the_study_nothing_is_drafted(stocked: Home, username: str) -> None:
    with stocked.session(stocked.actor("ana")) as session, pytest.raises(NotFound):
        findings.draft_finding(session, stocked.actor(username), study_id=stocked.study_id, record=RECORD)
