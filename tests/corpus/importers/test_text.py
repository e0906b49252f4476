"""Text in every encoding that people still send, and bytes that are no text."""

import codecs

import pytest

from ia_workbench.corpus import read_file
from ia_workbench.corpus.importers.text import characters_of
from ia_workbench.kernel import Refused

SPANISH = "Mamá: Pedí la mañana del sábado, y la señora me dijo que no había sábados.\n" * 20


def test_text_is_stored_with_plain_line_ends_and_composed_letters() -> None:
    read = read_file("a.txt", "one\r\ntwo\rthree\ncafe\u0301\n".encode())
    assert read.text == "one\ntwo\nthree\ncafé\n"
    assert read.notes == ()


def test_markdown_is_kept_as_written() -> None:
    assert read_file("a.md", b"# Title\n\n**P:** *Yes.*  \n").text == "# Title\n\n**P:** *Yes.*  \n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    read = read_file("a.txt", mark + SPANISH.encode(encoding))
    assert read.text == SPANISH
    assert read.notes == ()


def test_a_guessed_encoding_is_told() -> None:
    read = read_file("a.txt", SPANISH.encode("cp1252"))
    assert read.text == SPANISH
    assert len(read.notes) == 1
    assert read.notes[0].startswith("The file is not in UTF-8; it was read as ")


# Two sentences each, and the encodings that they are written in by old programs.
PASSAGES = {
    "western": (
        "La niña dijo que mañana volvería a ver a su mamá en la oficina. ¿Qué pasó después? La señora me explicó todo.",
        ("cp1252", "iso8859-15", "mac_roman", "cp850"),
    ),
    "french": (
        "L'élève a été placé chez sa grand-mère après la décision du "
        "juge. Ça n'a pas été très facile à accepter, où était l'aide?",
        ("cp1252", "mac_roman"),
    ),
    "german": (
        "Das Mädchen wohnte später bei seiner Großmutter. Die Behörde "
        "hörte nicht zu, und wir mußten über alles selbst Bescheid wissen.",
        ("cp1252", "mac_roman"),
    ),
    "polish": (
        "Córka wróciła do domu w piątek wieczorem. Później przyszła "
        "pani z urzędu i zapytała, dlaczego dziecko nie chodziło do szkoły.",
        ("cp1250", "iso8859-2"),
    ),
    "czech": (
        "Dcera se vrátila domů v pátek večer. Potom přišla paní z úřadu a zeptala se, proč dítě nechodilo do školy.",
        ("cp1250", "iso8859-2"),
    ),
    "turkish": (
        "Kızım cuma akşamı eve döndü. Daha sonra büroya bağlı "
        "bir kadın geldi ve çocuğun neden okula gitmediğini sordu.",
        ("cp1254", "iso8859-9"),
    ),
    "russian": (
        "Дочь вернулась домой в пятницу вечером. Потом пришла "
        "женщина из учреждения и спросила, почему ребёнок не ходил в школу.",
        ("cp1251", "koi8_r", "iso8859-5"),
    ),
    "greek": (
        "Η κόρη μου γύρισε σπίτι την Παρασκευή το βράδυ. Μετά ήρθε μια "
        "κυρία από την υπηρεσία και ρώτησε γιατί το παιδί δεν πήγαινε σχολείο.",
        ("cp1253", "iso8859-7"),
    ),
    "hebrew": (
        "הבת שלי חזרה הביתה ביום שישי בערב. אחר כך באה אישה מהמשרד ושאלה למה הילד לא הלך לבית הספר.",
        ("cp1255",),
    ),
    "arabic": (
        "عادت ابنتي إلى البيت مساء يوم الجمعة. بعد ذلك جاءت سيدة من المكتب وسألت لماذا لم يذهب الطفل إلى المدرسة.",
        ("cp1256",),
    ),
    "japanese": (
        "娘は金曜日の夜に家に帰りました。そのあと役所の女性が来て、なぜ子どもが学校に行かなかったのか聞きました。",
        ("shift_jis", "euc_jp"),
    ),
    "chinese": (
        "女儿星期五晚上回到了家。后来办公室的一位女士来了，问孩子为什么没有上学。",
        ("gb18030",),
    ),
    "korean": (
        "딸은 금요일 저녁에 집에 돌아왔다. 그 뒤에 사무실에서 여자가 와서 왜 아이가 학교에 가지 않았는지 물었다.",
        ("cp949",),
    ),
}
WRITTEN = [(encoding, words) for words, encodings in PASSAGES.values() for encoding in encodings]


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize(("encoding", "words"), WRITTEN, ids=[encoding for encoding, _ in WRITTEN])
def test_short_and_long_passages_in_old_encodings_are_read_right(encoding: str, words: str, times: int) -> None:
    text = "\n".join([words] * times)
    assert characters_of("a.txt", text.encode(encoding))[0] == text


@pytest.mark.parametrize("words", ["mother–child work, “good”, it’s", "naïve O’Brien – 90 £", "McGill ÉCOLE Renée"])
def test_dashes_and_quotation_marks_of_windows_are_not_taken_for_letters_of_a_mac(words: str) -> None:
    assert characters_of("a.txt", words.encode("cp1252"))[0] == words


def test_an_encoding_is_recognised_by_lines_far_down() -> None:
    far_down = "A plain line of English words.\n" * 20_000 + SPANISH
    assert read_file("a.txt", far_down.encode("cp1252")).text == far_down


def test_text_that_breaks_its_own_mark_is_refused() -> None:
    with pytest.raises(Refused, match="not readable as utf-8"):
        read_file("a.txt", codecs.BOM_UTF8 + b"caf\xe9 au lait")


@pytest.mark.parametrize(
    "content",
    [b"P: Yes.\0\0\0", b"MZ\x90\0\x03\0\0\0", bytes(range(1, 32)) * 40, "no mark".encode("utf-16-le")],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="is not a text file, or it is damaged"):
        read_file("a.txt", content)


def test_a_stray_control_character_is_left_out_with_a_note() -> None:
    read = read_file("a.txt", b"word " * 100 + b"\x01\x7fend")
    assert read.text.endswith("word end")
    assert read.notes == ("Reading left out 2 control characters that no text needs.",)


def test_page_breaks_become_line_ends_with_a_note() -> None:
    read = read_file("a.txt", b"page one\x0cpage two")
    assert read.text == "page one\npage two"
    assert read.notes == ("Reading put a line end in place of 1 page break.",)
