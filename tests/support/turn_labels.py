"""Labels of real transcripts made by hand (`tests/corpus/labels`), and how well turns are found measured by them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ia_workbench import corpus
from ia_workbench.corpus import FoundTurns
from ia_workbench.kernel import Refused, digest_of
from tests.support.writing_styles import STYLES, Said, Style, written

LABELS = Path(__file__).resolve().parents[1] / "corpus" / "labels"
FEWEST_TURNS = 7  # of a talk that is written in every style


@dataclass(frozen=True)
class Labelled:
    """One labelled file: its path in the shared folder, its text as read, and start, speech start and speaker by turn.

    `speaker` is a number and says only who is the same as whom. `suggested` is the convention that its format names.
    """

    file: str
    text: str
    is_held_out: bool
    turns: tuple[tuple[int, int, int], ...]
    suggested: str | None = None


@dataclass(frozen=True)
class Score:
    """Counts of one measurement: turns labelled, found, found where labelled; of these, speech and speaker right."""

    name: str
    labelled: int
    found: int
    hits: int
    speech: int
    speaker: int

    @property
    def precision(self) -> float:
        """The share of found turns that are turns; 1 where there is nothing to find and nothing was found."""
        return self.hits / self.found if self.found else float(not self.labelled)

    @property
    def recall(self) -> float:
        """The share of turns that are found."""
        return self.hits / self.labelled if self.labelled else 1.0

    @property
    def same_speaker(self) -> float:
        """The share of turns found that have the speaker they have in the labels."""
        return self.speaker / self.hits if self.hits else 1.0


def labelled_files(shared: Path) -> Iterator[Labelled | str]:
    """Yield every labelled file that can be read; of any other, a line that says why not."""
    for path in sorted(LABELS.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        source = shared / label["file"]
        try:
            file = corpus.read_file(source.name, source.read_bytes())
        except (Refused, FileNotFoundError):
            yield f"{label['file']}: cannot be read"
            continue
        if digest_of(file.text) != label["text_sha256"]:
            yield f"{label['file']}: reads otherwise than when it was labelled"
            continue
        turns = tuple((a, b, c) for a, b, c in label["turns"])
        yield Labelled(label["file"], file.text, label["held_out"], turns, file.convention)


def scored(name: str, found: FoundTurns, turns: Sequence[tuple[int, int, int]]) -> Score:
    """Compare what was found with the labels: a hit is a turn that starts at the very character.

    Speakers are compared as people: a label found stands for the person whom it most often names, and each person for
    one label at most.
    """
    got = {turn.start: turn for turn in found.turns if turn.speaker}
    hits = [(got[start], speech, who) for start, speech, who in turns if start in got]
    pairs: dict[tuple[str | None, int], int] = {}
    for turn, _, who in hits:
        pairs[turn.speaker, who] = pairs.get((turn.speaker, who), 0) + 1
    matched: dict[str | None, int] = {}
    for (speaker, who), _ in sorted(pairs.items(), key=lambda pair: -pair[1]):
        if speaker not in matched and who not in matched.values():
            matched[speaker] = who
    speaker_right = sum(matched.get(turn.speaker) == who for turn, _, who in hits)
    speech_right = sum(turn.speech_start == speech for turn, speech, _ in hits)
    return Score(name, len(turns), len(got), len(hits), speech_right, speaker_right)


def measured(files: Iterable[Labelled]) -> list[Score]:
    """Measure on each file, read as an import reads it."""
    return [scored(each.file, corpus.find_turns(each.text, suggested=each.suggested), each.turns) for each in files]


def in_all(scores: Iterable[Score], name: str = "all") -> Score:
    """Add scores up."""
    columns = [(each.labelled, each.found, each.hits, each.speech, each.speaker) for each in scores]
    labelled, found, hits, speech, speaker = (sum(column) for column in zip(*columns, strict=True))
    return Score(name, labelled, found, hits, speech, speaker)


def in_every_style(files: Sequence[Labelled]) -> list[Score]:
    """Write the talks of the files in every style and measure each style over all of them.

    Talks whose format names the convention are left out: their text is written by the reader, not by a person.
    """
    talks = [talk_of(each) for each in files if len(each.turns) >= FEWEST_TURNS and each.suggested is None]
    return [in_all((_in_style(style, talk) for talk in talks), style.name) for style in STYLES]


def _in_style(style: Style, talk: Sequence[Said]) -> Score:
    text, turns = written(style, talk)
    return scored(style.name, corpus.find_turns(text), [(start, start, speaker) for start, speaker in turns])


def talk_of(labelled: Labelled) -> list[Said]:
    """Return what is said in a file, turn by turn, each paragraph on one line."""
    ends = [*(start for start, _, _ in labelled.turns[1:]), len(labelled.text)]
    between = "\n\n" if "\n\n" in labelled.text else "\n"
    return [
        Said(who, "\n".join(_one_line(labelled.text[speech:end].split(between))) or "…")
        for (_, speech, who), end in zip(labelled.turns, ends, strict=True)
    ]


def _one_line(paragraphs: Iterable[str]) -> Iterator[str]:
    return (" ".join(each.split()) for each in paragraphs if each.strip())
