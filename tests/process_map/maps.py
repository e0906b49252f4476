"""Maps to try things on: random ones, and the one that is shipped."""

import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from ia_workbench.process_map import (
    Directive,
    EdgeEntry,
    LaneEntry,
    MapFile,
    Mark,
    NodeEntry,
    NodeType,
    Passing,
    PlainTitle,
    read_map,
)

SHIPPED = Path(__file__).resolve().parents[2] / "process_maps" / "reunification.yaml"

words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
sentences = words.filter(bool)
keywords = st.lists(sentences, max_size=3, unique=True).map(tuple)
days = st.none() | st.integers(0, 400).map(float) | st.floats(0, 400, allow_nan=False)
titles = st.sampled_from(
    [
        "Screening",
        "Investigation and assessment",
        "ICWA inquiry and notice",
        "Visit",
        "Out-of-home-placement-review",
        "Ärztliche Prüfung",
    ]
)


def shipped_map() -> MapFile:
    """The reunification map of this repository."""
    return read_map(SHIPPED.read_text(encoding="utf-8"))


def node(number: int, lane: str = "agency", *, title: str = "Step", type: NodeType = NodeType.ACTION) -> NodeEntry:
    """A step with no more than it needs."""
    return NodeEntry(key=f"N-{number:02d}", number=number, title=title, lane=lane, type=type)


def edge(one: int, other: int, condition: str | None = None, observed: float | None = None) -> EdgeEntry:
    """A passage with no more than it needs."""
    return EdgeEntry(f"N-{one:02d}", f"N-{other:02d}", condition, observed_days=observed)


@st.composite
def drawn_maps(draw: st.DrawFn, *, most: int = 40) -> tuple[MapFile, dict[str, Mark]]:
    """A map of any shape and the marks on some of its passages, as far as a drawing cares."""
    lanes = tuple(LaneEntry(f"lane{number}", f"Lane of the {number}") for number in range(draw(st.integers(1, 6))))
    count = draw(st.integers(1, most))
    nodes = tuple(
        node(number, draw(st.sampled_from(lanes)).key, title=draw(titles), type=draw(st.sampled_from(NodeType)))
        for number in range(1, count + 1)
    )
    chain = [(number, number + 1) for number in range(1, count) if draw(st.integers(0, 9))]
    ends = st.tuples(st.integers(1, count), st.integers(1, count)).filter(lambda pair: pair[0] != pair[1])
    others = draw(st.lists(ends, max_size=count)) if count > 1 else []
    pairs = dict.fromkeys([*chain, *others])
    observed = st.sampled_from([None, None, None, 3.0, 120.0])
    condition = st.sampled_from([None, "case goes on", "return allowed at a review and all agree to it"])
    edges = tuple(edge(one, other, draw(condition), draw(observed)) for one, other in pairs)
    marked = draw(st.lists(st.sampled_from(edges), max_size=4)) if edges else []
    marks = {each.key: Mark(findings=2, blind_spot=("no text",)) for each in marked}
    return MapFile("Any map", lanes=lanes, nodes=nodes, edges=edges), marks


@st.composite
def map_files(draw: st.DrawFn) -> MapFile:
    """A map file with every field that a person can write."""
    lanes = tuple(LaneEntry(f"l-{number}", draw(sentences)) for number in range(draw(st.integers(1, 3))))
    count = draw(st.integers(0, 5))
    nodes = tuple(draw(_full_node(number, [lane.key for lane in lanes])) for number in range(1, count + 1))
    pairs = [(one, other) for one in nodes for other in nodes if one != other and draw(st.booleans())]
    edges = tuple(draw(_full_edge(one.key, other.key)) for one, other in pairs)
    return MapFile(draw(sentences), draw(st.integers(1, 99)), draw(words), lanes, nodes, edges)


def _full_node(number: int, lanes: list[str]) -> st.SearchStrategy[NodeEntry]:
    dates = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))
    plain = st.lists(st.sampled_from(["en", "es"]), unique=True).map(sorted)
    return st.builds(
        NodeEntry,
        key=st.just(f"N-{number}"),
        number=st.just(number),
        title=sentences,
        lane=st.sampled_from(lanes),
        type=st.sampled_from(NodeType),
        plain=plain.flatmap(lambda keys: st.tuples(*[st.builds(PlainTitle, st.just(key), sentences) for key in keys])),
        description=words,
        worker_roles=keywords,
        trigger=st.none() | sentences,
        options=keywords,
        directives=st.lists(st.builds(Directive, sentences, words, dates, dates), max_size=2).map(tuple),
        texts_in=keywords,
        texts_out=keywords,
        standard_time=st.none() | sentences,
        standard_days=days,
        observed_time=st.none() | sentences,
        observed_days=days,
        present=keywords,
        absent=keywords,
        is_in_scope=st.booleans(),
    )


def _full_edge(one: str, other: str) -> st.SearchStrategy[EdgeEntry]:
    return st.builds(
        EdgeEntry,
        st.just(one),
        st.just(other),
        condition=st.none() | sentences,
        passes=st.lists(st.sampled_from(Passing), unique=True).map(tuple),
        expected_days=days,
        observed_days=days,
        gap=st.none() | sentences,
    )
