"""`make translations`: add to `es.po` what the pages say and it lacks, and tell what is still to be written."""

import sys

from ia_workbench.web.translating import CATALOGUES
from ia_workbench.web.translations.checking import compare
from ia_workbench.web.translations.extraction import Message, messages


def main() -> int:
    """Add the missing messages with nothing beside them; returns 1 while any is unwritten or stale."""
    path = CATALOGUES / "es.po"
    found = compare(messages(), path)
    if found.missing:
        entries = "\n".join(_entry(message) for message in found.missing)
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{entries}", encoding="utf-8")
    for title, keys in (
        ("added, to be translated", [_key(message) for message in found.missing]),
        ("still to be translated", found.unwritten),
        ("said nowhere any more, to be taken out", found.stale),
        ("with other places than the English", found.misplaced),
    ):
        sys.stdout.write("".join(f"{title}: {key}\n" for key in keys))
    if found.is_complete:
        sys.stdout.write("Every message has its Spanish.\n")
    return 0 if found.is_complete else 1


def _key(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _entry(message: Message) -> str:
    flag = "#, python-format\n" if "%(" in _key(message) else ""
    if isinstance(message, str):
        return f'{flag}msgid {_quoted(message)}\nmsgstr ""\n'
    one, many = message
    return f'{flag}msgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
