"""Reading a transcript in JSON: the utterances as turns, their times as anchors, all other data told."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ia_workbench.corpus.importers import json_shape as shape
from ia_workbench.corpus.importers.json_shape import EACH, Listing, Path
from ia_workbench.corpus.importers.stored import UNWRITABLE
from ia_workbench.corpus.importers.talk import LATEST, LONGEST_PAUSE, SENTENCE_END, UNNAMED, Utterance, set_out
from ia_workbench.corpus.importers.text import decoded
from ia_workbench.corpus.importers.things import change, in_order
from ia_workbench.corpus.importers.values import Change, Read
from ia_workbench.kernel import Refused

NO_TRANSCRIPT = (
    "{name} holds no transcript: no list in it says who spoke, or when, and what. Export it as .vtt, .srt or .txt."
)
SLOWEST = 60.0  # seconds a word; whoever seems slower counts in thousandths
WORDS_PER_ITEM = 1.5  # in lists of single words
FEWEST_WORDS = 20


def read(name: str, content: bytes) -> Read:
    """Read a transcript in JSON, of whatever program.

    Items that have parts with times are turns of their own; of single items, those of one speaker in a row are one
    turn. Single words are joined up to the end of a sentence. Raises Refused for data in which nobody speaks.
    """
    text, notes = decoded(name, content)
    parsed = shape.parse(name, text)
    found = shape.utterances_in(name, parsed.data)
    if found is None:
        raise Refused(NO_TRANSCRIPT, name=name)
    names = _names(name, parsed.data, found)
    spoken = _in_sentences(_in_seconds(list(_utterances(found, names))))
    talk = set_out(spoken)
    told = [*talk.changes, *(change("repeated key", words=each) for each in parsed.repeated)]
    for each, place in zip(spoken, talk.places, strict=True):
        told += [change("utterance without a speaker", place) for _ in range(each.speaker == UNNAMED)]
        told += [change("control character that no text needs", place) for _ in UNWRITABLE.findall(each.words)]
    told += _dropped(name, parsed.data, found)
    return Read(talk.text, notes, in_order(told), talk.anchors, (), talk.convention)


def _utterances(found: Listing, names: dict[str, str]) -> Iterator[Utterance]:
    has_names = any(shape.speaker_of(item) for item in found.items)
    has_passages = _has_passages(found)
    for item in found.items:
        speaker = shape.speaker_of(item)
        speaker = names.get(speaker, speaker) if speaker else (UNNAMED if has_names else None)
        parts = shape.parts_of(item)
        if has_passages and parts:
            for number, part in enumerate(parts):
                words = shape.words_of(part)
                yield Utterance(words, speaker, shape.start_of(part), shape.end_of(part), begins=number == 0)
        else:
            yield Utterance(shape.words_of(item), speaker, shape.start_of(item), shape.end_of(item), begins=bool(parts))


def _has_passages(found: Listing) -> bool:
    """Whether the parts of the items are passages with times of their own, not single words."""
    parts = [part for item in found.items for part in shape.parts_of(item)]
    words = sum(len(shape.words_of(part).split()) for part in parts)
    return words > WORDS_PER_ITEM * len(parts) and all(shape.start_of(part) is not None for part in parts)


def _in_seconds(utterances: list[Utterance]) -> list[Utterance]:
    """Take times for thousandths of a second where speech would be far too slow in seconds."""
    timed = [each.start for each in utterances if each.start is not None]
    words = sum(len(each.words.split()) for each in utterances)
    if not timed or max(timed) - min(timed) <= SLOWEST * words:
        return utterances
    return [
        Utterance(each.words, each.speaker, _thousandth(each.start), _thousandth(each.end), each.begins)
        for each in utterances
    ]


def _thousandth(value: float | None) -> float | None:
    return None if value is None else min(value / 1000, LATEST)


def _in_sentences(utterances: list[Utterance]) -> list[Utterance]:
    """Join single words to sentences, up to a pause or another speaker; anything longer stays as it is."""
    words = sum(len(each.words.split()) for each in utterances)
    if len(utterances) < FEWEST_WORDS or words > WORDS_PER_ITEM * len(utterances):
        return utterances
    joined = utterances[:1]
    for before, each in pairwise(utterances):
        last = joined[-1]
        is_sign = not any(map(str.isalnum, each.words))
        if is_sign or not _parted(before, each):
            glue = "" if is_sign else " "
            joined[-1] = Utterance(f"{last.words.rstrip()}{glue}{each.words}", last.speaker, last.start, each.end)
        else:
            joined.append(each)
    return joined


def _parted(before: Utterance, each: Utterance) -> bool:
    pause = each.start - before.end if each.start is not None and before.end is not None else 0.0
    return each.speaker != before.speaker or pause > LONGEST_PAUSE or bool(SENTENCE_END.search(before.words.rstrip()))


def _names(name: str, data: Any, found: Listing) -> dict[str, str]:
    """Names that stand apart, by the mark that utterances carry: `{"id": "spk_0", "name": "Ana"}`."""
    marks = {mark for item in found.items if (mark := shape.speaker_of(item))}
    known: dict[str, str] = {}
    for listing in shape.listings(name, data):
        for item in listing.items if listing.path != found.path else ():
            mark = next((str(item[key]) for key in ("id", "speaker_id", "key", "label") if key in item), "")
            called = item.get("name")
            if isinstance(called, str) and called.strip() and not shape.words_of(item):
                known |= {each: called.strip() for each in (mark, f"Speaker {mark}") if each in marks}
    return known


def _dropped(name: str, data: Any, found: Listing) -> Iterator[Change]:
    """All other data, a line a place of the shape: with its value where it stands once, else with how many."""
    used = _used(found)
    for path, number, value in shape.dropped(name, data, used):
        place = ".".join(path).replace(f".{EACH}", EACH)
        within = path[: len(found.path)] == found.path
        words = f"{place}: {value}" if number == 1 else f"{place}: {number:,} values, the first {value}"
        yield change("field of an utterance" if within else "field of the recording", words=words)


def _used(found: Listing) -> set[Path]:
    """The places of the values that are in the text or its anchors."""
    item = (*found.path, EACH)
    own = {(*item, key) for key in (*shape.WORDS, *shape.STARTS[:3])}
    own |= {(*item, key) for key in shape.SPEAKERS} | {(*item, key, "name") for key in shape.SPEAKERS}
    parts = {(*item, part, EACH, key) for part in shape.PARTS for key in shape.WORDS}
    deeper = {
        (*item, part, EACH, more, EACH, key) for part in shape.PARTS for more in shape.PARTS for key in shape.WORDS
    }
    timed = shape.STARTS[:3] if _has_passages(found) else ()
    passages = {(*item, part, EACH, key) for part in shape.PARTS for key in timed}
    return own | parts | deeper | passages
