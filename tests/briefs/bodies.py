"""What an invented community body said of a finding, and that finding with something in every section."""

from dataclasses import replace
from datetime import date

from ia_workbench.publication import (
    BodyAnswer,
    BodySummary,
    Concern,
    Family,
    Fit,
    Outcome,
    PositionsInWords,
    Quantity,
    SourceKind,
    Words,
)
from tests.support.packages import PARENT_QUOTE, VISIT_HOURS

SECTIONS = [
    "Why it matters to families",
    "Where it happens",
    "How it is produced",
    "How we know",
    "What did not fit",
    "The numbers",
    "How sure we are",
    "What already works",
    "Recommendations",
    "The community accountability body",
    "Agency response, in its own words",
    "About this brief",
]

ANSWERED = Concern(
    fit=Fit.PARTLY,
    text="A letter from work puts my job at risk.",
    language="en",
    could_harm=True,
    quotes_not_to_use=(),
    answer=BodyAnswer(
        Outcome.CHANGED, Words("The brief now names this harm.", "El informe ya lo dice."), date(2026, 3, 28)
    ),
)
SPANISH = Concern(
    fit=Fit.PARTLY,
    text="También es el camión.",
    language="es",
    could_harm=False,
    quotes_not_to_use=("E-0001", "E-0002"),
    answer=BodyAnswer(Outcome.NOT_CHANGED, Words("Travel is a finding of its own."), date(2026, 3, 29)),
)
DISSENT = Concern(
    fit=Fit.DOES_NOT_FIT,
    text="You make it sound like a form problem. People could have called us back.",
    language="en",
    could_harm=False,
    quotes_not_to_use=(),
    answer=None,
)
BODY = BodySummary(
    positions=(PositionsInWords(Fit.FITS, Quantity.MOST), PositionsInWords(Fit.PARTLY, Quantity.A_FEW)),
    concerns=(ANSWERED, SPANISH),
    dissent=(DISSENT,),
)

NUMBERS = replace(
    PARENT_QUOTE,
    key="E-0007",
    kind=SourceKind.QUANTITATIVE,
    family=Family.NUMBERS,
    speaker=Words("The agency's extract", "El registro de la agencia"),
    words="Of 1,752 visits held, 31 began at 4:00 p.m. or later.",
)
FULL = replace(VISIT_HOURS, evidence=(*VISIT_HOURS.evidence, NUMBERS))
