"""Judging which labels of a convention are speakers, and which convention explains a text best."""

from collections import Counter
from collections.abc import Sequence

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.labels import Label, is_time_or_number, labels_of
from ia_workbench.corpus.paragraphs import Line, paragraphs_of
from ia_workbench.corpus.speaker_names import family_of, is_role_or_code, is_written_like_a_name
from ia_workbench.corpus.teaching import TaughtRule

# From the most to the least telling: where two explain a text equally well, the first wins.
BY_STRENGTH = (
    Convention.JSON_LINES,
    Convention.TABLE,
    Convention.BOLD_NAME,
    Convention.TIME_NAME,
    Convention.NAME_TIME,
    Convention.BRACKET_NAME,
    Convention.INITIALS,
    Convention.QUESTION_ANSWER,
    Convention.NAME_LINE,
    Convention.NAME_COLON,
    Convention.NUMBERED_NAME,
    Convention.MARKED_NAME,
    Convention.NAME_DASH,
    Convention.ITALIC_QUESTIONS,
)
LEAST_SHARE = 0.2  # of paragraphs that begin with a label; a form or a policy has fewer
LEAST_SHARE_TIMED = 0.05  # the same where labels carry time marks, which little else does
HEARD_OFTEN = 3  # times; then a label with small letters (`Deputy director`) is a speaker, not prose before a colon
WHOLLY_LABELLED = 0.9  # where nearly every paragraph begins with a label, a name heard once is a speaker too
ENOUGH_LINES = 20_000  # to tell the convention by: some 200,000 words, longer than any interview
# Elsewhere than at the beginning of an ordinary line a dash is rare in speech; a record has lines without a speaker.
LEAST_SHARES = {Convention.NAME_DASH: 0.4, Convention.JSON_LINES: LEAST_SHARE_TIMED}
FEWEST_SPEAKERS = 2
FEWEST_QUESTIONS = 3  # in italics and with a question mark
FEWEST_MARKS = 2
HEARD_TWICE = 2
HEADERS = {"speaker", "who", "role", "participant", "hablante"}  # what the first row of a table calls its first column


def choose(lines: Sequence[Line], taught: Sequence[TaughtRule] = ()) -> tuple[Convention | TaughtRule, list[Label]]:
    """Return the convention that finds most turns, and its labels; paragraphs when none makes sense.

    Taught ones are tried first: they win where they explain a text as well as ours.
    """
    sample = lines[:ENOUGH_LINES]
    best: tuple[Convention | TaughtRule, list[Label]] = (Convention.PARAGRAPHS, [])
    tried: tuple[Convention | TaughtRule, ...] = (*taught, *BY_STRENGTH)
    for convention in tried:
        labels = believable_labels(convention, sample)
        if len(labels) > len(best[1]):
            best = (convention, labels)
    if len(lines) > len(sample):
        best = (best[0], believable_labels(best[0], lines))
    return best if best[1] else (Convention.PARAGRAPHS, [])


def believable_labels(convention: Convention | TaughtRule, lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a convention that are speakers of a conversation; none when the text is no such thing."""
    labels = labels_of(convention, lines)
    if convention is Convention.INITIALS:
        return labels  # the key at the top vouches for them
    paragraphs = _paragraphs_from(labels, lines)
    if isinstance(convention, TaughtRule):  # a person vouches for the form of its labels
        return labels if _is_conversation(convention, labels) and len(labels) >= LEAST_SHARE * paragraphs else []
    labels = _fitting(convention, labels, lines)
    speakers = _speakers(labels, is_wholly_labelled=len(labels) >= WHOLLY_LABELLED * paragraphs)
    labels = [label for label in labels if label.name.casefold() in speakers or _is_timed(convention, label)]
    least = LEAST_SHARES.get(convention, LEAST_SHARE_TIMED if _has_marks(labels) else LEAST_SHARE)
    return labels if _is_conversation(convention, labels) and len(labels) >= least * paragraphs else []


def _fitting(convention: Convention, labels: list[Label], lines: Sequence[Line]) -> list[Label]:
    if convention is Convention.NAME_LINE:
        return _headings(labels, lines)
    if convention is Convention.TABLE:
        return _below_header(labels)
    if convention is Convention.NAME_DASH:
        return [label for label in labels if is_written_like_a_name(label.name)]
    return labels


def _paragraphs_from(labels: Sequence[Label], lines: Sequence[Line]) -> int:
    """Count the paragraphs from the first label on: what stands above it is no part of the conversation.

    Times and numbers on lines of their own are no paragraphs.
    """
    if not labels:
        return 0
    first = labels[0].start
    return len(paragraphs_of([line for line in lines if line.start >= first and not is_time_or_number(line)]))


def _speakers(labels: Sequence[Label], *, is_wholly_labelled: bool) -> set[str]:
    """The names, folded, that are speakers: heard twice, or like one that is, or in a text made of labels."""
    heard = Counter(label.name.casefold() for label in labels)
    names = {label.name for label in labels}
    often = {name for name in names if heard[name.casefold()] >= _enough(name)}
    if not often and not all(map(is_role_or_code, names)):
        return set()
    families = {family_of(name) for name in often}
    once = {
        name
        for name in names - often
        if is_role_or_code(name) or family_of(name) in families or (is_wholly_labelled and is_written_like_a_name(name))
    }
    return {name.casefold() for name in often | once}


def _enough(name: str) -> int:
    return HEARD_TWICE if is_written_like_a_name(name) else HEARD_OFTEN


def _is_timed(convention: Convention, label: Label) -> bool:
    """Whether the label carries a time mark, which no ordinary word before a colon does."""
    timed = {Convention.TIME_NAME, Convention.NAME_TIME, Convention.BOLD_NAME}
    return convention in timed and label.mark is not None and is_written_like_a_name(label.name)


def _is_conversation(convention: Convention | TaughtRule, labels: Sequence[Label]) -> bool:
    names = {label.name.casefold() for label in labels}
    if convention is Convention.QUESTION_ANSWER:
        return _asks_and_answers(labels, names)
    if convention is Convention.ITALIC_QUESTIONS:
        return sum(label.is_question for label in labels) >= max(FEWEST_QUESTIONS, len(labels) / 4)
    if convention is Convention.TIME_NAME and not _has_marks(labels):
        return False
    return len(names) >= FEWEST_SPEAKERS


def _asks_and_answers(labels: Sequence[Label], names: set[str]) -> bool:
    """Whether there are Q and A; or P and R, in Spanish, which before a colon are more often codes of two people."""
    letters = {name.rstrip("0123456789") for name in names}
    with_colon = sum(label.has_colon for label in labels)
    return {"q", "a"} <= letters or ({"p", "r"} <= letters and 2 * with_colon < len(labels))


def _has_marks(labels: Sequence[Label]) -> bool:
    return sum(label.mark is not None for label in labels) >= FEWEST_MARKS


def _headings(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """The labels that stand above speech: those with a colon where that is the custom, else names above other words."""
    with_colon = [label for label in labels if label.has_colon]
    bare = [label for label in labels if _may_stand_bare(label)]
    heard = Counter(label.name.casefold() for label in bare)
    starts = {label.start for label in bare if heard[label.name.casefold()] >= HEARD_TWICE}
    above_speech = {line.start for line, after in zip(lines, lines[1:], strict=False) if after.start not in starts}
    standing = [label for label in bare if label.start in above_speech]
    return with_colon if 2 * len(with_colon) >= len(standing) else standing


def _may_stand_bare(label: Label) -> bool:
    return label.has_colon or (is_written_like_a_name(label.name) and not label.name.endswith("."))


def _below_header(labels: list[Label]) -> list[Label]:
    """The labels of a table without the one of its header row."""
    has_header = bool(labels) and labels[0].name.casefold() in HEADERS
    return labels[1:] if has_header else labels
