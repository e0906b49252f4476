"""Linking evidence, weighing what does not fit, and what readers may get of it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from ia_workbench import codebook, coding, findings, privacy
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import ConsentScope, Source
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Finding, LinkRole, ShownAs, Stance
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused, Span
from ia_workbench.release import Mask
from tests.support import Home
from tests.support.evidence import anchor, consent, draft, establish, excerpt, support


def strengths(session: object, finding: Finding) -> list[str]:
    kept = findings.snapshots_of(session, finding)  # type: ignore[arg-type]
    return [each.content["evaluation"]["strength"] for each in kept]


def test_evidence_is_numbered_in_the_study_and_never_again(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        first, second = draft(session, stocked, ana), draft(session, stocked, ana)
        assert support(session, ana, first, "INT-001").key == "E-0001"
        link = support(session, ana, second, "INT-001")
        assert link.key == "E-0002"
        findings.unlink_evidence(session, ana, link=link)
        assert support(session, ana, second, "INT-001").key == "E-0003"


def test_a_link_keeps_who_when_and_what(stocked: Home) -> None:
    ben = stocked.actor("ben")
    with stocked.session(ben) as session:
        finding = draft(session, stocked, ben)
        support(
            session, ben, finding, "INT-001",
            stance=Stance.CONTRADICTS, role=LinkRole.COUNTER, note=" Rooms are open. ", resolution="Another office.",
            translation={"es": "Le dan dos horas"}, speaker={"en": "A parent"},
        )  # fmt: skip
    with stocked.session(ben, writes=False) as session:
        link = findings.link_keyed(session, stocked.study_id, "E-0001")
        assert (link.by, link.at, link.stance, link.role) == (
            "ben",
            stocked.clock(),
            Stance.CONTRADICTS,
            LinkRole.COUNTER,
        )
        assert (link.note, link.resolution, link.lever) == ("Rooms are open.", "Another office.", None)
        assert (link.translation, link.speaker, link.paraphrase) == ({"es": "Le dan dos horas"}, {"en": "A parent"}, {})


def test_each_act_leaves_one_audit_entry_without_words(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        words = excerpt(session, ana, "INT-001")
        before = len(privacy.audit_entries(session, Store.EVIDENCE))
        link = findings.link_evidence(
            session, ana, finding=finding, excerpt=words, stance=Stance.CONTRADICTS, role=LinkRole.COUNTER
        )
        findings.resolve_link(session, ana, link=link, resolution="Weighed.")
        findings.describe_link(session, ana, link=link, note="A note.")
        findings.record_search(session, ana, finding=finding, query="evening", note="None.")
        findings.unlink_evidence(session, ana, link=link)
        entries = privacy.audit_entries(session, Store.EVIDENCE)[before:]
        assert [(entry.act, entry.subject) for entry in entries] == [
            ("link-evidence", "E-0001"),
            ("resolve-link", "E-0001"),
            ("describe-link", "E-0001"),
            ("record-search", "F-01"),
            ("unlink-evidence", "E-0001"),
        ]
        assert entries[0].details == {
            "finding": "F-01",
            "excerpt": str(words.guid),
            "stance": "contradicts",
            "role": "counter",
        }


def test_every_change_of_strength_keeps_a_snapshot_and_nothing_else_does(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        support(session, ana, finding, "INT-001")
        assert strengths(session, finding) == ["thin"]
        support(session, ana, finding, "INT-003")
        assert strengths(session, finding) == ["thin", "emerging"]
        anchor(session, ana, finding, "TXT-001")
        last = anchor(session, ana, finding, "OBS-01")
        assert strengths(session, finding) == ["thin", "emerging"]
        findings.record_search(session, ana, finding=finding, query="evening", note="")
        assert strengths(session, finding) == ["thin", "emerging", "established"]
        contrary = support(session, ana, finding, "INT-004", stance=Stance.CONTRADICTS, role=LinkRole.COUNTER)
        assert strengths(session, finding)[3:] == ["emerging"]
        findings.resolve_link(session, ana, link=contrary, resolution="Another office.")
        assert strengths(session, finding)[4:] == ["established"]
        findings.resolve_link(session, ana, link=contrary, resolution=" \u200b ")
        assert contrary.resolution is None, "nobody can read how it was weighed"
        assert strengths(session, finding)[5:] == ["emerging"]
        findings.unlink_evidence(session, ana, link=contrary)
        assert strengths(session, finding)[6:] == ["established"]
        findings.unlink_evidence(session, ana, link=last)
        assert strengths(session, finding)[7:] == []


def test_a_snapshot_identifies_the_evidence_and_repeats_no_words(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        content = findings.snapshots_of(session, finding)[-1].content
        assert [each["key"] for each in content["evidence"]] == ["E-0001", "E-0002", "E-0003", "E-0004"]
        assert content["evaluation"]["strength"] == "established"
        quotes = session.scalars(select(Excerpt.quote)).all()
        assert not any(quote in str(content) for quote in quotes)


def test_the_strength_lost_by_a_withdrawn_source_is_kept_at_the_next_change(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        for key in ("INT-001", "INT-003"):
            source = session.scalars(select(Source).where(Source.key == key)).one()
            source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
        assert findings.evaluation_of(session, finding).strength.value == "emerging"
        findings.record_search(session, ana, finding=finding, query="again", note="")
        assert strengths(session, finding)[-1] == "emerging"


def test_the_same_words_are_linked_once_in_a_role_and_may_have_two_roles(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        support(session, ana, finding, "INT-001")
        support(session, ana, finding, "INT-001", role=LinkRole.IMPACT)
    already = "INT-001 are already evidence for F-01 with the role happens"
    with pytest.raises(Refused, match=already), stocked.session(ana) as session:
        support(session, ana, findings.finding_keyed(session, stocked.study_id, "F-01"), "INT-001")
    with stocked.session(ana, writes=False) as session:
        assert len(findings.links_of(session, findings.finding_keyed(session, stocked.study_id, "F-01"))) == 2


@pytest.mark.parametrize(
    ("source", "link", "named"),
    [
        ("DEB-01", {}, "debrief"),
        ("INT-001", {"role": LinkRole.COUNTER}, "role counter"),
        ("INT-001", {"lever": "ADM"}, "role produced-by"),
        ("TXT-001", {"role": LinkRole.PRODUCED_BY, "lever": "RES"}, "F-01 does not name the lever RES"),
        ("INT-001", {"resolution": "Weighed."}, "resolution"),
    ],
)
def test_a_link_that_does_not_fit_is_refused(stocked: Home, source: str, link: dict[str, object], named: str) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        with pytest.raises(Refused, match=named):
            support(session, ana, finding, source, **link)
        assert findings.links_of(session, finding) == []


def test_a_withdrawn_source_is_no_evidence(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        words = excerpt(session, ana, "INT-001")
        words.revision.source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
        with pytest.raises(Refused, match="INT-001 was withdrawn"):
            findings.link_evidence(
                session, ana, finding=finding, excerpt=words, stance=Stance.SUPPORTS, role=LinkRole.HAPPENS
            )


@pytest.mark.parametrize(
    ("scope", "most", "refused"),
    [
        (ConsentScope.QUOTE_TO_BODY, ShownAs.QUOTE, []),
        (ConsentScope.QUOTE_IN_REPORT, ShownAs.QUOTE, []),
        (ConsentScope.PARAPHRASE, ShownAs.PARAPHRASE, [ShownAs.QUOTE]),
        (ConsentScope.ANALYSIS_ONLY, ShownAs.COUNT, [ShownAs.QUOTE, ShownAs.PARAPHRASE]),
    ],
)
def test_readers_get_no_more_of_a_source_than_its_consent_allows(
    stocked: Home, scope: ConsentScope, most: ShownAs, refused: list[ShownAs]
) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        consent(session, "INT-001", scope)
        link = support(session, ana, finding, "INT-001")
        assert link.shown_as is most
        for shown_as in ShownAs:
            if shown_as in refused:
                with pytest.raises(Refused, match=scope.value):
                    findings.describe_link(session, ana, link=link, shown_as=shown_as)
            else:
                findings.describe_link(session, ana, link=link, shown_as=shown_as)
                assert link.shown_as is shown_as


def test_describing_a_link_changes_only_what_is_given(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        link = support(session, ana, draft(session, stocked, ana), "INT-001", note="First.", speaker={"en": "A parent"})
        findings.describe_link(session, ana, link=link, translation={"es": "Dos horas"})
        assert (link.note, link.speaker, link.translation) == ("First.", {"en": "A parent"}, {"es": "Dos horas"})
        findings.describe_link(session, ana, link=link, note="", speaker={})
        assert (link.note, link.speaker) == ("", {})


@pytest.mark.parametrize("is_read_early", [False, True])
def test_the_second_to_save_a_link_is_told_and_nothing_is_overwritten(stocked: Home, *, is_read_early: bool) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        support(session, ana, draft(session, stocked, ana), "INT-001", stance=Stance.CONTRADICTS, role=LinkRole.COUNTER)
    hers = privacy.session_for(stocked.evidence, ana, clock=stocked.clock)
    link = findings.link_keyed(hers, stocked.study_id, "E-0001")
    seen = None if is_read_early else link.version
    hers.commit()
    with stocked.session(ben) as session:
        his = findings.link_keyed(session, stocked.study_id, "E-0001")
        findings.describe_link(session, ben, link=his, translation={"es": "Dos horas"}, version=his.version)
    if not is_read_early:
        hers.refresh(link)
    with pytest.raises(Conflict, match="ben changed E-0001"):
        findings.describe_link(hers, ana, link=link, note="Hers.", version=seen)
    with pytest.raises(Conflict, match="ben changed E-0001"):
        findings.resolve_link(hers, ana, link=link, resolution="Hers.", version=seen)
    hers.rollback()
    hers.close()
    with stocked.session(ana, writes=False) as session:
        link = findings.link_keyed(session, stocked.study_id, "E-0001")
        assert (link.note, link.resolution, link.translation) == ("", None, {"es": "Dos horas"})


def test_a_link_that_someone_took_away_cannot_be_described(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        support(session, ana, draft(session, stocked, ana), "INT-001")
    hers = privacy.session_for(stocked.evidence, ana, clock=stocked.clock)
    link = findings.link_keyed(hers, stocked.study_id, "E-0001")
    hers.commit()
    with stocked.session(ben) as session:
        findings.unlink_evidence(session, ben, link=findings.link_keyed(session, stocked.study_id, "E-0001"))
    with pytest.raises(NotFound, match="E-0001 is no longer there"):
        findings.describe_link(hers, ana, link=link, note="Hers.")
    hers.rollback()
    hers.close()


def test_support_has_nothing_to_resolve(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        link = support(session, ana, draft(session, stocked, ana), "INT-001")
        with pytest.raises(Refused, match="nothing to resolve"):
            findings.resolve_link(session, ana, link=link, resolution="Weighed.")


def test_removing_evidence_keeps_the_excerpt_and_its_codings(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        link = support(session, ana, finding, "INT-001")
        words = link.excerpt
        code = codebook.code_at(session, stocked.study_id, "barriers")
        span = Span(words.start, words.end)
        made = coding.apply_code(session, ana, revision=words.revision, span=span, code=code)
        findings.unlink_evidence(session, ana, link=link)
        assert findings.links_of(session, finding) == []
        assert session.scalars(select(Excerpt)).all() == [words]
        assert session.scalars(select(Coding)).all() == [made]


def test_removing_evidence_takes_the_mask_made_for_it_along(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        link = support(session, ana, draft(session, stocked, ana), "INT-001")
        mask = Mask(
            study_id=stocked.study_id,
            link_id=link.id,
            replacements=[],
            quote_sha256="",
            shown_sha256="",
            by="ana",
            at=stocked.clock(),
        )
        session.add(mask)
        session.flush()  # it must be there before the link goes
        session.expunge(mask)
        findings.unlink_evidence(session, ana, link=link)
        assert session.scalars(select(Mask)).all() == []


def test_removing_a_coding_keeps_the_evidence(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        link = support(session, ana, draft(session, stocked, ana), "INT-001")
        words = link.excerpt
        code = codebook.code_at(session, stocked.study_id, "barriers")
        made = coding.apply_code(session, ana, revision=words.revision, span=Span(words.start, words.end), code=code)
        coding.remove_coding(session, ana, coding=made)
        assert session.scalars(select(EvidenceLink)).all() == [link]


def test_a_lead_loads_links_and_searches_of_others_and_an_analyst_does_not(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    at = datetime(2026, 2, 1, tzinfo=UTC)
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        link = support(session, ana, finding, "INT-001", by="carla", at=at)
        assert (link.by, link.at) == ("carla", at)
        search = findings.record_search(
            session, ana, finding=finding, query="x", note="", by="carla", on=date(2026, 2, 2)
        )
        assert (search.by, search.on) == ("carla", date(2026, 2, 2))
    with stocked.session(ben) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        with pytest.raises(NotAllowed):
            support(session, ben, finding, "INT-003", by="carla")
        with pytest.raises(NotAllowed):
            findings.record_search(session, ben, finding=finding, query="x", note="", by="carla")


def test_a_search_says_how_it_was_made(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        with pytest.raises(Refused, match="how you searched"):
            findings.record_search(session, ana, finding=finding, query=" ", note="")
        search = findings.record_search(session, ana, finding=finding, query="evening", note=" None. ")
        assert (search.by, search.on, search.note) == ("ana", date(2026, 3, 2), "None.")
        assert list(findings.searches_of(session, finding)) == [search]


@pytest.mark.parametrize("username", ["omar", "ada"])
def test_outside_the_study_nothing_is_linked(stocked: Home, username: str) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        words = excerpt(session, ana, "INT-001")
        with pytest.raises(NotFound):
            findings.link_evidence(
                session, stocked.actor(username), finding=finding, excerpt=words,
                stance=Stance.SUPPORTS, role=LinkRole.HAPPENS,
            )  # fmt: skip
