"""Respondents of a survey become participants, and their closed answers attributes of them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.attributes import (
    LONGEST_NAME,
    LONGEST_VALUE,
    AttributeDefinition,
    canonical_value,
    inferred_type,
    one_line,
)
from ia_workbench.corpus.importers import Respondent
from ia_workbench.corpus.models import Attribute, Participant, Source, SourceParticipant
from ia_workbench.corpus.properties import add_value, attributes, new_attribute
from ia_workbench.corpus.records import LONGEST_WORDS, SEPARATOR
from ia_workbench.corpus.rules import RESPONDENTS, AttributeScope, AttributeType
from ia_workbench.kernel import Refused


def take_respondents(session: Session, source: Source, respondents: Sequence[Respondent]) -> None:
    """Make a participant of every respondent whom the source's record does not name already, with their answers.

    They speak under their label. A respondent whose label the record gives to somebody is that participant, and what
    the study holds of them stays as it is: so a study that is loaded, or a survey that is taken in once more with the
    record it has, makes nobody twice. Answers become attributes of the type that all of them fit (`inferred_type`).
    """
    named = {link.speaker for link in source.participant_links if link.speaker}
    new = [each for each in respondents if _label(each) not in named]
    taken = set(session.scalars(select(Participant.key).where(Participant.study_id == source.study_id)))
    people = [Participant(study_id=source.study_id, key=_free_key(session, source.study_id, taken)) for _each in new]
    position = len(source.participant_links)
    for number, (person, each) in enumerate(zip(people, new, strict=True), position):
        link = SourceParticipant(study_id=source.study_id, position=number, speaker=_label(each), participant=person)
        source.participant_links.append(link)
    session.flush()  # their answers need their numbers
    _add_answers(session, source.study_id, list(zip(people, new, strict=True)))


def _label(respondent: Respondent) -> str | None:
    """The label as the source register can hold it; None where it cannot, and nobody is said to speak under it."""
    label = one_line(respondent.label)
    fits = label and len(label) <= LONGEST_WORDS and label.isprintable() and SEPARATOR not in label
    return label if fits else None


def _free_key(session: Session, study_id: int, taken: set[str]) -> str:
    """The next key that no manifest has given to somebody already."""
    while (key := privacy.next_key(session, study_id=study_id, prefix=RESPONDENTS)) in taken:
        pass
    return key


def _add_answers(session: Session, study_id: int, said: Sequence[tuple[Participant, Respondent]]) -> None:
    known = {each.name: each for each in attributes(session, study_id, AttributeScope.PARTICIPANT)}
    for question, answers in _by_question(said).items():
        attribute = _attribute_for(session, study_id, question, [answer for _who, answer in answers], known)
        for person, answer in answers:
            value = canonical_value(attribute.name, attribute.type, attribute.choices, answer)
            add_value(session, attribute, person.id, value)


def _by_question(said: Sequence[tuple[Participant, Respondent]]) -> dict[str, list[tuple[Participant, str]]]:
    """What was answered to each question, in the order of the questions; blank answers are none.

    A question that stands twice in one row has its second answer under a name of its own.
    """
    found: dict[str, list[tuple[Participant, str]]] = {}
    for person, respondent in said:
        used: set[str] = set()
        for question, answer in respondent.answers:
            name = next(each for each in _names(question) if each not in used)
            used.add(name)
            words = _storable(answer)
            found.setdefault(name, [])
            if words:
                found[name].append((person, words))
    return {name: answers for name, answers in found.items() if answers}


def _names(question: str) -> Iterator[str]:
    """The name of an attribute for a question, then further ones for as long as the ones before are taken."""
    plain = _printable(question)[: LONGEST_NAME - len(" (999)")].strip() or "question"
    yield plain
    for number in range(2, 1_000):
        yield f"{plain} ({number})"


def _printable(words: str) -> str:
    return one_line("".join(each if each.isprintable() else " " for each in words))


def _storable(answer: str) -> str:
    return _printable(answer)[:LONGEST_VALUE].strip()


def _attribute_for(
    session: Session, study_id: int, question: str, answers: Sequence[str], known: dict[str, Attribute]
) -> Attribute:
    """The attribute that takes these answers: the study's own where they fit, else a new one."""
    for name in _names(question):
        if name not in known:
            kind, choices = inferred_type(answers)
            definition = AttributeDefinition(AttributeScope.PARTICIPANT, name, kind, choices)
            known[name] = new_attribute(session, study_id, definition)
            return known[name]
        if _takes(known[name], answers):
            return known[name]
    raise Refused("The study has too many attributes of one name. Remove some, and import again.")


def _takes(attribute: Attribute, answers: Sequence[str]) -> bool:
    """Whether every answer fits; a choice that the study did not have yet is added to its choices."""
    if attribute.type is AttributeType.CHOICE:
        further = sorted(set(map(one_line, answers)) - set(attribute.choices))
        if all(len(each) <= LONGEST_NAME for each in further):
            attribute.choices = [*attribute.choices, *further]
            return True
        return False
    try:
        for each in answers:
            canonical_value(attribute.name, attribute.type, attribute.choices, each)
    except Refused:
        return False
    return True
