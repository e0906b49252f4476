"""The invented study that ships with the program, read as any other."""

from ia_workbench import corpus
from ia_workbench.config import shipped_folder
from ia_workbench.corpus import SourceKind

FOLDER = shipped_folder("corpora") / "cedar_county"
CONVERSATIONS = {SourceKind.INTERVIEW, SourceKind.FOCUS_GROUP}


def test_every_conversation_has_its_speakers_and_nothing_else_has_any() -> None:
    rows = corpus.read_records((FOLDER / "sources.csv").read_bytes())
    assert len(rows) >= 26
    for _, record, name in rows:
        file = corpus.read_file(name, (FOLDER / "sources" / name).read_bytes())
        found = corpus.find_turns(file.text, record.convention)
        spoken = sum(turn.speaker is not None for turn in found.turns)
        if record.kind in CONVERSATIONS:
            assert len(found.speakers) >= 2, name
            assert spoken >= len(found.turns) - 5, name
        elif record.kind is not SourceKind.SURVEY:
            assert found.speakers == (), name
