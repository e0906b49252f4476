"""Everything that is wrong with a table, told at once: a refusal that names the first line, and all others with it."""

from collections.abc import Sequence
from typing import NamedTuple

from ia_workbench.kernel import Refused


class Problem(NamedTuple):
    """What is wrong with one line of a table (the header is line 1; in a workbook, a row)."""

    line: int
    refusal: Refused

    def told(self) -> Refused:
        """Return it as a sentence with its line."""
        return Refused("Line {line}: {problem}", line=self.line, problem=str(self.refusal))


def refuse_all(problems: Sequence[Problem]) -> None:
    """Refuse if there is any problem: in the words of the first, with how many more there are in `further`."""
    if not problems:
        return
    first, *others = [each.told() for each in sorted(problems, key=lambda each: each.line)]
    if not others:
        raise first
    if len(others) == 1:
        refusal = Refused("{first} One more problem was found.", first=str(first))
    else:
        refusal = Refused("{first} {count} more problems were found.", first=str(first), count=len(others))
    refusal.further = tuple(others)
    raise refusal
