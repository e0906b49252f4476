"""The brief as a Word document: whole, reproducible, closed against what is not cleared, and naming nobody."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from ia_workbench.briefs import Edition, write_brief
from ia_workbench.kernel import Refused
from ia_workbench.publication import NOT_CLEARED, Words
from tests.briefs.bodies import BODY, FULL, SECTIONS
from tests.briefs.words import TEMPLATE, bytes_of, document

EDITION = Edition(3, 8, date(2026, 4, 14))
UNCLEARED = replace(
    FULL, evidence=tuple(replace(each, words=NOT_CLEARED, translation=Words()) for each in FULL.evidence[:3])
)


@pytest.fixture(scope="module")
def template() -> bytes:
    return TEMPLATE.read_bytes()


@pytest.fixture(scope="module")
def brief(template: bytes) -> bytes:
    return write_brief(FULL, BODY, template=template, edition=EDITION)


def parts(brief: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(brief)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def words_of(brief: bytes) -> str:
    """Everything the document says, headers and footers included."""
    texts = [data.decode() for name, data in parts(brief).items() if re.match(r"word/(document|header|footer)", name)]
    return " ".join(re.sub(r"<[^>]+>", "", text) for text in texts)


def headings(brief: bytes, level: int) -> list[str]:
    made = docx.Document(BytesIO(brief))
    style = f"Heading {level}"
    return [
        docx.text.paragraph.Paragraph(each, made).text
        for each in made.element.body.iter(qn("w:p"))
        if docx.text.paragraph.Paragraph(each, made._body).style.name == style
    ]


def test_the_sections_stand_in_the_order_of_the_method(brief: bytes) -> None:
    assert headings(brief, 1) == [FULL.statement]
    assert headings(brief, 2) == SECTIONS


def test_each_section_says_what_the_package_says(brief: bytes) -> None:
    text = words_of(brief).replace("&amp;", "&")
    for expected in (
        "Finding brief 3 of 8, Cedar County reunification",
        "Released 14 April 2026, to the community accountability body",
        FULL.plain.en,
        FULL.plain.es,
        "“Nothing after four, nothing on Saturday.”",
        "A parent. No names are shown; some details may be changed. [E-0001, S1]",
        "ADM",
        "Form 214 accepts one of eight slots. [E-0003]",
        "5 independent units",
        "In English: “They gave me two times and both were during my shift.”",
        "The form does not list those rooms",
        "Of 1,752 visits held",
        "Nine of nine lines",
        "“You make it sound like a form problem. People could have called us back.”",
        "The brief now names this harm.",
        "“The agency confirms the list of slots.”",
        "Received 20 February 2026",
        FULL.sha256[:4],
    ):
        assert expected in text, expected
    assert "{{" not in text


def test_contrary_evidence_stands_before_the_rule(brief: bytes) -> None:
    text = words_of(brief)
    assert text.index("We are open until seven") < text.index("How sure we are")
    assert text.index("Nothing after four") < text.index("5 independent units"), "a family's words go before any number"


def test_quotes_in_another_language_are_marked(brief: bytes) -> None:
    made = docx.Document(BytesIO(brief))
    spanish = [each for each in made.element.body.iter(qn("w:lang")) if each.get(qn("w:val")) == "es"]
    runs = ["".join(text.text or "" for text in each.getparent().getparent().iter(qn("w:t"))) for each in spanish]
    assert "“Me dieron dos horas y las dos eran en mi turno.”" in runs
    assert "“También es el camión.”" in runs


def test_the_picture_has_a_description_and_the_document_a_title_and_a_language(brief: bytes) -> None:
    made = docx.Document(BytesIO(brief))
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Map strip. Steps 13 to 16; the finding sits at step 14")
    assert made.core_properties.title == "Finding brief F-01, Cedar County reunification"
    assert made.core_properties.language == "en"


def test_tables_of_data_have_header_rows(brief: bytes) -> None:
    made = docx.Document(BytesIO(brief))
    marked = [table for table in made.tables if next(table._tbl.iter(qn("w:tblHeader")), None) is not None]
    assert [table.cell(0, 0).text for table in marked] == ["Family voice", "Action"]


def test_the_same_package_gives_the_same_bytes(template: bytes, brief: bytes) -> None:
    assert write_brief(FULL, BODY, template=template, edition=EDITION) == brief
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(brief)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_property_names_anyone_even_when_the_template_does(template: bytes) -> None:
    edited = docx.Document(BytesIO(template))
    edited.core_properties.author = edited.core_properties.last_modified_by = "Someone Real"
    edited.core_properties.comments = edited.core_properties.keywords = "Someone Real"
    brief = write_brief(FULL, BODY, template=bytes_of(edited), edition=EDITION)
    made = parts(brief)
    assert not any(b"Someone Real" in data for data in made.values())
    assert not any(name.startswith(("docProps/app", "docProps/custom", "docProps/thumb", "customXml")) for name in made)


def test_a_package_with_uncleared_words_is_refused_unless_it_is_a_draft(template: bytes) -> None:
    with pytest.raises(Refused, match="words that are not cleared: E-0001, E-0002, E-0003. Only a draft"):
        write_brief(UNCLEARED, BODY, template=template, edition=EDITION)
    assert NOT_CLEARED in words_of(write_brief(UNCLEARED, None, template=template, draft=True))


def test_a_paraphrase_that_is_not_cleared_is_refused_too(template: bytes) -> None:
    record = replace(FULL.evidence[3], paraphrase=Words(en=NOT_CLEARED))
    with pytest.raises(Refused, match="E-0004"):
        write_brief(replace(FULL, evidence=(record,)), BODY, template=template)


def test_a_placeholder_is_not_printed_as_somebodys_words(template: bytes) -> None:
    assert f"“{NOT_CLEARED}" not in words_of(write_brief(UNCLEARED, None, template=template, draft=True))


def test_a_draft_is_marked_in_every_header(template: bytes) -> None:
    made = parts(write_brief(FULL, None, template=template, draft=True))
    headers = {name: data.decode() for name, data in made.items() if name.startswith("word/header")}
    assert len(headers) == 2
    assert all("DRAFT  ·  not released" in text and 'string="DRAFT"' in text for text in headers.values())


def test_a_draft_is_marked_where_the_template_has_no_header_at_all() -> None:
    plain = document("{{statement}}")
    plain.settings.odd_and_even_pages_header_footer = True
    plain.add_section().different_first_page_header_footer = True
    made = parts(write_brief(FULL, None, template=bytes_of(plain), draft=True))
    headers = [data.decode() for name, data in made.items() if name.startswith("word/header")]
    assert len(headers) == 3, "for all pages, even pages and a first page"
    assert all("DRAFT" in text for text in headers)


def test_a_released_brief_is_not_marked_as_a_draft(brief: bytes) -> None:
    assert "DRAFT" not in words_of(brief)


def test_words_cannot_break_the_document(template: bytes) -> None:
    hostile = replace(FULL, statement='</w:t> & <w:p> "{{nobody}}" ]]>', title="a\x00b")
    brief = write_brief(hostile, BODY, template=template, edition=EDITION)
    assert headings(brief, 1) == ['</w:t> & <w:p> "{{nobody}}" ]]>']


def test_a_finding_with_little_to_say_has_no_empty_marks(template: bytes) -> None:
    bare = replace(
        FULL,
        evidence=(),
        levers=(),
        strip=(),
        recommendations=(),
        confidence=None,
        agency_response=None,
        strengths="",
        plain=Words(en="Plain."),
        content_note=Words(),
    )
    text = words_of(write_brief(bare, None, template=template))
    assert "{{" not in text
    for expected in (
        "Finding brief, Cedar County",
        "Not released",
        "No numbers are linked to this finding.",
        "The team has not proposed any yet.",
        "No agency response is recorded.",
        "The community accountability body has not taken a position yet.",
    ):
        assert expected in text
    for absent in ("En español", "What already works", "Before you read on", "[]", "No names are shown"):
        assert absent not in text


@pytest.mark.parametrize("data", [b"", b"not a document", b"PK\x03\x04 damaged"])
def test_a_template_that_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not a Word document"):
        write_brief(FULL, BODY, template=data)


def test_a_zip_of_something_else_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(Refused, match="not a Word document"):
        write_brief(FULL, BODY, template=stream.getvalue())


def test_a_template_with_an_unknown_place_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="{{nobody}}"):
        write_brief(FULL, BODY, template=bytes_of(document("{{nobody}}")))


def test_libreoffice_opens_the_brief_on_two_pages(brief: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "brief.docx").write_bytes(brief)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "brief.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = re.findall(rb"/Type\s*/Page[^s]", (tmp_path / "brief.pdf").read_bytes())
    assert len(pages) == 2
