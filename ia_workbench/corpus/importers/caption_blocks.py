"""Dividing a caption file into its captions and what stands between them."""

import re
from dataclasses import dataclass, field

from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Change

CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
ARROW = "-->"
TIMES = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}(?=\s|\Z)(.*)")
START = re.compile(rf"\s*{CLOCK}")
SUBVIEWER_TIMES = re.compile(rf"{CLOCK},{CLOCK}()\Z")
HEADING = re.compile(r"WEBVTT(?:[ \t]|\Z)")
BLOCKS = {"STYLE": "style of captions", "REGION": "style of captions", "NOTE": "comment of captions"}


@dataclass(frozen=True)
class Cue:
    """One caption: when it is shown, in seconds, and its lines as written; `is_damaged` when its time is not one."""

    start: float | None
    end: float | None
    lines: tuple[str, ...]
    is_damaged: bool = False


@dataclass
class Blocks:
    """The captions of a file in its order, and what is told of all else. `lacks_heading`: a WebVTT file without one."""

    cues: list[Cue] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    lacks_heading: bool = False


def blocks_of(text: str, *, is_vtt: bool) -> Blocks:
    """Divide a stored text into captions. Words are never lost: lines between captions go to the one before."""
    found = Blocks()
    blocks = [
        block.split("\n") for block in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)*\n", text.strip("\n")) if block.strip()
    ]
    has_heading = bool(blocks) and bool(HEADING.match(blocks[0][0]))
    found.lacks_heading = is_vtt and not has_heading
    if has_heading:
        _take_heading(found, blocks[0])
        blocks = blocks[1:]
    for lines in blocks:
        kind = BLOCKS.get(lines[0].split()[0]) if (is_vtt or has_heading) else None
        if kind and ARROW not in "".join(lines):
            found.changes.append(change(kind, words="\n".join(lines).partition(lines[0].split()[0])[2].strip()))
        else:
            _take(found, lines)
    return found


def _take_heading(found: Blocks, lines: list[str]) -> None:
    """The first block is about the file; against the rules, a caption may follow in it at once."""
    first = next((number for number, line in enumerate(lines) if _times_of(line)), len(lines))
    said = [lines[0].removeprefix("WEBVTT").strip(), *lines[1:first]]
    about = "\n".join(line for line in said if line)
    if about:
        found.changes.append(change("heading of captions", words=about))
    if first < len(lines):
        _take(found, lines[first:])


def _take(found: Blocks, lines: list[str]) -> None:
    """Take one block in: mostly a name or number of the caption, its times, its words."""
    number = next((at for at, line in enumerate(lines[:2]) if _times_of(line)), None)
    if number is None:
        _take_untimed(found, lines)
        return
    _take_name(found, lines[:number])
    words = list(lines[number + 1 :])
    again = [line for line in words if TIMES.match(line)]
    for line in again:  # a second time in one caption: nothing says which words are whose
        found.changes.append(change("time within a caption", words=line.strip()))
    cue, settings = _cue(lines[number], tuple(line for line in words if line not in again))
    if settings:
        found.changes.append(change("setting of a caption", words=settings))
    if not "".join(cue.lines).strip():
        found.changes.append(change("caption without words", words=lines[number].strip()))
    found.cues.append(cue)


def _take_untimed(found: Blocks, lines: list[str]) -> None:
    """Lines without a time: the rest of the caption before (it held a blank line), or a caption that lost its time."""
    is_numbered = lines[0].strip().isdigit() and len(lines) > 1
    if found.cues and not is_numbered and found.cues[-1].start is not None:
        before = found.cues[-1]
        found.cues[-1] = Cue(before.start, before.end, (*before.lines, *lines), before.is_damaged)
    else:
        found.cues.append(Cue(None, None, tuple(lines[is_numbered:]), is_damaged=True))


def _take_name(found: Blocks, lines: list[str]) -> None:
    """Tell of a caption's name, unless it is only its number."""
    name = " ".join(lines).strip()
    if name and not name.isdigit():
        found.changes.append(change("name of a caption", words=name))


def _times_of(line: str) -> bool:
    return ARROW in line or bool(SUBVIEWER_TIMES.match(line.strip()))


def _cue(times: str, lines: tuple[str, ...]) -> tuple[Cue, str]:
    """The caption of a line of times, and the settings that stand behind them."""
    match = TIMES.match(times) or SUBVIEWER_TIMES.match(times.strip())
    if match is None:
        start = START.match(times)
        return Cue(_seconds(start.groups()) if start else None, None, lines, is_damaged=True), ""
    groups = match.groups()
    return Cue(_seconds(groups[:4]), _seconds(groups[4:8]), lines), groups[8].strip()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")
