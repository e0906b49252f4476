"""Which codings of a source a reader wants to see, as the address of the reading page says it.

Pure: values in, values out. `static/reading/seeing.js` decides the same in the browser. An address holds keys, paths of
codes and user names; never words of a source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ia_workbench.codebook import Code
from ia_workbench.coding import Given, Mark

MINE, EVERYONE_S = "mine", "team"
BY_CODER = "coder"
UNRATED = "none"
FIELDS = ("layer", "code", "coder", "lever", "step", "rating", "important", "lanes")


@dataclass(frozen=True)
class Seeing:
    """What is asked for; an empty text asks for all. All that is asked for has to be so at once.

    `code` is a path and stands for the codes below it as well; `step` is the key of a step; `rating` is the lowest
    rating, or `none` for codings that are not rated. `lanes` is `coder` where each coder has lanes of their own.
    """

    layer: str = ""
    code: str = ""
    coder: str = ""
    lever: str = ""
    step: str = ""
    rating: str = ""
    important: str = ""
    lanes: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the codings, by name, without the layer, which has a switch of its own."""
        every = {name: getattr(self, name) for name in ("code", "coder", "lever", "step", "rating", "important")}
        return {name: value for name, value in every.items() if value}

    @property
    def fields(self) -> dict[str, str]:
        """All that is asked for, by the names it has in the address."""
        return {name: value for name in FIELDS if (value := getattr(self, name))}

    def address(self, **changed: str) -> str:
        """Return the query of this page with some of it changed; an empty value leaves a field out."""
        return urlencode({name: value for name, value in (self.fields | changed).items() if value})

    def shows(self, mark: Mark | Given, code: Code, me: str) -> bool:
        """Say whether codings, one or some that are alike, are asked for; `me` is the reader's user name."""
        return (
            (self.layer != MINE or mark.coder == me)
            and (not self.code or code.path == self.code or code.path.startswith(f"{self.code}/"))
            and (not self.coder or mark.coder == self.coder)
            and (not self.lever or self.lever in code.levers)
            and (not self.step or self.step in code.nodes)
            and (not self.important or mark.is_important)
            and self._rates(mark)
        )

    def _rates(self, mark: Mark | Given) -> bool:
        if self.rating == UNRATED:
            return not mark.rating
        return not self.rating or (mark.rating or 0) >= int(self.rating)


def seeing_of(fields: Mapping[str, str]) -> Seeing:
    """Return what an address asks for; what cannot be meant is taken for nothing."""
    found = {name: fields.get(name, "").strip() for name in FIELDS}
    rating = found["rating"]
    return Seeing(
        layer=MINE if found["layer"] == MINE else "",
        code=found["code"],
        coder=found["coder"],
        lever=found["lever"],
        step=found["step"],
        rating=rating if rating == UNRATED or (rating in tuple("123456789")) else "",
        important="1" if found["important"] == "1" else "",
        lanes=BY_CODER if found["lanes"] == BY_CODER else "",
    )


@dataclass(frozen=True)
class Choices:
    """What there is to choose from here: user names, keys of levers and steps, and the longest scale of the codes."""

    coders: tuple[str, ...]
    levers: tuple[str, ...]
    steps: tuple[str, ...]
    ratings: tuple[int, ...]


def choices_of(codes: Sequence[Code], marks: Iterable[Mark | Given], wanted: Seeing) -> Choices:
    """Return what can be chosen; what is asked for is always among it, so that it can be seen and taken back."""
    coders = {each.coder for each in marks} | _asked(wanted.coder)
    levers = {key for each in codes for key in each.levers} | _asked(wanted.lever)
    steps = {key for each in codes for key in each.nodes} | _asked(wanted.step)
    longest = max((len(each.scale) for each in codes), default=0)
    return Choices(tuple(sorted(coders)), tuple(sorted(levers)), tuple(sorted(steps)), tuple(range(1, longest + 1)))


def _asked(value: str) -> set[str]:
    return {value} if value else set()


def initials_of(coders: Sequence[str]) -> dict[str, str]:
    """Return one or two letters, or a letter and a number, for each of some user names; no two have the same."""
    found: dict[str, str] = {}
    for coder in coders:
        letters = [coder[:1] + each for each in coder[1:]] or [coder]
        numbered = [f"{coder[:1]}{number}" for number in range(2, len(coders) + 2)]
        taken = set(found.values())
        found[coder] = next(each for each in (mark.upper() for mark in (*letters, *numbered)) if each not in taken)
    return found
