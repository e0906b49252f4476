"""Known names are found wherever they would be read."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy, release
from ia_workbench.corpus import Source, SourceFile, SourceKind
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.publication import Audience
from ia_workbench.release import Obstacle
from tests.support import Home
from tests.support.releasing import PARENT_QUOTE, give_to_body

Change = Callable[[Finding], None]


def found_after(ready: Home, change: Callable[[Session, Finding], None]) -> list[Obstacle]:
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        give_to_body(session, ready, finding)
        change(session, finding)
        for link_id, mask in release.masks_for(session, finding).items():  # two people saw it and vouched
            link = session.get_one(EvidenceLink, link_id)
            mask.shown_sha256 = release.shown_of(link, release.spans_of(link, mask)).digest
        session.flush()  # the gate reads what is stored
        found = release.obstacles(session, finding, Audience.PUBLIC)
        session.rollback()
        return found


def list_names(session: Session, *names: str) -> None:
    study = privacy.study_keyed(session, "cedar")
    study.settings = {**study.settings, "names": list(names)}


@pytest.mark.parametrize("field", ["matters", "plain", "step_note", "content_note"])
def test_a_name_on_the_studys_list_is_found_in_every_text(ready: Home, field: str) -> None:
    def write(session: Session, finding: Finding) -> None:
        list_names(session, "Dana Okoro", "Reed")
        setattr(finding, field, {"en": "The form was shown by DANA\nOKORO.", "es": "Reed lo mostró."})

    texts = [str(each) for each in found_after(ready, write)]
    assert [each.split(" stands")[0] for each in texts] == ["“Dana Okoro”", "“Reed”"]
    assert f"stands in {field.replace('_', ' ')}: a name on the study's list" in texts[0]


def test_names_in_small_letters_hide_no_name_elsewhere(ready: Home) -> None:
    def write(session: Session, finding: Finding) -> None:
        list_names(session, "Tasha Brennick", "Dana Okoro", "Carol Whitcombe", "Miriam Solberg")
        finding.statement = (
            "ms. okoro and tasha and whitcombe decide alone. Ms. Okoro agrees, and so does Tasha, and Mrs. Whitcombe; "
            "solberg too."
        )

    found = {str(each).split(" stands")[0] for each in found_after(ready, write) if each.place == "statement"}
    assert found == {"“Tasha Brennick”", "“Ms. Okoro”", "“Carol Whitcombe”", "“Miriam Solberg”"}


def test_a_name_within_a_longer_word_is_no_name(ready: Home) -> None:
    def write(session: Session, finding: Finding) -> None:
        list_names(session, "Ree")
        finding.strengths = "Three agreed, Reed among them."

    assert found_after(ready, write) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("P-14 said so", "a key of a participant"),
        ("as in C-01", "a key of a case"),
        ("see INT-014.", "a key of a source"),
        ("file tasha_brennick_int-001 says", "the name of a file"),
        ("Tasha Brennick INT 001 says", "the name of a file"),
        ("Ms. Okoro was kind", "masked in E-0001"),
        ("shifts at halvorsen packing", "masked in E-0001"),
    ],
)
def test_what_points_at_a_person_or_source_is_found(ready: Home, words: str, what: str) -> None:
    def write(_session: Session, finding: Finding) -> None:
        finding.strengths = words

    found = found_after(ready, write)
    assert [each.place for each in found] == ["strengths"]
    assert what in str(found[0])


def test_a_name_in_the_words_of_one_piece_of_evidence_is_told_with_its_keys(ready: Home) -> None:
    def write(session: Session, finding: Finding) -> None:
        link = next(each for each in findings.links_of(session, finding) if each.excerpt.quote == PARENT_QUOTE)
        link.translation = {"es": "La señora Okoro giró la pantalla en Halvorsen Packing."}

    found = found_after(ready, write)
    told = ("E-0001", "INT-001", "E-0001 (INT-001)")
    assert [(each.evidence, each.source, each.label) for each in found] == [told, told]
    assert "“Ms. Okoro” stands in translation of E-0001: masked in E-0001" in str(found[0])
    assert "“Halvorsen Packing” stands in translation of E-0001: masked in E-0001" in str(found[1])


def test_a_speaker_is_never_told_by_office(ready: Home) -> None:
    def write(session: Session, finding: Finding) -> None:
        links = findings.links_of(session, finding)
        links[0].speaker = {"en": "A caseworker at North"}

    assert [str(each) for each in found_after(ready, write)] == [
        "The words for who speaks in E-0001 name an office, “North”. Say the standpoint only."
    ]


def test_files_with_everyday_names_are_no_obstacle(ready: Home) -> None:
    def rename(session: Session, finding: Finding) -> None:
        for number, file in enumerate(session.scalars(select(SourceFile))):
            file.name = ("parent.docx", "form.txt", "judge.md", "policy.docx")[number]
        finding.strengths = "The parent read the form, the judge the policy."

    assert found_after(ready, rename) == []


def test_a_file_called_after_the_policy_it_holds_is_no_obstacle(ready: Home) -> None:
    def rename(session: Session, finding: Finding) -> None:
        form = session.scalars(select(Source).where(Source.kind == SourceKind.INSTITUTIONAL_TEXT)).one()
        session.get_one(SourceFile, form.id).name = "court report template.docx"
        finding.strengths = "The court report template has one strong side."

    assert found_after(ready, rename) == []


@pytest.mark.parametrize(
    "words",
    ["see Mar&iacute;a", "example.org/Mar%C3%ADa-N%C3%BA%C3%B1ez", "N&#250;&#xF1;ez", "M%61ria", "Mar&amp;iacute;a"],
)
def test_a_name_is_found_as_web_pages_and_addresses_write_it(ready: Home, words: str) -> None:
    def change(session: Session, finding: Finding) -> None:
        list_names(session, "María Núñez")
        finding.statement += f" {words}."

    assert any("María Núñez" in str(each) for each in found_after(ready, change))
    assert not any("María" in str(each) for each in found_after(ready, lambda session, _: list_names(session, "María")))
