"""Operations on files that are brought many at once, under names and with words nobody may find again."""

from collections.abc import Callable

from ia_workbench import corpus
from ia_workbench.corpus import BroughtFile, ImportBatch, ImportedFile, SourceKind, SourceRecord
from ia_workbench.kernel import Refused
from tests.whole.record_acts import CANARY, WORDS, Desk

RECORD = SourceRecord(SourceKind.INTERVIEW, "parent", title=WORDS)


def start_batch(desk: Desk) -> ImportBatch:
    names = (f"{CANARY}.txt", f"{CANARY} again.txt")
    files = [BroughtFile(name, f"P: {WORDS} in {name}.".encode(), RECORD) for name in names]
    return corpus.start_batch(desk.session, desk.actor, study_id=desk.study_id, files=files)


def first_of(desk: Desk, batch: ImportBatch) -> ImportedFile:
    brought = corpus.next_brought(desk.session, batch)
    assert brought is not None
    return brought


def keep_brought(desk: Desk, batch: ImportBatch) -> None:
    brought = first_of(desk, batch)
    assert brought.content is not None
    file = corpus.read_file(brought.name, brought.content)
    corpus.keep_brought(desk.session, desk.actor, brought=brought, file=file, found=corpus.find_turns(file.text))


def refuse_brought(desk: Desk, batch: ImportBatch) -> None:
    refusal = Refused("{name} holds no words.", name=WORDS)
    corpus.refuse_brought(desk.session, desk.actor, brought=first_of(desk, batch), refusal=refusal)


BATCH_ACTS: dict[str, Callable[[Desk], object]] = {"corpus.start_batch": start_batch}
AFTER_A_BATCH: dict[str, Callable[[Desk, ImportBatch], object]] = {
    "corpus.keep_brought": keep_brought,
    "corpus.refuse_brought": refuse_brought,
    "corpus.cancel_batch": lambda d, batch: corpus.cancel_batch(d.session, d.actor, batch=batch),
}
