"""The words of captions without their markup, and who says them."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers.caption_blocks import Cue
from ia_workbench.corpus.importers.talk import UNNAMED, Utterance
from ia_workbench.corpus.labels import labels_of
from ia_workbench.corpus.paragraphs import lines_of
from ia_workbench.corpus.speaker_names import is_role_or_code, is_written_like_a_name

VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]+)>")
VOICE_END = "</v>"
PRONUNCIATION = re.compile(r"<rt(?:\.[^<>]*)?>.*?</rt>", re.DOTALL)
# The tags of WebVTT and those that SubRip files borrow from HTML; anything else in angle brackets is words.
TAG = re.compile(r"</?(?:v|c|i|b|u|s|em|strong|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|</?c\w+>|<[\d:.]+>", re.I)
PLACING = re.compile(r"\{\\[a-z]+[^{}]*\}")  # {\an8}: where SubRip shows a caption
TURN = re.compile(r"\s*(?:(>>+|&gt;&gt;)|[-–—](?=\s|\w))\s*")  # marks that another person speaks
HEARD_TWICE = 2


def plain(line: str) -> str:
    """Return a line without its markup, entities read, blank space around it gone."""
    return html.unescape(PLACING.sub("", TAG.sub("", PRONUNCIATION.sub("", line)))).strip()


@dataclass(frozen=True)
class Written:
    """How a file writes who speaks: in voice tags, or as names before a colon (`names`, folded)."""

    has_voices: bool
    lasts: bool  # a voice or name holds until the next one, since most captions have none
    names: frozenset[str]

    @staticmethod
    def of(cues: Sequence[Cue]) -> "Written":
        """Look through all captions: a word before a colon is a name only where the whole file bears it out."""
        voiced = sum(any(VOICE.search(line) for line in cue.lines) for cue in cues)
        if voiced:
            return Written(True, 2 * voiced < len(cues), frozenset())
        return Written(False, True, frozenset(_names(cues)))

    def utterances(self, cue: Cue) -> Iterator[Utterance]:
        """Yield what is said in one caption: one utterance, or more where several speak."""
        parts = self._voiced(cue) if self.has_voices else self._named(cue)
        for speaker, words, begins in parts:
            yield Utterance(words, speaker, cue.start, cue.end, begins)

    def _voiced(self, cue: Cue) -> Iterator[tuple[str | None, str, bool]]:
        whole = " ".join(cue.lines)
        pieces = VOICE.split(whole)  # words, then name and words by turns
        nobody = None if self.lasts else UNNAMED
        if plain(pieces[0]):
            yield nobody, plain(pieces[0]), False
        for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
            own, _, rest = words.partition(VOICE_END)
            yield " ".join(html.unescape(name).split()), plain(own), False
            if plain(rest):
                yield nobody, plain(rest), False

    def _named(self, cue: Cue) -> Iterator[tuple[str | None, str, bool]]:
        """Lines that a name or a mark begins are utterances of their own; the others go on."""
        words: list[str] = []
        speaker, begins = None, False
        for line in cue.lines:
            name, rest, is_marked = self._begun(plain(line))
            if name or is_marked:
                if words:
                    yield speaker, " ".join(words), begins
                words, speaker, begins = [rest], name or (UNNAMED if self.names else None), is_marked
            else:
                words.append(rest)
        if words:
            yield speaker, " ".join(words), begins

    def _begun(self, line: str) -> tuple[str | None, str, bool]:
        """Return the name that begins a line, its words, and whether a mark says that another person speaks.

        Where nobody is named a mark is all that tells of the change of speaker, and stays.
        """
        mark = TURN.match(line)
        rest = line[mark.end() :] if mark else line
        found = labels_of(Convention.NAME_COLON, lines_of(rest)) if self.names else []
        if found and found[0].name.casefold() in self.names:
            return found[0].name, rest[found[0].end :].strip(), bool(mark)
        return None, rest if mark and self.names else line, bool(mark)


def _names(cues: Sequence[Cue]) -> Iterator[str]:
    """The names before colons that are speakers: heard twice, a role or a code, or beside such a one."""
    lines = [TURN.sub("", plain(line), count=1) for cue in cues for line in cue.lines]
    labels = [label.name for line in lines for label in labels_of(Convention.NAME_COLON, lines_of(line))]
    likely = [name for name in labels if is_written_like_a_name(name)]
    heard = Counter(name.casefold() for name in likely)
    first = {label.name for label in labels_of(Convention.NAME_COLON, lines_of(lines[0]))} if lines else set()
    sure = {name for name in likely if heard[name.casefold()] >= HEARD_TWICE or is_role_or_code(name) or name in first}
    return (name.casefold() for name in likely) if sure else iter(())
