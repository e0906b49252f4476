"""A small study for tests of the team's pages: sources, codes, a map and one finding, everyone signed in already."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bs4 import Tag
from flask import Flask
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, process_map, release, search
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Source, SourceKind, SourceRecord
from ia_workbench.database import Store, open_engine
from ia_workbench.findings import Finding, FindingRecord, LeverNamed, LinkRole, ReleaseLevel, Stance
from ia_workbench.kernel import Span
from ia_workbench.publication import Audience
from ia_workbench.web import create_team_app
from tests.support.browsing import Browser, signed_in
from tests.support.homes import Home, make_home
from tests.support.releasing import confirm_as, mask_as

PEOPLE = ("ana", "ines", "ben", "carla", "ada", "omar")
BASE = "/s/cedar"

LEVERS = """
name: Levers
version: 1
levers:
  - {key: ADM, name: Administrative practices, definition: Forms., question: What does the form leave out?}
  - {key: RES, name: Resources, definition: Time., question: Is there time?}
"""
CODES = """
name: Small codebook
version: 1
codes:
  - key: family-time
    name: Family time
    color: 1
    definition: How visits are set.
    nodes: [N-14]
    levers: [ADM]
    codes:
      - {key: slots, name: Slots set by the form, color: 2, definition: The list decides., include: The form.,
         exclude: Rooms., example: Only eight slots., nodes: [N-14]}
  - {key: reports, name: Court reports, color: 8, definition: What the court is told.}
"""
MAP = """
name: Small map
version: 1
lanes: [{key: agency, name: Agency}, {key: court, name: Court}]
nodes:
  - {key: N-13, number: 13, title: Service referral, lane: agency, type: hand-off}
  - key: N-14
    number: 14
    title: Family time
    plain: {en: Visits with your children, es: Visitas con sus hijos}
    lane: agency
    type: action
    description: Visits are booked by form 214.
    directives: [{citation: CCFS Policy 6.3, title: Family time, from: 2019-03-01}]
    texts_in: [form 214]
    texts_out: [visit schedule]
    standard_time: within 5 working days
    standard_days: 7
    observed_time: median 17 days
    observed_days: 17
    present: [parent]
    absent: [counsel]
  - {key: N-16, number: 16, title: Review hearing, lane: court, type: hearing}
edges:
  - {from: N-13, to: N-14, condition: referral sent, passes: [text], expected_days: 5, observed_days: 23,
     gap: Sent twice.}
  - {from: N-14, to: N-16}
"""

PARENT = (
    "INTERVIEWER: How did you hear the times?\n"
    "P: Nothing after four, nothing on Saturday. Ms. Okoro turned the screen around.\n"
    "P: Every time I took the ten o'clock I lost the half day."
)
WORKER = "INTERVIEWER: And you?\nW: I pick from what the form gives me.\nW: Visits are flexible, I can always move one."
FORM = "Choose one of the eight slots below.\nNo other entry is accepted."
KIN = "K: We drive an hour each way.\nK: The bus does not come."
STATEMENT = (
    "At family time, form 214 organizes caseworkers to book inside its hours, so that parents on shifts lose visits."
)


def seen_on(browser: Browser, audience: str, key: str = "F-01") -> dict[str, object]:
    """What the form of a finding's release page sends for an audience: that, and what was seen there."""
    field = browser.page(f"{BASE}/findings/{key}/release?to={audience}").find("input", attrs={"name": "seen"})
    return {"to": audience, "seen": str(field["value"]) if isinstance(field, Tag) else ""}


def on_a_monday() -> datetime:
    """The moment at which everything in the study happened."""
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Site:
    """The study with its pages. `F-01` has support from a parent and a form, and one open contradiction."""

    home: Home
    app: Flask
    cookies: dict[str, str]

    def browser(self, who: str) -> Browser:
        """Return the browser of someone who is signed in."""
        browser = Browser(self.app)
        browser.client.set_cookie("ia_evidence", self.cookies[who])
        return browser

    @property
    def study_id(self) -> int:
        """The study's number."""
        return self.home.study_id

    def reading(self, who: str = "ana") -> "SessionBlock":
        """Open a session to look at what is stored."""
        return SessionBlock(self.home, who, writes=False)

    def writing(self, who: str = "ana") -> "SessionBlock":
        """Open a session to change something as a test needs it; commits at the end."""
        return SessionBlock(self.home, who, writes=True)

    def finding(self, session: Session, key: str = "F-01") -> Finding:
        """Return a finding."""
        return findings.finding_keyed(session, self.study_id, key)

    def mask_all(self, key: str = "F-01") -> None:
        """Have every quote of a finding masked by Ana and confirmed by Ben."""
        with self.writing("ana") as session:
            for link in findings.links_of(session, self.finding(session, key)):
                mask_as(session, self.home.actor("ana"), link, _names_in(link.excerpt))
        with self.writing("ben") as session:
            for link in findings.links_of(session, self.finding(session, key)):
                mask = release.mask_of(session, link)
                assert mask is not None
                confirm_as(session, self.home.actor("ben"), mask)

    def release(self, key: str = "F-01", audience: Audience = Audience.BODY) -> None:
        """Release a finding, every quote masked, and have it copied."""
        self.mask_all(key)
        ana = self.home.actor("ana")
        with self.writing() as session:
            release.decide_release(session, ana, finding=self.finding(session, key), audience=audience)
        with self.writing() as session, self.home.unheld(Store.PUBLISHED) as published:
            release.copy_releases(session, published, ana)


@dataclass
class SessionBlock:
    """A session of the home as a `with` block."""

    home: Home
    who: str
    writes: bool

    def __enter__(self) -> Session:
        self.block = self.home.session(self.home.actor(self.who), writes=self.writes)
        return self.block.__enter__()

    def __exit__(self, *error: object) -> None:
        self.block.__exit__(*error)  # type: ignore[arg-type]


def _names_in(excerpt: Excerpt) -> list[release.Replacement]:
    return [release.Replacement("Ms. Okoro", "the worker")] if "Okoro" in excerpt.quote else []


def build_site(folder: Path) -> tuple[dict[str, str], int]:
    """Fill migrated, empty stores in a folder; returns the sign-in cookie of each person and the study's number."""
    home = make_home(folder, clock=on_a_monday)
    _fill(home)
    app = create_team_app(home.settings, home.evidence, home.published)
    cookies = {who: _cookie(app, home, who) for who in PEOPLE}
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        search.rebuild(session, search.SearchIndex(home.settings.index_folder))
    home.close()
    return cookies, home.study_id


def open_site(folder: Path, cookies: dict[str, str], study_id: int) -> Site:
    """Open a folder that was filled by `build_site`, or a copy of it."""
    stores = [open_engine(f"sqlite:///{folder / name}") for name in ("evidence.sqlite3", "published.sqlite3")]
    home = Home(folder, stores[0], stores[1], on_a_monday, study_id)
    return Site(home, create_team_app(home.settings, home.evidence, home.published), cookies)


def _cookie(app: Flask, home: Home, who: str) -> str:
    cookie = signed_in(app, home, home.actor(who)).client.get_cookie("ia_evidence")
    assert cookie is not None
    return cookie.value


def _fill(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        study = home.study_id
        codebook.import_levers(session, ana, study_id=study, file=codebook.read_levers(LEVERS))
        codebook.import_codebook(session, ana, study_id=study, file=codebook.read_codebook(CODES))
        process_map.import_map(session, ana, study_id=study, file=process_map.read_map(MAP))
        _add_sources(session, home)
    with home.session(ana) as session:
        _code(session, home)
        _draft(session, home)


def _add_sources(session: Session, home: Home) -> None:
    quote = ConsentScope.QUOTE_TO_BODY
    records = (
        (PARENT, SourceRecord(SourceKind.INTERVIEW, "parent", "INT-001", "Parent interview", participants=("P-01",),
                              case="C-01", office="North", collectors=("ana",), consent=quote, nodes=("N-14",))),
        (WORKER, SourceRecord(SourceKind.INTERVIEW, "frontline", "INT-002", "Worker interview", office="South",
                              participants=("P-02",), collectors=("ben",), consent=quote, nodes=("N-14",),
                              worker_role="caseworker")),
        (KIN, SourceRecord(SourceKind.INTERVIEW, "kin", "INT-003", "Grandmother interview", participants=("P-03",),
                           case="C-01", office="South", collectors=("ana",), consent=ConsentScope.PARAPHRASE,
                           nodes=("N-13", "N-14"))),
        (FORM, SourceRecord(SourceKind.INSTITUTIONAL_TEXT, "text", "TXT-001", "Form 214", text_id="form-214",
                            collectors=("ana",), consent=quote, nodes=("N-14",))),
    )  # fmt: skip
    for text, record in records:
        file = corpus.read_file(f"{(record.key or '').lower()}_raw.txt", text.encode())
        found = corpus.find_turns(file.text)
        corpus.import_source(session, home.actor("ana"), study_id=home.study_id, record=record, file=file, found=found)


def _excerpt(session: Session, home: Home, source_key: str, words: str) -> Excerpt:
    revision = corpus.newest_revision(session, _source(session, home, source_key))
    start = corpus.text_of(session, revision).index(words)
    return coding.excerpt_of(session, home.actor("ana"), revision=revision, span=Span(start, start + len(words)))


def _source(session: Session, home: Home, key: str) -> Source:
    return corpus.source_keyed(session, home.study_id, key)


def _code(session: Session, home: Home) -> None:
    for who, source, words, path in (
        ("ana", "INT-001", "Nothing after four, nothing on Saturday.", "family-time/slots"),
        ("ana", "INT-001", "I lost the half day", "family-time"),
        ("ana", "INT-002", "I pick from what the form gives me.", "family-time/slots"),
        ("ana", "INT-003", "The bus does not come.", "family-time"),
    ):
        excerpt = _excerpt(session, home, source, words)
        coding.apply_code(
            session,
            home.actor(who),
            revision=excerpt.revision,
            span=Span(excerpt.start, excerpt.end),
            code=codebook.code_at(session, home.study_id, path),
        )


def _draft(session: Session, home: Home) -> None:
    ana = home.actor("ana")
    record = FindingRecord(
        title="Visit hours set by the form",
        statement=STATEMENT,
        plain={"en": "The form lists daytime hours only.", "es": "El formulario solo tiene horas de día."},
        release_level=ReleaseLevel.PUBLIC,
        levers=(LeverNamed("ADM", "Form 214 lists eight slots."),),
        nodes=("N-14",),
    )
    finding = findings.draft_finding(session, ana, study_id=home.study_id, record=record)
    for source, words, stance, role, lever in (
        ("INT-001", "Nothing after four, nothing on Saturday. Ms. Okoro turned the screen", Stance.SUPPORTS,
         LinkRole.HAPPENS, None),
        ("TXT-001", "Choose one of the eight slots below.", Stance.SUPPORTS, LinkRole.PRODUCED_BY, "ADM"),
        ("INT-002", "Visits are flexible", Stance.CONTRADICTS, LinkRole.COUNTER, None),
    ):  # fmt: skip
        findings.link_evidence(
            session,
            ana,
            finding=finding,
            excerpt=_excerpt(session, home, source, words),
            stance=stance,
            role=role,
            lever=lever,
        )
