"""A released finding as readers see it, invented, in English and Spanish, with all fourteen sections of a brief."""

from dataclasses import replace
from typing import Any

from ia_workbench import privacy, publication
from ia_workbench.database import Store
from ia_workbench.privacy import Actor
from ia_workbench.publication import (
    AgencyResponse,
    Audience,
    Cell,
    Confidence,
    Counts,
    Evidence,
    Family,
    FamilyCell,
    LeverShown,
    LinkRole,
    Package,
    PackageContent,
    Passage,
    Provenance,
    Recommendation,
    Rule,
    RuleLine,
    ShownAs,
    SourceKind,
    Stance,
    Strength,
    StripStep,
    StudyFacts,
    Words,
)
from tests.support.homes import STUDY_KEY, Home

A_PARENT = Words("A parent", "Una madre o un padre")

PARENT_QUOTE = Evidence(
    key="E-0001",
    source="S1",
    stance=Stance.SUPPORTS,
    role=LinkRole.IMPACT,
    shown=ShownAs.QUOTE,
    kind=SourceKind.INTERVIEW,
    family=Family.FAMILY_VOICE,
    speaker=A_PARENT,
    language="en",
    words="Nothing after four, nothing on Saturday.",
    translation=Words(es="Nada después de las cuatro, nada los sábados."),
    paraphrase=Words(),
    lever=None,
    resolution=None,
)
SPANISH_QUOTE = replace(
    PARENT_QUOTE,
    key="E-0002",
    source="S2",
    role=LinkRole.HAPPENS,
    language="es",
    words="Me dieron dos horas y las dos eran en mi turno.",
    translation=Words(en="They gave me two times and both were during my shift."),
)
FORM = replace(
    PARENT_QUOTE,
    key="E-0003",
    source="S3",
    role=LinkRole.PRODUCED_BY,
    kind=SourceKind.INSTITUTIONAL_TEXT,
    family=Family.INSTITUTIONAL_TEXT,
    speaker=Words("The visit request form", "El formulario de visitas"),
    words="Choose one slot, Monday to Friday, 9:00 to 16:00.",
    translation=Words(es="Elija un horario, de lunes a viernes, de 9:00 a 16:00."),
    lever="ADM",
)
RECORD = replace(
    PARENT_QUOTE,
    key="E-0004",
    source="S4",
    role=LinkRole.HAPPENS,
    shown=ShownAs.PARAPHRASE,
    kind=SourceKind.CASE_RECORD,
    family=Family.CASE_RECORD,
    speaker=Words("A case record", "Un expediente"),
    words="",
    translation=Words(),
    paraphrase=Words("The record lists missed visits without a reason.", "El expediente anota visitas sin motivo."),
)
WORKER = replace(
    RECORD,
    key="E-0005",
    source="S5",
    shown=ShownAs.COUNT,
    kind=SourceKind.INTERVIEW,
    family=Family.WORKER_VOICE,
    speaker=Words("A worker", "Una persona que trabaja en la agencia"),
    paraphrase=Words(),
)
VISIT_CENTER = replace(
    PARENT_QUOTE,
    key="E-0006",
    source="S6",
    stance=Stance.CONTRADICTS,
    role=LinkRole.COUNTER,
    family=Family.PARTNER_VOICE,
    speaker=Words("A visit center", "Un centro de visitas"),
    words="We are open until seven two evenings a week.",
    translation=Words(es="Abrimos hasta las siete dos tardes por semana."),
    resolution="The form does not list those rooms, so no request reaches them.",
)

STRIP = (
    StripStep("N-13", 13, "Referral", Words("Service referral", "Envío a servicios"), "Agency", False, Passage.PLAIN),
    StripStep("N-14", 14, "Family time", Words("Visit request", "Pedido de visita"), "Agency", True, Passage.HERE),
    StripStep("N-15", 15, "Monthly visits", Words("Family time", "Tiempo en familia"), "Family", False, Passage.NONE),
    StripStep("N-16", 16, "Review hearing", Words("Review hearing", "Audiencia"), "Court", False, Passage.NONE),
)  # fmt: skip

LINES = (
    RuleLine("independent-sources", 3, 5, True),
    RuleLine("kinds", 2, 4, True),
    RuleLine("family-standpoint", 1, 2, True),
    RuleLine("lever-anchored", 1, 1, True),
    RuleLine("investigators", 2, 3, True),
    RuleLine("not-one-case", 1, 1, True),
    RuleLine("not-one-office", 1, 1, True),
    RuleLine("negative-case-search", 1, 1, True),
    RuleLine("contrary-resolved", 1, 1, True),
)

CELLS = (
    Cell.SUPPORTS,
    Cell.SUPPORTS,
    Cell.NOT_EXAMINED,
    Cell.DISSONANT,
    Cell.SILENT,
    Cell.SUPPORTS,
    Cell.SUPPORTS,
    Cell.SILENT,
)
COLUMNS = tuple(each for each in Family if each is not Family.TRIBAL_VOICE)

VISIT_HOURS = PackageContent(
    audience=Audience.BODY,
    study=StudyFacts(
        key=STUDY_KEY,
        title="Cedar County reunification",
        question="How does it come about that children wait longer to go home?",
        site="Cedar County",
    ),
    finding_key="F-01",
    title="Visit hours are set by the form",
    language="en",
    statement=(
        "At the visit request, the form offers weekday slots from 9 to 4 only and organizes caseworkers to book within "
        "them, so that parents who work shifts lose visits that court reports later count against them."
    ),
    plain=Words(
        "The visit form only lists weekday daytime hours. Parents who work shifts lose visits.",
        "El formulario de visitas solo ofrece horas de día entre semana. Quienes trabajan por turnos pierden visitas.",
    ),
    matters=Words(
        "Time together is what a return home is built on.", "El tiempo juntos es la base para volver a casa."
    ),
    content_note=Words(
        "This page talks about missed visits and court. You can skip it at any time.",
        "Esta página habla de visitas perdidas y de la corte. Puede saltarla cuando quiera.",
    ),
    step_note=Words("The worker asks for visit times on a form.", "La agencia pide las horas en un formulario."),
    strength=Strength.ESTABLISHED,
    stage="body-review",
    release_level="public",
    strip=STRIP,
    levers=(LeverShown("ADM", "Administrative practices", "Form 214 accepts one of eight slots.", ("E-0003",)),),
    evidence=(PARENT_QUOTE, SPANISH_QUOTE, FORM, RECORD, WORKER, VISIT_CENTER),
    counts=Counts(
        excerpts=6,
        sources=6,
        independent_units=5,
        kinds=4,
        standpoints=4,
        offices=2,
        contrary_units=1,
        effective_kinds=3.57,
        first_month="2026-01",
        last_month="2026-03",
    ),
    rule=Rule(name="default", version=1, lines=LINES, fragile_units=0, office_waiver=None, override=None),
    families=tuple(FamilyCell(family, cell) for family, cell in zip(COLUMNS, CELLS, strict=True)),
    convergence=0.8,
    strengths="Workers turn the screen so that parents can see the list.",
    recommendations=(
        Recommendation(
            "Ask for the parent's own times first", "ADM", "Agency", "Q1", "The form asks when you can come."
        ),
    ),
    confidence=Confidence("moderate", "Two of three offices were studied."),
    agency_response=AgencyResponse("The agency confirms the list of slots.", "2026-02-20"),
    provenance=Provenance(software="0.1.0", finding_version=7),
)  # fmt: skip


def package_content(**changes: Any) -> PackageContent:
    """The finding about visit hours, with the changes given."""
    return replace(VISIT_HOURS, **changes)


def host(home: Home, username: str = "ana") -> Actor:
    """A member of the team as an actor in the published store."""
    with home.unheld(Store.PUBLISHED) as session:
        return privacy.guest_in_published_store(session, home.actor(username), [STUDY_KEY])


def published_study_id(home: Home) -> int:
    """The number of the study `cedar` in the published store."""
    with home.unheld(Store.PUBLISHED) as session:
        return privacy.published_study_keyed(session, STUDY_KEY).id


def receive(home: Home, content: PackageContent) -> Package:
    """Have a package stand in the published store."""
    ana = host(home)
    with home.session(ana) as session:
        return publication.receive_package(session, ana, study_id=published_study_id(home), content=content)
