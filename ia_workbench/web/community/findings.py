"""A member's pages: the findings, one finding with the member's answer, what the team answered, help."""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import publication, review
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused
from ia_workbench.privacy import Role
from ia_workbench.publication import Fit, Package, PackageContent
from ia_workbench.review import Answer, Position
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.community import passages
from ia_workbench.web.community.current import TONGUES, has_study, study
from ia_workbench.web.community.wording import in_mid_sentence
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import in_a_row, language, refusal_words

findings = Blueprint("findings", __name__)


@dataclass(frozen=True)
class Card:
    """One finding in a list: what it says, what the member said, and what the team answered."""

    number: int
    content: PackageContent
    position: Position | None
    answer: Answer | None


@dataclass(frozen=True)
class Withdrawn:
    """A finding that the team took back after the member answered: its number, and nothing of what it said."""

    number: int
    position: Position
    answer: Answer | None


@dataclass(frozen=True)
class Filled:
    """What stands in the form: what the member said before, or what they just sent and must correct.

    `seen` is the digest of the words that the form was sent from ("": those on the page).
    """

    fit: str = ""
    comment: str = ""
    could_harm: bool = False
    quotes: frozenset[str] = frozenset()
    seen: str = ""


@findings.get("/c", defaults={"tongue": None})
@findings.get(f"/{TONGUES}/c")
@open_to(Role.REVIEWER)
def mine() -> str:
    """Show the findings that the body was given, those still to be answered first."""
    cards = _cards() if has_study() else []
    return render_template(
        "community/findings.html",
        waiting=[card for card in cards if card.position is None],
        answered=[card for card in cards if card.position is not None],
    )


@findings.get("/c/answers", defaults={"tongue": None})
@findings.get(f"/{TONGUES}/c/answers")
@open_to(Role.REVIEWER)
def answers() -> str:
    """Show what the team answered to the member's concerns, what it still owes, and what it has taken back since."""
    cards = _cards() if has_study() else []
    return render_template(
        "community/answers.html",
        cards=[card for card in cards if card.position and card.position.answer_due],
        withdrawn=_withdrawn() if has_study() else [],
    )


@findings.get("/c/help", defaults={"tongue": None})
@findings.get(f"/{TONGUES}/c/help")
@open_to(Role.REVIEWER)
def helping() -> str:
    """Say where to find a person, what leaving fast does, and who sees what."""
    return render_template("community/help.html")


@findings.get("/c/<int:number>", defaults={"tongue": None})
@findings.get(f"/{TONGUES}/c/<int:number>")
@open_to(Role.REVIEWER)
def finding(number: int) -> str:
    """Show one finding in plain words and ask whether it fits."""
    package = publication.package_numbered(session(), study().id, number)
    position = _own_position(package)
    filled = Filled()
    if position is not None:
        quotes = frozenset(position.quotes_not_to_use)
        filled = Filled(position.fit.value, position.comment, position.could_harm, quotes)
    return _page(package, position, filled)


@findings.post("/c/<int:number>", defaults={"tongue": None})
@findings.post(f"/{TONGUES}/c/<int:number>")
@open_to(Role.REVIEWER)
@changes_data
def respond(number: int) -> str | Response | tuple[str, int]:
    """Keep the member's answer; a refused one is shown again with the reason and everything they wrote."""
    package = publication.package_numbered(session(), study().id, number)
    before = _own_position(package)
    filled = _sent()
    try:
        _give_position(package, filled)
    except Refused as refusal:
        # told of the change, they answer what they now read; any other refusal tells nothing of it
        shown = replace(filled, seen="") if isinstance(refusal, Conflict) else filled
        return _page(package, before, shown, sentence=refusal_words(refusal)), refusal.status
    again = url_of("findings.finding", number=number, said="answer-sent" if before is None else "answer-changed")
    return redirect(again, code=303)


def _sent() -> Filled:
    form = request.form
    return Filled(
        fit=form.get("fit", ""),
        comment=form.get("comment", ""),
        could_harm="could_harm" in form,
        quotes=frozenset(form.getlist("quote")),
        seen=form.get("package", ""),
    )


def _give_position(package: Package, filled: Filled) -> None:
    if filled.fit not in list(Fit):
        raise Refused("Please choose one of the four answers. What you wrote is still here.")
    review.give_position(
        session(),
        actor(),
        package=package,
        seen=filled.seen,
        fit=Fit(filled.fit),
        comment=filled.comment,
        language=language(),
        could_harm=filled.could_harm,
        quotes_not_to_use=sorted(filled.quotes),
    )


def _own_position(package: Package) -> Position | None:
    return review.own_position(session(), actor(), study_id=package.study_id, finding_key=package.finding_key)


def _page(package: Package, position: Position | None, filled: Filled, sentence: str | None = None) -> str:
    content = publication.content_of(package)
    reader = language()
    return render_template(
        "community/finding.html",
        number=package.number,
        of=max(each.number for each in publication.packages(session(), package.study_id)),
        content=content,
        quotes=passages.quotes_of(content, reader),
        contrary=[passages.passage_of(each, reader) for each in content.contrary],
        speakers=in_a_row(in_mid_sentence(each).text for each in passages.speakers_of(content, reader)),
        steps=[(step, passages.title_of(step, reader, content)) for step in content.strip],
        position=position,
        answer=review.answer_to(session(), position) if position is not None else None,
        is_changed_since=position is not None and position.words_sha256 != content.words_sha256,
        filled=filled,
        sentence=sentence,
        due=review.answer_due(moment_of(session()).date()),
    )


def _cards() -> list[Card]:
    study_id = study().id
    own = {each.finding_key: each for each in review.own_positions(session(), actor(), study_id=study_id)}
    given = {each.position_id: each for each in review.answers_to(session(), list(own.values()))}
    return [
        _card(package, own.get(package.finding_key), given) for package in publication.packages(session(), study_id)
    ]


def _withdrawn() -> list[Withdrawn]:
    study_id = study().id
    own = {each.finding_key: each for each in review.own_positions(session(), actor(), study_id=study_id)}
    given = {each.position_id: each for each in review.answers_to(session(), list(own.values()))}
    taken = [each for each in publication.last_packages(session(), study_id) if each.withdrawn_at is not None]
    mine = [(each.number, own[each.finding_key]) for each in taken if each.finding_key in own]
    return [Withdrawn(number, position, given.get(position.id)) for number, position in mine]


def _card(package: Package, position: Position | None, given: dict[int, Answer]) -> Card:
    answer = given.get(position.id) if position is not None else None
    return Card(package.number, publication.content_of(package), position, answer)
