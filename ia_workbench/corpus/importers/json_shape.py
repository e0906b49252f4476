"""Finding what people say in data of any shape: lists of things that hold words, whoever wrote them. Pure.

No format of transcripts in JSON is a standard. So lists are judged by what their items hold: words, and who says them
or when. Lists at the same place of the shape (`sections[].turns[]`) are one list.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ia_workbench.corpus.importers.tables import moment
from ia_workbench.corpus.importers.talk import seconds_of
from ia_workbench.kernel import Refused

DEEPEST = 60  # levels; transcripts have fewer than ten
MOST_PARTS = 3  # parts within parts of an item
LONGEST_NUMBER = 20  # digits; a longer one is no time
MOST_VALUES = 3_000_000

WORDS = (
    "text",
    "body",
    "transcript",
    "utterance",
    "sentence",
    "speech",
    "words",
    "content",
    "value",
    "word",
    "message",
)
PARTS = ("text_blocks", "blocks", "elements", "alternatives", "wdlist", "words", "segments", "children", "monologue")
SPEAKERS = (
    "speaker", "speaker_name", "speakerName", "name", "who", "participant", "speaker_label", "speakerLabel",
    "speaker_id", "speakerId", "speaker_tag", "speakerTag", "author", "role", "channel",
)  # fmt: skip
STARTS = (
    "start",
    "start_time",
    "startTime",
    "begin",
    "from",
    "start_ms",
    "startMs",
    "ts",
    "offset",
    "timestamp",
    "time",
)
ENDS = ("end", "end_time", "endTime", "stop", "to", "end_ms", "endMs", "end_ts")
NAMES = ("name", "full_name", "fullName", "display_name", "displayName", "label", "identifier", "id", "ID")
NO_JSON = "{name} is not JSON that can be read: look at line {line}. Export it again, or save the words as .txt."
TOO_DEEP = "{name} is nested far deeper than a transcript is and was not read."

Path = tuple[str, ...]
EACH = "[]"


@dataclass
class Parsed:
    """Data as parsed; `repeated` are keys that stood twice in one object, whose later value was left out."""

    data: Any
    repeated: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    """The items of all lists at one place of the shape."""

    path: Path
    items: tuple[dict[str, Any], ...]


def parse(name: str, text: str) -> Parsed:
    """Parse JSON. Raises Refused for text that is none, or nested too deep. NaN, infinities, huge numbers are None."""
    parsed = Parsed(None)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                parsed.repeated.append(f"{key}: {value}")
            else:
                found[key] = value
        return found

    def whole(digits: str) -> int | None:
        return int(digits) if len(digits) <= LONGEST_NUMBER else None

    try:
        parsed.data = json.loads(text, object_pairs_hook=once, parse_int=whole, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Refused(NO_JSON, name=name, line=error.lineno) from None
    except RecursionError:
        raise Refused(TOO_DEEP, name=name) from None
    return parsed


def leaves(name: str, data: Any) -> Iterator[tuple[Path, Any]]:
    """Yield every value that is no list and no object, and every list, with its place in the shape, in order."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    seen = 0
    while waiting:
        path, value = waiting.pop()
        seen += 1
        if len(path) > DEEPEST or seen > MOST_VALUES:
            raise Refused(TOO_DEEP, name=name)
        if isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in reversed(value.items())]
        elif isinstance(value, list):
            yield path, value
            waiting += [((*path, EACH), each) for each in reversed(value)]
        else:
            yield path, value


def listings(name: str, data: Any) -> list[Listing]:
    """Return all lists of objects, those at one place of the shape as one, in their order."""
    found: dict[Path, list[dict[str, Any]]] = defaultdict(list)
    for path, value in leaves(name, data):
        if isinstance(value, list):
            found[path] += [each for each in value if isinstance(each, dict)]
    return [Listing(path, tuple(items)) for path, items in found.items() if items]


def words_of(item: Any, depth: int = 0) -> str:
    """Return the words of an item: its own, or those of its parts joined; `` where there are none."""
    for key in WORDS:
        if isinstance(item.get(key), str):
            return str(item[key])
    return joined(item, depth)


def joined(item: dict[str, Any], depth: int = 0) -> str:
    """Join the words of an item's parts: signs stand at once behind the word before, as some exports list them."""
    parts = parts_of(item)
    if not parts or depth > MOST_PARTS:
        return ""
    if "alternatives" in item and parts == item["alternatives"]:
        return words_of(parts[0], depth + 1)
    pieces: list[str] = []
    for part in parts:
        words = words_of(part, depth + 1)
        is_sign = part.get("type") in ("punctuation", "punct") or not any(map(str.isalnum, words))
        pieces.append(words if is_sign or not pieces or pieces[-1][-1:].isspace() else f" {words}")
    return "".join(pieces)


def parts_of(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects of which an item's words are made, or none."""
    for key in PARTS:
        value = item.get(key)
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            return value
    return []


def speaker_of(item: dict[str, Any]) -> str | None:
    """Return who speaks, as the item says: a name, the name of an object, or `Speaker 2` for a number."""
    for key in SPEAKERS:
        value = item.get(key)
        if isinstance(value, dict):
            value = next((value[each] for each in NAMES if isinstance(value.get(each), str | int)), None)
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Speaker {value}"
        if isinstance(value, str) and value.strip():
            return " ".join(value.split()).rstrip(" :")
    return None


def start_of(item: dict[str, Any]) -> float | None:
    """Return when an item begins, in its own unit; that of its first part where it does not say."""
    own = _time(item, STARTS)
    parts = parts_of(item)
    return own if own is not None or not parts else _time(parts[0], STARTS)


def end_of(item: dict[str, Any]) -> float | None:
    """Return when an item ends, in its own unit; that of its last part where it does not say."""
    own = _time(item, ENDS)
    parts = parts_of(item)
    return own if own is not None or not parts else _time(parts[-1], ENDS)


def _time(item: dict[str, Any], keys: Sequence[str]) -> float | None:
    for key in keys:
        value = item.get(key)
        if isinstance(value, str):
            value = moment(value.strip().removesuffix("s"))
        if (seconds := seconds_of(value)) is not None:
            return seconds / 1000 if key.lower().endswith("ms") else seconds
    return None


def utterances_in(name: str, data: Any) -> Listing | None:
    """Return the list that is the transcript: most words, said by somebody or at some time; the outermost of equals."""
    best: tuple[tuple[bool, int, int], Listing] | None = None
    for each in listings(name, data):
        spoken = [item for item in each.items if words_of(item).strip()]
        named = sum(speaker_of(item) is not None for item in spoken)
        timed = sum(start_of(item) is not None for item in spoken)
        if not spoken or 2 * max(named, timed) < len(spoken):
            continue
        letters = sum(sum(map(str.isalnum, words_of(item))) for item in spoken)
        rank = (2 * named >= len(spoken), letters, -len(spoken))
        if best is None or rank > best[0]:
            best = rank, each
    return best[1] if best else None


def dropped(name: str, data: Any, used: set[Path]) -> list[tuple[Path, int, Any]]:
    """Return the places of all values that are not used, how many each, and the first value."""
    number: Counter[Path] = Counter()
    first: dict[Path, Any] = {}
    for path, value in leaves(name, data):
        if not isinstance(value, list) and value not in (None, "") and path not in used:
            number[path] += 1
            first.setdefault(path, value)
    return [(path, count, first[path]) for path, count in number.items()]
