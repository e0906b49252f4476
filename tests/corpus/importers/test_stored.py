"""Places hold in the text as it is stored, however its characters join when it is normalised."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ia_workbench.corpus import AnchorKind, Treatment
from ia_workbench.corpus.importers.stored import StoredText, normalised_with
from ia_workbench.kernel import normalise_text

PIECES = st.sampled_from(
    [
        "a",
        "e\u0301",
        "\u0301",
        "\u0323\u0307",
        "\u1112",
        "\u1161",
        "\u11ab",
        "👩‍👧",
        "\u05e9\u05c1",
        "שלום",
        "\u0915\u093c",
        "\r\n",
    ]
)


def test_a_place_behind_decomposed_letters_moves_with_them() -> None:
    text = StoredText()
    text.add("cafe\u0301 e\u0301te\u0301 ")
    at = text.place
    text.add("now")
    text.note("tracked insertion", at, text.place)
    text.anchor(AnchorKind.PAGE, "2")
    text.add(".")
    read = text.read()
    (change,) = read.changes
    assert read.text == "café été now."
    assert (change.at, change.end, change.words) == (9, 12, "now")
    assert read.anchors[0].at == 12


def test_a_place_between_a_letter_and_its_accent_takes_the_whole_letter() -> None:
    text = StoredText()
    text.add("cafe")
    text.add("\u0301 x")
    text.note("tracked insertion", 4, 6)
    (change,) = text.read().changes
    assert (change.at, change.end, change.words) == (3, 5, "é ")


@given(st.lists(PIECES, max_size=12))
@example(["a", "\u0323\u0307", "\u0301"])
def test_a_text_normalised_around_places_is_the_text_normalised(pieces: list[str]) -> None:
    raw = "".join(pieces).replace("\r\n", "\n")
    text, moved = normalised_with(raw, range(len(raw) + 1))
    assert text == normalise_text(raw)
    for place, (begins, ends) in moved.items():
        assert text[:begins] == normalise_text(raw[:place])[:begins]
        assert text[ends:].endswith(normalise_text(raw[place:])[ends - len(text) :] if ends < len(text) else "")
        assert 0 <= ends - begins <= len(raw)


@given(st.lists(st.tuples(PIECES, st.booleans()), max_size=12))
def test_what_was_kept_is_the_words_at_its_place(pieces: list[tuple[str, bool]]) -> None:
    text = StoredText()
    for piece, is_inserted in pieces:
        at = text.place
        text.add(piece)
        if is_inserted:
            text.note("tracked insertion", at, text.place)
    read = text.read()
    assert read.text == normalise_text("".join(piece for piece, _ in pieces))
    for (piece, _), change in zip([each for each in pieces if each[1]], read.changes, strict=True):
        assert change.at is not None
        assert change.end is not None
        assert change.words == read.text[change.at : change.end]
        assert set(decomposed(piece)) <= set(decomposed(change.words))


def decomposed(words: str) -> str:
    return unicodedata.normalize("NFD", words.replace("\r\n", "\n"))


def test_characters_that_cannot_be_stored_are_told_where_they_stood() -> None:
    text = StoredText()
    text.add("\ufeffone\x0c\x01two\ud800")
    read = text.read()
    assert read.text == "one\ntwo"
    assert [(each.what, each.at, each.end) for each in read.changes] == [
        ("page break", 3, 4),
        ("control character that no text needs", 4, None),
        ("control character that no text needs", 7, None),
    ]


def test_places_in_what_is_cut_off_at_the_end_lie_at_the_end() -> None:
    text = StoredText()
    text.add("word\n\n")
    text.note("picture", text.place)
    text.note("tracked insertion", 5, 6)
    read = text.read(stripped="\n")
    assert read.text == "word"
    assert [(each.at, each.end) for each in read.changes] == [(4, None), (4, None)]


def test_long_words_are_cut_with_a_mark() -> None:
    text = StoredText()
    text.add("a" * 5000)
    text.note("tracked insertion", 0, 5000)
    text.note("comment", 0, words="b" * 2000)
    text.note("comment", 0, words="b" * 2001)
    kept, short, long = text.read().changes
    assert kept.words == "a" * 1999 + "…"
    assert short.words == "b" * 2000
    assert long.words == "b" * 1999 + "…"
    assert kept.treatment is Treatment.KEPT


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\ufeff", "\x01\ufeff", "\r\n\ufeff"])
def test_no_stored_text_begins_with_a_byte_order_mark_however_many_there_are(before: str) -> None:
    text = StoredText()
    text.add(before)
    text.add("\ufeffword")
    read = text.read()
    assert normalise_text(read.text) == read.text
    assert read.text.endswith("word")
