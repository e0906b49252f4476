"""What every importer gives back, and how large a file may be."""

from dataclasses import dataclass
from enum import StrEnum

from ia_workbench.kernel import LARGEST_FILE

__all__ = [
    "LARGEST_FILE",
    "Anchor",
    "AnchorKind",
    "Change",
    "Read",
    "ReadFile",
    "Respondent",
    "Treatment",
    "Unpacked",
]

LONGEST_WORDS = 2_000  # characters that a change keeps of the file's words


class Treatment(StrEnum):
    """What reading did with something that is not plain text."""

    LEFT_OUT = "left-out"  # it is not in the stored text
    KEPT = "kept"  # its words are in the stored text, though not as the file shows them
    CHANGED = "changed"  # other characters stand for it


@dataclass(frozen=True)
class Change:
    """One place where the stored text is not simply what the file shows: one line of the fidelity report.

    `what` is a thing in the singular, in English (`comment`, `tracked deletion`, `picture`). `at` is where it stands,
    or stood, in the stored text, in code points; None for what has no place in it (a page header, macros). `end` is
    set where it covers words of the stored text. `words` are the file's own, as far as there are any, and `by` who
    wrote them where the file says so (the author of a comment).
    """

    what: str
    treatment: Treatment
    at: int | None = None
    end: int | None = None
    words: str = ""
    by: str = ""


class AnchorKind(StrEnum):
    """What an anchor marks."""

    PAGE = "page"
    TIME = "time"


@dataclass(frozen=True)
class Anchor:
    """Where a page or a moment of the file begins in the stored text: `at` in code points, `label` as people cite it.

    Pages are labelled as the file numbers them (`12`, `iv`), moments as `00:13:48`.
    """

    at: int
    kind: AnchorKind
    label: str


@dataclass(frozen=True)
class Respondent:
    """One row of a survey: the label its answers stand under in the text, and its closed answers by question."""

    label: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Read:
    """What the reader of one format gives: the fields of `ReadFile` that come from the file's content."""

    text: str
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    convention: str | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read: its name, its stored text, the SHA-256 of its bytes, the bytes, and what to tell a person.

    `text` is NFC with `\\n` line ends and has at least one visible character. `notes` are plain English sentences, one
    for each kind of thing that was left out or changed, in the order of the file's reading; `changes` are the places
    themselves, in the order of the text, those without a place last; both are empty when nothing was. `anchors` are in
    order of offset. `convention` is set where the format itself says how its turns are written. `format` is the usual
    ending of such files without a dot (`docx`, `vtt`).
    """

    name: str
    text: str
    sha256: str
    content: bytes
    notes: tuple[str, ...] = ()
    format: str = "txt"
    changes: tuple[Change, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    convention: str | None = None


@dataclass(frozen=True)
class Unpacked:
    """The files of an archive, each by its path inside and its bytes, and a sentence for each that was passed over."""

    files: tuple[tuple[str, bytes], ...]
    notes: tuple[str, ...] = ()
