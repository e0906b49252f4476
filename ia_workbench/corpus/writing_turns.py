"""Found turns as rows of a revision."""

from ia_workbench.corpus.models import Revision, Turn
from ia_workbench.corpus.turns import FoundTurns


def turn_rows(revision: Revision, found: FoundTurns) -> list[Turn]:
    """Return the turns that were found in a revision's text, as rows that are not added yet."""
    return [
        Turn(
            study_id=revision.study_id,
            revision_id=revision.id,
            number=turn.number,
            start=turn.start,
            speech_start=turn.speech_start,
            end=turn.end,
            line=turn.line,
            speaker=turn.speaker,
            mark=turn.mark,
        )
        for turn in found.turns
    ]
