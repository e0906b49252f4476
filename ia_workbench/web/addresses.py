"""Addresses within one application: nothing here ever points outside."""

from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for


def url_of(endpoint: str, **values: Any) -> str:
    """Return the address of a page, as a path."""
    return url_for(endpoint, **values)


def path_and_query() -> str:
    """Return the path and query of this request, to come back to after signing in."""
    return request.full_path.rstrip("?")


def safe_next(wanted: str | None, fallback: str) -> str:
    """Return the address to go to after signing in: a path of this application, else the fallback."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return fallback
    parts = urlsplit(wanted)
    return fallback if parts.scheme or parts.netloc or any(ord(each) < 32 for each in wanted) else wanted
