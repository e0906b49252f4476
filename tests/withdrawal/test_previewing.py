"""What a withdrawal would touch: everything of it, nothing of anybody else, and nothing is changed by asking."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, masking, privacy, publication, release, review, withdrawal
from ia_workbench.codebook import CodebookFile, CodeEntry
from ia_workbench.coding import Memo
from ia_workbench.corpus import Participant, Source, SourceKind, SourceRecord, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, Span
from ia_workbench.privacy import IdentifierClass
from ia_workbench.publication import Audience, Fit
from ia_workbench.withdrawal import WithdrawalPreview
from tests.support import Home

STOP, EXCLUDE, DESTROY = WithdrawalOutcome
GROUP = "ROSE: The list had eight times.\nLUZ: Mine was after four.\nROSE: So I said yes to one.\n"


def preview(
    home: Home, key: str, outcome: WithdrawalOutcome = STOP, speakers: Mapping[str, str] | None = None
) -> WithdrawalPreview:
    """What withdrawing a source or participant would touch, asked by an analyst."""
    with home.session(home.actor("ben"), writes=False) as session, home.unheld(Store.PUBLISHED) as published:
        return withdrawal.preview(session, published, subject(session, home, key), outcome, speakers)


def subject(session: Session, home: Home, key: str) -> Source | Participant:
    """The source or participant of a key."""
    if key.startswith("P-"):
        return next(each for each in corpus.participants(session, home.study_id) if each.key == key)
    return corpus.source_keyed(session, home.study_id, key)


def give_to_readers(home: Home, *audiences: Audience) -> None:
    """Release F-01 to each audience in turn and copy it."""
    ana = home.actor("ana")
    for audience in audiences:
        with home.session(ana) as session:
            finding = findings.finding_keyed(session, home.study_id, "F-01")
            release.decide_release(session, ana, finding=finding, audience=audience)
        with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
            release.copy_releases(session, published, ana)


def say(home: Home, who: str) -> None:
    """Have a member answer F-01."""
    member = home.member(who)
    with home.session(member) as session:
        (study_id,) = member.study_ids
        package = publication.package_for(session, study_id, "F-01")
        review.give_position(session, member, package=package, fit=Fit.FITS, comment="", language="en")


def add_group(home: Home) -> None:
    """Add a focus group of two, of whom the register says who is ROSE, with a coding on the words of each."""
    ana = home.actor("ana")
    file = corpus.read_file("group.txt", GROUP.encode())
    record = SourceRecord(
        SourceKind.FOCUS_GROUP, "parent", "GRP-01", participants=("P-21", "P-22"), speakers=(("P-21", "ROSE"),)
    )
    with home.session(ana) as session:
        found = corpus.find_turns(file.text)
        corpus.import_source(session, ana, study_id=home.study_id, record=record, file=file, found=found)
        codes = CodebookFile("Small", codes=(CodeEntry("slots", "Slots"),))
        codebook.import_codebook(session, ana, study_id=home.study_id, file=codes)
    for who, words in (("ana", "eight times"), ("ben", "after four")):
        with home.session(home.actor(who)) as session:
            revision = corpus.newest_revision(session, corpus.source_keyed(session, home.study_id, "GRP-01"))
            start = GROUP.index(words)
            code = codebook.code_at(session, home.study_id, "slots")
            span = Span(start, start + len(words))
            coding.apply_code(session, home.actor(who), revision=revision, span=span, code=code)


def test_a_source_tells_its_links_findings_releases_and_answers(ready: Home) -> None:
    give_to_readers(ready, Audience.BODY, Audience.PUBLIC)
    say(ready, "rosa")
    found = preview(ready, "INT-001", DESTROY)
    assert [(each.key, each.finding_key, each.source_key) for each in found.links] == [("E-0001", "F-01", "INT-001")]
    assert [(each.finding_key, each.audience, each.evidence) for each in found.releases] == [
        ("F-01", Audience.PUBLIC, ("E-0001",))
    ]
    assert found.earlier_packages == 1  # the body's, which the public one replaced
    assert [(each.finding_key, each.positions) for each in found.answers] == [("F-01", 1)]
    assert (found.excerpts, found.masks, found.texts) == (1, 1, 1)
    assert found.knows_readers


def test_a_source_that_nothing_rests_on_touches_nothing(ready: Home) -> None:
    add_group(ready)
    give_to_readers(ready, Audience.BODY)
    found = preview(ready, "GRP-01")
    assert (found.links, found.findings, found.releases, found.answers, found.briefs) == ((), (), (), (), ())


def test_codings_coders_codes_and_memos_of_the_source_are_counted_and_nobody_else_s(ready: Home) -> None:
    add_group(ready)
    with ready.session(ready.actor("ana")) as session:
        source = corpus.source_keyed(session, ready.study_id, "GRP-01")
        session.add(
            Memo(
                study_id=ready.study_id, source_id=source.id, words="She stopped here.", origin="team", by="ana",
                at=ready.clock(),
            )
        )  # fmt: skip
    found = preview(ready, "GRP-01")
    assert (found.codings, found.coders, found.codes, found.memos) == (2, ("ana", "ben"), ("slots",), 1)
    assert preview(ready, "INT-001").codings == 0


def test_briefs_that_hold_it_are_told_with_who_took_them_and_others_are_not(ready: Home) -> None:
    with ready.session(ready.actor("ben")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        content = release.build_package(session, finding, Audience.BODY)
        for each in (content, replace(content, evidence=content.evidence[1:])):
            publication.record_export(
                session, ready.actor("ben"), study_id=ready.study_id, content=each, file_format="docx"
            )
    assert [(each.by, each.sha256) for each in preview(ready, "INT-001").briefs] == [("ben", content.sha256)]


def test_evidence_that_was_unlinked_after_its_release_is_known_by_the_trail(ready: Home) -> None:
    give_to_readers(ready, Audience.BODY)
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        findings.unlink_evidence(session, ana, link=findings.link_keyed(session, ready.study_id, "E-0001"))
    found = preview(ready, "INT-001", EXCLUDE)
    assert found.links == ()
    assert [each.evidence for each in found.releases] == [("E-0001",)]


def test_files_that_commands_wrote_with_its_words_are_told(ready: Home) -> None:
    ben = ready.actor("ben")
    with ready.session(ben) as session:
        for where, keys in (("coding.export", {"INT-001", "INT-014"}), ("source.show", {"INT-001"})):
            privacy.record_reads(session, ben, {ready.study_id: frozenset(keys)}, where=where)
    found = preview(ready, "INT-001").written_out
    assert [(each.command, each.by, each.sources) for each in found] == [("coding.export", "ben", ("INT-001",))]
    assert preview(ready, "TXT-002").written_out == ()


def test_without_the_published_store_the_rest_is_told_and_that_it_is_missing(ready: Home) -> None:
    give_to_readers(ready, Audience.BODY)
    say(ready, "rosa")
    with ready.session(ready.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, ready.study_id, "INT-001")
        found = withdrawal.preview(session, None, source, STOP)
    assert not found.knows_readers
    assert found.answers == ()
    assert len(found.releases) == 1


def test_asking_changes_nothing_and_reads_nobody_s_words(ready: Home) -> None:
    give_to_readers(ready, Audience.BODY)
    ben = ready.actor("ben")
    with ready.session(ben) as session, ready.unheld(Store.PUBLISHED) as published:
        for outcome in WithdrawalOutcome:
            withdrawal.preview(session, published, subject(session, ready, "P-01"), outcome)
        assert not session.new | session.dirty | session.deleted  # type: ignore[operator]
        assert privacy.reads_of(session) == {}


# ------------------------------------------------------------------ participants


@pytest.mark.parametrize(("key", "outcome"), [("P-21", STOP), ("P-22", EXCLUDE), ("P-22", DESTROY)])
def test_a_group_is_stopped_whole_for_a_stop_and_where_no_label_is_known(
    ready: Home, key: str, outcome: WithdrawalOutcome
) -> None:
    add_group(ready)
    found = preview(ready, key, outcome)
    others = tuple({"P-21", "P-22"} - {key})
    (way,) = found.sources
    assert (way.key, way.outcome, way.others, way.turns) == ("GRP-01", STOP, others, 3)
    assert (way.label, way.needs_label) == (("ROSE", False) if key == "P-21" else (None, True))
    assert way.labels == (("ROSE", 2), ("LUZ", 1))
    assert (found.codings, found.coders, found.shares) == (2, ("ana", "ben"), ())


@pytest.mark.parametrize("outcome", [EXCLUDE, DESTROY])
def test_of_a_group_only_their_turns_go_where_the_label_is_known(ready: Home, outcome: WithdrawalOutcome) -> None:
    add_group(ready)
    found = preview(ready, "P-21", outcome)
    (way,), (share,) = found.sources, found.shares
    assert (way.key, way.outcome, way.others, way.label) == ("GRP-01", outcome, ("P-22",), "ROSE")
    assert (share.turns, share.all_turns, share.codings, share.codings_kept, share.mentions) == (2, 3, 1, 1, 0)
    assert (found.codings, found.coders, found.texts) == (1, ("ana",), 1)


def test_a_label_that_is_given_counts_before_the_register(ready: Home) -> None:
    add_group(ready)
    (share,) = preview(ready, "P-22", EXCLUDE, {"GRP-01": "luz:"}).shares
    assert (share.label, share.turns, share.codings) == ("luz:", 1, 1)


@pytest.mark.parametrize(
    ("label", "sentence"),
    [("MARA", "No turn of GRP-01"), ("  ", "No turn of GRP-01"), ("rose", "is the one of P-21")],
)
def test_a_label_of_nobody_or_of_somebody_else_is_refused(ready: Home, label: str, sentence: str) -> None:
    add_group(ready)
    with pytest.raises(Refused, match=sentence):
        preview(ready, "P-22", EXCLUDE, {"GRP-01": label})
    with pytest.raises(Refused, match="P-22 speaks in no source INT-001"):
        preview(ready, "P-22", EXCLUDE, {"INT-001": "LUZ"})


def test_names_of_theirs_in_what_others_say_are_counted_and_those_in_their_own_turns_are_not(ready: Home) -> None:
    add_group(ready)
    with ready.unheld(Store.EVIDENCE) as session:
        person = corpus.participant_keyed(session, ready.study_id, "P-22")
        words = {"identifier_class": IdentifierClass.PERSON, "names": ["Luz Abernathy"], "instead": "Reed"}
        by = {"by": "ana", "at": ready.clock()}
        session.add(masking.Pseudonym(study_id=ready.study_id, participant_id=person.id, **words, **by))
        source = corpus.source_keyed(session, ready.study_id, "GRP-01")
        source.title = "With Abernathy"
        text = GROUP.replace("to one.", "to Abernathy.").replace("Mine", "Abernathy's")
        corpus.correct_source(session, ready.actor("ana"), source=source, text=text)
    (share,) = preview(ready, "P-22", EXCLUDE, {"GRP-01": "LUZ"}).shares
    assert share.mentions == 2, "one in a turn of ROSE and one in the title"


def test_a_participant_who_speaks_alone_takes_the_source_along(ready: Home) -> None:
    found = preview(ready, "P-01", EXCLUDE)
    assert [(each.key, each.outcome, each.others) for each in found.sources] == [("INT-001", EXCLUDE, ())]
    assert [each.key for each in found.links] == ["E-0001"]


def test_a_stopped_source_of_a_participant_is_told_again_only_for_what_goes_further(ready: Home) -> None:
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        corpus.withdraw_source(
            session, ana, source=corpus.source_keyed(session, ready.study_id, "INT-001"), reason="asked"
        )
    assert preview(ready, "P-01", STOP).sources == ()
    assert [each.key for each in preview(ready, "P-01", DESTROY).sources] == ["INT-001"]


# ------------------------------------------------------------------ strength


def test_each_finding_is_weighed_without_it(ready: Home) -> None:
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        now = findings.evaluation_of(session, finding).strength
        source = session.scalars(select(Source).where(Source.key == "TXT-002")).one()
        source.withdrawn_at = ready.clock()
        session.flush()
        after = findings.evaluation_of(session, finding).strength
        session.rollback()
    (found,) = preview(ready, "TXT-002").findings
    assert (found.now, found.after, found.links) == (now, after, ("E-0002",))
    assert found.changes
