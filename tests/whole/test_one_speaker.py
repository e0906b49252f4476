"""One speaker of several is destroyed: none of their words is in a byte of the home, and each word of the other is."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, masking, release
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Revision, RevisionKind, Source, SourceFile, SourceKind, SourceRecord, Turn
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, LinkRole
from ia_workbench.kernel import Span, digest_of
from ia_workbench.masking import MarkState
from ia_workbench.privacy import IdentifierClass
from ia_workbench.publication import Audience, Package
from ia_workbench.release import Mask
from tests.cli.running import Workbench
from tests.release.conftest import homes_with_finding, opened
from tests.release.test_operations import copy, decide
from tests.support import Home
from tests.support.releasing import link, mask_all
from tests.whole.needles import needle

__all__ = ["homes_with_finding"]
Word = Callable[[str], str]
HERS, OTHERS = "hers", "of the other"
IN_HER_TURNS = (
    "text", "earlier text", "excerpt", "label", "words before a correction", "note on a correction", "anchor",
    "time mark", "evidence note", "resolution", "paraphrase", "translation", "speaker of evidence", "mask replacement",
    "memo", "mark", "mark replacement", "pseudonym", "pseudonym replacement", "name of the participant",
    "attribute of the participant", "masked text", "file bytes", "file name", "file note", "file change",
    "pending bytes", "pending text", "pending name", "pending record", "package",
)  # fmt: skip
OF_THE_OTHER = (
    "text", "excerpt", "label", "evidence note", "paraphrase", "mask replacement", "memo", "mark replacement",
    "pseudonym", "attribute of the participant",
)  # fmt: skip


def hers(kind: str) -> str:
    return needle(f"{HERS} {kind}")


def other(kind: str) -> str:
    return needle(f"{OTHERS} {kind}")


def found(folder: Path, who: str, kinds: tuple[str, ...]) -> set[str]:
    """The kinds whose word is in the bytes of a file, or in its name."""
    contents = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    contents += [path.name.encode().lower() for path in folder.rglob("*")]
    words = {kind: needle(f"{who} {kind}") for kind in kinds}
    return {
        kind
        for kind, word in words.items()
        for each in contents
        if word.encode() in each or word.encode("utf-16-le") in each
    }


def _holds(content: bytes, word: str) -> bool:
    return word.encode() in content or word.encode("utf-16-le") in content


LABEL, OTHER_LABEL = hers("label").upper(), other("label").upper()
FIRST = f"{LABEL}: I said {hers('earlier text')}.\n{OTHER_LABEL}: And I {other('text')} that.\n"
SECOND = (
    f"{LABEL}: I said {hers('text')} and {hers('excerpt')}.\n{OTHER_LABEL}: And I {other('text')} that.\n"
    f"{OTHER_LABEL}: Then {other('excerpt')} came.\n"
)


@pytest.fixture
def hidden(homes_with_finding: Path, tmp_path: Path) -> Iterator[Home]:
    """A home with a talk of two: a word of each of them in every kind of field that can hold one."""
    home = opened(Path(shutil.copytree(homes_with_finding / "ready", tmp_path / "hidden")), 1)
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = _take_in(session, home)
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        for words in (hers("excerpt"), other("excerpt")):
            link(session, ana, finding, "GRP-01", words, role=LinkRole.HAPPENS)
    mask_all(home)
    decide(home, Audience.BODY)
    copy(home)
    with home.unheld(Store.EVIDENCE) as session:
        source = corpus.source_keyed(session, home.study_id, "GRP-01")
        for number, word in enumerate((hers, other)):
            _in_evidence(session, source, word)
            _in_masking(session, source, word)
            _in_attributes(session, source, word, number)
        _in_texts(session, source)
        _in_files(session, source)
        made = release.releases(session, home.study_id)[0]
        content = made.content | {"evidence": [each | {"words": hers("package")} for each in made.content["evidence"]]}
        made.content = content
    with home.unheld(Store.PUBLISHED) as session:
        session.scalars(select(Package)).one().content = content
    yield home
    home.close()


def _take_in(session: Session, home: Home) -> Source:
    ana = home.actor("ana")
    file = corpus.read_file("group.txt", FIRST.encode())
    speakers = (("P-21", LABEL), ("P-22", OTHER_LABEL))
    record = SourceRecord(
        SourceKind.FOCUS_GROUP, "parent", "GRP-01", participants=("P-21", "P-22"), speakers=speakers,
        consent=ConsentScope.QUOTE_TO_BODY,
    )  # fmt: skip
    turns = corpus.find_turns(file.text, "name-colon")
    source = corpus.import_source(session, ana, study_id=home.study_id, record=record, file=file, found=turns)
    coding.correct_source(session, ana, source=source, text=SECOND, note=hers("note on a correction"))
    return source


def _link_on(session: Session, source: Source, words: str) -> EvidenceLink:
    here = select(EvidenceLink).join(EvidenceLink.excerpt).join(Excerpt.revision)
    return session.scalars(here.where(Revision.source_id == source.id, Excerpt.quote == words)).one()


def _in_evidence(session: Session, source: Source, word: Word) -> None:
    link = _link_on(session, source, word("excerpt"))
    link.note, link.resolution = word("evidence note"), word("resolution")
    link.paraphrase, link.translation = {"en": word("paraphrase")}, {"es": word("translation")}
    link.speaker = {"en": word("speaker of evidence")}
    mask = session.scalars(select(Mask).where(Mask.link_id == link.id)).one()
    mask.replacements = [{"words": word("excerpt"), "with": word("mask replacement")}]
    of = {"study_id": source.study_id, "source_id": source.id, "excerpt_id": link.excerpt_id}
    session.add(coding.Memo(words=word("memo"), origin="team", by="ana", at=source.imported_at, **of))
    if word is hers:
        revision = link.excerpt.revision
        place = {
            "from_revision_id": revision.based_on_id,
            "to_revision_id": revision.id,
            "from_start": 0,
            "from_end": 5,
        }
        of = {"study_id": source.study_id, "excerpt_id": _link_on(session, source, other("excerpt")).excerpt_id}
        told = {"from_quote": hers("words before a correction"), "outcome": coding.ReanchoringOutcome.SHIFTED}
        session.add(coding.Reanchoring(**of, **place, **told))


def _in_masking(session: Session, source: Source, word: Word) -> None:
    newest = corpus.newest_revision(session, source)
    who = {"by": "ana", "at": source.imported_at, "study_id": source.study_id}
    kind = {"identifier_class": IdentifierClass.PERSON}
    named = masking.Pseudonym(names=[word("pseudonym")], instead=word("pseudonym replacement"), **kind, **who)
    session.add(named)
    session.flush()
    start = SECOND.index(word("excerpt"))
    mark = {"words": word("mark"), "instead": word("mark replacement"), "rule": "person", "found_by": "person"}
    place = {"revision_id": newest.id, "start": start, "end": start + 16, "state": MarkState.ACCEPTED}
    session.add(masking.Mark(study_id=source.study_id, pseudonym_id=named.id, **mark, **place, **kind))
    if word is hers:
        person = next(each.id for each in source.participants if each.key == "P-21")
        known = [hers("name of the participant")]
        session.add(masking.Pseudonym(names=known, instead="Reed", participant_id=person, **kind, **who))


def _in_attributes(session: Session, source: Source, word: Word, number: int) -> None:
    attribute = corpus.Attribute(
        study_id=source.study_id, scope=corpus.AttributeScope.PARTICIPANT, name=f"county {number}",
        type=corpus.AttributeType.TEXT, choices=[], position=number,
    )  # fmt: skip
    session.add(attribute)
    session.flush()
    person = source.participants[number].id
    value = {"attribute_id": attribute.id, "participant_id": person, "value": word("attribute of the participant")}
    session.add(corpus.AttributeValue(study_id=source.study_id, **value))


def _in_texts(session: Session, source: Source) -> None:
    first, newest = corpus.raw_revisions(session, source)
    first.anchors = [{"at": 2, "label": hers("anchor")}]
    for turn in session.scalars(select(Turn).where(Turn.revision_id == first.id, Turn.number == 1)):
        turn.mark = hers("time mark")
    text = hers("masked text")
    masked = Revision(
        study_id=source.study_id, source_id=source.id, number=9, kind=RevisionKind.MASKED, text=text, length=len(text),
        sha256=digest_of(text), based_on_id=newest.id, created_at=newest.created_at, created_by="ana",
    )  # fmt: skip
    session.add(masked)
    session.flush()
    who = {"study_id": source.study_id, "by": "ana", "at": source.imported_at}
    session.add(masking.MaskedText(raw_id=newest.id, revision_id=masked.id, **who))


def _in_files(session: Session, source: Source) -> None:
    file = session.get_one(SourceFile, source.id)
    file.name, file.content = f"{hers('file name')}.txt", hers("file bytes").encode()
    file.sha256 = hashlib.sha256(file.content).hexdigest()
    file.notes, file.changes = [hers("file note")], [{"what": "comment", "words": hers("file change")}]
    session.add(
        corpus.PendingImport(
            study_id=source.study_id, name=hers("pending name"), content=hers("pending bytes").encode(),
            sha256=file.sha256, text=hers("pending text"), record={"title": hers("pending record")}, notes=[],
            convention="name-colon", turns=1, speakers=1, words=1, by="ana", at=source.imported_at,
        )
    )  # fmt: skip


def test_none_of_her_words_is_left_and_each_of_the_other_s_is_with_all_that_rests_on_it(hidden: Home) -> None:
    hidden.close()
    assert found(hidden.folder, HERS, IN_HER_TURNS) == set(IN_HER_TURNS), "the search for them finds each of them"
    workbench = Workbench(hidden.folder, "ana")
    ran = workbench("participant", "withdraw", "P-21", "--reason", "Asked", "--destroy", "--yes")
    assert "Destroyed the turns of P-21 in GRP-01." in ran.out
    assert found(hidden.folder, HERS, IN_HER_TURNS) == set()
    assert not any(hers(kind) in (ran.out + ran.err).lower() for kind in IN_HER_TURNS)
    assert found(hidden.folder, OTHERS, OF_THE_OTHER) == set(OF_THE_OTHER)
    with hidden.unheld(Store.EVIDENCE, writes=False) as session:
        source = corpus.source_keyed(session, hidden.study_id, "GRP-01")
        link = _link_on(session, source, other("excerpt"))
        text = corpus.text_of(session, link.excerpt.revision)
        assert Span(link.excerpt.start, link.excerpt.end).of(text) == link.excerpt.quote
        (mark,) = masking.marks_on(session, corpus.newest_revision(session, source).id)
        assert Span(mark.start, mark.end).of(text) == other("excerpt")
        facts = findings.facts_of(session, findings.finding_keyed(session, hidden.study_id, "F-01"))
        assert [each.source.counts for each in facts.links if each.source.key == "GRP-01"] == [True]


def test_excluding_leaves_her_words_in_closed_texts_and_in_nothing_that_is_read(hidden: Home) -> None:
    hidden.close()
    workbench = Workbench(hidden.folder, "ana")
    workbench("participant", "withdraw", "P-21", "--reason", "Asked", "--exclude")
    left = found(hidden.folder, HERS, IN_HER_TURNS)
    assert left <= {
        "text", "earlier text", "excerpt", "label", "note on a correction", "anchor", "time mark", "file bytes",
        "file name", "file note", "file change", "pending bytes", "pending text", "pending name", "pending record",
        "pseudonym", "pseudonym replacement", "name of the participant", "attribute of the participant",
    }  # fmt: skip
    for command in (
        ("source", "text", "GRP-01"),
        ("search", hers("text")),
        ("coding", "list"),
        ("finding", "show", "F-01"),
    ):
        shown = workbench(*command)
        assert not any(hers(kind) in shown.out.lower() for kind in ("text", "excerpt", "earlier text", "evidence note"))
    assert hers("text") not in workbench("source", "text", "GRP-01").out
