"""What it costs the server that pages ask what others do: one asking, and one coding while fifty pages ask.

Times are the processor's, in milliseconds: what else runs on the machine is not counted.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ia_workbench.database import Store, bring_up_to_date, open_engine
from ia_workbench.kernel import utc_now
from ia_workbench.web import create_team_app
from tests.support import Home, make_home
from tests.support.browsing import Browser, signed_in
from tests.support.transcripts import KEY, TEXT, add_transcript
from tests.web.workbench.test_codings import send

ASKINGS = 400
PAGES, EVERY = 50, 1.5  # open pages, seconds between two askings of one
HERE = f"/s/cedar/sources/{KEY}"


def processor_ms(doing: Callable[[], object], times: int) -> float:
    """Return the median processor time of doing something, in milliseconds."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        doing()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent)


def open_home(folder: Path) -> Home:
    """Make a home with a coded transcript."""
    for store in Store:
        engine = open_engine(f"sqlite:///{folder / f'{store}.sqlite3'}")
        bring_up_to_date(engine, store)
        engine.dispose()
    home = make_home(folder, clock=lambda: datetime.now(UTC))
    add_transcript(home)
    return home


def measure(home: Home) -> None:
    """Print the figures."""
    app = create_team_app(home.settings, home.evidence, home.published)
    ana, ben = (signed_in(app, home, home.actor(who)) for who in ("ana", "ben"))
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    asked = processor_ms(lambda: ana.client.get(f"{HERE}/changes.json?after={last}&here=1"), ASKINGS)
    print(f"asking, nothing changed: {asked:.2f} ms")
    print(f"{PAGES} open pages: {asked * PAGES / EVERY / 10:.1f} % of one processor")
    token = ben.token(f"{HERE}/code")
    coded = processor_ms(Applying(ben, token), 60)
    print(f"adding a coding: {coded:.2f} ms")


class Applying:
    """Codes further words each time."""

    def __init__(self, browser: Browser, token: str) -> None:
        self._browser, self._token, self._at = browser, token, 10

    def __call__(self) -> None:
        """Code three characters further on."""
        self._at += 1
        words = TEXT[self._at : self._at + 3]
        place = {"revision": 1, "start": self._at, "end": self._at + 3, "quote": words}
        fields = place | {"code": "staff-goodwill", "request": f"b-{self._at}"}
        send(self._browser, f"{HERE}/codings", fields, token=self._token)


if __name__ == "__main__":
    print(f"{utc_now():%d %B %Y}")
    with tempfile.TemporaryDirectory() as name:
        made = open_home(Path(name))
        measure(made)
        made.close()
