"""Which way a text is read."""

import unicodedata

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "ha-arab", "he", "iw", "ks", "ku-arab", "nqo", "pa-arab", "prs", "ps", "sd", "syr",
     "ug", "ur", "yi"}
)  # fmt: skip
STRONG_RIGHT_TO_LEFT = frozenset({"R", "AL"})  # classes of UAX #9, the Unicode bidirectional algorithm
LOOKED_AT = 4000  # characters of a text by which its direction is judged


def direction_of(language: str, text: str) -> str:
    """Return `rtl` or `ltr` for a source: as its language is written, else as most letters of its beginning are.

    `language` is a tag of BCP 47 (`ar`, `fa-AF`); a source whose language was never told is judged by its letters.
    """
    tag = language.lower()
    if tag in RIGHT_TO_LEFT or tag.split("-")[0] in RIGHT_TO_LEFT:
        return "rtl"
    classes = [unicodedata.bidirectional(each) for each in text[:LOOKED_AT]]
    right = sum(each in STRONG_RIGHT_TO_LEFT for each in classes)
    return "rtl" if right > classes.count("L") else "ltr"


def has_right_to_left(text: str) -> bool:
    """Say whether any letter of a text is written from right to left."""
    if text.isascii():
        return False
    return any(each >= "\u0590" and unicodedata.bidirectional(each) in STRONG_RIGHT_TO_LEFT for each in set(text))
