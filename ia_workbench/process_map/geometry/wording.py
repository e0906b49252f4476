"""What the picture of the map says, in words that can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ia_workbench.process_map.geometry.values import Box, Mark, RowHeading
from ia_workbench.process_map.rules import EdgeEntry, NodeType, Passing


@dataclass(frozen=True)
class MapWords:
    """The words that the picture adds to those of the map, for translation; `{named}` places are filled."""

    title: str = "Case-processing map"
    steps: str = "Steps in the order of the case"
    passages: str = "Passages with marks"
    heading: str = "Steps {numbers}, {first} to {last}"
    continued: str = "Continues, steps {numbers}, {first} to {last}"
    run: str = "{first} to {last}"
    joined: str = "{before} and {last}"
    step: str = "Step {number}, {title}, {type}, lane {lane}"
    passage: str = "Passage {key}, {first} to {last}"
    units: str = "independent units: {count}"
    findings: str = "findings: {count}"
    blind_spot: str = "blind spot: {reasons}"
    condition: str = "when: {condition}"
    passes: str = "passes: {passes}"
    observed: str = "observed {days} days"
    expected: str = "expected {days} days"
    gap: str = "gap: {gap}"
    days: str = "{days} d"
    types: Mapping[NodeType, str] = field(default_factory=lambda: {each: each.value for each in NodeType})
    passings: Mapping[Passing, str] = field(default_factory=lambda: {each: each.value for each in Passing})

    def of_row(self, heading: RowHeading) -> str:
        """Say which steps a row shows."""
        runs = [str(one) if one == last else self.run.format(first=one, last=last) for one, last in heading.runs]
        numbers = runs[-1]
        if len(runs) > 1:
            numbers = self.joined.format(before=", ".join(runs[:-1]), last=runs[-1])
        sentence = self.continued if heading.row else self.heading
        first, last = lower_first(heading.first.title), lower_first(heading.last.title)
        return sentence.format(numbers=numbers, first=first, last=last)

    def of_step(self, box: Box, mark: Mark | None) -> str:
        """Say everything that the box of a step shows."""
        node = box.node
        said = [self.step.format(number=node.number, title=node.title, type=self.types[node.type], lane=box.lane_name)]
        if mark:
            said += [self.units.format(count=mark.units), self.findings.format(count=mark.findings)]
            said += [self.blind_spot.format(reasons=", ".join(mark.blind_spot))] if mark.blind_spot else []
        return ", ".join(said)

    def of_passage(self, edge: EdgeEntry, titles: Mapping[str, str], mark: Mark | None) -> str:
        """Say everything that is known about a passage."""
        said = [self.passage.format(key=edge.key, first=titles[edge.from_key], last=titles[edge.to_key])]
        said += [self.condition.format(condition=edge.condition)] if edge.condition else []
        passes = ", ".join(self.passings[each] for each in edge.passes)
        said += [self.passes.format(passes=passes)] if passes else []
        said += [self.observed.format(days=f"{edge.observed_days:g}")] if edge.observed_days is not None else []
        said += [self.expected.format(days=f"{edge.expected_days:g}")] if edge.expected_days is not None else []
        said += [self.gap.format(gap=edge.gap)] if edge.gap else []
        said += [self.findings.format(count=mark.findings)] if mark and mark.findings else []
        said += [self.blind_spot.format(reasons=", ".join(mark.blind_spot))] if mark and mark.blind_spot else []
        return ". ".join(each.rstrip(".") for each in said)

    def of_delay(self, edge: EdgeEntry) -> str:
        """Say the observed delay of a passage as shortly as can be; nothing where it is not known."""
        return "" if edge.observed_days is None else self.days.format(days=f"{edge.observed_days:g}")


def lower_first(title: str) -> str:
    """Return a title as it stands inside a sentence; abbreviations keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
