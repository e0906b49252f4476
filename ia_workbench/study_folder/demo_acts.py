"""The acts that a demo performs after its study was loaded: releases, positions of the body, the team's answers."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class DemoAct:
    """One act of `demo.yaml`, by the person named."""

    act: str
    finding: str
    by: str


def read_demo_acts(folder: Path) -> tuple[DemoAct, ...]:
    """Read `demo.yaml` of a study's folder, in order; () when there is none. Refuses anything malformed."""
    raise NotImplementedError


def perform_demo_act(evidence: Session, published: Session, act: DemoAct) -> None:
    """Perform one act as the person it names; an act that was performed before changes nothing."""
    raise NotImplementedError
