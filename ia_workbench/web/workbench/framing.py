"""The sentence frame of a finding, read out of its statement.

*At [step], [directive, form, practice or absence] organizes [worker role] to [act], so that [families] [consequence].*
The frame is our convention; a statement that does not follow it is shown whole.
"""

import re
from dataclasses import dataclass

FRAME = re.compile(
    r"(?:At|In|On|During)\s+(?P<step>[^,]+),\s+(?P<organizer>.+?)\s+organi[sz]es?\s+(?P<role>.+?)\s+to\s+(?P<act>.+?),"
    r"?\s+so\s+that\s+(?P<consequence>.+?)\.?\s*\Z",
    re.DOTALL,
)

LONGEST_FRAMED = 1_000  # characters; the pattern takes time that grows with the third power of a statement's length


@dataclass(frozen=True)
class Frame:
    """The parts of a statement, each as it stands there with a capital first letter."""

    step: str
    organizer: str
    role_and_act: str
    consequence: str


def frame_of(statement: str) -> Frame | None:
    """Return the parts of a statement that follows the frame, else None."""
    words = " ".join(statement.split())
    found = FRAME.match(words) if len(words) <= LONGEST_FRAMED else None
    if found is None:
        return None
    parts = (found["step"], found["organizer"], f"{found['role']}, to {found['act']}", found["consequence"])
    return Frame(*(_capital(part) for part in parts))


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]
