"""Running commands: in this process for the many, as the real program for the few."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from ia_workbench.cli import Serve, program


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document that the command answered with."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Workbench:
    """The program with a home."""

    home: Path
    who: str | None = None

    def __call__(
        self, *arguments: object, status: int = 0, given: str | None = None, serve: Serve | None = None
    ) -> Ran:
        """Run a command and expect its exit status; a refusal must be one sentence, never a traceback."""
        words = [*self._options(), *(str(each) for each in arguments)]
        result = CliRunner(catch_exceptions=False).invoke(program, words, obj=serve, input=given)
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert ran.status == status, f"{words} ended with {ran.status}: {ran.out[-500:]} {ran.err[-1500:]}"
        assert "Traceback" not in ran.err
        return ran

    def read(self, *arguments: object) -> Any:
        """Run a reading command with `--json`; standard output must be exactly one document."""
        return self(*arguments, "--json").document

    def refused(self, *arguments: object, given: str | None = None, serve: Serve | None = None) -> str:
        """Run a command that must be refused; return its sentence, the last line on stderr. Stdout must be empty."""
        ran = self(*arguments, status=1, given=given, serve=serve)
        assert ran.out == "", f"a refused command said {ran.out}"
        sentence = ran.err.strip().splitlines()[-1]
        assert sentence.endswith((".", "`.", "?")), sentence
        return sentence

    def by(self, who: str) -> "Workbench":
        """The same home with someone else acting."""
        return Workbench(self.home, who)

    def real(self, *arguments: object, status: int = 0, given: str | None = None, **environment: str) -> Ran:
        """Run the real program in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "ia_workbench", *self._options(), *(str(each) for each in arguments)],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, **environment},
        )
        assert done.returncode == status, f"{arguments} ended with {done.returncode}: {done.stdout} {done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def _options(self) -> list[str]:
        return ["--home", str(self.home), *(["--as", self.who] if self.who else [])]


def bytes_of(folder: Path) -> dict[str, int]:
    """Return how many bytes each file of a folder has, to see that nothing was written there."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
