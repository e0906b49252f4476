"""One speaker of several withdraws: their words go, with all that rests on them, and nobody else's do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, withdrawal
from ia_workbench.coding import Excerpt, Memo, Reanchoring
from ia_workbench.corpus import Revision, Source, SourceFile, SourceParticipant, Turn, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, LinkRole
from ia_workbench.kernel import Refused, Span, digest_of
from ia_workbench.publication import Audience
from ia_workbench.withdrawal import ParticipantCertificate
from ia_workbench.withdrawal.carrying_out import carry_out_for_participant
from tests.release.conftest import opened
from tests.release.test_operations import copy
from tests.support import Home
from tests.support.releasing import link, mask_all
from tests.whole.belonging import every_row
from tests.withdrawal.talks import Talk, excerpt, take_in, talk_of
from tests.withdrawal.test_applying import applied
from tests.withdrawal.test_operations import DESTROY, EXCLUDE, STOP, ledger_of, packages
from tests.withdrawal.test_previewing import give_to_readers, preview

TALK = talk_of([("ROSE", 4), ("LUZ", 3), ("ROSE", 2), ("MARA", 5), ("LUZ", 2)])


def leave(
    home: Home, key: str, outcome: WithdrawalOutcome, speakers: dict[str, str] | None = None, username: str = "ana"
) -> ParticipantCertificate:
    actor = home.actor(username)
    with home.session(actor) as session:
        person = corpus.participant_keyed(session, home.study_id, key)
        return withdrawal.withdraw_participant(
            session, actor, ledger=ledger_of(home), participant=person, outcome=outcome, reason="asked",
            speakers=speakers,
        )  # fmt: skip


def source_of(home: Home) -> Source:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return corpus.source_keyed(session, home.study_id, "GRP-01")


def newest_text(home: Home) -> str:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        source = corpus.source_keyed(session, home.study_id, "GRP-01")
        return corpus.text_of(session, corpus.newest_revision(session, source))


def everything_stored(home: Home) -> str:
    with home.evidence.connect() as connection:
        return repr(every_row(connection, Store.EVIDENCE))


@pytest.fixture
def group(ready: Home) -> Home:
    """A home with a talk of three: evidence of F-01 on words of ROSE and of LUZ, and an excerpt across both."""
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        source = take_in(session, ana, ready.study_id, TALK.text)
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        (rose, luz) = (next(span for who, span in TALK.turns if who == label) for label in ("ROSE", "LUZ"))
        for label, span in (("ROSE", rose), ("LUZ", luz)):
            words = Span(span.start + len(label) + 2, span.end - 1).of(TALK.text)
            link(session, ana, finding, "GRP-01", words, role=LinkRole.HAPPENS)
        excerpt(session, source, Span(rose.end - 5, luz.start + 6))
    return ready


def test_their_turns_give_way_to_neutral_words_and_what_others_said_is_read_as_before(group: Home) -> None:
    leave(group, "P-21", EXCLUDE)
    text = newest_text(group)
    assert text.splitlines()[0::2] == ["WITHDRAWN: [withdrawn]", "WITHDRAWN: [withdrawn]", TALK.text.splitlines()[4]]
    assert [line for line in TALK.text.splitlines() if not line.startswith("ROSE")] == [
        line for line in text.splitlines() if not line.startswith("WITHDRAWN")
    ]
    assert not source_of(group).is_withdrawn
    with group.session(group.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, group.study_id, "GRP-01")
        first = corpus.raw_revisions(session, source)[0]
        with pytest.raises(Refused, match="words in it are withheld or withdrawn"):
            corpus.text_of(session, first)
        with pytest.raises(Refused, match="file of GRP-01 is closed"):
            corpus.content_of(session, source)
        speakers = [each.speaker for each in corpus.turns_of(session, corpus.newest_revision(session, source))]
        assert speakers == ["WITHDRAWN", "LUZ", "WITHDRAWN", "MARA", "LUZ"]


def test_what_rests_on_their_words_goes_and_the_evidence_of_others_stays_and_counts(group: Home) -> None:
    with group.unheld(Store.EVIDENCE) as session:
        rows = session.scalars(
            select(Excerpt).join(Excerpt.revision).join(Revision.source).where(Source.key == "GRP-01")
        )
        for each in rows.all():
            at = {"origin": "team", "by": "ana", "at": group.clock()}
            of = {"study_id": group.study_id, "source_id": each.revision.source_id, "excerpt_id": each.id}
            session.add(Memo(words=each.quote, **of, **at))
    before = preview(group, "P-21", EXCLUDE)
    done = leave(group, "P-21", EXCLUDE)
    (certificate,) = done.sources
    assert (certificate.key, certificate.outcome, certificate.participant) == ("GRP-01", EXCLUDE, "P-21")
    assert {kind: certificate.counts[kind] for kind in ("excerpts", "evidence-links", "memos", "turns")} == {
        "excerpts": 2,  # the one that reaches into a turn of LUZ too
        "evidence-links": 1,
        "memos": 2,
        "turns": 2,
    }
    assert [(each.key, each.now, each.after) for each in before.findings] == [
        (each.key, each.before, each.after) for each in certificate.findings
    ]
    with group.unheld(Store.EVIDENCE, writes=False) as session:
        kept = session.scalars(select(EvidenceLink).join(EvidenceLink.excerpt).join(Excerpt.revision)
                               .join(Revision.source).where(Source.key == "GRP-01")).all()  # fmt: skip
        (mine,) = kept
        assert mine.excerpt.quote == "luz104 luz105 luz106"
        assert mine.excerpt.quote == Span(mine.excerpt.start, mine.excerpt.end).of(newest_text(group))
        assert coding.mismatched_excerpts(session, group.study_id) == []
        facts = findings.facts_of(session, findings.finding_keyed(session, group.study_id, "F-01"))
        (fact,) = [each for each in facts.links if each.source.key == "GRP-01"]
        assert (fact.source.counts, fact.source.participants) == (True, {"P-22", "P-23"})


def test_only_releases_that_show_or_count_their_words_are_taken_from_readers(group: Home) -> None:
    mask_all(group)
    give_to_readers(group, Audience.BODY)
    assert preview(group, "P-23", EXCLUDE).releases == ()
    (certificate,) = leave(group, "P-23", EXCLUDE).sources
    assert (certificate.taken_from_readers, [each.is_emptied for each in packages(group)]) == ((), [False])
    (certificate,) = leave(group, "P-21", EXCLUDE).sources
    assert certificate.taken_from_readers == ("F-01",)
    copy(group)
    assert [each.is_emptied for each in packages(group)] == [True]


@pytest.mark.parametrize("outcome", [EXCLUDE, DESTROY])
def test_a_stop_and_an_unknown_label_stop_the_whole_source(ready: Home, outcome: WithdrawalOutcome) -> None:
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        take_in(session, ana, ready.study_id, TALK.text, labelled=False)
    (certificate,) = leave(ready, "P-21", outcome).sources
    assert (certificate.outcome, certificate.participant) == (STOP, None)
    assert source_of(ready).withdrawn_as is STOP
    again = leave(ready, "P-21", outcome, {"GRP-01": "ROSE"})
    assert [(each.outcome, each.participant) for each in again.sources] == [(outcome, "P-21")], "going further"
    assert source_of(ready).withdrawn_as is STOP, "and it stays stopped"


def test_destroying_leaves_not_one_of_their_words_and_each_of_the_others(group: Home) -> None:
    ana = group.actor("ana")
    with group.session(ana) as session:
        source = corpus.source_keyed(session, group.study_id, "GRP-01")
        corrected = TALK.text.replace("rose100", "rosy").replace("mara109", "mary")
        coding.correct_source(session, ana, source=source, text=corrected, note="rose101 was misheard")
    leave(group, "P-21", DESTROY)
    stored = everything_stored(group)
    assert {word for word in {*TALK.words_of("ROSE"), "rosy"} if word in stored} == set()
    others = TALK.words_of("LUZ") | TALK.words_of("MARA") | {"mary"}
    assert {word for word in others if word not in stored} == set()
    with group.unheld(Store.EVIDENCE, writes=False) as session:
        source = corpus.source_keyed(session, group.study_id, "GRP-01")
        file = session.get_one(SourceFile, source.id)
        assert (file.content, file.name, file.notes, file.changes) == (b"", "GRP-01.txt", [], [])
        assert len(file.sha256) == 64
        lengths = [(len(each.text), each.length, digest_of(each.text) == each.sha256) for each in
                   corpus.raw_revisions(session, source)]  # fmt: skip
        assert all(length == told and is_same for length, told, is_same in lengths)
        assert coding.mismatched_excerpts(session, group.study_id) == []
    file = corpus.read_file("again.txt", TALK.text.encode())
    record = corpus.SourceRecord(corpus.SourceKind.FOCUS_GROUP, "parent")
    found = corpus.find_turns(file.text)
    with group.session(ana) as session, pytest.raises(Refused, match="holds what GRP-01 held"):
        corpus.import_source(
            session, ana, study_id=group.study_id, record=record, file=file, found=found, allow_same=True
        )


def test_excluding_first_and_destroying_later_reaches_as_far(group: Home) -> None:
    leave(group, "P-21", EXCLUDE)
    assert "rose100" in everything_stored(group), "closed, and still there"
    text = newest_text(group)
    leave(group, "P-21", DESTROY)
    stored = everything_stored(group)
    assert {word for word in TALK.words_of("ROSE") if word in stored} == set()
    assert newest_text(group) == text, "no further text was made"
    assert preview(group, "P-21", DESTROY).sources == ()


def test_when_the_last_one_leaves_the_source_goes_whole(group: Home) -> None:
    for key in ("P-21", "P-22"):
        leave(group, key, EXCLUDE)
        assert not source_of(group).is_withdrawn
    (certificate,) = leave(group, "P-23", DESTROY).sources
    assert (certificate.outcome, certificate.participant) == (DESTROY, None)
    assert source_of(group).is_destroyed


def test_who_speaks_elsewhere_alone_loses_that_source_whole(group: Home) -> None:
    with group.unheld(Store.EVIDENCE) as session:
        person = corpus.participant_keyed(session, group.study_id, "P-21")
        other = corpus.source_keyed(session, group.study_id, "TXT-002")
        session.add(
            SourceParticipant(study_id=group.study_id, source_id=other.id, participant_id=person.id, position=0)
        )
    done = leave(group, "P-21", EXCLUDE)
    assert [(each.key, each.outcome, each.participant) for each in done.sources] == [
        ("GRP-01", EXCLUDE, "P-21"),
        ("TXT-002", EXCLUDE, None),
    ]


def test_changing_the_record_keeps_who_left_out_of_it(group: Home) -> None:
    leave(group, "P-21", EXCLUDE)
    ana = group.actor("ana")
    with group.session(ana) as session:
        source = corpus.source_keyed(session, group.study_id, "GRP-01")
        record = corpus.record_of(session, source)
        assert record.participants == ("P-22", "P-23")
        fewer = {"participants": ("P-23",), "speakers": (("P-23", "MARA"),)}
        corpus.change_record(session, ana, source=source, record=record.__class__(**(vars(record) | fewer)))
    with group.unheld(Store.EVIDENCE, writes=False) as session:
        links = session.scalars(select(SourceParticipant).join(SourceParticipant.participant)
                                .where(SourceParticipant.source_id == source_of(group).id)).all()  # fmt: skip
        assert sorted((each.participant.key, each.withdrawal) for each in links) == [("P-21", EXCLUDE), ("P-23", None)]


# ------------------------------------------------------------------ the ledger


def test_the_ledger_says_which_turns_by_digest_and_place_and_never_a_label(group: Home) -> None:
    leave(group, "P-21", EXCLUDE)
    share, person = ledger_of(group).withdrawals()
    assert (share.kind, share.key, share.participant_key, person.kind) == ("share", "GRP-01", "P-21", "participant")
    assert share.places == {digest_of(TALK.text): tuple(TALK.of("ROSE"))}
    written = ledger_of(group).path.read_text(encoding="utf-8")
    assert not any(word in written for word in TALK.words_of("ROSE"))


@pytest.fixture
def before(group: Home, tmp_path: Path) -> Iterator[Home]:
    """A copy of the home from before anybody left, in which the register knows no label; its ledger comes later."""
    group.close()
    home = opened(Path(shutil.copytree(group.folder, tmp_path / "before")), group.study_id)
    with home.unheld(Store.EVIDENCE) as session:
        for each in session.scalars(select(SourceParticipant)):
            each.speaker = None
    yield home
    home.close()


@pytest.mark.parametrize("steps", [[EXCLUDE], [DESTROY], [EXCLUDE, DESTROY]])
def test_an_older_copy_without_the_label_loses_the_same_turns(
    group: Home, before: Home, steps: list[WithdrawalOutcome]
) -> None:
    for outcome in steps:
        leave(group, "P-21", outcome)
        leave(group, "P-23", outcome)
    shutil.copy(ledger_of(group).path, before.folder)
    with before.unheld(Store.EVIDENCE, writes=False) as session, pytest.raises(Refused, match="GRP-01"):
        withdrawal.refuse_unapplied(session, ledger_of(before))
    assert set(applied(before)) == {"GRP-01", "P-21", "P-23"}
    assert newest_text(before) == newest_text(group)
    assert not source_of(before).is_withdrawn
    assert applied(before) == []
    is_there = "rose100" in everything_stored(before)
    assert is_there is (steps == [EXCLUDE])


def test_a_text_that_was_corrected_between_the_copy_and_the_withdrawal_is_no_obstacle(
    group: Home, before: Home
) -> None:
    ana = group.actor("ana")
    with group.session(ana) as session:
        source = corpus.source_keyed(session, group.study_id, "GRP-01")
        text = TALK.text.replace("luz104", "lucid").replace("rose100", "rosy and more")
        coding.correct_source(session, ana, source=source, text=text)
    leave(group, "P-21", DESTROY)
    shutil.copy(ledger_of(group).path, before.folder)
    applied(before)
    assert not source_of(before).is_withdrawn
    assert not any(word in everything_stored(before) for word in TALK.words_of("ROSE"))
    assert "luz104" in newest_text(before)


def test_where_the_text_is_another_the_whole_source_is_stopped_and_it_is_said(group: Home, before: Home) -> None:
    leave(group, "P-21", DESTROY)
    ana = before.actor("ana")
    with before.session(ana) as session:
        source = corpus.source_keyed(session, before.study_id, "GRP-01")
        coding.correct_source(session, ana, source=source, text=TALK.text.replace("luz104", "lucid"))
    shutil.copy(ledger_of(group).path, before.folder)
    with before.unheld(Store.EVIDENCE) as session:
        done = withdrawal.apply_ledger(session, "ines", ledger_of(before))
    assert [(each.kind, each.outcome) for each in done] == [("share", STOP), ("participant", DESTROY)]
    assert source_of(before).withdrawn_as is STOP
    assert applied(before) == [], "and the store opens"


def test_a_participant_whom_the_older_copy_does_not_know_is_withdrawn_there_too(group: Home, before: Home) -> None:
    with before.unheld(Store.EVIDENCE) as session:
        person = corpus.participant_keyed(session, before.study_id, "P-21")
        session.delete(session.get_one(SourceParticipant, (source_of(before).id, person.id)))
        session.flush()
        session.delete(person)
    leave(group, "P-21", EXCLUDE)
    shutil.copy(ledger_of(group).path, before.folder)
    applied(before)
    assert newest_text(before) == newest_text(group)
    with before.unheld(Store.EVIDENCE, writes=False) as session:
        assert corpus.participant_keyed(session, before.study_id, "P-21").withdrawn_at is not None


# ------------------------------------------------------------------ any talk


LABELS = ("ROSE", "LUZ", "MARA")
TALKS = st.lists(st.tuples(st.sampled_from(LABELS), st.integers(1, 5)), min_size=2, max_size=9).filter(
    lambda turns: {"ROSE"} < {label for label, _words in turns}
)


@pytest.fixture(scope="module")
def any_home(homes_with_finding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = opened(Path(shutil.copytree(homes_with_finding / "ready", tmp_path_factory.mktemp("any") / "home")), 1)
    yield home
    home.close()


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=TALKS, outcome=st.sampled_from([EXCLUDE, DESTROY]), data=st.data())
def test_whatever_was_said_and_coded_their_words_go_and_every_other_excerpt_quotes_as_before(
    any_home: Home, turns: list[tuple[str, int]], outcome: WithdrawalOutcome, data: st.DataObject
) -> None:
    talk = talk_of(turns)
    ana = any_home.actor("ana")
    with any_home.unheld(Store.EVIDENCE) as session:
        source = take_in(session, ana, any_home.study_id, talk.text)
        places = st.tuples(st.integers(0, len(talk.text) - 2), st.integers(1, 40))
        spans = {Span(at, min(at + size, len(talk.text))) for at, size in data.draw(st.lists(places, max_size=8))}
        rows = {span: excerpt(session, source, span).id for span in spans}
        text = _maybe_corrected(data, talk)
        if text != talk.text:
            coding.correct_source(session, ana, source=source, text=text)
        person = corpus.participant_keyed(session, any_home.study_id, "P-21")
        now = {each.id: (each.revision_id, each.quote) for each in session.scalars(select(Excerpt))}
        carry_out_for_participant(session, ana, participant=person, outcome=outcome, reason="asked")
        _check(session, source, talk, rows, now, outcome)
        session.rollback()


def _maybe_corrected(data: st.DataObject, talk: Talk) -> str:
    words = talk.text.split(" ")
    for at in data.draw(st.lists(st.integers(0, len(words) - 1), max_size=3)):
        if not words[at].endswith(":") and ":" not in words[at]:
            words[at] = words[at].replace("1", "one") + " indeed" * data.draw(st.integers(0, 1))
    return " ".join(words)


def _check(
    session: Session,
    source: Source,
    talk: Talk,
    rows: dict[Span, int],
    now: dict[int, tuple[int, str]],
    outcome: WithdrawalOutcome,
) -> None:
    newest = corpus.newest_revision(session, source)
    text = corpus.text_of(session, newest)
    assert "rose" not in text.casefold()
    kept = {each.id: each for each in session.scalars(select(Excerpt))}
    for span, number in rows.items():
        touches = any(span.touches(each) for each in talk.of("ROSE"))
        assert touches or number in kept
        if number in kept:
            revision, quote = now[number]
            row = kept[number]
            assert row.quote == quote
            assert row.quote == Span(row.start, row.end).of(corpus.stored_text(session, row.revision))
            assert "rose" not in row.quote.casefold()
            assert revision == row.revision_id or row.revision_id == newest.id
    listed = [each.from_quote for each in session.scalars(select(Reanchoring))]
    assert not any("rose" in each.casefold() for each in listed)
    if outcome is WithdrawalOutcome.DESTROY:
        texts = [corpus.stored_text(session, each) for each in corpus.raw_revisions(session, source)]
        assert not any("rose" in each.casefold() for each in texts)
        speakers = session.scalars(select(Turn.speaker).join(Revision, Turn.revision_id == Revision.id)).all()
        assert "ROSE" not in speakers
