"""Withholding words of a source from everyone: a text without them takes its place, and all that held them is closed.

Who made a report of abuse or neglect is told to nobody, cleared readers among them (CAPTA, 42 U.S.C. 5106a(b)(2)(B)).
The closed texts and the file stay in the store, for whoever must answer a court; nothing of the program reads them out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.correcting import OVERTAKEN, Author, add_correction
from ia_workbench.corpus.lines import lines_in
from ia_workbench.corpus.models import ImportedFile, Revision, Source, SourceFile, SourceParticipant, Turn
from ia_workbench.corpus.queries import (
    CLOSED_FILE,
    WITHDRAWN,
    file_of,
    newest_revision,
    raw_revisions,
    revisions_of,
    text_of,
    turns_of,
)
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Edit, Refused, Span, map_offset
from ia_workbench.privacy import Act, Actor, FoldedText, places_of_name, spelling_of

LONGEST_NAME = 3  # words; of what is longer (his teacher at the school) no word alone is a name


def withhold_text(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    text: str,
    edits: Sequence[Edit],
    instead: str,
    seen: str | None = None,
) -> Revision:
    """Put a text in the place of a source's newest raw one, and close every earlier revision; returns the new one.

    `edits` lead from the text before to `text`: each stretch gave way to `instead`. Turns and anchors are carried over,
    and a label of a speaker that was withheld is `instead` from now on. The words are taken out of the title, of the
    name of the file and of what was told of reading it. `seen` as in `correct_source`. Excerpts stay where they are:
    call `coding.withhold_words`, which takes them along.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    before = newest_revision(session, source)
    old, turns = text_of(session, before), turns_of(session, before)
    if seen is not None and seen != before.sha256:
        raise Conflict(OVERTAKEN, key=source.key)
    if not edits:
        raise Refused("Say which words of {key} are to be withheld.", key=source.key)
    earlier = revisions_of(session, source)
    author = Author(actor.username, moment_of(session))
    revision = add_correction(session, author, source, before, text=text, edits=edits)
    labels = carry_turns(session, turns, revision, text, edits, instead)
    for each in earlier:
        each.closed_at = each.closed_at or author.at
    words = list(dict.fromkeys(old[each.start : each.end] for each in edits))
    _take_out_of_register(session, source, words, labels, instead)
    session.flush()  # whoever reads next in this transaction finds them closed
    privacy.record(
        session, actor, "withhold-words", subject=source.key, study_id=source.study_id, revision=revision.number,
        places=len(edits),
    )  # fmt: skip
    return revision


def readable_revisions(session: Session, source: Source) -> Sequence[Revision]:
    """Return the raw revisions of a source that are not closed, the first one first, their texts not loaded."""
    return [each for each in raw_revisions(session, source) if each.closed_at is None]


def withholds_words(session: Session, source: Source) -> bool:
    """Say whether words of a source are withheld from everyone, so that its file is closed."""
    statement = select(Revision.id).where(Revision.source_id == source.id, Revision.closed_at.is_not(None))
    return session.scalars(statement.limit(1)).first() is not None


def content_of(session: Session, source: Source) -> bytes:
    """Return the file a source came as, byte for byte; raises Refused once it is withdrawn or words are withheld."""
    if source.is_withdrawn:
        raise Refused(WITHDRAWN, key=source.key)
    if withholds_words(session, source):
        raise Refused(CLOSED_FILE, key=source.key)
    return file_of(session, source).content


def places_of_withheld(text: str, words: Sequence[str]) -> list[Span]:
    """Return where withheld words stand in another text, in order, in any spelling; of a name its parts alone, too."""
    folded = FoldedText(text)
    return sorted({span for each in words for span in places_of_name(_spelling(each), folded)})


def without_withheld(text: str, words: Sequence[str], instead: str) -> str:
    """Return another text, such as a title or a note, in which withheld words give way."""
    return replaced(text, places_of_withheld(text, words), instead)


def replaced(text: str, places: Sequence[Span], instead: str) -> str:
    """Return a text in which these places give way, those that touch or overlap as one; in order of their start."""
    pieces: list[str] = []
    at = 0
    for place in places:
        if not pieces or place.start > at:
            pieces += [text[at : place.start], instead]
        at = max(at, place.end)
    return "".join([*pieces, text[at:]])


def _spelling(words: str) -> privacy.Spelling:
    is_name = len(words.split()) <= LONGEST_NAME and any(map(str.isupper, words))
    return spelling_of(words, with_parts=is_name)


def carry_turns(
    session: Session, turns: Sequence[Turn], revision: Revision, text: str, edits: Sequence[Edit], instead: str
) -> set[str]:
    """Give a revision the turns of the text before; returns the speakers' labels that were withheld."""
    labels, line = set[str](), turns[0].line if turns else 1
    for each in turns:
        hidden = any(edit.start < each.speech_start and edit.end > each.start for edit in edits)
        carried = Turn(
            study_id=revision.study_id,
            revision_id=revision.id,
            number=each.number,
            start=map_offset(each.start, edits),
            speech_start=_after(each.speech_start, edits),
            end=_after(each.end, edits),
            line=line,
            speaker=instead if hidden and each.speaker else each.speaker,
            mark=each.mark,
        )
        session.add(carried)
        labels |= {each.speaker} if hidden and each.speaker else set()
        line += lines_in(text[carried.speech_start : carried.end])
    return labels


def _after(offset: int, edits: Sequence[Edit]) -> int:
    """Where a place is now at which something ends or speech begins; one inside an edit comes to its end."""
    inside = next((each for each in edits if each.start < offset < each.end), None)
    return inside.new_end if inside else map_offset(offset, edits)


def _take_out_of_register(
    session: Session, source: Source, words: Sequence[str], labels: set[str], instead: str
) -> None:
    source.title = without_withheld(source.title, words, instead)
    file = session.scalars(select(SourceFile).where(SourceFile.source_id == source.id)).one_or_none()
    if file is not None:
        _take_out_of_batches(session, source, file, words, instead)
        if places_of_withheld(file.name, words):
            file.name = f"{source.key}.{file.format}"
        file.notes = [without_withheld(each, words, instead) for each in file.notes]
        file.changes = [each | _told_without(each, words, instead) for each in file.changes]
    spoken = select(SourceParticipant).where(SourceParticipant.source_id == source.id)
    for link in session.scalars(spoken.where(SourceParticipant.speaker.in_(labels))) if labels else ():
        link.speaker = instead


def _take_out_of_batches(
    session: Session, source: Source, file: SourceFile, words: Sequence[str], instead: str
) -> None:
    """Have no batch tell the words in what it notes of this file, or of one of its name that was refused before."""
    inside = ImportedFile.name.endswith(f"/{file.name}", autoescape=True)  # a folder or an archive
    its_own = or_(ImportedFile.source_id == source.id, ImportedFile.name == file.name, inside)
    for each in session.scalars(select(ImportedFile).where(ImportedFile.study_id == source.study_id, its_own)):
        if places_of_withheld(each.name, words):
            each.name = f"{source.key}.{file.format}"
        each.facts = {
            name: without_withheld(value, words, instead) if isinstance(value, str) else value
            for name, value in each.facts.items()
        }


def _told_without(change: Mapping[str, Any], words: Sequence[str], instead: str) -> dict[str, str]:
    """The words of a file and who wrote them, in what was told of reading it, without those that are withheld."""
    return {name: without_withheld(str(change[name]), words, instead) for name in ("words", "by") if change.get(name)}
