"""Codings on text: exact words of a revision (excerpts), and who gave them which code when (codings).

A coding points at a revision, whose text never changes, by start and end in code points and keeps the words; the two
must agree (`mismatched_excerpts`). Several coders may code the same words; codings may overlap and nest. Memos stand
beside a source or an excerpt. A correction (`correct_source`) takes every excerpt along to the new revision, and lists
what became of it for a person to settle.
"""

from ia_workbench.coding.changing import mark_important, rate_coding, recode, resize_coding, set_coding_state
from ia_workbench.coding.correcting import Correction, correct_source
from ia_workbench.coding.exported import ExportedCoding, exported_codings
from ia_workbench.coding.files import CODING_FILES, WrittenCodings, write_codings
from ia_workbench.coding.forgetting import forget
from ia_workbench.coding.importing import GivenCoding, import_codings
from ia_workbench.coding.journal import Part, coding_state, note, parts_of
from ia_workbench.coding.memos import (
    GivenMemo,
    add_memo,
    comments_taken,
    import_memos,
    memo_by_guid,
    memos_of,
    remove_memo,
    take_comments,
)
from ia_workbench.coding.models import Coding, CodingAct, Excerpt, Memo, Reanchoring, in_excerpts_of
from ia_workbench.coding.operations import apply_code, excerpt_of, remove_coding
from ia_workbench.coding.paging import CodePage, code_page
from ia_workbench.coding.queries import (
    CodeCount,
    CodedWords,
    Mark,
    coded_words,
    coding_by_guid,
    codings,
    codings_by_source,
    codings_on,
    count_of_excerpts,
    counts_by_code,
    excerpt_by_guid,
    given_on,
    marks_on,
    mismatched_excerpts,
    turns_of_excerpts,
)
from ia_workbench.coding.rules import (
    KEEPS_WORDS,
    ActKind,
    ActStanding,
    MemoOrigin,
    ReanchoringOutcome,
    find_quote,
    is_comment,
    refuse_blank,
)
from ia_workbench.coding.settling import choose_words, confirm_unchanged, confirm_words, leave_out
from ia_workbench.coding.standing import (
    Reanchored,
    Standing,
    reanchored_by,
    unsettled,
    unsettled_count,
    unsettled_on,
    waiting_by_revision,
)
from ia_workbench.coding.tables import (
    CodingRow,
    coding_object,
    earlier_text,
    read_codings_csv,
    rows_of,
    write_codings_csv,
    write_codings_json,
)
from ia_workbench.coding.undoing import Undoable, leave_standing, redo, undo, undoable
from ia_workbench.coding.watching import Changes, changes_since, last_act
from ia_workbench.coding.withholding import withhold_words
from ia_workbench.coding.word_files import MASKED_FACT, RAW_FACT, WordFileWords

__all__ = [
    "CodePage",
    "code_page",
    "CODING_FILES",
    "WrittenCodings",
    "write_codings",
    "MASKED_FACT",
    "RAW_FACT",
    "ActKind",
    "ActStanding",
    "Changes",
    "CodingAct",
    "Part",
    "Undoable",
    "changes_since",
    "coding_state",
    "last_act",
    "leave_standing",
    "mark_important",
    "note",
    "parts_of",
    "rate_coding",
    "recode",
    "redo",
    "resize_coding",
    "set_coding_state",
    "undo",
    "undoable",
    "forget",
    "withhold_words",
    "KEEPS_WORDS",
    "Correction",
    "Reanchored",
    "Standing",
    "choose_words",
    "confirm_unchanged",
    "confirm_words",
    "coding_object",
    "correct_source",
    "earlier_text",
    "leave_out",
    "reanchored_by",
    "unsettled",
    "unsettled_count",
    "unsettled_on",
    "waiting_by_revision",
    "CodeCount",
    "in_excerpts_of",
    "CodedWords",
    "Coding",
    "CodingRow",
    "Excerpt",
    "Memo",
    "Reanchoring",
    "ReanchoringOutcome",
    "Mark",
    "GivenCoding",
    "GivenMemo",
    "MemoOrigin",
    "add_memo",
    "apply_code",
    "coded_words",
    "coding_by_guid",
    "comments_taken",
    "codings",
    "codings_by_source",
    "codings_on",
    "count_of_excerpts",
    "counts_by_code",
    "excerpt_by_guid",
    "excerpt_of",
    "find_quote",
    "given_on",
    "marks_on",
    "import_codings",
    "import_memos",
    "is_comment",
    "memo_by_guid",
    "memos_of",
    "mismatched_excerpts",
    "read_codings_csv",
    "refuse_blank",
    "remove_coding",
    "remove_memo",
    "rows_of",
    "take_comments",
    "turns_of_excerpts",
    "ExportedCoding",
    "WordFileWords",
    "exported_codings",
    "write_codings_csv",
    "write_codings_json",
]
