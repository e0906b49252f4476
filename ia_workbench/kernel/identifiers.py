"""Public identifiers: GUIDs for exchange, short keys for people, slugs for paths."""

import re
import unicodedata
import uuid


def new_guid() -> uuid.UUID:
    """Return a fresh random GUID (REFI-QDA identifies everything it exchanges by one)."""
    return uuid.uuid4()


def format_key(prefix: str, number: int, width: int = 2) -> str:
    """Write the short key of a thing in its study: `format_key("F", 3)` is `F-03`."""
    return f"{prefix}-{number:0{width}d}"


def slug_of(name: str) -> str:
    """Turn a name into a path part: lower case, a to z, digits and single hyphens; `code` when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "code"
