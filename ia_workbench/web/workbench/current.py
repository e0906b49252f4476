"""The study, finding or link a page is about, and a session on the other store for the few pages that need one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Actor, Role, Study
from ia_workbench.search import SearchIndex
from ia_workbench.web.sessions import actor, engine_of, session

TEAM = (Role.LEAD, Role.ANALYST)
LEADS = (Role.LEAD,)


def study() -> Study:
    """Return the study named in the address; NotFound when it is absent or not the actor's."""
    if "study" not in g:
        g.study = privacy.study_keyed(session(), g.study_key)
    found: Study = g.study
    return found


def finding_of_study(finding_key: str) -> Finding:
    """Return a finding of the page's study; NotFound when it has none of that key."""
    return findings.finding_keyed(session(), study().id, finding_key)


def link_of_finding(finding_key: str, link_key: str) -> EvidenceLink:
    """Return an evidence link of that finding; NotFound when it is absent or another finding's."""
    link = findings.link_keyed(session(), study().id, link_key)
    if link.finding.key != finding_key:
        raise NotFound("There is no evidence {key} in this study.", key=link_key)
    return link


def install_study(app: Flask) -> None:
    """Take `study_key` out of every address that has one, and put it back into every address built on such a page."""

    @app.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.study_key = values.pop("study_key", None) if values else None

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if "study_key" not in values and app.url_map.is_endpoint_expecting(endpoint, "study_key"):
            values["study_key"] = g.get("study_key")

    @app.context_processor
    def offer() -> dict[str, Any]:
        has_study = g.get("study_key") is not None and g.get("signed_in") is not None and "study" in g
        return {"study": g.study if has_study else None, "actor": g.signed_in.actor if g.get("signed_in") else None}


def published_engine() -> Engine:
    """Return the engine of the published store."""
    engine: Engine = current_app.extensions["ia_published"]
    return engine


def guest() -> Actor:
    """Return who is signed in as an actor in the published store, in this page's study alone."""
    with privacy.unheld_session(published_engine(), reason="find the study's number in the published store") as lookup:
        return privacy.guest_in_published_store(lookup, actor(), [study().key])


@contextmanager
def published_session(*, writes: bool = False) -> Iterator[Session]:
    """Open a session on the published store, held to the team member as a guest; commits when it writes."""
    with privacy.session_for(published_engine(), guest(), writes=writes) as opened, opened.begin():
        yield opened


@contextmanager
def community_store(reason: str, *, writes: bool = False) -> Iterator[Session]:
    """Open the published store held to no one, for the few acts that come before anyone's rights; commits at the end.

    These are looking after community accounts, reading that store's audit trail, and taking releases across.
    """
    with privacy.unheld_session(published_engine(), reason=reason, writes=writes) as opened, opened.begin():
        yield opened


def studies_of_the_home() -> list[Study]:
    """Return every study there is: an administrator adds people to studies they are not in."""
    reason = "an administrator adds people to studies they are not in"
    with privacy.unheld_session(engine_of(current_app), reason=reason) as opened:
        return list(privacy.studies(opened, Store.EVIDENCE))


def published_study_id(community: Session) -> int:
    """Return the number that this page's study has in the published store; NotFound before anything was released."""
    return privacy.published_study_keyed(community, study().key).id


def search_index() -> SearchIndex:
    """Return the search index of this home."""
    return SearchIndex(current_app.extensions["ia_settings"].index_folder)
