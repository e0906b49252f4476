"""What crosses over: masked words, opaque keys, and nothing else of the evidence."""

import json
import re
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import select

from ia_workbench import findings, release
from ia_workbench.briefs import write_brief
from ia_workbench.corpus import ConsentScope, Source, SourceKind
from ia_workbench.publication import NOT_CLEARED, Audience, Cell, Family, PackageContent, Passage, ShownAs, Strength
from ia_workbench.release import speaker_words
from tests.support import Home
from tests.support.releasing import FORM_QUOTE, JUDGE_QUOTE, PARENT_QUOTE, PARENT_SHOWN, ROOT, mask_as
from tests.support.sources import add_source

IDENTIFYING = ("Okoro", "Halvorsen", "INT-001", "REC-01", "P-01", "P-14", "C-01", "North", "brennick", "caseworker")


def package(home: Home, audience: Audience = Audience.BODY) -> PackageContent:
    with home.session(home.actor("ana"), writes=False) as session:
        return release.build_package(session, findings.finding_keyed(session, home.study_id, "F-01"), audience)


def test_a_package_holds_masked_words_and_nothing_that_identifies(ready: Home) -> None:
    content = package(ready)
    text = json.dumps(content.to_json(), ensure_ascii=False)
    assert [each.words for each in content.evidence] == [PARENT_SHOWN, FORM_QUOTE, JUDGE_QUOTE, ""]
    assert [each for each in IDENTIFYING if each in text] == []
    assert PackageContent.from_json(content.to_json()) == content


def test_an_uncleared_quote_is_a_placeholder_and_its_translation_stays_behind(unmasked: Home) -> None:
    with unmasked.session(unmasked.actor("ana")) as session:
        finding = findings.finding_keyed(session, unmasked.study_id, "F-01")
        findings.links_of(session, finding)[0].translation = {"es": "La señora Okoro giró la pantalla."}
    content = package(unmasked)
    assert [each.words for each in content.quotes] == [NOT_CLEARED] * 3
    assert not content.evidence[0].translation
    text = json.dumps(content.to_json(), ensure_ascii=False)
    assert [each for each in ("Okoro", PARENT_QUOTE, FORM_QUOTE, JUDGE_QUOTE) if each in text] == []


def test_a_mask_that_waits_for_its_second_person_shows_nothing_yet(ready: Home) -> None:
    with ready.session(ready.actor("carla")) as session:
        link = findings.link_keyed(session, ready.study_id, "E-0001")
        mask_as(session, ready.actor("carla"), link)
    assert [each.words for each in package(ready).quotes] == [NOT_CLEARED, FORM_QUOTE, JUDGE_QUOTE]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_confirmed_quote_without_consent_for_the_audience_shows_nothing(ready: Home, audience: Audience) -> None:
    with ready.session(ready.actor("ana")) as session:
        source = session.scalars(select(Source).where(Source.key == "INT-014")).one()
        source.consent = ConsentScope.QUOTE_IN_REPORT
        session.scalars(select(Source).where(Source.key == "REC-01")).one().consent = ConsentScope.ANALYSIS_ONLY
    judge = package(ready, audience).evidence[2]
    assert judge.words == (JUDGE_QUOTE if audience is Audience.PUBLIC else NOT_CLEARED)
    assert package(ready, audience).evidence[3].paraphrase.en == NOT_CLEARED


def test_evidence_of_a_withdrawn_source_stays_behind(ready: Home) -> None:
    with ready.session(ready.actor("ana")) as session:
        source = session.scalars(select(Source).where(Source.key == "INT-001")).one()
        source.withdrawn_at = ready.clock()
    assert [each.key for each in package(ready).evidence] == ["E-0002", "E-0003", "E-0004"]


def test_the_evaluation_the_map_and_the_levers_cross_over(ready: Home) -> None:
    content = package(ready, Audience.PUBLIC)
    assert (content.stage, content.release_level, content.strength) == ("draft", "public", Strength.EMERGING)
    assert (content.counts.independent_units, content.counts.sources, content.counts.offices) == (2, 3, 1)
    assert (content.counts.first_month, content.counts.last_month) == ("2026-02", "2026-02")
    assert len(content.rule.lines) == 9
    assert content.rule.lines[0].required == 3
    cells = {each.family: each.cell for each in content.families}
    assert (cells[Family.FAMILY_VOICE], cells[Family.PARTNER_VOICE]) == (Cell.SUPPORTS, Cell.MIXED)
    here = [step for step in content.strip if step.is_here]
    assert [step.key for step in here] == ["N-14"]
    assert next(step for step in content.strip if step.key == "N-13").passage is Passage.HERE
    assert here[0].plain.es
    assert [(each.key, each.name, each.evidence) for each in content.levers] == [
        ("ADM", "Administrative practices", ("E-0002",))
    ]
    assert [each.shown for each in content.evidence][-1] is ShownAs.PARAPHRASE


def test_evidence_that_names_no_lever_stands_for_the_only_one(ready: Home) -> None:
    with ready.session(ready.actor("ana")) as session:
        findings.link_keyed(session, ready.study_id, "E-0002").lever = None
    content = package(ready)
    assert [each.evidence for each in content.levers] == [("E-0002",)]
    assert content.evidence[1].lever == "ADM"


def test_speakers_are_standpoints(ready: Home) -> None:
    assert [each.speaker.en for each in package(ready).evidence] == [
        "A parent",
        "An institutional text",
        "Someone at the court",
        "A case record",
    ]


@pytest.mark.parametrize("kind", [kind for kind in SourceKind if kind is not SourceKind.DEBRIEF])
def test_every_kind_and_standpoint_has_words_in_both_languages(kind: SourceKind) -> None:
    words = speaker_words(kind, "a standpoint of this study", {})
    assert all(words[language] for language in ("en", "es"))


def warned(home: Home, sharing: int, speaker: dict[str, str]) -> list[str]:
    """The warnings when so many participants share the judge's worker role, and the judge is told in these words."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        judge = session.scalars(select(Source).where(Source.key == "INT-014")).one()
        judge.worker_role, judge.office = "Judge", "North"
        for number in range(1, sharing):
            one_more = add_source(
                session, home, key=f"INT-9{number}", text=f"JUDGE: {number}.\n", participants=(f"P-9{number}",)
            )
            one_more.worker_role, one_more.office = "judge", "North"
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        findings.link_keyed(session, home.study_id, "E-0003").speaker = speaker
        session.flush()  # the gate reads what is stored
        warnings = [str(each) for each in release.examine(session, finding, Audience.BODY).warnings]
        session.rollback()
    return warnings


def test_a_speaker_described_in_a_role_that_few_share_is_to_be_looked_at_once_more(ready: Home) -> None:
    (told,) = warned(ready, 4, {"en": "A judge"})
    assert told.startswith("E-0003 is told as “A judge”; in the register, 4 with the worker role and office")
    assert warned(ready, 5, {"en": "A judge"}) == []
    assert warned(ready, 1, {}) == [], "general words name no role"


def test_the_teams_own_words_for_a_speaker_go_first() -> None:
    given = {"en": "A father", "es": ""}
    assert speaker_words(SourceKind.INTERVIEW, "parent", given) == {"en": "A father", "es": "Una madre o un padre"}


def test_building_twice_gives_the_same_bytes(ready: Home) -> None:
    assert package(ready).canonical_bytes == package(ready).canonical_bytes


@pytest.mark.parametrize("as_draft", [False, True])
def test_no_file_within_a_brief_holds_raw_words(ready: Home, unmasked: Home, as_draft: bool) -> None:
    template = (ROOT / "templates" / "finding_brief.docx").read_bytes()
    content = package(unmasked if as_draft else ready)
    brief = write_brief(content, None, template=template, draft=as_draft)
    with zipfile.ZipFile(BytesIO(brief)) as packed:
        everything = b"\n".join(packed.read(name) for name in packed.namelist())
    words = (*IDENTIFYING, PARENT_QUOTE, *((FORM_QUOTE, JUDGE_QUOTE) if as_draft else ()))
    # Runs are joined, so that a name cut in two by markup is found as well.
    said = everything + re.sub(rb"<[^>]+>", b"", everything)
    assert [each for each in words if each.encode() in said] == []
    assert (NOT_CLEARED.encode() in said) is as_draft
    assert (b"The worker turned the screen" in said) is not as_draft


def test_readers_see_which_words_come_from_one_source_by_keys_of_this_package_alone(ready: Home) -> None:
    content = package(ready)
    sources = [each.source for each in content.evidence]
    assert sources[0] == "S1"
    assert list(dict.fromkeys(sources)) == [f"S{number}" for number in range(1, len(set(sources)) + 1)]
    assert content.evidence[0].cited == "E-0001, S1"
