"""The small vocabulary of refusals: each is one plain sentence, fit to be shown to a person."""

from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Say in one plain sentence why an act was refused and what to do.

    `sentence` is the English sentence with `{named}` places; `facts` fill them. The edge translates the sentence
    before it fills it, so keep facts out of the sentence itself. Nothing may have been changed when this is raised
    to the edge: the edge rolls back. `line` is the line of a file that it is about, where the reader knows it; `about`
    tells it. `further` are refusals of the same kind that came with it, such as those of a table's other lines; an edge
    shows them beside it.
    """

    status = 422
    line: int | None = None
    further: "tuple[Refused, ...]" = ()

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format(**self.facts) if self.facts else self.sentence


class NotFound(Refused):
    """Say that a thing does not exist, or that this actor may not know that it does."""

    status = 404


class NotAllowed(Refused):
    """Say that this actor may see the thing but not do this to it."""

    status = 403


class Conflict(Refused):
    """Say that someone else changed the thing first; both versions are kept."""

    status = 409


@contextmanager
def about(place: str, line: int | None = None) -> Iterator[None]:
    """Put the place before whatever is refused inside: a file, and the line of the refusal, else the one given."""
    try:
        yield
    except Refused as refusal:
        where = refusal.line or line
        told = Refused("{place}: {why}", place=f"{place} line {where}" if where else place, why=str(refusal))
        told.further = refusal.further
        raise told from None
