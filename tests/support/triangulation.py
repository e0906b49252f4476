"""The fixture of ten sources by which the method's vectors of independence are stated, and links to them."""

from ia_workbench.findings import FindingFacts, LinkFacts, LinkRole, SourceFacts, Stance

S1 = SourceFacts("S1", "interview", "parent", frozenset({"P1"}), "C1")
S2 = SourceFacts("S2", "interview", "frontline", frozenset({"P2"}), "C1")
S3 = SourceFacts("S3", "case-record", "text", case="C1")
S4 = SourceFacts("S4", "interview", "frontline", frozenset({"P3"}))
S5 = SourceFacts("S5", "interview", "frontline", frozenset({"P3"}))
S6 = SourceFacts("S6", "institutional-text", "text", text_id="policy")
S7 = SourceFacts("S7", "focus-group", "parent", frozenset({"P4", "P5"}))
S8 = SourceFacts("S8", "observation", "frontline", event_id="desk")
S9 = SourceFacts("S9", "interview", "frontline", frozenset({"P2"}), "C2")
S10 = SourceFacts("S10", "interview", "parent", frozenset({"P6"}), "C2")


def link(
    source: SourceFacts,
    stance: Stance = Stance.SUPPORTS,
    *,
    key: str = "",
    role: LinkRole | None = None,
    lever: str | None = None,
    is_resolved: bool = False,
    coders: frozenset[str] = frozenset(),
    by: str = "",
    excerpt: int | None = None,
) -> LinkFacts:
    """Return a link to a source: texts and observations anchor the lever ADM unless told otherwise."""
    anchors = role is None and stance is Stance.SUPPORTS and source.kind in ("institutional-text", "observation")
    return LinkFacts(
        key=key or f"E-{source.key}",
        source=source,
        excerpt=excerpt if excerpt is not None else int(source.key.strip("S") or 0),
        stance=stance,
        role=role or (LinkRole.PRODUCED_BY if anchors else LinkRole.HAPPENS),
        lever="ADM" if anchors else lever,
        is_resolved=is_resolved,
        coders=coders,
        by=by,
    )


def finding_on(*sources: SourceFacts, links: tuple[LinkFacts, ...] = (), **facts: object) -> FindingFacts:
    """Return a finding that names the lever ADM and is supported once by each source, with further links."""
    given: dict[str, object] = {"key": "F-01", "levers": ("ADM",), "sources": sources} | facts
    return FindingFacts(links=(*map(link, sources), *links), **given)  # type: ignore[arg-type]
