"""Operations on codes that are there, each with what makes them ready."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ia_workbench import codebook, coding
from ia_workbench.codebook import Code
from ia_workbench.coding import CodeSplit, Coding
from ia_workbench.kernel import Span
from tests.whole.record_acts import WORDS, Desk


def a_code(desk: Desk) -> Code:
    """Add a code that nothing is coded with, named after somebody."""
    return codebook.add_code(desk.session, desk.actor, study_id=desk.study_id, name=WORDS, definition=WORDS)


def a_coding(desk: Desk) -> Coding:
    """Give words such a code."""
    return coding.apply_code(desk.session, desk.actor, revision=desk.revision, span=Span(3, 9), code=a_code(desk))


def another(desk: Desk) -> Code:
    """A code that was there before."""
    return codebook.codes(desk.session, desk.study_id)[0]


def a_split(desk: Desk) -> CodeSplit:
    """Begin to split a code with a coding."""
    return coding.split_code(desk.session, desk.actor, code=a_coding(desk).code, targets=[another(desk)])


def rename(desk: Desk, code: Code) -> Code:
    """Call a code otherwise."""
    wording = replace(codebook.wording_of(code), name=f"{WORDS} again")
    return codebook.change_code(desk.session, desk.actor, code=code, wording=wording)


def sort_first(desk: Desk, split: CodeSplit) -> None:
    """Sort the first coding of a split into its target."""
    guid = coding.split_items(desk.session, split)[0].guid
    coding.sort_coding(desk.session, desk.actor, split=split, guid=guid, into=another(desk))


PREPARED_CODEBOOK_ACTS: dict[str, tuple[Callable[[Desk], Any], Callable[[Desk, Any], object]]] = {
    "codebook.change_code": (a_code, rename),
    "codebook.move_code": (
        a_code, lambda d, c: codebook.move_code(d.session, d.actor, code=c, parent=another(d)),
    ),
    "coding.change_in_place": (
        a_code,
        lambda d, c: coding.change_in_place(d.session, d.actor, study_id=d.study_id, change=lambda: rename(d, c)),
    ),
    "coding.code_in_vivo": (
        another,
        lambda d, c: coding.code_in_vivo(
            d.session, d.actor, revision=d.revision, span=Span(3, 9), name=WORDS, parent=c
        ),
    ),
    "coding.merge_codes": (
        a_coding, lambda d, c: coding.merge_codes(d.session, d.actor, code=c.code, into=another(d)),
    ),
    "coding.remove_code": (a_code, lambda d, c: coding.remove_code(d.session, d.actor, code=c)),
    "coding.split_code": (
        a_coding,
        lambda d, c: coding.split_code(d.session, d.actor, code=c.code, targets=[another(d)]),
    ),
    "coding.sort_coding": (a_split, sort_first),
    "coding.end_split": (a_split, lambda d, s: coding.end_split(d.session, d.actor, split=s)),
}  # fmt: skip
