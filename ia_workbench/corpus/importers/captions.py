"""Reading timed text: WebVTT, SubRip and SubViewer captions set as turns, their times as anchors.

Format: WebVTT (w3.org/TR/webvtt1); SubRip and SubViewer have no standard, so both are read as players read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.corpus.importers import caption_blocks, caption_words
from ia_workbench.corpus.importers.caption_blocks import Cue
from ia_workbench.corpus.importers.talk import Utterance, set_out
from ia_workbench.corpus.importers.text import decoded
from ia_workbench.corpus.importers.things import change, in_order
from ia_workbench.corpus.importers.values import Read
from ia_workbench.kernel import Refused

NO_CAPTIONS = "{name} holds no captions with times. Export them again as .vtt or .srt, or save the words as .txt."
ROLLING_SHARE = 0.3  # of captions that begin with the line before; captions made live scroll so
FEWEST_ROLLING = 10


@dataclass(frozen=True)
class _Spoken:
    """An utterance, and what is to be told of the caption that it is from."""

    utterance: Utterance
    told: tuple[str, ...] = ()


def read(name: str, content: bytes) -> Read:
    """Read captions: one paragraph a turn, `Name: words` where speakers are named, and a time anchor a caption.

    Raises Refused for a file that holds no caption with a time.
    """
    text, notes = decoded(name, content)
    found = caption_blocks.blocks_of(text, is_vtt=name.lower().endswith(".vtt"))
    if not any(cue.start is not None and "".join(cue.lines).strip() for cue in found.cues):
        raise Refused(NO_CAPTIONS, name=name)
    if found.lacks_heading:
        notes += ("The file does not begin with WEBVTT, as such files should; its captions were read all the same.",)
    cues, repeated = _without_repeated(found.cues)
    spoken = list(_spoken(cues))
    talk = set_out([each.utterance for each in spoken])
    changes = [*talk.changes, *found.changes]
    for each, place in zip(spoken, talk.places, strict=True):
        changes += [change(what, place) for what in each.told if place is not None]
    changes += [change("repeated caption", words=words) for words in repeated]
    return Read(talk.text, notes, in_order(changes), talk.anchors, (), talk.convention)


def _without_repeated(cues: Sequence[Cue]) -> tuple[list[Cue], list[str]]:
    """Leave out the lines that live captions show again while they scroll; only where the whole file scrolls."""
    pairs = zip(cues, cues[1:], strict=False)
    rolling = sum(_repeats(before, cue) for before, cue in pairs)
    if rolling < max(FEWEST_ROLLING, ROLLING_SHARE * len(cues)):
        return list(cues), []
    kept, repeated = list(cues[:1]), []
    for before, cue in zip(cues, cues[1:], strict=False):
        lines = cue.lines
        if _repeats(before, cue):
            repeated.append(lines[0])
            lines = lines[1:]
        kept.append(Cue(cue.start, cue.end, lines, cue.is_damaged))
    return kept, repeated


def _repeats(before: Cue, cue: Cue) -> bool:
    plain = caption_words.plain
    return bool(before.lines and cue.lines) and plain(before.lines[-1]) == plain(cue.lines[0]) != ""


def _spoken(cues: Sequence[Cue]) -> Iterator[_Spoken]:
    """The utterances of all captions, in the order of the file, with what is odd about each."""
    written = caption_words.Written.of(cues)
    latest_start = latest_end = 0.0
    for cue in cues:
        told = []
        if cue.is_damaged:
            told.append("caption whose time cannot be read")
        if cue.start is not None:
            if cue.start < latest_start:
                told.append("caption out of order")
            elif cue.start < latest_end:
                told.append("caption that begins before the last has ended")
            latest_start, latest_end = max(latest_start, cue.start), max(latest_end, cue.end or cue.start)
        for number, utterance in enumerate(written.utterances(cue)):
            yield _Spoken(utterance, () if number else tuple(told))
