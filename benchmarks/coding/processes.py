"""Servers as real processes, and the CPU time that each and all its children took. Linux only: it reads /proc."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROCESS_CLOCK = 2  # which of a process's clocks counts all its threads: clock_getcpuclockid(3) of Linux
PATIENCE = 90.0  # seconds until a server must answer


class Server:
    """A server in a process of its own; its words go to a file."""

    def __init__(self, command: Sequence[str | Path], log: Path, environment: dict[str, str] | None = None) -> None:
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [str(each) for each in command],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
                start_new_session=True,
            )

    def wait_for(self, said: Callable[[str], str | None]) -> str:
        """Return what `said` finds in the server's words, once it finds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            found = said(self.log.read_text(errors="replace"))
            if found:
                return found
            time.sleep(0.2)
        raise RuntimeError(f"{self.process.args}: did not start\n{self.log.read_text(errors='replace')[-2000:]}")

    def cpu(self) -> float:
        """Return the seconds of CPU that the server took so far, its children and those they had included."""
        return sum(_cpu_of(each) for each in _tree(self.process.pid))

    def stop(self) -> None:
        """End the server and whatever it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _tree(int(child))
    return found


def _cpu_of(pid: int) -> float:
    """Return a process's own seconds to the nanosecond, by its CPU clock; of children that ended to a hundredth."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        own = time.clock_gettime((~pid << 3) | PROCESS_CLOCK)
    except OSError:
        return 0.0
    return own + sum(map(int, fields[13:15])) / TICKS  # cutime, cstime


def private_memory(pid: int) -> float:
    """Return the megabytes that a process shares with no other."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1000
