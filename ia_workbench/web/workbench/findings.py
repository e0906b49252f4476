"""All findings as a table, in the order of their number, of the map, or of their last change; never by strength."""

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from ia_workbench import codebook, process_map
from ia_workbench import findings as weighing
from ia_workbench.findings import Evaluation, LineKey, Stage, Strength, WeighedFinding
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import in_a_row, ngettext
from ia_workbench.web.workbench.current import TEAM, study

findings = Blueprint("findings", __name__, url_prefix="/s/<study_key>/findings")


@dataclass(frozen=True)
class Row:
    """One finding in the table, with what its last columns say."""

    weighed: WeighedFinding
    contrary: str
    is_contrary_open: bool
    without_one: str
    hangs: bool

    @property
    def finding(self) -> weighing.Finding:
        """The finding."""
        return self.weighed.finding

    @property
    def evaluation(self) -> Evaluation:
        """How it weighs."""
        return self.weighed.evaluation


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; empty texts mean everything."""

    words: str = ""
    strength: str = ""
    stage: str = ""
    lever: str = ""
    order: str = ""

    def fits(self, weighed: WeighedFinding) -> bool:
        """Say whether a finding is to be shown."""
        finding = weighed.finding
        levers = [each.lever for each in finding.levers]
        if self.strength and weighed.evaluation.strength.value != self.strength:
            return False
        if (self.stage and finding.stage.value != self.stage) or (self.lever and self.lever not in levers):
            return False
        told = " ".join([finding.key, finding.title, finding.statement, *finding.nodes, *finding.edges]).casefold()
        return all(word in told for word in self.words.casefold().split())

    def but(self, **changes: str) -> dict[str, str]:
        """Return the address's questions with some changed, empty ones left out."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        return {name: value for name, value in asked.items() if value}


@findings.get("")
@open_to(*TEAM)
def every() -> str:
    """Show the findings of the study, narrowed and ordered by what the address asks for."""
    wanted = Wanted(**{name: request.args.get(name, "").strip() for name in Wanted.__dataclass_fields__})
    weighed = weighing.evaluations(session(), study().id)
    shown = [each for each in weighed if wanted.fits(each)]
    return render_template(
        "team/findings/every.html",
        wanted=wanted,
        rows=[_row(each) for each in _ordered(shown, wanted.order)],
        total=len(weighed),
        strengths=Counter(each.evaluation.strength for each in weighed),
        all_strengths=list(Strength),
        stages=[stage for stage in Stage if any(each.finding.stage is stage for each in weighed)],
        levers=codebook.levers(session(), study().id),
        rule=weighing.rule_of(session(), study().id),
    )


def _ordered(shown: list[WeighedFinding], order: str) -> list[WeighedFinding]:
    if order == "change":
        return sorted(shown, key=lambda each: each.changed_at, reverse=True)
    if order == "step":
        numbers = {each.key: each.number for each in process_map.nodes(session(), study().id)}
        return sorted(shown, key=lambda each: _first_step(each, numbers))
    return shown


def _first_step(weighed: WeighedFinding, numbers: dict[str, int]) -> int:
    """The number of the first step a finding sits at; a passage stands with the step it leaves."""
    places = [*weighed.finding.nodes, *(edge.partition("..")[0] for edge in weighed.finding.edges)]
    return min((numbers[place] for place in places if place in numbers), default=max(numbers.values(), default=0) + 1)


def _row(weighed: WeighedFinding) -> Row:
    contrary, is_open = contrary_words(weighed.evaluation)
    without, hangs = without_one_unit(weighed.evaluation)
    return Row(weighed, contrary, is_open, without, hangs)


def contrary_words(evaluation: Evaluation) -> tuple[str, bool]:
    """Say what stands against a finding, and whether anything of it is open."""
    contrary = evaluation.contrary
    if contrary.unresolved:
        return ngettext("%(num)s open", "%(num)s open", len(contrary.unresolved)), True
    if not evaluation.line(LineKey.NEGATIVE_CASE_SEARCH).is_met:
        return _("not searched"), True
    if contrary.sources:
        return ngettext("%(num)s answered", "%(num)s answered", len(contrary.sources)), False
    return _("none"), False


def without_one_unit(evaluation: Evaluation) -> tuple[str, bool]:
    """Say whether a finding would stand without one unit, and whether it hangs on any."""
    if evaluation.strength is Strength.THIN:
        return "–", False
    if not evaluation.is_met:
        return _("Rule not met"), False
    if not evaluation.fragile_units:
        return _("Not fragile"), False
    units = in_a_row(" + ".join(unit) for unit in evaluation.fragile_units)
    return _("Hangs on %(units)s", units=units), True
