"""The texts and codings that both programs are given: the same words, the same places, the same numbers."""

import random
from dataclasses import dataclass

SIZES = {"5 kB": 5_000, "50 kB": 50_000, "1 MB": 1_000_000}
CODES = 40
SAID = "the visit form opens at nine and my shift ends at three so I ask her for a slot after four tomorrow"
FROM_END = 10  # the part of a text, counted from its end, in which codings are added: where reading through costs most


@dataclass(frozen=True)
class Text:
    """One source: its name, its lines, and where its codings stand, as (line, start, end, number of the code)."""

    name: str
    lines: tuple[str, ...]
    codings: tuple[tuple[int, int, int, int], ...]
    in_one_code: bool = False

    @property
    def whole(self) -> str:
        """The text as the workbench reads it: a line for each turn."""
        return "\n".join(self.lines) + "\n"

    @property
    def html(self) -> str:
        """The text as Taguette reads it, where offsets count words alone."""
        return "".join(f"<p>{line}</p>" for line in self.lines)

    def line_starts(self, between: int) -> list[int]:
        """Return where each line begins, with so many characters between two."""
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + between
        return starts

    def places(self, between: int) -> list[tuple[int, int, str, int]]:
        """Return start, end, words and code of every coding."""
        starts = self.line_starts(between)
        return [
            (starts[line] + start, starts[line] + end, self.lines[line][start:end], code)
            for line, start, end, code in self.codings
        ]

    def places_to_add(self, count: int, between: int) -> list[tuple[int, int, str]]:
        """Return start, end and words of places near the end that have no coding."""
        starts, taken = self.line_starts(between), {each[:3] for each in self.codings}
        found: list[tuple[int, int, str]] = []
        for line in range(len(self.lines) - 1, 0, -1):
            for start in range(10, len(self.lines[line]) - 70, 7):
                if (line, start, start + 61) not in taken:
                    found.append(
                        (starts[line] + start, starts[line] + start + 61, self.lines[line][start : start + 61])
                    )
                if len(found) == count:
                    return found
        raise ValueError(f"{self.name} has no {count} places")


def make_text(name: str, size: int, codings: int, *, in_one_code: bool = False) -> Text:
    """Return an invented interview of about `size` bytes with so many codings, the same each time."""
    chance = random.Random(size)  # noqa: S311 - the same text every time
    lines: list[str] = []
    length = 0
    while length < size:
        asks = len(lines) % 2 == 1
        words = " ".join(chance.choices(SAID.split(), k=chance.randint(3, 12) if asks else chance.randint(20, 160)))
        lines.append(f"{'INTERVIEWER' if asks else 'PARENT'}: {words}.")
        length += len(lines[-1]) + 1
    return Text(name, tuple(lines), tuple(sorted(_codings(lines, codings, chance, in_one_code))), in_one_code)


def _codings(lines: list[str], count: int, chance: random.Random, in_one_code: bool) -> set[tuple[int, int, int, int]]:
    long = [number for number, line in enumerate(lines) if len(line) > 60]
    places: set[tuple[int, int, int]] = set()
    while len(places) < count:
        line = chance.choice(long)
        start = chance.randrange(8, len(lines[line]) - 25)
        places.add((line, start, min(len(lines[line]), start + chance.randint(20, 300))))
    return {(*place, 0 if in_one_code else chance.randrange(CODES)) for place in places}
