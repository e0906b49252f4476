"""Writes of the review: a member's position and the team's answer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, has_words, normalise_text
from ia_workbench.privacy import Act, Actor
from ia_workbench.publication import LANGUAGES, Fit, Outcome, Package, content_of
from ia_workbench.review.models import Answer, Position
from ia_workbench.review.positions import Said, is_concern
from ia_workbench.review.queries import answer_to, own_position
from ia_workbench.review.rules import answer_due

LONGEST_TEXT = 10_000  # characters of a comment or an answer; our convention
CHANGED_WHILE_READING = (
    "This finding changed while you were reading. Read it again, then send your answer; what you wrote is still here."
)


def give_position(
    session: Session,
    actor: Actor,
    *,
    package: Package,
    seen: str | None = None,
    fit: Fit,
    comment: str = "",
    language: str = "en",
    could_harm: bool = False,
    quotes_not_to_use: Sequence[str] = (),
) -> Position:
    """Keep what a member says of a finding, as they say it; said again, it replaces what they said before.

    `seen` is the `words_sha256` that the member had before them (None: they read this very package): an answer never
    lands on words that they did not read. `quotes_not_to_use` are keys of evidence in the package. Refuses an unknown
    language, a quote that the package does not show, and a comment of more than 10,000 characters. An answer to what
    was said before no longer stands.
    """
    privacy.require(actor, Act.RESPOND, study_id=package.study_id)
    words = content_of(package).words_sha256
    if seen is not None and seen != words:
        raise Conflict(CHANGED_WHILE_READING)
    quotes = tuple(sorted(set(quotes_not_to_use)))
    said = Said(fit, _checked_text(comment), could_harm, quotes)
    _check_quotes(package, quotes)
    _check_language(language)
    position = own_position(session, actor, study_id=package.study_id, finding_key=package.finding_key)
    if position is None:
        position = _first_position(session, actor, package)
    if said != position.said or language != position.language:
        _say(session, position, said, language)
    position.package_sha256, position.words_sha256 = package.sha256, words
    session.flush()  # pages and later acts of this transaction need its number
    # the trail cannot be changed later, so what a member said stays out of it, the choice of four included
    privacy.record(session, actor, "give-position", subject=package.finding_key, study_id=package.study_id)
    return position


def _first_position(session: Session, actor: Actor, package: Package) -> Position:
    position = Position(
        study_id=package.study_id,
        account_id=actor.account_id,
        finding_key=package.finding_key,
        given_at=moment_of(session),
        edition=0,
        quotes_not_to_use=[],
    )
    session.add(position)
    return position


def _say(session: Session, position: Position, said: Said, language: str) -> None:
    """Put what the member says in place of what they said; a concern that still waits keeps its day."""
    now = moment_of(session)
    waits_since_before = position.edition > 0 and position.answer_due and answer_to(session, position) is None
    due = position.answer_due if waits_since_before else answer_due(now.date())
    position.fit, position.comment, position.language = said.fit, said.comment, language
    position.could_harm, position.quotes_not_to_use = said.could_harm, list(said.quotes_not_to_use)
    position.answer_due = due if is_concern(said) else None
    position.changed_at = now
    position.edition += 1


def answer_concern(
    session: Session,
    actor: Actor,
    *,
    position: Position,
    outcome: Outcome,
    text: str,
    text_es: str | None = None,
    edition: int | None = None,
    version: int | None = None,
) -> Answer:
    """Answer a member's concern: changed or not, and why; answering again replaces the answer.

    Pass the `edition` of the position that was read, so that an answer never lands on words that the member has changed
    since, and the `version` of the standing answer (0: there was none), so that nobody's answer is replaced unread.
    Refuses an empty reason, and a position that asks for no answer.
    """
    privacy.require(actor, Act.ANSWER, study_id=position.study_id)
    if position.answer_due is None:
        raise Refused("This member raised no concern, so there is nothing to answer.")
    if edition is not None and edition != position.edition:
        raise Conflict("The member has changed what they say. Read it again, then answer.")
    reason = _checked_text(text)
    if not reason:
        raise Refused("Write why it was changed or not changed: an answer needs a reason.")
    answer = session.scalars(select(Answer).where(Answer.position_id == position.id)).one_or_none()
    _refuse_unread(answer, position, version)
    if answer is None:
        answer = Answer(study_id=position.study_id, position_id=position.id)
        session.add(answer)
    answer.edition, answer.outcome = position.edition, outcome
    answer.text, answer.text_es = reason, _checked_text(text_es or "") or None
    answer.by, answer.at = actor.username, moment_of(session)
    session.flush()  # pages and later acts of this transaction read it
    privacy.record(
        session,
        actor,
        "answer-concern",
        subject=position.finding_key,
        study_id=position.study_id,
        outcome=outcome.value,
    )
    return answer


def _refuse_unread(answer: Answer | None, position: Position, version: int | None) -> None:
    """Refuse to replace an answer that stands and that the writer did not have before them."""
    stands = answer is not None and answer.edition == position.edition
    if version is None or answer is None or not stands or answer.version == version:
        return
    raise Conflict("{who} answered this concern before you. Read their answer, then change it.", who=answer.by)


def _checked_text(text: str) -> str:
    said = normalise_text(text).strip()
    if len(said) > LONGEST_TEXT:
        raise Refused("That is longer than {most} characters. Please shorten it.", most=LONGEST_TEXT)
    return said if has_words(said) else ""


def _check_quotes(package: Package, keys: Sequence[str]) -> None:
    shown = {each.key for each in content_of(package).quotes}
    for key in keys:
        if key not in shown:
            raise Refused("This finding shows no quote {key}.", key=key)


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise Refused("There are no pages in the language {language}.", language=language)
