"""What the masking page shows: marks that are decided as one, the current one, and the text with its marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from ia_workbench import masking
from ia_workbench.corpus import Turn
from ia_workbench.masking import UNDECIDED, Mark, MarkState
from ia_workbench.privacy import IdentifierClass
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.wording import word

CLASSES = tuple(IdentifierClass)[1:] + tuple(IdentifierClass)[:1]  # in the order of their keys, 1 to 9 and 0


@dataclass(frozen=True)
class Shown:
    """Which marks the queue holds; empty texts mean all."""

    kind: str = ""
    state: str = ""
    found: str = ""

    def fits(self, group: "Group") -> bool:
        """Say whether a group is to be listed."""
        is_open = not self.state or group.is_open
        return is_open and self.kind in ("", group.first.identifier_class.value) and self._was_found(group)

    def _was_found(self, group: "Group") -> bool:
        return not self.found or any(each.found_by == self.found for each in group.marks)


@dataclass(frozen=True)
class Group:
    """Marks of one person, or of the same words, in the order in which they stand."""

    marks: tuple[Mark, ...]

    @property
    def first(self) -> Mark:
        """The mark that the group is called by: the first that is undecided, else the first."""
        return next((each for each in self.marks if each.state is MarkState.PROPOSED), self.marks[0])

    @property
    def is_open(self) -> bool:
        """Whether somebody must still decide."""
        return any(each.state in UNDECIDED for each in self.marks)

    @property
    def open_places(self) -> int:
        """How many of its places are undecided."""
        return sum(each.state in UNDECIDED for each in self.marks)

    @property
    def state(self) -> MarkState:
        """What is left to do comes first."""
        states = {each.state for each in self.marks}
        order = (MarkState.PROPOSED, MarkState.ASKED, MarkState.ACCEPTED, MarkState.REJECTED)
        return next(each for each in order if each in states)


def groups_of(marks: Iterable[Mark]) -> list[Group]:
    """Return marks in the groups that one decision may hold for, in the order of their first places."""
    together: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        together.setdefault(masking.group_of(mark), []).append(mark)
    return [Group(tuple(each)) for each in together.values()]


def after(groups: Sequence[Group], current: Mark | None) -> Group | None:
    """Return the next group with something to decide, behind the current mark and then from the beginning."""
    waiting = [each for each in groups if each.state is MarkState.PROPOSED] or [each for each in groups if each.is_open]
    behind = (each for each in waiting if current is None or each.first.start > current.start)
    return next(behind, waiting[0] if waiting else None)


LOOKS = {
    MarkState.PROPOSED: "prop",
    MarkState.ASKED: "ask",
    MarkState.ACCEPTED: "yes",
    MarkState.REJECTED: "no",
}


def turn_markup(
    text: str, turns: Sequence[Turn], marks: Sequence[Mark], current: Mark | None, kept: str
) -> dict[int, Markup]:
    """Return the HTML of each turn by its number; `kept` is what links of marks take along, escaped already.

    Written here and not in a template, which takes five times as long for a long text. A mark is a link that makes it
    the current one. What is accepted is shown as readers will see it.
    """
    place = 0
    found: dict[int, Markup] = {}
    now = current.id if current is not None else 0
    words = {state: escape(word("mark-state", state)) for state in MarkState}
    for turn in turns:
        while place < len(marks) and marks[place].end <= turn.start:
            place += 1
        inside = []
        at = place
        while at < len(marks) and marks[at].start < turn.end:
            inside.append(marks[at])
            at += 1
        found[turn.number] = Markup(_turn(text, turn, inside, now, kept, words))  # noqa: S704 - escaped part by part
    return found


def _turn(text: str, turn: Turn, marks: Sequence[Mark], now: int, kept: str, words: Mapping[MarkState, str]) -> str:
    label = (
        _stretch(text, turn.start, turn.speech_start, marks, now, kept, words)
        if _has_marked_label(turn, marks)
        else escape(turn.speaker or "")
    )
    speech = _stretch(text, turn.speech_start, turn.end, marks, now, kept, words)
    return f'<div class="sp"><span class="key">{turn.number}</span><b>{label}</b></div><p class="read">{speech}</p>'


def _has_marked_label(turn: Turn, marks: Sequence[Mark]) -> bool:
    return any(each.start < turn.speech_start for each in marks)


def _stretch(
    text: str, start: int, end: int, marks: Sequence[Mark], now: int, kept: str, words: Mapping[MarkState, str]
) -> str:
    pieces, at = [], start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        first, last = max(mark.start, at), min(mark.end, end)
        pieces += [_plain(text, at, first), _mark(mark, text[first:last], now, kept, words)]
        at = last
    return "".join([*pieces, _plain(text, at, end)])


def _plain(text: str, start: int, end: int) -> str:
    return f'<span data-s="{start}">{escape(text[start:end], quote=False)}</span>' if start < end else ""


def _mark(mark: Mark, words: str, now: int, kept: str, said: Mapping[MarkState, str]) -> str:
    is_masked = mark.state is MarkState.ACCEPTED
    look = f"{LOOKS[mark.state]}{' now' if mark.id == now else ''}"
    shown = escape(mark.instead if is_masked else words)
    kind = (
        f'<sup aria-hidden="true">{escape(word("identifier-class", mark.identifier_class))}</sup>' if is_masked else ""
    )
    spoken = f'<span class="vh"> ({said[mark.state]})</span>'
    here = ' aria-current="true"' if mark.id == now else ""
    return (
        f'<a class="m {look}" id="m-{mark.guid}" href="?{kept}mark={mark.guid}" data-s="{mark.start}" '
        f'data-e="{mark.end}"{here}>{shown}{kind}{spoken}</a>'
    )


def said_of_rule(mark: Mark) -> str:
    """Return how a mark was found, in words."""
    return (
        _("%(by)s: %(rule)s", by=word("found-by", mark.found_by), rule=mark.rule)
        if mark.found_by != "person"
        else word("found-by", mark.found_by)
    )
