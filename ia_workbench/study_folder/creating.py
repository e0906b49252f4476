"""Creating a study, empty but for its levers, on both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from ia_workbench import codebook, privacy
from ia_workbench.codebook import LeverFile
from ia_workbench.config import shipped_folder
from ia_workbench.kernel import Fields, read_text
from ia_workbench.privacy import Act, Actor, Study

LEVERS = "levers.yaml"
DEFAULT_RULE = {"name": "default", "version": 1}


def create_study(
    evidence: Session,
    published: Session,
    actor: Actor,
    *,
    key: str,
    title: str,
    question: str,
    site: str,
    offices: Sequence[str] = (),
) -> Study:
    """Create a study with the eight usual levers, put the actor in it, and let the published store know of it.

    `evidence` is held to the actor, and to them as a member of the study afterwards; `published` is unheld. Refuses a
    key that is taken or malformed, and a title, question, site or office that `study.yaml` could not hold.
    """
    given = {"title": title, "question": question, "site": site, "offices": list(offices)}
    fields = Fields(given, "the study")  # the form that a study's file is held to
    settings = {"offices": list(fields.texts("offices")), "rule": DEFAULT_RULE}
    study, member = begin_study(
        evidence,
        published,
        actor,
        key=key,
        title=fields.text("title"),
        question=fields.text("question"),
        site=fields.text("site"),
        settings=settings,
    )
    codebook.import_levers(evidence, member, study_id=study.id, file=shipped_levers())
    return study


def begin_study(
    evidence: Session,
    published: Session,
    actor: Actor,
    *,
    key: str,
    title: str,
    question: str,
    site: str,
    settings: Mapping[str, Any],
) -> tuple[Study, Actor]:
    """Create a study on both sides; return it with the actor as its member, to whom `evidence` is held from now on."""
    privacy.require(actor, Act.MANAGE_STUDY)
    study = privacy.create_study(
        evidence, actor, key=key, title=title, question=question, site=site, settings=dict(settings)
    )
    member = replace(actor, study_ids=actor.study_ids | {study.id})
    privacy.act_as(evidence, member)
    privacy.publish_study(published, study)
    return study, member


def shipped_levers() -> LeverFile:
    """Return the eight usual levers."""
    return codebook.read_levers(read_text(shipped_folder("codebooks") / LEVERS))
