"""The server is killed while two people code: whatever was acknowledged is there, once, and the journal says the same.

`IA_WORKBENCH_KILLS` says how often; `make kill-coding` kills it a hundred times.
"""

import os
import time

from sqlalchemy import select

from ia_workbench import coding
from ia_workbench.coding import Coding, CodingAct
from ia_workbench.database import Store, is_sound
from tests.support.homes import Home
from tests.support.killing import LONGEST, Coder, Dice, Mortal, Place
from tests.support.transcripts import KEY, add_transcript

KILLS = int(os.environ.get("IA_WORKBENCH_KILLS", "10"))
TEXT = "PARENT: " + "We waited for the bus. " * 2000
CODES = ["staff-goodwill", "form-shapes-choice", "means/bus-timing"]
MOST_ACTS = 4  # in one life of the server
WITHIN = 60  # ms: where within the next act it is killed


def test_whatever_was_acknowledged_outlives_every_kill(home: Home) -> None:
    add_transcript(home, with_codings=False, text=TEXT)
    server, dice = Mortal(home.folder), Dice("kills")
    server.start()
    address = f"/s/cedar/sources/{KEY}"
    coders = [
        Coder(home, server.port, who, first, address, TEXT, CODES) for who, first in (("ana", 10), ("ben", 20_000))
    ]
    for each in coders:
        each.start()
    try:
        for _kill in range(KILLS):
            wait_for(coders, 1 + dice.below(MOST_ACTS))
            time.sleep(dice.below(WITHIN) / 1000)
            server.kill()
            server.start()
        for each in coders:
            each.stop()
    finally:
        server.kill()
    assert not any(each.is_alive() for each in coders)
    assert sum(each.tries for each in coders) > sum(len(each.acknowledged) for each in coders) + KILLS // 2
    assert is_sound(home.evidence)
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        for each in coders:
            assert places(session.scalars(select(Coding)).all(), each.who) == each.there
        names = session.scalars(select(CodingAct.request).order_by(CodingAct.id)).all()
        assert sorted(filter(None, names)) == sorted(name for each in coders for name in each.acknowledged)
        assert coding.replayed(session, home.study_id).wrong == frozenset()
        assert coding.mismatched_excerpts(session, home.study_id) == []


def wait_for(coders: list[Coder], more: int) -> None:
    """Wait until so many more acts were answered: on a slow machine a life lasts longer."""
    before = sum(len(each.acknowledged) for each in coders)
    until = time.monotonic() + LONGEST
    while sum(len(each.acknowledged) for each in coders) < before + more:
        assert time.monotonic() < until, "nobody gets on"
        time.sleep(0.005)


def places(codings: list[Coding], who: str) -> dict[str, Place]:
    """Where somebody's codings stand, by GUID."""
    return {str(each.guid): (each.excerpt.start, each.excerpt.end) for each in codings if each.coder.username == who}
