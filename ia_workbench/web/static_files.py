"""Style, scripts and fonts: read into memory once, under addresses that change when a file does.

An address holds a digest of all the files (`/static/v-1f…/reading/reading.js`), so that a browser may keep what it got
and never has to ask again; modules that scripts import and fonts that styles name are found beside them, under the same
digest. A page's styles are joined into one file: a browser paints nothing before it has them all.
"""

import hashlib
import posixpath
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
LOOKED_EVERY = 1.0  # seconds: while somebody works on the files, a page never has older ones
KEPT_BY_BROWSERS = "public, max-age=31536000, immutable"
ASKED_FOR_AGAIN = "no-cache"
JOINED = "joined.css"
MOST_JOINED = 200  # kept: more than there are pages, fewer than somebody could ask for
BESIDE = re.compile(r'url\("(?!data:|/|#)([^"]+)"\)')  # a font, named from the folder of its style

Seen = tuple[tuple[str, int, int], ...]  # name, nanoseconds and size of each file


@dataclass(frozen=True)
class Files:
    """The files as they were at one moment: their bytes by their names, and the digest of them all."""

    seen: Seen
    content: Mapping[str, bytes]
    digest: str
    already_joined: dict[tuple[str, ...], bytes] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, folder: Path, seen: Seen) -> "Files":
        """Read the files."""
        content = {name: (folder / name).read_bytes() for name, _changed, _size in seen}
        whole = hashlib.sha256()
        for name, data in content.items():
            whole.update(f"{name} {len(data)}\n".encode() + data)
        return cls(seen, content, whole.hexdigest()[:16])

    def joined(self, names: Sequence[str]) -> bytes | None:
        """Return some styles as one, in their order; None where one is no style of ours."""
        known = self.already_joined.get(tuple(names))
        if known is not None:
            return known
        if not all(name.endswith(".css") and name in self.content for name in names):
            return None
        joined = "\n".join(_from_the_top(name, self.content[name].decode()) for name in names).encode()
        if len(self.already_joined) < MOST_JOINED:
            self.already_joined[tuple(names)] = joined
        return joined


class StaticFiles:
    """The files of a folder, read again when one was changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._files = Files.of(folder, _seen(folder))
        self._looked = time.monotonic()

    @property
    def now(self) -> Files:
        """The files as they are, or were a second ago."""
        with self._lock:
            if time.monotonic() - self._looked > LOOKED_EVERY:
                seen = _seen(self._folder)
                if seen != self._files.seen:
                    self._files = Files.of(self._folder, seen)
                self._looked = time.monotonic()
            return self._files


def install_static_files(app: Flask, folder: Path) -> None:
    """Serve a folder under `/static/`, and give templates the names of what links to it."""
    app.extensions["ia_static_files"] = StaticFiles(folder)
    app.add_url_rule("/static/<path:filename>", "static", _file)
    app.add_url_rule("/static/v-<digest>/<path:filename>", "static", _file)
    app.url_defaults(_add_digest)
    app.jinja_env.globals.update(first_styles=_first_styles, style=_style, styles=_styles)


def _files() -> Files:
    held: StaticFiles = current_app.extensions["ia_static_files"]
    return held.now


def _file(filename: str, digest: str = "") -> Response:
    files = _files()
    is_joined = filename == JOINED
    content = files.joined(request.args.getlist("file")) if is_joined else files.content.get(filename)
    if not content:
        raise NotFound
    answer = Response(content, mimetype=KINDS[posixpath.splitext(filename)[1]])
    # always under today's digest, else it asks each time
    answer.headers["Cache-Control"] = KEPT_BY_BROWSERS if digest == files.digest else ASKED_FOR_AGAIN
    answer.set_etag(hashlib.sha256(content).hexdigest()[:16])
    answer.make_conditional(request)
    return answer


def _add_digest(endpoint: str, values: dict[str, str]) -> None:
    if endpoint == "static":
        values.setdefault("digest", _files().digest)


def _first_styles(*names: str) -> str:
    """Begin the list of a page's styles."""
    g.styles = list(names)
    return ""


def _style(name: str) -> str:
    """Add a style to those of the page."""
    g.styles.append(name)
    return ""


def _styles() -> Markup:
    """Return the link to the page's styles, all in one."""
    address = url_for("static", filename=JOINED, file=list(dict.fromkeys(g.pop("styles"))))
    return Markup('<link rel="stylesheet" href="{}">').format(address)


def _from_the_top(name: str, words: str) -> str:
    """Return a style in which what stands beside it is named from the top of the folder, where joined styles are."""
    return BESIDE.sub(lambda found: f'url("{posixpath.join(posixpath.dirname(name), found[1])}")', words)


def _seen(folder: Path) -> Seen:
    found = []
    for path in folder.rglob("*"):
        if path.suffix in KINDS and path.is_file():
            facts = path.stat()
            found.append((path.relative_to(folder).as_posix(), facts.st_mtime_ns, facts.st_size))
    return tuple(sorted(found))
