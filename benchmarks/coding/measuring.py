"""The acts that are measured, the same for both programs."""

import statistics
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from benchmarks.coding.clients import Answer, Client
from benchmarks.coding.processes import Server
from benchmarks.coding.texts import Text

EVERY = 0.1  # seconds between two codings that somebody else adds during an export


class Measured(Protocol):
    """A program that is measured."""

    name: str
    server: Server
    client: Client

    def add(self, client: Client, text: Text, place: tuple[int, int, str], number: int) -> Answer:
        """Add a coding."""

    def listed(self, page: int) -> Answer:
        """Show a page of one code's codings."""

    def export(self, kind: str) -> Answer:
        """Export one code's codings."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the server's CPU, seconds that whoever asked waited, and the 95th of 100 waits of somebody else."""

    cpu: float
    wall: float
    others: float | None = None
    size: int = 0


def cost_of(program: Measured, act: Callable[[], Answer]) -> Cost:
    """Return what one act costs."""
    before = program.server.cpu()
    answer = act()
    return Cost(program.server.cpu() - before, answer.took, size=len(answer.body))


class Adding:
    """Adds codings to a text in rounds of `count`; three come first that are not counted."""

    def __init__(self, program: Measured, text: Text, between: int, *, count: int, rounds: int) -> None:
        self.program, self.text, self.count = program, text, count
        self._places = enumerate(text.places_to_add(count * rounds + 3, between))
        self._add(3)

    def cost(self) -> Cost:
        """Return what adding one coding costs, the mean of a round."""
        before = self.program.server.cpu()
        waits = self._add(self.count)
        return Cost((self.program.server.cpu() - before) / self.count, statistics.median(waits))

    def _add(self, count: int) -> list[float]:
        chosen = islice(self._places, count)
        return [self.program.add(self.program.client, self.text, place, number).took for number, place in chosen]


def costs_in_turn(ours: Adding, theirs: Adding, rounds: int) -> tuple[Cost, Cost]:
    """Return the medians of rounds of one and of the other, one after another: a machine is slower at times."""
    costs = [(ours.cost(), theirs.cost()) for _ in range(rounds)]
    return _median([here for here, _there in costs]), _median([there for _here, there in costs])


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(each.cpu for each in costs), statistics.median(each.wall for each in costs))


def cost_beside_others(program: Measured, act: Callable[[], Answer], text: Text, between: int, seed: int) -> Cost:
    """Return what an act costs, and how long somebody else waits who adds codings while it is done once more."""
    alone = min((cost_of(program, act) for _ in range(2)), key=lambda each: each.cpu)
    places = text.places_to_add(400, between)[seed * 100 : seed * 100 + 100]
    waits: list[float] = []
    over = threading.Event()

    def others() -> None:
        client = program.client.again()
        for number, place in enumerate(places, start=seed * 1000):
            waits.append(program.add(client, text, place, number).took)
            if over.wait(EVERY):
                return

    thread = threading.Thread(target=others)
    thread.start()
    act()
    over.set()
    thread.join()
    return Cost(alone.cpu, alone.wall, sorted(waits)[int(len(waits) * 0.95)] if waits else None, alone.size)
