"""Every operation of every room leaves exactly one entry in the trail, and no words of anyone."""

import ast
import importlib
import inspect
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, privacy, release, review
from ia_workbench import study_folder as studies
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Actor
from ia_workbench.publication import Audience, Outcome
from tests.support import Home, open_demo
from tests.support.homes import DEMO_KEY
from tests.whole.acts import (
    ACTS,
    AFTER_A_CORRECTION,
    AFTER_A_PROPOSAL,
    CANARY,
    WORDS,
    Desk,
    correct_source,
    edit_finding,
    teach_convention,
)
from tests.whole.autocoding_acts import PREPARED_AUTOCODING_ACTS
from tests.whole.batch_acts import AFTER_A_BATCH, start_batch
from tests.whole.codebook_acts import PREPARED_CODEBOOK_ACTS
from tests.whole.coding_acts import PREPARED_CODING_ACTS
from tests.whole.label_acts import LABEL_ACTS, add_a_talk, join_the_talk
from tests.whole.mask_acts import MASK_ACTS
from tests.whole.memo_acts import PREPARED_MEMO_ACTS
from tests.whole.record_acts import AFTER_A_DEFINITION, an_attribute
from tests.whole.source_files import PACKAGE, ROOMS, tree_of
from tests.whole.withdrawal_acts import OF_SEVERAL_ENTRIES, PARTS_OF_A_WITHDRAWAL
from tests.whole.withholding_acts import WITHHOLDING_ACTS

# Operations that are made of others, or touch both stores, or act before anyone is signed in: each has a test below.
APART = {
    *OF_SEVERAL_ENTRIES,
    "privacy.make_first_lead",
    "privacy.open_sign_in",
    "release.decide_release",
    "release.copy_releases",
    "release.decide_withdrawal",
    "release.answer_concern",
    "study_folder.create_study",
    "study_folder.load_study",
    "study_folder.export_study",
    "study_folder.erase_study",
    "corpus.forget_convention",
}
# What writes and leaves no entry, and why that is right.
SILENT = {
    "corpus.follow_labels": "its entry is the one of the correction that joins or splits the labels",
    "privacy.act_as": "changes a session, no store",
    "corpus.add_masked_text": "its entry is the one that masking.make_masked_text leaves",
    "codebook.new_code": "part of adding a code, which is entered",
    "codebook.set_code_state": "part of undoing or redoing an act, which is entered as one",
    "codebook.take_along": "part of a merge, which is entered as one",
    "codebook.take_out": "part of a merge or a removal, which is entered",
    "coding.note": "writes the journal for an act that is entered",
    "coding.set_memo_state": "part of undo and redo, which are entered as one",
    "coding.keep_favourite": "a coder's own convenience; nobody else can see it",
    "corpus.keep_sentences": "keeps what can be found again from a text, so that it is found once",
    "findings.set_link_state": "part of undo and redo, which are entered",
    "privacy.choose_keys": "someone's own convenience; nobody else can see it",
    "coding.set_coding_state": "part of an act on many codings, which is entered as one",
    "privacy.choose_language": "a reader's own convenience; nobody else can see it",
    "privacy.note_seen": "renews the idle time of a browser",
    "privacy.publish_study": "tells the other store a study's name; the act that needs it is entered",
    "privacy.next_key": "part of the act that needs a key",
    "privacy.note_key": "part of the act that brings a key",
    "privacy.record": "is the entry",
    "study_folder.perform_demo_act": "performs operations that are entered",
    **PARTS_OF_A_WITHDRAWAL,
}


@pytest.fixture(scope="module")
def shared(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Offer a demo in which operations are tried and taken back."""
    folder = tmp_path_factory.mktemp("audit") / "home"
    shutil.copytree(demo_folder, folder)
    home = open_demo(folder)
    yield home
    home.close()


class TakenBack(Exception):  # noqa: N818 - nothing went wrong
    """Ends a transaction so that nothing of it stays."""


def actor_called(home: Home, name: str) -> Actor:
    """Return someone of the demo, on the side they act on."""
    if name == "ana (guest)":
        with home.unheld(Store.PUBLISHED, writes=False) as session:
            return privacy.guest_in_published_store(session, home.actor("ana"), [DEMO_KEY])
    return home.member(name) if name in {"rosa", "marcus", "lee"} else home.actor(name)


def trail(session: Session, store: Store, beyond: int = 0) -> list[str]:
    """Return everything that the entries of a store hold, one text an entry, those after a number of entries."""
    return [
        json.dumps([each.actor, each.act, each.study_key, each.subject, each.details])
        for each in privacy.audit_entries(session, store)[beyond:]
    ]


def entries_of(home: Home, who: str, act: Callable[[Desk], object], *, before: Callable[[Desk], None]) -> list[str]:
    """Perform an act, take it back, and return the entries that it left until then."""
    actor = actor_called(home, who)
    left: list[str] = []
    with suppress(TakenBack), home.session(actor) as session:
        desk = Desk(home, session, actor)
        before(desk)
        known = len(trail(session, actor.store))
        act(desk)
        session.flush()
        left += trail(session, actor.store, known)
        assert privacy.first_broken_entry(session, actor.store) is None
        raise TakenBack
    return left


def nothing(_desk: Desk) -> None:
    """Prepare nothing."""


# ------------------------------------------------------------------ all of them


def operations() -> set[str]:
    """Return every name of a front door that takes a session and changes what is stored: those that write an entry,
    add or remove rows, or set a value on one.
    """
    found = set()
    for room in ROOMS:
        door = importlib.import_module(f"ia_workbench.{room}")
        for name in door.__all__:
            thing = getattr(door, name)
            if inspect.isfunction(thing) and _takes_session(thing) and _writes(thing):
                found.add(f"{room}.{name}")
    return found


def _takes_session(function: Any) -> bool:
    first = next(iter(inspect.signature(function).parameters), "")
    return first in {"session", "evidence"}


CHANGES = {"add", "add_all", "delete", "merge", "flush"}


def _is_of_a_session(function: Any) -> bool:
    return getattr(getattr(function, "value", None), "id", "") in {"session", "evidence", "published"}


def _writes(function: Any) -> bool:
    """Say whether a function, or one of its own file that it calls, writes."""
    path = Path(inspect.getsourcefile(function) or "")
    local = {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}
    waiting, seen = [function.__name__], set()
    while waiting:
        name = waiting.pop()
        if name in local and name not in seen:
            seen.add(name)
            for node in ast.walk(local[name]):
                if isinstance(node, ast.Call):
                    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if called in {"record", "open_sign_in"} or (called in CHANGES and _is_of_a_session(node.func)):
                        return True
                    waiting.append(called)
                if isinstance(node, ast.Assign | ast.AugAssign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    if any(isinstance(each, ast.Attribute) for each in targets):
                        return True
    return False


def test_every_operation_of_every_room_is_driven_here_or_is_silent_for_a_reason() -> None:
    driven = {
        *ACTS,
        *PREPARED_MEMO_ACTS,
        *PREPARED_CODING_ACTS,
        *PREPARED_AUTOCODING_ACTS,
        *PREPARED_CODEBOOK_ACTS,
        *AFTER_A_BATCH,
        *AFTER_A_PROPOSAL,
        *AFTER_A_DEFINITION,
        *AFTER_A_CORRECTION,
        *MASK_ACTS,
        *WITHHOLDING_ACTS,
        *LABEL_ACTS,
        *APART,
    }
    assert operations() - driven - set(SILENT) == set()
    doors = {room: importlib.import_module(f"ia_workbench.{room}") for room in ROOMS}
    assert all(each.partition(".")[2] in doors[each.partition(".")[0]].__all__ for each in driven | set(SILENT))


@pytest.mark.parametrize("name", ACTS)
def test_an_operation_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    who, act = ACTS[name]
    left = entries_of(shared, who, act, before=nothing)
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


def test_forgetting_a_convention_leaves_exactly_one_entry_without_its_name(shared: Home) -> None:
    known: list[corpus.TaughtConvention] = []
    left = entries_of(
        shared,
        "ana",
        lambda d: corpus.forget_convention(d.session, d.actor, taught=known[0]),
        before=lambda d: known.append(teach_convention(d)),
    )
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", AFTER_A_PROPOSAL)
def test_what_becomes_of_a_file_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    waiting: list[corpus.PendingImport] = []
    left = entries_of(
        shared, "ana", lambda d: AFTER_A_PROPOSAL[name](d, waiting[0]), before=lambda d: waiting.append(d.pending())
    )
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", AFTER_A_BATCH)
def test_what_becomes_of_files_brought_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    brought: list[corpus.ImportBatch] = []
    left = entries_of(
        shared, "ana", lambda d: AFTER_A_BATCH[name](d, brought[0]), before=lambda d: brought.append(start_batch(d))
    )
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", AFTER_A_DEFINITION)
def test_what_is_said_of_people_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    defined: list[corpus.Attribute] = []
    left = entries_of(
        shared,
        "ana",
        lambda d: AFTER_A_DEFINITION[name](d, defined[0]),
        before=lambda d: defined.append(an_attribute(d)),
    )
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", AFTER_A_CORRECTION)
def test_what_becomes_of_corrected_words_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    left = entries_of(shared, "ana", AFTER_A_CORRECTION[name], before=correct_source)
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", MASK_ACTS)
def test_an_act_of_masking_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    before, act = MASK_ACTS[name]
    left = entries_of(shared, "ana", act, before=before)
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", LABEL_ACTS)
def test_joining_and_splitting_labels_leaves_exactly_one_entry_and_no_label(shared: Home, name: str) -> None:
    before = add_a_talk if name == "coding.join_speakers" else join_the_talk
    left = entries_of(shared, "ana", LABEL_ACTS[name], before=before)
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


@pytest.mark.parametrize("name", WITHHOLDING_ACTS)
def test_withholding_words_leaves_exactly_one_entry_and_none_of_them(shared: Home, name: str) -> None:
    left = entries_of(shared, "ana", lambda d: WITHHOLDING_ACTS[name](d, CANARY), before=correct_source)
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


PREPARED_ACTS = PREPARED_MEMO_ACTS | PREPARED_CODING_ACTS | PREPARED_AUTOCODING_ACTS | PREPARED_CODEBOOK_ACTS


@pytest.mark.parametrize("name", PREPARED_ACTS)
def test_what_becomes_of_codings_and_memos_leaves_exactly_one_entry_and_nobodys_words(shared: Home, name: str) -> None:
    prepare, act = PREPARED_ACTS[name]
    prepared: list[Any] = []
    left = entries_of(shared, "ana", lambda d: act(d, prepared[0]), before=lambda d: prepared.append(prepare(d)))
    assert len(left) == 1, left
    assert CANARY.lower() not in left[0].lower()


def test_what_is_taken_back_leaves_no_entry_and_no_gap(shared: Home) -> None:
    with shared.unheld(Store.EVIDENCE, writes=False) as session:
        before = privacy.audit_entries(session, Store.EVIDENCE)
    entries_of(shared, "ana", edit_finding, before=nothing)
    with shared.unheld(Store.EVIDENCE, writes=False) as session:
        after = privacy.audit_entries(session, Store.EVIDENCE)
        assert [each.sequence for each in after] == list(range(1, len(before) + 1))


def test_free_text_cannot_be_entered_at_all(shared: Home) -> None:
    for details in ({"note": WORDS}, {"note": "a\nb"}, {"note": "é" * 3}, {"note": "x" * 121}):
        actor = shared.actor("ana")
        with pytest.raises(ValueError, match="identifiers only"), shared.session(actor) as session:
            privacy.record(session, actor, "try", subject="x", **details)
    with pytest.raises(ValueError, match="identifiers only"), shared.session(actor) as session:
        privacy.record(session, actor, "try", subject=WORDS)


# ------------------------------------------------------------------ those apart


def counts(home: Home) -> tuple[int, int]:
    """Return how many entries each store has."""
    with (
        home.unheld(Store.EVIDENCE, writes=False) as evidence,
        home.unheld(Store.PUBLISHED, writes=False) as published,
    ):
        return len(trail(evidence, Store.EVIDENCE)), len(trail(published, Store.PUBLISHED))


def test_answering_over_the_bridge_leaves_one_entry_where_the_answer_is(demo: Home) -> None:
    ana, guest = demo.actor("ana"), actor_called(demo, "ana (guest)")
    before = counts(demo)
    with demo.session(ana, writes=False) as session, demo.session(guest) as published:
        position = review.positions_on(published, *guest.study_ids, "F-01")[0]
        release.answer_concern(
            session,
            published,
            ana,
            study=privacy.study_keyed(session, DEMO_KEY),
            position=position,
            outcome=Outcome.NOT_CHANGED,
            text=WORDS,
        )
    assert counts(demo) == (before[0], before[1] + 1)


def test_signing_in_leaves_one_entry_and_a_refused_one_none(demo: Home) -> None:
    password = demo.give_password(demo.actor("ana"))
    before = counts(demo)
    with demo.unheld(Store.EVIDENCE) as session:
        account = privacy.account_fitting(session, Store.EVIDENCE, username="ana", password=password)
        privacy.open_sign_in(session, Store.EVIDENCE, account)
    assert counts(demo) == (before[0] + 1, before[1])
    with pytest.raises(Refused), demo.unheld(Store.EVIDENCE) as session:
        privacy.account_fitting(session, Store.EVIDENCE, username="ana", password=WORDS)
    assert counts(demo) == (before[0] + 1, before[1])


def test_a_release_is_entered_with_the_move_it_makes_and_its_copy_once_on_each_side(demo: Home) -> None:
    ana, before = demo.actor("ana"), counts(demo)
    with demo.session(ana) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-01")
        record = replace(findings.record_of(finding), strengths="Workers turn the screen.")
        findings.edit_finding(session, ana, finding=finding, record=record)
    with demo.session(ana) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-01")
        release.decide_release(session, ana, finding=finding, audience=Audience.PUBLIC)
    decided = counts(demo)
    assert decided == (before[0] + 3, before[1])  # edited, moved, released
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        assert len(release.copy_releases(session, published, ana)) == 1
    assert counts(demo) == (decided[0] + 1, decided[1] + 1)
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        assert release.copy_releases(session, published, ana) == []
    assert counts(demo) == (decided[0] + 1, decided[1] + 1)


def test_a_withdrawal_is_entered_with_the_move_it_makes_and_its_copies_once_on_each_side(demo: Home) -> None:
    ana, before = demo.actor("ana"), counts(demo)
    with demo.session(ana) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-01")
        taken = release.decide_withdrawal(session, ana, finding=finding, reason=WORDS)
    decided = counts(demo)
    assert decided == (before[0] + 2, before[1])  # moved, withdrawn
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        assert len(release.copy_releases(session, published, ana)) == len(taken)
    assert counts(demo) == (decided[0] + len(taken), decided[1] + len(taken))
    with demo.unheld(Store.EVIDENCE) as session:
        assert CANARY not in str(trail(session, Store.EVIDENCE))


def test_making_writing_and_erasing_a_study_are_entered_once_and_hold_nobodys_words(demo: Home, tmp_path: Path) -> None:
    ana = demo.actor("ana")
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        studies.create_study(session, published, ana, key="next", title=WORDS, question=WORDS, site=WORDS)
    ana, before = demo.actor("ana"), counts(demo)
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        made = privacy.study_keyed(session, "next")
        studies.export_study(session, published, ana, study_id=made.id, folder=tmp_path / CANARY)
    assert counts(demo) == (before[0] + 1, before[1])
    with demo.session(ana) as session, demo.unheld(Store.PUBLISHED) as published:
        studies.erase_study(session, published, ana, study_id=made.id)
    assert counts(demo) == (before[0] + 2, before[1] + 1)
    with demo.unheld(Store.EVIDENCE, writes=False) as session:
        assert not [each for each in trail(session, Store.EVIDENCE) if CANARY.lower() in each.lower()]


def test_the_trail_of_the_whole_demo_holds_no_word_of_any_source_finding_or_answer(demo: Home) -> None:
    with (
        demo.unheld(Store.EVIDENCE, writes=False) as evidence,
        demo.unheld(Store.PUBLISHED, writes=False) as published,
    ):
        everything = [*trail(evidence, Store.EVIDENCE), *trail(published, Store.PUBLISHED)]
        names = evidence.scalars(select(corpus.SourceFile.name)).all()
        quotes = evidence.scalars(select(coding.Excerpt.quote)).all()
        keys_of_people = evidence.scalars(select(corpus.Participant.key)).all()
        comments = published.scalars(select(review.Position.comment)).all()
    said = "\n".join(everything)
    assert len(everything) > 100
    for words in (*names, *(each for each in quotes if " " in each), *(each for each in comments if each)):
        assert words not in said
    for key in keys_of_people:
        assert f'"{key}"' not in said


def test_no_edge_and_no_page_writes_an_entry_of_its_own() -> None:
    writing = [
        path
        for path in (PACKAGE / "web").rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and _is_privacy(node.func)
    ]
    assert not writing


def _is_privacy(function: Any) -> bool:
    return getattr(getattr(function, "value", None), "id", "") == "privacy"
