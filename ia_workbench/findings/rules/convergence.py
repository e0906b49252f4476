"""The convergence matrix: what each family of sources says of a finding, silence and absence told apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from ia_workbench.findings.rules.facts import FindingFacts, LinkFacts
from ia_workbench.findings.rules.units import grouped
from ia_workbench.findings.rules.vocabulary import Cell, SourceFamily
from ia_workbench.method import Stance


@dataclass(frozen=True)
class FamilyCell:
    """One cell: the units of this family that support, contradict and complicate, and the sources behind it.

    `sources` are the keys of linked sources; `unlinked` of those that touch the finding's steps or passages and are not
    linked to it.
    """

    family: SourceFamily
    cell: Cell
    supporting: int
    contradicting: int
    complicating: int
    sources: tuple[str, ...]
    unlinked: tuple[str, ...]


def convergence_of(facts: FindingFacts) -> tuple[FamilyCell, ...]:
    """Return the cells of the eight source families, in order; how they derive from the links is our convention."""
    near = [source for source in facts.sources if source.counts and source.touches(facts.nodes, facts.edges)]
    return tuple(
        _cell_of(family, facts, [each.key for each in near if each.family is family]) for family in SourceFamily
    )


def _cell_of(family: SourceFamily, facts: FindingFacts, near: list[str]) -> FamilyCell:
    links = {stance: _of(family, facts.linked(stance)) for stance in Stance}
    linked = {link.source.key for of_stance in links.values() for link in of_stance}
    return FamilyCell(
        family,
        _judge(
            bool(links[Stance.SUPPORTS]), bool(links[Stance.CONTRADICTS]), bool(links[Stance.COMPLICATES]), bool(near)
        ),
        supporting=_units(links[Stance.SUPPORTS]),
        contradicting=_units(links[Stance.CONTRADICTS]),
        complicating=_units(links[Stance.COMPLICATES]),
        sources=tuple(sorted(linked)),
        unlinked=tuple(sorted(set(near) - linked)),
    )


def _of(family: SourceFamily, links: Iterable[LinkFacts]) -> list[LinkFacts]:
    return [link for link in links if link.source.family is family]


def _units(links: Iterable[LinkFacts]) -> int:
    return len(grouped(link.source for link in links))


def _judge(supports: bool, contradicts: bool, complicates: bool, could_speak: bool) -> Cell:
    if complicates or (supports and contradicts):
        return Cell.MIXED
    if supports:
        return Cell.SUPPORTS
    if contradicts:
        return Cell.DISSONANT
    return Cell.SILENT if could_speak else Cell.NOT_EXAMINED


def convergence_share(cells: Iterable[Cell]) -> float | None:
    """Return (agreement + partial) / (agreement + partial + dissonant) over the families that spoke; None below two.

    Supports stands for agreement and mixed for partial agreement, until a person refines them. Never shown as a score.
    """
    spoke = [cell for cell in cells if cell in (Cell.SUPPORTS, Cell.MIXED, Cell.DISSONANT)]
    if len(spoke) < 2:
        return None
    return sum(cell is not Cell.DISSONANT for cell in spoke) / len(spoke)
