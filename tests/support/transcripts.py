"""A transcript with a codebook and codings, for tests of the reading page; all of it is invented."""

from dataclasses import dataclass

from ia_workbench import codebook, coding
from ia_workbench.codebook import CodebookFile, CodeEntry, LeverEntry, LeverFile
from ia_workbench.coding import Coding
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Span
from tests.support.homes import Home
from tests.support.sources import add_source, revision_of

KEY = "INT-014"

TURNS = (
    "PARENT: The worker read them off the form. Tuesday at ten or Thursday at two. I told her I am on first shift at "
    "the plant, six to two-thirty, and she said those are the slots that come up when she opens it.",
    "INTERVIEWER: When she opens the form?",
    "PARENT: The request form, on her screen. There is a drop-down. Nothing after four, nothing on Saturday. She "
    "turned the screen so I could see it. She was sorry about it.",
    "INTERVIEWER: What did you do?",
    "PARENT: I took the Tuesday. I traded shifts twice and then my lead said no more trades. So I missed three, and "
    "the bus from the east side only gets in at ten-twenty, so the ones I made, I was late for.",
    "INTERVIEWER: Did anyone write that down, about the shift?",
    "PARENT: In the court report it says I missed five of nine visits. It does not say anything about the plant. The "
    "judge asked why I am not taking part. I said I am, and my lawyer said we would bring a letter.",
    "INTERVIEWER: Who told you a letter would help?",
    "PARENT: The parent partner. She had seen it before. She said the report has a box for visits kept and a box for "
    "visits missed and there is no box for why.",
    "INTERVIEWER: So the reason had to come from you.",
    "PARENT: From me, on paper, from my boss. And my boss asked me what it was for, so then I had to tell him.",
    "PARENT: My daughter drew us \U0001f469\u200d\U0001f467 and wrote ma\u00f1ana, with a heart \u2764\ufe0f, and "
    "z\u0332o\u0332e\u0332 under it.",
)
TEXT = "\n".join(TURNS) + "\n"

CODES = CodebookFile(
    name="Reunification",
    codes=(
        CodeEntry(
            key="family-time",
            name="Family time",
            color=2,
            definition="Visits between parents and children.",
            codes=(
                CodeEntry(
                    key="slots-set-by-form",
                    name="slots set by form",
                    color=2,
                    definition="The form decides when a visit can be.",
                    include="Hours named by a form or screen",
                    exclude="Hours that a person chose",
                    levers=("ADM",),
                    nodes=("N-14",),
                ),
                CodeEntry(key="office-hours", name="office hours only", color=3, definition="Nothing after four."),
                CodeEntry(key="missed-visit", name="missed visit", color=9, definition="A visit did not take place."),
            ),
        ),
        CodeEntry(
            key="means",
            name="Families’ own means",
            color=7,
            codes=(
                CodeEntry(key="shift-work", name="shift work", color=7, definition="Hours that an employer sets."),
                CodeEntry(key="bus-timing", name="bus timing", color=4, definition="When a bus comes and goes."),
            ),
        ),
        CodeEntry(
            key="court-reports",
            name="Court reports",
            color=10,
            codes=(
                CodeEntry(
                    key="reason-left-out",
                    name="reason left out",
                    color=1,
                    definition="A record gives a count and not the reason.",
                ),
                CodeEntry(
                    key="read-as-unwilling",
                    name="read as unwilling",
                    color=10,
                    definition="Work or travel limits are written or spoken of as a lack of wish to take part.",
                ),
                CodeEntry(key="proof-asked", name="proof asked of parent", color=8),
            ),
        ),
        CodeEntry(key="form-shapes-choice", name="form shapes choice", color=6, definition="What a form offers is."),
        CodeEntry(key="staff-goodwill", name="staff goodwill", color=11, definition="Someone goes out of their way."),
    ),
)

LEVERS = LeverFile(
    name="Levers", levers=(LeverEntry("ADM", "Administrative practices"), LeverEntry("CON", "Concepts and theories"))
)

# who, which code, the first and the last of the words coded; in the order in which they were coded
CODINGS = (
    ("ana", "family-time/slots-set-by-form", "The worker read", "Thursday at two."),
    ("ana", "means/shift-work", "I am on first shift", "two-thirty"),
    ("ana", "family-time/slots-set-by-form", "those are the slots", "opens it."),
    ("ben", "form-shapes-choice", "those are the slots", "opens it."),
    ("ana", "family-time/slots-set-by-form", "The request form", "Saturday."),
    ("ben", "family-time/office-hours", "Nothing after four", "Saturday."),
    ("carla", "staff-goodwill", "She turned the screen", "sorry about it."),
    ("ana", "means/shift-work", "I traded shifts", "missed three, and"),
    ("ben", "family-time/missed-visit", "So I missed three", "late for."),
    ("ana", "means/bus-timing", "the bus from", "ten-twenty"),
    ("ana", "court-reports/read-as-unwilling", "The judge asked", "taking part."),
    ("ana", "form-shapes-choice", "the report has", "box for why."),
)


@dataclass
class Coded:
    """The source, its revision and its codings, oldest first."""

    source: Source
    revision: Revision
    codings: list[Coding]


def add_codebook(home: Home) -> None:
    """Give the home's study its codes and levers."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        codebook.import_codebook(session, ana, study_id=home.study_id, file=CODES)
        codebook.import_levers(session, ana, study_id=home.study_id, file=LEVERS)


def add_transcript(home: Home, *, key: str = KEY, with_codings: bool = True, text: str = TEXT) -> Coded:
    """Give the home's study the codebook and a transcript, coded by Ana, Ben and Carla."""
    add_codebook(home)
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key=key, text=text)
        source.title = "Parent interview, family time"
        revision = revision_of(session, source)
    return Coded(source, revision, _coded(home, revision) if with_codings else [])


def _coded(home: Home, revision: Revision) -> list[Coding]:
    ana = home.actor("ana")
    coders = {name: home.actor(name).account_id for name in ("ana", "ben", "carla")}
    with home.session(ana) as session:
        return [
            coding.apply_code(
                session,
                ana,
                revision=revision,
                span=span_of(first, last),
                code=codebook.code_at(session, home.study_id, path),
                coder_id=coders[coder],
            )
            for coder, path, first, last in CODINGS
        ]


def span_of(first: str, last: str, text: str = TEXT) -> Span:
    """Return the span from the first words to the next place of the last ones."""
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last))
