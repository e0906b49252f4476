"""Every address of both applications, filled with things that the demo has, and browsers of everyone who may ask."""

import re
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from ia_workbench import codebook, coding, corpus, privacy
from ia_workbench.codebook import Code
from ia_workbench.coding import Autocoding, AutocodingRule, CodedUnit, Coding, Excerpt, Memo, RuleKind
from ia_workbench.corpus import (
    Attribute,
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    BroughtFile,
    ImportBatch,
    PendingImport,
    Revision,
    Source,
    SourceKind,
    SourceRecord,
    StewardshipRecord,
)
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, Span
from ia_workbench.masking import Pseudonym
from ia_workbench.privacy import Actor, Role
from ia_workbench.review import Position
from ia_workbench.web import create_community_app, create_team_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.commented_files import commented_file
from tests.support.homes import DEMO_KEY, clear
from tests.support.masking import decide_all, make

TEAM, COMMUNITY = "team", "community"
METHODS = ("GET", "POST")
STORES = {TEAM: Store.EVIDENCE, COMMUNITY: Store.PUBLISHED}
PEOPLE = {
    TEAM: {"ana": Role.LEAD, "ben": Role.ANALYST, "ada": Role.ADMINISTRATOR},
    COMMUNITY: {"rosa": Role.REVIEWER, "lee": Role.SITE_LEAD},
}
OUTSIDERS = {TEAM: "omar", COMMUNITY: "olga"}  # a lead and a reviewer of another study
WITH_A_FORM = {TEAM: {"ada": "/users"}, COMMUNITY: {"lee": "/briefs"}}  # pages on which everyone has a form
USUAL_FORM = {TEAM: "/studies", COMMUNITY: "/c"}
CHANGED_WORDS, GONE_WORDS = "So you're six to two-thirty", "She said how are you holding up, did you eat."
PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address that can be asked for: of which application, how, and under which endpoint."""

    application: str
    method: str
    path: str
    endpoint: str

    def __str__(self) -> str:
        return f"{self.application} {self.method} {self.path}"


def applications(home: Home) -> dict[str, Flask]:
    """Return both applications over a home."""
    return {
        TEAM: create_team_app(home.settings, home.evidence, home.published),
        COMMUNITY: create_community_app(home.settings, home.published),
    }


def addresses(name: str, app: Flask, home: Home) -> list[Address]:
    """Return every address of an application, its places filled with things that are there."""
    there = values_in(home)
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    return [
        Address(name, method, _filled(rule, there), rule.endpoint)
        for rule in rules
        for method in METHODS
        if method in (rule.methods or ())
    ]


def _filled(rule: Rule, there: dict[str, str]) -> str:
    return PLACE.sub(lambda place: there.get(f"{rule.endpoint}:{place[1]}") or there[place[1]], rule.rule)


def values_in(home: Home) -> dict[str, str]:
    """Return a value for each place of an address; `endpoint:place` where one place means several things."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        in_source = select(Coding.guid).join(Coding.excerpt).join(Excerpt.revision).join(Revision.source)
        code = session.scalars(select(Code.guid).where(Code.path == "family-time/slots-set-by-form").limit(1)).one()
        coded = session.scalars(in_source.where(Source.key == "INT-001").limit(1)).one()
        changed = session.scalars(select(Excerpt.guid).where(Excerpt.quote.startswith(CHANGED_WORDS))).one()
        waiting = session.scalars(select(PendingImport.guid).limit(1)).one()
        memo = session.scalars(select(Memo.guid).order_by(Memo.id.desc()).limit(1)).one()
        attribute = session.scalars(select(Attribute.guid).limit(1)).one()
        batch = session.scalars(select(ImportBatch.guid).limit(1)).one()
        known = session.scalars(select(Pseudonym.guid).limit(1)).one()
        autocoded = session.scalars(select(Autocoding.guid).limit(1)).one()
    with home.unheld(Store.PUBLISHED, writes=False) as session:
        said = session.scalars(select(Position.guid).limit(1)).one()
    return {
        "study_key": DEMO_KEY,
        "source_key": "INT-001",
        "participant_key": "P-01",
        "case_key": "C-01",
        "noted.remove:guid": str(attribute),
        "finding_key": "F-01",
        "link_key": "E-0001",
        "path": "family-time/slots-set-by-form",
        "place": "N-14",
        "guid": str(waiting),
        **{f"batches.{view}:guid": str(batch) for view in ("one", "accept", "describe", "discard", "cancel")},
        "codings.remove:guid": str(coded),
        "autocoding.take_back:guid": str(autocoded),
        **{f"code_acts.{view}:guid": str(code) for view in ("change", "move", "merge", "remove")},
        "changing_coding.change:guid": str(coded),
        "review.answer:guid": str(said),
        "filename": "design/tokens.css",
        "digest": "0123456789abcdef",
        "tongue": "es",
        "number": "1",
        "correcting.one:number": "2",
        "correcting.confirm_unchanged:number": "2",
        "correcting.settle:number": "2",
        "correcting.settle:guid": str(changed),
        "key": "F-01",
        "memo": str(memo),
        "mask_source.one:source_key": "INT-002",
        "masked_text.one:source_key": "INT-002",
        "pseudonyms.change:guid": str(known),
    }


def with_everything(home: Home) -> Home:
    """Let a file wait, note a memo, correct a source, and add a second study with a lead and a reviewer."""
    ana = home.actor("ana")
    file = commented_file()
    record = SourceRecord(SourceKind.INTERVIEW, "parent")
    with home.session(ana) as session:
        found = corpus.find_turns(file.text)
        corpus.propose_import(session, ana, study_id=home.study_id, record=record, file=file, found=found)
        _bring(session, ana, home.study_id)
        privacy.add_user(session, ana, username="omar", role=Role.LEAD)
        _note(session, ana, home.study_id)
        _correct(session, ana, home.study_id)
        _define(session, ana, home.study_id)
        _mask(session, ana, home.study_id)
        _autocode(session, ana, home.study_id)
    clear(home, "omar")
    omar = home.actor("omar")
    with home.session(omar) as session:
        privacy.create_study(session, omar, key="other", title="Other", question="?", site="Other", settings={})
    omar = home.actor("omar")
    with home.session(omar, writes=False) as evidence, home.unheld(Store.PUBLISHED) as session:
        published = privacy.publish_study(session, privacy.study_keyed(evidence, "other"))
        guest = privacy.guest_in_published_store(session, omar, ["other"])
        privacy.add_user(session, guest, username="olga", role=Role.REVIEWER, study_id=published.id)
    return home


def _note(session: Session, actor: Actor, study_id: int) -> None:
    """Note something beside the first words of INT-001."""
    source = corpus.source_keyed(session, study_id, "INT-001")
    revision = corpus.newest_revision(session, source)
    coding.add_memo(session, actor, about=coding.on_words(revision, Span(0, 12)), words="Listen again.")


def _bring(session: Session, actor: Actor, study_id: int) -> None:
    """Bring files of which one waits, one is refused and one is not read yet."""
    record = SourceRecord(SourceKind.INTERVIEW, "parent")
    contents = (b"P3: Yes.\nI: And?\nP 3: No.\nI: So?\nP3: So.\nP 3: Yes.\n", b" ", b"PARENT: Not yet.\n")
    files = [BroughtFile(f"brought {number}.txt", each, record) for number, each in enumerate(contents)]
    batch = corpus.start_batch(session, actor, study_id=study_id, files=files)
    for _ in range(2):
        brought = corpus.next_brought(session, batch)
        assert brought is not None
        assert brought.content is not None
        try:
            file = corpus.read_file(brought.name, brought.content)
        except Refused as refusal:
            corpus.refuse_brought(session, actor, brought=brought, refusal=refusal)
        else:
            corpus.keep_brought(session, actor, brought=brought, file=file, found=corpus.find_turns(file.text))


def _correct(session: Session, actor: Actor, study_id: int) -> None:
    """Correct INT-001 so that some of its coded words changed, some are gone, and the others are where they were."""
    source = corpus.source_keyed(session, study_id, "INT-001")
    text = corpus.text_of(session, corpus.newest_revision(session, source))
    assert all(words in text for words in ("with a question mark.", GONE_WORDS))
    text = text.replace("with a question mark.", "with two question marks.").replace(GONE_WORDS, "")
    coding.correct_source(session, actor, source=source, text=text, note="Heard again.")


def _define(session: Session, actor: Actor, study_id: int) -> None:
    """Give participants and cases an attribute each, and note the terms of a steward."""
    for scope in (AttributeScope.PARTICIPANT, AttributeScope.CASE):
        definition = AttributeDefinition(scope, "Bus to get there", AttributeType.YES_NO)
        corpus.define_attribute(session, actor, study_id=study_id, definition=definition)
    corpus.keep_stewardship(session, actor, study_id=study_id, record=StewardshipRecord("ST-09", "Yaqan Nation"))


def _mask(session: Session, actor: Actor, study_id: int) -> None:
    """Make the masked text of INT-002, which waits for a second person."""
    source = corpus.source_keyed(session, study_id, "INT-002")
    decide_all(session, actor, source)
    make(session, actor, source)


def _autocode(session: Session, actor: Actor, study_id: int) -> None:
    """Code the first words of INT-002 as a batch that is not finished."""
    revision = corpus.newest_revision(session, corpus.source_keyed(session, study_id, "INT-002"))
    rule = AutocodingRule(RuleKind.PHRASE, "interview", CodedUnit.FOUND, (revision.source_id,))
    code = codebook.codes(session, study_id)[0]
    batch = coding.begin_batch(session, actor, code=code, rule=rule, chosen=2, place=None, request="everything")
    coding.apply_part(session, actor, batch=batch, number=0, revision=revision, spans=[Span(0, 9)])


def browser_of(name: str, app: Flask, home: Home, who: str | None) -> Browser:
    """Return the browser of someone on an application; None is nobody."""
    return Browser(app) if who is None else signed_in(app, home, home.actor(who, STORES[name]))


def token_of(name: str, who: str | None, browser: Browser) -> str:
    """Return the token that this visitor's forms carry."""
    return browser.token("/sign-in" if who is None else WITH_A_FORM[name].get(who, USUAL_FORM[name]))
