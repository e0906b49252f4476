"""PDFs: paragraphs in reading order, pages as anchors, and every thing that is no text told."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import AnchorKind, ReadFile, Treatment, read_file
from ia_workbench.kernel import Refused
from tests.support.pdf_files import LEADING, TOP, PdfPage, page_of, pdf_file

WRAPPED = (
    "The worker said that the visits would begin again as soon as the court had agreed to the",
    "new plan, and that nobody in the office had been told of it before the hearing took place in",
    "the spring of that year.",
)
PARAGRAPH = " ".join(WRAPPED)


def read(*pages: PdfPage, **more: str) -> ReadFile:
    return read_file("a.pdf", pdf_file(pages, **more))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_file("a.pdf", content)
    return str(caught.value)


def test_lines_that_were_broken_to_fit_the_page_are_one_paragraph() -> None:
    assert read(page_of(*WRAPPED, "", "Nobody came.", *WRAPPED)).text == f"{PARAGRAPH}\nNobody came.\n{PARAGRAPH}"


def test_short_lines_stay_lines() -> None:
    assert read(page_of("Name:", "Date:", "Place of the visit:")).text == "Name:\nDate:\nPlace of the visit:"


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [(60, TOP, WRAPPED[0]), (60, TOP - LEADING, WRAPPED[1]), (80, TOP - 2 * LEADING, WRAPPED[0])]
    assert read(PdfPage(lines)).text.split("\n") == [f"{WRAPPED[0]} {WRAPPED[1]}", WRAPPED[0]]


def test_a_speaker_begins_a_paragraph_behind_a_full_line() -> None:
    said = [f"P1: {WRAPPED[0][:80]}", "I: And then?", f"P1: {WRAPPED[1][:80]}", "I: And who was there?"] * 3
    assert read(page_of(*said)).text.split("\n") == said


def test_a_paragraph_runs_on_over_the_end_of_a_page() -> None:
    found = read(page_of("First words.", "", *WRAPPED[:2]), page_of(WRAPPED[2], "", "Last words."))
    assert found.text == f"First words.\n{PARAGRAPH}\nLast words."
    assert found.text[found.anchors[1].at :].startswith("the spring of that year.")


def test_a_line_that_a_page_repeats_of_the_one_before_is_left_out_and_told() -> None:
    found = read(
        page_of("First words.", "", WRAPPED[0]), page_of(WRAPPED[0], WRAPPED[1], WRAPPED[2], "", "Last words.")
    )
    assert found.text == f"First words.\n{PARAGRAPH}\nLast words."
    told = [each for each in found.changes if each.what == "line repeated on the next page"]
    assert [(each.words, found.text[each.at :][:8]) for each in told] == [(WRAPPED[0], "new plan")]


def test_a_short_answer_that_is_given_again_on_the_next_page_stays() -> None:
    assert read(page_of("I: Again?", "P1: Yes, every time."), page_of("P1: Yes, every time.")).text.count("Yes") == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    columns = [
        page_of(*(f"{side} {number}" for number in range(5)), left=x) for side, x in (("left", 60), ("right", 320))
    ]
    found = read(PdfPage([*columns[0].lines, *columns[1].lines]))
    assert found.text.split("\n") == [f"{side} {number}" for side in ("left", "right") for number in range(5)]


def test_pages_are_anchors_with_the_labels_of_the_file() -> None:
    pages = [page_of("Preface."), page_of("More."), page_of("Text.")]
    named = read(*pages, labels="0 << /S /r /St 4 >> 2 << /S /D >>")
    assert [(each.kind, each.label) for each in named.anchors] == [
        (AnchorKind.PAGE, "iv"),
        (AnchorKind.PAGE, "v"),
        (AnchorKind.PAGE, "1"),
    ]
    assert [named.text[each.at :].split()[0] for each in named.anchors] == ["Preface.", "More.", "Text."]
    assert [each.label for each in read(*pages).anchors] == ["1", "2", "3"]


def test_running_headers_and_page_numbers_are_left_out_and_told() -> None:
    pages = [
        PdfPage([(60, 800, "Manual of Riverbend County"), (60, 700, f"Rule {word}."), (290, 40, f"Page {number} of 4")])
        for number, word in enumerate(("one", "two", "three", "four"), start=1)
    ]
    found = read(*pages)
    assert found.text == "Rule one.\nRule two.\nRule three.\nRule four."
    told = [(each.treatment, each.words) for each in found.changes]
    assert told == [
        (Treatment.LEFT_OUT, "Manual of Riverbend County (4)"),
        (Treatment.LEFT_OUT, "Page 1 of 4 (4)"),
    ]
    assert "Reading left out 2 page header or footer lines." in found.notes


def test_what_only_two_pages_share_stays() -> None:
    found = read(page_of("P: Yes.", "I: Why?"), page_of("P: Yes.", "I: When?"), page_of("P: No.", "I: Who?"))
    assert found.text.split("\n").count("P: Yes.") == 2


def test_numbers_that_count_the_lines_beside_are_left_out() -> None:
    counted = [(30, TOP - LEADING * number, str(number + 1)) for number in range(8)]
    found = read(PdfPage([*page_of(*WRAPPED).lines, *counted]))
    assert found.text == PARAGRAPH
    assert [each.words for each in found.changes] == ["1–8"]


def test_comments_links_fields_and_pictures_are_told_beside_their_line() -> None:
    page = page_of("The first line of the page.", "", "", "Second line, below it.")
    page.has_picture = True
    low = f"/Rect [60 {TOP - 3 * LEADING} 90 {TOP - 3 * LEADING + 10}]"
    page.annotations = [
        f"/Subtype /Text {low} /Contents (Was she asked?) /T (Ana Bravo)",
        f"/Subtype /Link {low} /A << /S /URI /URI (https://example.org/plan) >>",
        f"/Subtype /Widget /FT /Tx {low} /T (case) /V (closed)",
    ]
    found = read(page)
    told = {each.what: each for each in found.changes}
    assert set(told) == {"picture", "mark on a page", "address of a link", "form field"}
    comment = told["mark on a page"]
    assert (comment.words, comment.by) == ("Was she asked?", "Ana Bravo")
    assert comment.at == found.text.index("Second")
    assert told["address of a link"].words == "https://example.org/plan"
    assert told["form field"].words == "case: closed"


def test_a_script_in_the_file_is_not_run_and_harms_nothing() -> None:
    found = read(page_of("Words."), catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    assert found.text == "Words."


def test_a_scanned_file_is_refused_with_what_to_do() -> None:
    scan = PdfPage(has_picture=True)
    sentence = refusal(pdf_file([scan, scan]))
    assert sentence.startswith("a.pdf holds pictures of pages and no text.")
    assert "recognised (OCR)" in sentence


def test_a_page_without_text_among_others_is_told() -> None:
    found = read(page_of(*WRAPPED), PdfPage(has_picture=True), page_of(*WRAPPED))
    blank = next(each for each in found.changes if each.what == "page without text")
    assert (blank.words, len(found.anchors)) == ("2", 3)


def test_fonts_without_letters_are_refused() -> None:
    font = (
        "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [65 "
        + " ".join(f"/odd{number}" for number in range(58))
        + "] >>"
    )
    assert "fonts that do not say which letters" in refusal(pdf_file([page_of("WordsWordsWordsWords")], font=font))


def test_a_locked_or_damaged_file_is_refused() -> None:
    good = pdf_file([page_of("Words.")])
    assert "is damaged or incomplete" in refusal(b"%PDF-1.7\n" + b"\0" * 100)
    locked = good.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32),
    )
    assert "is locked by a password" in refusal(locked)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(pdf_file([page_of(*WRAPPED), page_of("More.")], labels="0 << /S /r >>"))
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        found = read_file("a.pdf", bytes(content))
        assert all(0 <= each.at <= len(found.text) for each in found.anchors)


PLAIN = st.text("abcdefghij ", min_size=1, max_size=60).map(lambda words: f"x{words.strip()}y")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=1, max_size=12), min_size=1, max_size=4))
def test_no_word_is_lost_and_pages_begin_at_their_first_word(pages: list[list[str]]) -> None:
    found = read(*(page_of(*lines) for lines in pages))
    told = [word for each in found.changes for word in each.words.split()]
    words = [word for lines in pages for line in lines for word in line.split()]
    assert found.text.split() == words or told
    if not told:
        assert [found.text[each.at :].split()[0] for each in found.anchors] == [lines[0].split()[0] for lines in pages]


def test_drawings_that_draw_each_other_end_their_child_alone() -> None:
    inside = b"BT /F1 24 Tf (Hello world) Tj ET /X1 Do /X1 Do /X1 Do"
    form = b"<< /Subtype /Form /BBox [0 0 9 9] /Length %d /Resources << /XObject << /X1 %d 0 R >> >> >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 300] /Contents 4 0 R "
        b"/Resources << /XObject << /X1 5 0 R >> >> >>",
        b"<< /Length 6 >>\nstream\n/X1 Do\nendstream",
        *(form % (len(inside), other) + b"\nstream\n" + inside + b"\nendstream" for other in (6, 5)),
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, 1))
    bomb = b"%PDF-1.4\n" + objects + b"trailer\n<< /Size 7 /Root 1 0 R >>\n%%EOF"
    with pytest.raises(Refused):
        read_file("a.pdf", bomb)
    assert read_file("b.txt", b"P: Yes.").text == "P: Yes."
