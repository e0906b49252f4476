"""The table that is printed, and each target with whether it is met in this run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.coding.browser import Opened
from benchmarks.coding.measuring import Cost

OURS, THEIRS = "IA Workbench", "Taguette"


@dataclass(frozen=True)
class Target:
    """What is to be, and what it takes to say whether it is; None where this run did not measure that."""

    words: str
    value: Callable[["Report"], float | None]
    most: float = 0.0
    least: float = 0.0

    def told(self, report: "Report") -> str:
        """Say whether it is met."""
        value = self.value(report)
        if value is None:
            return f"not measured  {self.words}"
        is_met = value <= self.most if self.most else value >= self.least
        return f"{'met' if is_met else 'NOT MET':<14}{self.words}: {value:,.2f}"


@dataclass
class Report:
    """All figures of one run."""

    ours: dict[str, Cost] = field(default_factory=dict)
    theirs: dict[str, Cost] = field(default_factory=dict)
    pages: dict[tuple[str, str], Opened] = field(default_factory=dict)

    def title(self, words: str) -> None:
        """Begin a part."""
        print(f"\n{words}", flush=True)

    def server(self, name: str, here: Cost, there: Cost, *, unit: int = 1) -> None:
        """Keep and print one line of both servers."""
        self.ours[name], self.theirs[name] = here, there
        cells = [f"{each.cpu * unit:>9.2f} ({each.wall * unit:.2f}{_others(each)})" for each in (here, there)]
        print(
            f"  {name:<46}{cells[0]:<30}{cells[1]:<30}{there.cpu / max(here.cpu, 0.001):>7.1f} times less", flush=True
        )

    def sums(self, name: str, here: Sequence[Cost], there: Sequence[Cost], times: float) -> None:
        """Keep and print the sum of many acts, `times` as many as were measured."""
        whole = [
            Cost(sum(each.cpu for each in costs) * times, sum(each.wall for each in costs) * times)
            for costs in (here, there)
        ]
        self.server(name, *whole)

    def opened(self, name: str, program: str, page: Opened) -> None:
        """Keep and print one line of one page."""
        self.pages[name, program.partition(" ")[0]] = page
        first = f"{page.first_text:.0f}" if page.first_text is not None else "?"
        scrolled = f"  {page.frames:.0f} frames/s, {page.cpu_of_frame:.1f} ms each" if page.frames else ""
        print(
            f"  {name:<14}{program:<15}text {first:>6}  CPU {page.cpu * 1000:>8.0f}"
            f" (script {page.script * 1000:.0f}, layout {page.layout * 1000:.0f})  nodes {page.nodes:>7}"
            f"  heap {page.heap:.0f} MB  memory {page.at_first:.0f} MB"
            f" ({page.memory:.0f} at its end, {page.rested:.0f} at rest, {page.in_use:.0f} in use){scrolled}",
            flush=True,
        )

    def judge(self) -> None:
        """Print each target with whether it is met."""
        print()
        for each in TARGETS:
            print(each.told(self))

    def growth(self, more: str, less: str) -> float | None:
        """Return how many times dearer one act is than another here."""
        if more not in self.ours or less not in self.ours:
            return None
        return self.ours[more].cpu / max(self.ours[less].cpu, 1e-6)

    def ratio(self, name: str) -> float | None:
        """Return how many times less the server takes here."""
        found = next((each for each in self.ours if each.startswith(name)), None)
        return self.theirs[found].cpu / max(self.ours[found].cpu, 1e-3) if found else None

    def page(self, name: str, of: Callable[[Opened], float | None]) -> float | None:
        """Return a figure of a page here."""
        found = self.pages.get((name, "IA"))
        return of(found) if found else None


def _others(cost: Cost) -> str:
    return f"; {cost.others:.2f}" if cost.others is not None else ""


def _drawing(report: Report) -> float | None:
    here, there = report.pages.get(("open 2,000", "IA")), report.pages.get(("open 2,000", THEIRS))
    return there.cpu / here.cpu if here and there else None


def _node_growth(report: Report) -> float | None:
    some, many = report.pages.get(("open 200", "IA")), report.pages.get(("open 10,000", "IA"))
    return many.nodes / some.nodes if some and many else None


TARGETS = (
    Target("adding at 50 kB, times less than Taguette (10)", lambda it: it.ratio("add 50 kB, 0"), least=10),
    Target("adding at 1 MB, times less than Taguette (50)", lambda it: it.ratio("add 1 MB, 0"), least=50),
    Target("adding at 1 MB to adding at 5 kB (1.3)", lambda it: it.growth("add 1 MB, 0", "add 5 kB, 0"), most=1.3),
    Target(
        "adding beside 10,000 to adding beside none (1.3)", lambda it: it.growth("add 1 MB, 10,000", "add 1 MB, 0"),
        most=1.3,
    ),
    Target(
        "first text of 1 MB with 10,000, ms (300)", lambda it: it.page("open 10,000", lambda at: at.first_text),
        most=300,
    ),
    Target(
        "highlights of the view, ms of the main thread (500)",
        lambda it: it.page("open 10,000", lambda at: at.cpu * 1000), most=500,
    ),
    Target("drawing 2,000, times less than Taguette (50)", _drawing, least=50),
    Target(
        "frames a second while scrolling (50)", lambda it: it.page("open 10,000", lambda at: at.frames), least=50
    ),
    Target(
        "CPU of a frame, ms (20: fifty a second)", lambda it: it.page("open 10,000", lambda at: at.cpu_of_frame),
        most=20,
    ),
    Target("nodes with 10,000 to nodes with 200 (1.1)", _node_growth, most=1.1),
    Target("memory of the page opened, MB (150)", lambda it: it.page("open 10,000", lambda at: at.at_first), most=150),
    Target("scrolled fast to its end, MB (150)", lambda it: it.page("open 10,000", lambda at: at.memory), most=150),
    Target("left alone for 15 s, MB (150)", lambda it: it.page("open 10,000", lambda at: at.rested), most=150),
    Target("of that in use, MB (150)", lambda it: it.page("open 10,000", lambda at: at.in_use), most=150),
    Target("listing, times less than Taguette (10)", lambda it: it.ratio("list all"), least=10),
    *(
        Target(
            f"exporting {kind}, times less than Taguette (10)", lambda it, kind=kind: it.ratio(f"export {kind}"),
            least=10,
        )
        for kind in ("csv", "xlsx", "docx")
    ),
)  # fmt: skip
