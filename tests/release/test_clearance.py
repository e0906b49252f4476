"""The gate refuses for each reason there is, names the evidence, and says what to do."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, release
from ia_workbench.corpus import ConsentScope, Revision, Source, Stewardship
from ia_workbench.findings import EvidenceLink, Finding, ReleaseLevel, ShownAs, Stage
from ia_workbench.kernel import digest_of
from ia_workbench.publication import Audience
from ia_workbench.release import Mask, Obstacle
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.releasing import FORM_QUOTE, JUDGE_QUOTE, PARENT_QUOTE, RECORD_QUOTE, give_to_body

Change = Callable[[Session, Finding], None]


def examined(home: Home, audience: Audience, change: Change | None = None, *, unanswered: int = 0) -> list[Obstacle]:
    """The obstacles after a change, which is undone; before the public comes the body."""
    with home.session(home.actor("ana")) as session:
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        if audience is Audience.PUBLIC:
            give_to_body(session, home, finding)
        if change is not None:
            change(session, finding)
            session.flush()  # the gate reads what is stored
        found = release.obstacles(session, finding, audience, unanswered=unanswered)
        session.rollback()
        return found


def link_with(session: Session, finding: Finding, quote: str) -> EvidenceLink:
    return next(each for each in findings.links_of(session, finding) if each.excerpt.quote == quote)


def source(session: Session, key: str) -> Source:
    return session.scalars(select(Source).where(Source.key == key)).one()


def mask_of(session: Session, finding: Finding, quote: str) -> Mask:
    found = release.mask_of(session, link_with(session, finding, quote))
    assert found is not None
    return found


@pytest.mark.parametrize("audience", list(Audience))
def test_a_finding_with_all_it_needs_meets_no_obstacle(ready: Home, audience: Audience) -> None:
    assert examined(ready, audience) == []


def withdraw(session: Session, _finding: Finding) -> None:
    source(session, "INT-001").withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)


def change_the_text(session: Session, _finding: Finding) -> None:
    revision = session.scalars(select(Revision).join(Source).where(Source.key == "INT-001")).one()
    revision.text = revision.text.replace("after four", "after five")


def change_the_quote(session: Session, finding: Finding) -> None:
    link_with(session, finding, PARENT_QUOTE).excerpt.quote = PARENT_QUOTE.replace("four", "five")


def remove_the_mask(session: Session, finding: Finding) -> None:
    session.delete(mask_of(session, finding, PARENT_QUOTE))


def open_the_mask(session: Session, finding: Finding) -> None:
    mask_of(session, finding, PARENT_QUOTE).confirmed_by = None


def confirm_by_its_maker(session: Session, finding: Finding) -> None:
    mask_of(session, finding, PARENT_QUOTE).confirmed_by = "ana"


def mask_of_other_words(session: Session, finding: Finding) -> None:
    mask_of(session, finding, PARENT_QUOTE).quote_sha256 = digest_of("Other words.")


def narrow(key: str, scope: ConsentScope) -> Change:
    def change(session: Session, _finding: Finding) -> None:
        source(session, key).consent = scope

    return change


def without_paraphrase(session: Session, finding: Finding) -> None:
    link_with(session, finding, RECORD_QUOTE).paraphrase = {"es": "Solo en español."}


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (withdraw, "INT-001 was withdrawn. Unlink E-0001"),
        (change_the_text, "words of E-0001 are no longer those of INT-001"),
        (change_the_quote, "words of E-0001 are no longer those of INT-001"),
        (remove_the_mask, "Nobody has masked the quote of E-0001"),
        (open_the_mask, "mask of E-0001, made by ana, waits for a second person"),
        (confirm_by_its_maker, "mask of E-0001 was confirmed by ana, who made it"),
        (mask_of_other_words, "quote of E-0001 was masked when it had other words"),
        (narrow("INT-001", ConsentScope.ANALYSIS_ONLY), "The consent for INT-001 is analysis-only"),
        (narrow("INT-001", ConsentScope.PARAPHRASE), "does not allow a quote for this audience. Show E-0001"),
    ],
)
def test_a_quote_is_held_back(ready: Home, change: Change, sentence: str, audience: Audience) -> None:
    found = examined(ready, audience, change)
    assert sentence in " ".join(map(str, found))
    assert {(each.evidence, each.source) for each in found} == {("E-0001", "INT-001")}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (narrow("REC-01", ConsentScope.ANALYSIS_ONLY), "which does not allow a paraphrase"),
        (without_paraphrase, "E-0004 is to be shown as a paraphrase and none is written"),
    ],
)
def test_a_paraphrase_is_held_back(ready: Home, change: Change, sentence: str) -> None:
    found = examined(ready, Audience.PUBLIC, change)
    assert [(each.evidence, each.source) for each in found] == [("E-0004", "REC-01")]
    assert sentence in str(found[0])


def test_the_body_gets_quotes_only_where_the_speaker_agreed_to_the_body(ready: Home) -> None:
    report_only = narrow("INT-014", ConsentScope.QUOTE_IN_REPORT)
    assert [each.evidence for each in examined(ready, Audience.BODY, report_only)] == ["E-0003"]
    assert examined(ready, Audience.PUBLIC, report_only) == []


def test_what_is_only_counted_needs_no_consent_and_no_mask(ready: Home) -> None:
    def count(session: Session, finding: Finding) -> None:
        narrow("INT-014", ConsentScope.ANALYSIS_ONLY)(session, finding)
        link = link_with(session, finding, JUDGE_QUOTE)
        link.shown_as = ShownAs.COUNT
        session.delete(mask_of(session, finding, JUDGE_QUOTE))

    assert examined(ready, Audience.PUBLIC, count) == []


def empty(name: str, value: object) -> Change:
    def change(_session: Session, finding: Finding) -> None:
        setattr(finding, name, value)

    return change


def nowhere(_session: Session, finding: Finding) -> None:
    finding.nodes, finding.edges = [], []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (empty("statement", " "), "statement"),
        (empty("statement", "\u200b"), "statement"),
        (empty("plain", {"en": " \u2060 "}), "plain words"),
        (empty("plain", {"es": "Solo en español."}), "plain words"),
        (empty("levers", []), "levers"),
        (nowhere, "steps"),
    ],
)
def test_a_finding_must_be_whole(ready: Home, change: Change, place: str) -> None:
    found = examined(ready, Audience.BODY, change)
    assert [each.place for each in found] == [place]
    assert found[0].label == place


def test_a_private_finding_goes_to_the_body_and_not_to_the_public(ready: Home) -> None:
    private = empty("release_level", ReleaseLevel.PRIVATE)
    assert examined(ready, Audience.BODY, private) == []
    assert [each.place for each in examined(ready, Audience.PUBLIC, private)] == ["release level"]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_finding_meets_the_body_before_the_public_whatever_its_stage_says(ready: Home, stage: Stage) -> None:
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        finding.stage = stage  # a study that was loaded says "released" of findings that nobody here was given
        assert [str(each) for each in release.obstacles(session, finding, Audience.PUBLIC)] == [
            "The community body was not given this finding here. Release it to the body first."
        ]
        assert release.obstacles(session, finding, Audience.BODY) == []


def test_every_concern_is_answered_before_the_public_sees_a_finding(ready: Home) -> None:
    assert [str(each) for each in examined(ready, Audience.PUBLIC, unanswered=2)] == [
        "The body raised 2 concerns that the team has not answered. Answer first."
    ]
    assert "one concern that" in str(examined(ready, Audience.PUBLIC, unanswered=1)[0])
    assert examined(ready, Audience.BODY, unanswered=2) == []


def test_the_gate_names_every_obstacle_at_once(ready: Home) -> None:
    def all_of_them(session: Session, finding: Finding) -> None:
        withdraw(session, finding)
        session.delete(mask_of(session, finding, FORM_QUOTE))
        without_paraphrase(session, finding)
        finding.statement = ""

    labels = [each.label for each in examined(ready, Audience.PUBLIC, all_of_them, unanswered=1)]
    assert labels == ["statement", "concerns", "E-0001 (INT-001)", "E-0002 (TXT-002)", "E-0004 (REC-01)"]


def test_the_gate_asks_a_fixed_number_of_questions(ready: Home) -> None:
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        with counting_statements(ready.evidence) as statements:
            release.obstacles(session, finding, Audience.PUBLIC)
    # 25: one of them for the register of pseudonyms, whose names the gate looks for in what would be shown
    assert len(statements) <= 25, str(statements)
    assert not any("revision.text AS" in each and "substr" not in each for each in statements.sent)


def until(key: str, day: date) -> Change:
    def change(session: Session, _finding: Finding) -> None:
        source(session, key).consent_until = day

    return change


def under_terms(key: str, **terms: object) -> Change:
    """Put a source under the terms of a steward, who allows everything unless `terms` say otherwise."""

    def change(session: Session, _finding: Finding) -> None:
        here = source(session, key)
        usual = {"uses": ConsentScope.QUOTE_TO_BODY, "approved_on": date(2026, 1, 1), "approved_until": TODAY}
        words = dict.fromkeys(("approval", "contact", "storage", "return_terms", "label"), "")
        here.stewardship = Stewardship(
            study_id=here.study_id, key="ST-01", nation="Yaqan Nation", **{**words, **usual, **terms}
        )

    return change


TODAY = date(2026, 3, 2)  # by the clock of these homes
YESTERDAY = date(2026, 3, 1)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (until("INT-001", YESTERDAY), "The consent for INT-001 ended on 2026-03-01."),
        (under_terms("INT-001", approved_until=YESTERDAY), "The approval of ST-01 for INT-001 does not hold today."),
        (under_terms("INT-001", approved_on=None), "The approval of ST-01 for INT-001 does not hold today."),
        (under_terms("INT-001", approved_on=date(2026, 3, 3), approved_until=None), "The approval of ST-01"),
        (
            under_terms("INT-001", uses=ConsentScope.PARAPHRASE),
            "The steward of INT-001 allows paraphrase (ST-01), which does not reach a quote for this audience.",
        ),
    ],
)
def test_a_quote_waits_for_the_speaker_and_the_steward_as_they_stand_today(
    ready: Home, change: Change, sentence: str, audience: Audience
) -> None:
    found = examined(ready, audience, change)
    assert {each.source for each in found} == {"INT-001"}
    assert all(str(each).startswith(sentence) for each in found)


@pytest.mark.parametrize("change", [until("INT-001", TODAY), under_terms("INT-001")])
def test_consent_and_approval_hold_on_their_last_day(ready: Home, change: Change) -> None:
    assert examined(ready, Audience.BODY, change) == []


def test_what_is_only_counted_asks_neither_for_consent_nor_for_approval(ready: Home) -> None:
    def count(session: Session, finding: Finding) -> None:
        for link in findings.links_of(session, finding):
            link.shown_as = ShownAs.COUNT
        until("INT-001", YESTERDAY)(session, finding)
        under_terms("INT-001", approved_on=None)(session, finding)

    assert examined(ready, Audience.BODY, count) == []


def correction(session: Session, home: Home, old: str, new: str) -> None:
    """Correct the parent's text as Ana."""
    interview = source(session, "INT-001")
    text = corpus.text_of(session, corpus.newest_revision(session, interview))
    assert old in text
    coding.correct_source(session, home.actor("ana"), source=interview, text=text.replace(old, new))


def test_words_that_a_correction_only_shifted_stand_in_nobodys_way(ready: Home) -> None:
    found = examined(ready, Audience.BODY, lambda s, _f: correction(s, ready, "And then?", "And then, what happened?"))
    assert found == []


def test_words_that_a_correction_changed_wait_for_a_person_and_are_masked_anew(ready: Home) -> None:
    def confirmed(session: Session, finding: Finding) -> None:
        correction(session, ready, "after four", "after five")
        words = link_with(session, finding, PARENT_QUOTE.replace("four", "five")).excerpt
        coding.confirm_words(session, ready.actor("ana"), excerpt=words, seen=words.sha256)

    changed = examined(ready, Audience.BODY, lambda s, _f: correction(s, ready, "after four", "after five"))
    assert "was corrected, and the words of" in str(changed[0])
    assert "changed with it. Confirm them" in str(changed[0])
    assert "was masked when it had other words" in str(changed[1])
    assert [str(each) for each in examined(ready, Audience.BODY, confirmed)] == [str(changed[1])]


def test_words_that_a_correction_took_away_are_not_released_whoever_left_them_out(ready: Home) -> None:
    def left_out(session: Session, finding: Finding) -> None:
        correction(session, ready, PARENT_QUOTE, "")
        words = link_with(session, finding, PARENT_QUOTE).excerpt
        coding.leave_out(session, ready.actor("ana"), excerpt=words, seen=words.sha256)

    for change in (lambda s, _f: correction(s, ready, PARENT_QUOTE, ""), left_out):
        (only,) = examined(ready, Audience.BODY, change)
        assert "are gone from it" in str(only)
