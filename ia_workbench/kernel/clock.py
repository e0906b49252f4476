"""Time, always in UTC; whoever needs the present is given a clock."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment in UTC, to the second: finer times identify people and help nobody."""
    return datetime.now(UTC).replace(microsecond=0)


def iso_utc(moment: datetime) -> str:
    """Write a moment as `2026-03-02T14:28:00Z`."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)  # stored moments are: there are thousands
    return in_utc.isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def parse_iso_utc(text: str) -> datetime:
    """Read a moment as `iso_utc` writes it; a missing zone is taken as UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # the first or last day there is, in another zone
        raise ValueError("a moment before the first year or after the last") from None


def parse_day(text: str) -> date:
    """Read a day as `2026-03-02`, the one form in which days are written. Raises ValueError for anything else."""
    if not DAY.match(text):
        raise ValueError("a day is written as 2026-03-02")
    return date.fromisoformat(text)
