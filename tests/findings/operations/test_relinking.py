"""Links of evidence made at the coding screen: undone, redone under the key they had, and never with words lost."""

import pytest
from sqlalchemy.orm import Session

from ia_workbench import coding, findings
from ia_workbench.coding import Part
from ia_workbench.corpus import Source
from ia_workbench.findings import Finding, LinkRole, Stance
from ia_workbench.kernel import Conflict, NotFound
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.evidence import draft, establish, excerpt, support

APPLIERS = {coding.EVIDENCE: findings.set_link_state}


def linked(session: Session, home: Home, actor: Actor, **more: object) -> tuple[Finding, Source]:
    """Link words of INT-001 as the coding screen does."""
    finding = draft(session, home, actor)
    link = support(session, actor, finding, "INT-001", request="r-1", **more)
    return finding, link.excerpt.revision.source


def strengths(session: Session, finding: Finding) -> list[str]:
    """How strong a finding was at each of its snapshots."""
    return [each.content["evaluation"]["strength"] for each in findings.snapshots_of(session, finding)]


def test_undo_takes_the_link_back_and_redo_makes_the_same_one_again(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding, source = linked(session, stocked, ana)
        (made,) = findings.links_of(session, finding)
        before = (made.guid, made.key, made.stance, made.role, made.by, made.at, made.shown_as)
        coding.undo(session, ana, source=source, appliers=APPLIERS)
        assert findings.links_of(session, finding) == []
        assert support(session, ana, finding, "INT-002").key == "E-0002"
        coding.redo(session, ana, source=source, appliers=APPLIERS)
        back = next(each for each in findings.links_of(session, finding) if each.key == "E-0001")
        assert (back.guid, back.key, back.stance, back.role, back.by, back.at, back.shown_as) == before
        coding.undo(session, ana, source=source, appliers=APPLIERS)
        assert [each.key for each in findings.links_of(session, finding)] == ["E-0002"]
        assert support(session, ana, finding, "INT-003").key == "E-0003"


def test_the_finding_is_weighed_each_time(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        findings.record_search(session, ana, finding=finding, query="evening", note="")
        against = {"stance": Stance.CONTRADICTS, "role": LinkRole.COUNTER}
        last = support(session, ana, finding, "INT-004", request="r-1", **against)
        before = strengths(session, finding)
        coding.undo(session, ana, source=last.excerpt.revision.source, appliers=APPLIERS)
        after = strengths(session, finding)
        assert after[:-1] == before
        assert after[-1] != before[-1]


def test_sending_a_link_twice_links_once(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding, _source = linked(session, stocked, ana)
        again = support(session, ana, finding, "INT-001", request="r-1")
        assert [each.guid for each in findings.links_of(session, finding)] == [again.guid]
        findings.unlink_evidence(session, ana, link=again)
        with pytest.raises(NotFound):
            support(session, ana, finding, "INT-001", request="r-1")


def test_a_link_with_words_of_its_own_is_not_undone(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding, source = linked(session, stocked, ana, note="Look at the form again.")
        with pytest.raises(Conflict, match="E-0001 has words of its own"):
            coding.undo(session, ana, source=source, appliers=APPLIERS)
        (there,) = findings.links_of(session, finding)
        assert there.note == "Look at the form again."


def test_a_link_that_was_changed_or_made_again_by_somebody_else_is_left_alone(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        finding, source = linked(session, stocked, ana)
        coding.undo(session, ana, source=source, appliers=APPLIERS)
        support(session, ben, finding, "INT-001", stance=Stance.COMPLICATES)
        with pytest.raises(Conflict):
            coding.redo(session, ana, source=source, appliers=APPLIERS)
        (there,) = findings.links_of(session, finding)
        assert there.stance is Stance.COMPLICATES


def test_a_lever_that_the_finding_names_no_more_is_not_anchored_again(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        text = support(session, ana, finding, "TXT-001", role=LinkRole.PRODUCED_BY, lever="ADM", request="r-1")
        state, guid = findings.link_state(text), text.guid
        findings.set_link_state(session, ana, Part(coding.EVIDENCE, guid, state, None))
        finding.levers = []
        session.flush()
        with pytest.raises(Conflict):
            findings.set_link_state(session, ana, Part(coding.EVIDENCE, guid, None, state))


def test_the_journal_holds_none_of_the_words(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding, source = linked(session, stocked, ana, note="Quillfeather said so")
        words = excerpt(session, ana, "INT-001").quote
        last = coding.last_act(session, stocked.study_id)
        act = session.get_one(coding.CodingAct, last)
        assert act.source_id == source.id
        assert "Quillfeather" not in str(act.parts)
        assert words not in str(act.parts)
        assert finding.title not in str(act.parts)


def test_the_role_used_last_is_ones_own(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        assert findings.last_role(session, stocked.study_id, "ana") is None
        finding, _source = linked(session, stocked, ana)
        support(session, ben, finding, "INT-002", role=LinkRole.IMPACT)
        assert findings.last_role(session, stocked.study_id, "ana") is LinkRole.HAPPENS
        assert findings.last_role(session, stocked.study_id, "ben") is LinkRole.IMPACT
