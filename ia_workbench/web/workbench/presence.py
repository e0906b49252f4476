"""Who has a source open now: kept in the memory of this process alone, never stored and never in the audit trail."""

import threading
import time
from collections.abc import Callable

from flask import Blueprint, Flask, current_app, g, jsonify
from werkzeug.wrappers import Response

from ia_workbench import privacy
from ia_workbench.privacy import SignedIn
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.codings import sent_fields
from ia_workbench.web.workbench.current import TEAM

presence = Blueprint("presence", __name__)
HERE_FOR = 6.0  # seconds after a page last asked: some turns of its asking, so that a slow answer makes nobody vanish


class Present:
    """Who is at which source. A source is its number in the store; people are told apart by their username."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[int, dict[str, float]] = {}
        self._lock = threading.Lock()

    def note(self, source_id: int, who: str) -> None:
        """Note that somebody has a source open now."""
        with self._lock:
            self._seen.setdefault(source_id, {})[who] = self._clock()

    def others(self, source_id: int, who: str) -> list[str]:
        """Return who else has a source open, by name; those who went are forgotten."""
        since = self._clock() - HERE_FOR
        with self._lock:
            here = {name: at for name, at in self._seen.get(source_id, {}).items() if at >= since}
            if here:
                self._seen[source_id] = here
            else:
                self._seen.pop(source_id, None)
        return sorted(here.keys() - {who})

    def forget(self, who: str) -> None:
        """Forget where somebody is, at once."""
        with self._lock:
            for here in self._seen.values():
                here.pop(who, None)


def install_presence(app: Flask) -> None:
    """Give the application its memory of who is where."""
    app.extensions["ia_present"] = Present()


def others_at(source_id: int, *, is_here: bool) -> list[str]:
    """Return who else is at a source; whoever asks is noted where they look at it and have not chosen to be hidden."""
    signed_in: SignedIn = g.signed_in
    present: Present = current_app.extensions["ia_present"]
    if is_here and signed_in.shows_presence:
        present.note(source_id, actor().username)
    return present.others(source_id, actor().username)


@presence.post("/presence")
@open_to(*TEAM)
@changes_data
def choose() -> Response:
    """Choose whether others see which source one has open (`shown` 1 or 0)."""
    is_shown = sent_fields().number("shown") == 1
    privacy.choose_presence(session(), actor(), shown=is_shown)
    if not is_shown:
        present: Present = current_app.extensions["ia_present"]
        present.forget(actor().username)
    return jsonify({"shown": is_shown})
