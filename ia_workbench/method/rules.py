"""The fixed words of evidence and of a finding's strength, as findings are weighed and as packages tell them."""

from enum import StrEnum


class Stance(StrEnum):
    """What an evidence link says of its finding. `complicates` is always shown and counts neither for nor against."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    COMPLICATES = "complicates"


class LinkRole(StrEnum):
    """Which part of a finding an evidence link speaks to."""

    HAPPENS = "happens"
    PRODUCED_BY = "produced-by"
    IMPACT = "impact"
    COUNTER = "counter"


class Strength(StrEnum):
    """What the evidence rule makes of a finding."""

    ESTABLISHED = "established"
    EMERGING = "emerging"
    THIN = "thin"


class ShownAs(StrEnum):
    """What readers outside the team may get of an evidence link: masked words, a paraphrase, or only that it counts."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    COUNT = "count"
