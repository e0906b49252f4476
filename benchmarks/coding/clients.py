"""A client of one server: keeps its connection and its cookies, as a browser does."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass
class Answer:
    """What a server said: status, body, where it leads, and the seconds that it took."""

    status: int
    body: bytes
    location: str
    took: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


@dataclass
class Client:
    """Asks one server on loopback; `headers` go along with everything."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("localhost", self.port, timeout=900)

    def get(self, path: str) -> Answer:
        """Ask for something."""
        return self._ask("GET", path, None, {})

    def form(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask(
            "POST", path, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        )

    def json(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send JSON."""
        kind = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._ask("POST", path, json.dumps(fields).encode(), kind)

    def file(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a form with a file."""
        edge = "a-line-between-the-parts"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: text/html\r\n\r\n" + content + f"\r\n--{edge}--\r\n".encode())
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._ask("POST", path, b"".join(parts), kind)

    def again(self) -> "Client":
        """Return a second client of the same person."""
        return Client(self.port, dict(self.headers), dict(self.cookies))

    def _ask(self, method: str, path: str, body: bytes | None, kind: dict[str, str]) -> Answer:
        headers = {**self.headers, **kind}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        place = urlsplit(answer.getheader("Location") or "")
        return Answer(answer.status, content, f"{place.path}?{place.query}" if place.query else place.path, took)


def between(text: str, before: str, after: str) -> str:
    """Return what stands between two things for the first time."""
    start = text.index(before) + len(before)
    return text[start : text.index(after, start)]
