"""Real captions, tables, exports and PDFs by other people: the numbers that the folder's own README gives."""

import csv
import html
import json
from pathlib import Path

import pytest

from ia_workbench import corpus
from ia_workbench.corpus import AnchorKind, ReadFile
from ia_workbench.kernel import Refused

HYPHENS = ("fast-moving", "well-maintained", "well-made", "cross-platform", "long-term")


def read(path: Path) -> ReadFile:
    return corpus.read_file(path.name, path.read_bytes())


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read(path)
    return str(caught.value)


def spoken(file: ReadFile) -> list[corpus.FoundTurn]:
    return [turn for turn in corpus.find_turns(file.text, file.convention).turns if turn.speaker]


def counts(file: ReadFile) -> tuple[int, int]:
    turns = spoken(file)
    return len(turns), len({turn.speaker for turn in turns})


def test_captions_of_the_same_talk_are_the_same_turns(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts" / "made_same_text"
    voices, names = read(folder / "trademarks.vtt"), read(folder / "trademarks.srt")
    assert voices.text == names.text
    assert counts(voices) == counts(names) == (102, 3)
    assert len(voices.anchors) == len(names.anchors) == 1210
    assert (voices.anchors[-1].label, voices.notes) == ("01:10:30", ())  # it ends at 4233.18 s


@pytest.mark.parametrize(
    ("name", "cues"),
    [
        ("caption_fixtures_vtt_srt_docx/chunk_test.vtt", 10),
        ("caption_fixtures_vtt_srt_docx/chunk_test.srt", 10),
        ("caption_fixtures_vtt_srt_docx/transcript-example.vtt", 21),
        ("caption_fixtures_vtt_srt_docx/captions-example.srt", 21),
        ("podcast_namespace_html_json_srt_vtt/example.srt", 222),
        ("podcast_namespace_html_json_srt_vtt/example.vtt", 7),
    ],
)
def test_every_caption_has_its_anchor(name: str, cues: int, shared_data: Path) -> None:
    file = read(shared_data / "1_transcripts" / name)
    assert [each.kind for each in file.anchors] == [AnchorKind.TIME] * cues


def test_captions_that_are_none_are_refused_and_damaged_ones_told(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts" / "caption_fixtures_webvtt_py"
    for name in (
        "invalid_format1.srt",
        "invalid_format2.srt",
        "invalid_format4.srt",
        "invalid_format.sbv",
        "no_captions.vtt",
    ):
        assert "holds no captions with times" in refusal(folder / name)
    assert refusal(folder / "empty.vtt") == "empty.vtt is empty."
    for name in ("invalid.vtt", "invalid_timeframe.vtt", "invalid_timeframe_in_cue_text.vtt", "missing_timeframe.srt"):
        file = read(folder / name)
        assert file.notes, name
        assert "Caption text #2" in file.text


@pytest.mark.parametrize(
    ("name", "rows", "speakers"),
    [("armantrout__265908.csv", 525, 4), ("gluck.csv", 352, 3), ("mcmichael.csv", 426, 4)],
)
def test_every_row_of_an_interview_is_in_the_text(name: str, rows: int, speakers: int, shared_data: Path) -> None:
    path = shared_data / "1_transcripts" / "idaho_oral_history_csv" / name
    with path.open(encoding="utf-8-sig", newline="") as lines:
        said = [html.unescape(row["words"]).split() for row in csv.DictReader(lines)]
    file = read(path)
    place = 0
    for words in said:
        place = file.text.index(" ".join(words), place)
    assert (len(said), counts(file)[1]) == (rows, speakers)


def test_a_survey_has_its_respondents_attributes_and_answers(shared_data: Path) -> None:
    file = read(shared_data / "2_coded" / "qualcoder_examples" / "survey789.xlsx")
    assert [each.label for each in file.respondents] == ["ID7", "ID8", "ID9"]
    assert {question for each in file.respondents for question, _ in each.answers} == {"Age", "Gender", "Interest"}
    assert counts(file) == (6, 3)


@pytest.mark.parametrize(
    ("name", "turns", "blocks"), [("1991.90-1488-t01.json", 245, 506), ("2020.19-123-t01.json", 340, 675)]
)
def test_hearings_have_their_turns_and_blocks(name: str, turns: int, blocks: int, shared_data: Path) -> None:
    path = shared_data / "1_transcripts" / "scotus_child_welfare_json" / name
    sections = json.loads(path.read_bytes())["transcript"]["sections"]
    written = [block["text"] for section in sections for turn in section["turns"] for block in turn["text_blocks"]]
    file = read(path)
    assert len(spoken(file)) == turns
    assert len(written) == blocks
    assert len(file.anchors) == sum(bool(words.strip()) for words in written)


def test_other_shapes_of_json_are_found_and_case_facts_are_refused(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts"
    assert counts(read(folder / "metamuse_txt_json" / "65-trademarks.json")) == (129, 3)
    assert counts(read(folder / "podcast_namespace_html_json_srt_vtt" / "example.json")) == (2, 2)
    assert "holds no transcript" in refusal(folder / "scotus_child_welfare_json" / "2020.19-123.json")


def test_the_pdf_of_a_talk_is_its_text(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts" / "made_same_text"
    plain, pdf = read(folder / "longevity.txt"), read(folder / "longevity.pdf")
    assert pdf.text == plain.text.rstrip("\n")
    assert (*counts(pdf), len(pdf.text.split("\n"))) == (60, 2, 60)
    kept = [pdf.text[:at].split()[-1] + pdf.text[at:].split()[0] for each in pdf.changes if (at := each.at)]
    assert {word.strip(",.") for word in kept} == set(HYPHENS)


def test_two_columns_are_in_order(shared_data: Path) -> None:
    file = read(shared_data / "6_awkward" / "pdf_sample_files" / "multicolumn.pdf")
    assert "Vivamus viverra fermentum felis. Donec nonummy pellentesque ante." in file.text
    assert "Reading left out 30 hyphens at line ends." in file.notes


def test_pages_carry_the_labels_of_the_file(shared_data: Path) -> None:
    file = read(shared_data / "6_awkward" / "pdf_pdfminer" / "pagelabels.pdf")
    assert [each.label for each in file.anchors] == ["iii", "iv", "1", "2", "1"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("6_awkward/pdf_sample_files/imagemagick-images.pdf", "holds pictures of pages and no text"),
        ("3_childwelfare/state_policy_documents/Genogram_MI.pdf", "holds pictures of pages and no text"),
        ("6_awkward/pdf_pdfminer/issue-791-non-unicode-cmap.pdf", "fonts that do not say which letters"),
        ("6_awkward/pdf_qpdf_malformed/encrypted-40-bit-R3.pdf", "is locked by a password"),
        ("6_awkward/pdf_qpdf_malformed/issue-146.pdf", "is damaged or incomplete"),
        ("6_awkward/pdf_qpdf_malformed/issue-147.pdf", "is not a PDF, or it is damaged"),
        ("6_awkward/pdf_qpdf_malformed/issue-335b.pdf", "is not a PDF, or it is damaged"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused_with_their_reason(name: str, sentence: str, shared_data: Path) -> None:
    assert sentence in refusal(shared_data / name)


def test_a_long_policy_is_read_whole_and_its_running_headers_left_out(shared_data: Path) -> None:
    file = read(shared_data / "3_childwelfare" / "state_policy_documents" / "18-B1_0.pdf")
    assert len(file.anchors) == 247
    assert len(file.text) > 490_000
    header = "Iowa Department of Health and Human Services Employees’ Manual"  # once a page, 244 times in all
    assert file.text.count(header) < 5
    assert f"{header} (244)" in [each.words for each in file.changes]
