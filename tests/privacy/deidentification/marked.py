"""Reads the passages of `gold.yaml`: marked words become spans of the plain text."""

import re
from pathlib import Path

from benchmarks.scoring import GoldSpan, GoldText
from ia_workbench.kernel import parse_yaml
from ia_workbench.privacy import DIRECT_IDENTIFIERS, IdentifierClass, ListedName

MARKED = re.compile(r"\[\[(.+?)\|([a-z-]+)\]\]", re.DOTALL)


def gold_texts() -> list[GoldText]:
    """Return the passages with their spans, each with the study's list."""
    read = parse_yaml((Path(__file__).parent / "gold.yaml").read_bytes().decode("utf-8"))
    names = tuple(
        ListedName(str(words), IdentifierClass(kind)) for kind, entries in read["names"].items() for words in entries
    )
    return [_text(f"passage-{number}", passage, names) for number, passage in enumerate(read["passages"])]


def _text(key: str, passage: str, names: tuple[ListedName, ...]) -> GoldText:
    text, spans, at = "", [], 0
    for match in MARKED.finditer(passage):
        text += passage[at : match.start()]
        kind = IdentifierClass(match.group(2))
        need = "direct" if kind in DIRECT_IDENTIFIERS else "quasi"
        spans.append(GoldSpan(len(text), len(text) + len(match.group(1)), kind.value, need))
        text += match.group(1)
        at = match.end()
    return GoldText(key, text + passage[at:], tuple(spans), names)
