"""Operations on memos, each with words nobody may find again."""

from collections.abc import Callable
from typing import Any

from ia_workbench import coding, corpus
from ia_workbench.coding import GivenMemo, Memo, MemoOrigin
from ia_workbench.corpus import ReadFile, Source, SourceKind, SourceRecord
from ia_workbench.kernel import Span
from tests.support.word_files import comment, commented, paragraph, word_file, word_part
from tests.whole.record_acts import CANARY, WORDS, Desk


def commented_source(desk: Desk) -> Source:
    """Take in a file whose one comment is by somebody and holds words."""
    body = paragraph("PARENT: I called ", commented("the court", 1), ".")
    content = word_file(body, comments=word_part("comments", comment(1, WORDS, CANARY)))
    file: ReadFile = corpus.read_file("talk.docx", content)
    record = SourceRecord(SourceKind.INTERVIEW, "parent")
    found = corpus.find_turns(file.text)
    return corpus.import_source(desk.session, desk.actor, study_id=desk.study_id, record=record, file=file, found=found)


def add_memo(desk: Desk) -> Memo:
    source = corpus.source_keyed(desk.session, desk.study_id, "INT-001")
    revision = corpus.newest_revision(desk.session, source)
    return coding.add_memo(desk.session, desk.actor, about=coding.on_words(revision, Span(3, 9)), words=WORDS)


def removed_memo(desk: Desk) -> Memo:
    """Note something and remove it."""
    memo = add_memo(desk)
    coding.remove_memo(desk.session, desk.actor, memo=memo)
    return memo


def import_memos(desk: Desk) -> None:
    source = corpus.source_keyed(desk.session, desk.study_id, "INT-001")
    given = [GivenMemo(coding.on_source(source), WORDS, MemoOrigin.TEAM, CANARY, source.imported_at)]
    coding.import_memos(desk.session, desk.actor, study_id=desk.study_id, given=given)


MEMO_ACTS: dict[str, Callable[[Desk], object]] = {"coding.add_memo": add_memo, "coding.import_memos": import_memos}
PREPARED_MEMO_ACTS: dict[str, tuple[Callable[[Desk], Any], Callable[[Desk, Any], object]]] = {
    "coding.take_comments": (
        commented_source,
        lambda d, source: coding.take_comments(d.session, d.actor, source=source, with_authors=True),
    ),
    "coding.change_memo": (
        add_memo,
        lambda d, memo: coding.change_memo(
            d.session, d.actor, memo=memo, seen=memo.version, words=f"More {WORDS}", title=CANARY, is_private=True
        ),
    ),
    "coding.restore_memo": (removed_memo, lambda d, memo: coding.restore_memo(d.session, d.actor, memo=memo)),
    "coding.remove_memo": (add_memo, lambda d, memo: coding.remove_memo(d.session, d.actor, memo=memo)),
}
