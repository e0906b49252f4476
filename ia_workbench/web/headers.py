"""What every answer tells the browser: nothing from elsewhere, nothing kept, nothing told to others."""

from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
]
NOT_KEPT = ("Cache-Control", "no-store")
STATIC = "/static/"
ONLY_BY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")


def with_headers(environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
    """Return what begins an answer with the security headers added, whatever made the answer.

    Nobody may keep one, whatever it says, but for style, scripts and fonts that say how long.
    """

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        if not (environ["PATH_INFO"].startswith(STATIC) and any(map(_says_how_long, headers))):
            headers = [*(each for each in headers if not _says_how_long(each)), NOT_KEPT]
        added = [*headers, *HEADERS]
        if environ["wsgi.url_scheme"] == "https":
            added.append(ONLY_BY_HTTPS)
        return start_response(status, added, *error)

    return start


def _says_how_long(header: tuple[str, str]) -> bool:
    return header[0].lower() == "cache-control"
