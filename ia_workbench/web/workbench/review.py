"""What the community body said of released findings, as given, and the team's answers."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import publication, release
from ia_workbench import review as reviews
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Act
from ia_workbench.publication import Outcome, Package
from ia_workbench.review import Answer, Position
from ia_workbench.web.access import NOTHING_HERE, changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import chosen, version_seen, whole_number
from ia_workbench.web.workbench.current import LEADS, TEAM, published_session, published_study_id, study

review = Blueprint("review", __name__, url_prefix="/s/<study_key>/review")


@dataclass(frozen=True)
class Voice:
    """One member's position. `letter` tells members of one finding apart and says nothing beyond it."""

    letter: str
    position: Position
    answer: Answer | None
    days_left: int | None

    @property
    def is_waiting(self) -> bool:
        """Whether the team still owes an answer."""
        return self.position.answer_due is not None and self.answer is None


@dataclass(frozen=True)
class Reviewed:
    """A finding that was released, and perhaps withdrawn since, with everything the body said of it."""

    package: Package
    title: str
    voices: tuple[Voice, ...]

    @property
    def waiting(self) -> int:
        """How many concerns wait for an answer."""
        return sum(voice.is_waiting for voice in self.voices)


@dataclass(frozen=True)
class Refusal:
    """A form that was refused: at which position, why, and what it held."""

    at: uuid.UUID
    sentence: str


@review.get("")
@open_to(*TEAM)
def every() -> str:
    """Show the positions on every released finding, and the concerns that wait for an answer."""
    return _page()


def _page(refusal: Refusal | None = None) -> str:
    study()
    reviewed = reviewed_findings()
    return render_template(
        "team/review/every.html",
        reviewed=reviewed,
        waiting=sum(each.waiting for each in reviewed),
        may_answer=actor().may(Act.ANSWER),
        outcomes=list(Outcome),
        refusal=refusal,
        filled=request.form,
    )


def reviewed_findings() -> list[Reviewed]:
    """Return the released findings of the study, withdrawn ones too, with their positions; at first there are none."""
    try:
        with published_session() as community:
            here = published_study_id(community)
            packages = publication.last_packages(community, here)
            said = reviews.positions_on(community, here, *(each.finding_key for each in packages))
            answers = {each.position_id: each for each in reviews.answers_to(community, said)}
            today = moment_of(community).date()
            return [_reviewed(each, said, answers, today) for each in packages]
    except NotFound:
        return []


def _reviewed(package: Package, said: Sequence[Position], answers: Mapping[int, Answer], today: date) -> Reviewed:
    positions = [each for each in said if each.finding_key == package.finding_key]
    voices = tuple(
        Voice(chr(ord("A") + index % 26), each, answers.get(each.id), _days_left(each, today))
        for index, each in enumerate(positions)
    )
    title = _("its words were taken out") if package.is_emptied else publication.content_of(package).title
    return Reviewed(package, title, voices)


def _days_left(position: Position, today: date) -> int | None:
    return (position.answer_due - today).days if position.answer_due else None


@review.post("/<uuid:guid>")
@open_to(*LEADS)
@changes_data
def answer(guid: uuid.UUID) -> tuple[str, int] | Response:
    """Answer a member's concern: changed or not changed, and why."""
    study()
    try:
        with published_session(writes=True) as community:
            position = reviews.position_by_guid(community, guid)
            if position.study_id != published_study_id(community):
                raise NotFound(NOTHING_HERE)
            key = position.finding_key
            release.answer_concern(
                session(),
                community,
                actor(),
                study=study(),
                position=position,
                outcome=chosen(request.form, "outcome", Outcome),
                text=request.form.get("text", ""),
                text_es=request.form.get("text_es", "") or None,
                edition=whole_number(request.form.get("edition", "")) or 0,
                version=version_seen(request.form),
            )
    except NotFound:
        raise
    except Refused as refusal:
        return _page(Refusal(guid, refusal_words(refusal))), refusal.status
    return redirect(url_of("review.every", said="answered") + f"#{key}", code=303)
