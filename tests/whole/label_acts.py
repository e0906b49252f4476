"""Joining the labels of one speaker, and splitting them, where each label is a name that nobody may find again."""

from collections.abc import Callable

from ia_workbench import coding, corpus
from ia_workbench.corpus import SourceKind, SourceRecord
from tests.whole.record_acts import CANARY, WORDS, Desk

KEY = "INT-801"
TALK = f"Ms. {CANARY}: Yes.\nWorker: And?\n{CANARY}: No.\nWorker: So?\nMs. {CANARY}: So.\n{CANARY}: Yes.\n"


def add_a_talk(desk: Desk) -> None:
    record = SourceRecord(SourceKind.INTERVIEW, "parent", key=KEY)
    file = corpus.read_file("talk.txt", TALK.encode())
    found = corpus.find_turns(file.text)
    corpus.import_source(desk.session, desk.actor, study_id=desk.study_id, record=record, file=file, found=found)


def join_labels(desk: Desk) -> None:
    source = corpus.source_keyed(desk.session, desk.study_id, KEY)
    labels = {f"Ms. {CANARY}", CANARY}
    coding.join_speakers(desk.session, desk.actor, source=source, labels=labels, into=CANARY, note=WORDS)


def join_the_talk(desk: Desk) -> None:
    add_a_talk(desk)
    join_labels(desk)


def split_labels(desk: Desk) -> None:
    source = corpus.source_keyed(desk.session, desk.study_id, KEY)
    joined = corpus.newest_revision(desk.session, source)
    coding.split_speakers(desk.session, desk.actor, source=source, revision=joined, note=WORDS)


LABEL_ACTS: dict[str, Callable[[Desk], object]] = {
    "coding.join_speakers": join_labels,
    "coding.split_speakers": split_labels,
}
