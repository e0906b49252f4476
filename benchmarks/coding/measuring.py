"""The acts that are measured, the same for both programs."""

import statistics
import threading
from collections.abc import Callable
from dataclasses import dataclass
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


def cost_of_adding(program: Measured, text: Text, between: int, count: int) -> Cost:
    """Return what adding one coding costs, the mean of `count`; three come first that are not counted."""
    places = text.places_to_add(count + 3, between)
    for number, place in enumerate(places[:3]):
        program.add(program.client, text, place, number)
    before = program.server.cpu()
    waits = [program.add(program.client, text, place, number).took for number, place in enumerate(places[3:], start=3)]
    return Cost((program.server.cpu() - before) / count, statistics.median(waits))


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
