"""A source with a word that stands nowhere else in every kind of field that can hold one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, masking
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, RevisionKind, Source, SourceFile, Turn
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import digest_of
from ia_workbench.masking import MarkState
from ia_workbench.privacy import IdentifierClass
from ia_workbench.release import Mask
from tests.support import Home

LETTERS = "bcdfghjklmnprtvwz"


def needle(kind: str) -> str:
    """Return the word of one kind of field: sixteen letters, the same in every run, and nobody's word."""
    digest = hashlib.sha256(kind.encode()).digest()
    return "".join(LETTERS[each % len(LETTERS)] for each in digest[:16])


KINDS = (
    "file bytes", "file name", "file note", "file change", "file convention", "text", "earlier text", "masked text",
    "note on a correction", "anchor", "speaker of a turn", "time mark", "title", "subkind", "worker role", "agency",
    "office", "text identifier", "event identifier", "reason", "excerpt", "memo",
    "title of a memo", "earlier memo", "title of an earlier memo", "private memo", "mark", "mark replacement",
    "pseudonym", "pseudonym replacement", "mask replacement", "evidence note", "resolution", "paraphrase",
    "translation", "speaker of evidence", "words before a correction", "pending bytes", "pending text",
    "pending name", "pending record", "attribute of the source", "attribute of the participant",
    "attribute of the case", "label of the participant", "name in a batch", "sentence of a batch", "fact of a batch",
    "half-written file", "rule of autocoding",
)  # fmt: skip


def hide(session: Session, home: Home, source: Source) -> None:
    """Put a needle into every kind of field of a source with one excerpt linked as E-0001."""
    revision = session.scalars(select(Revision).where(Revision.source_id == source.id)).one()
    excerpt = session.scalars(select(Excerpt).where(Excerpt.revision_id == revision.id)).one()
    _in_record(source)
    _in_texts(session, source, revision, excerpt)
    _in_evidence(session, excerpt)
    _in_masking(session, source, revision)
    _in_imports(session, home, source)
    _in_attributes(session, source)
    session.flush()
    (home.folder / "brief.docx.half-written").write_text(needle("half-written file"), encoding="utf-8")


def _in_record(source: Source) -> None:
    source.title, source.subkind = needle("title"), needle("subkind")
    source.worker_role, source.agency, source.office = needle("worker role"), needle("agency"), needle("office")
    source.text_id, source.event_id = needle("text identifier"), needle("event identifier")
    source.withdrawal_reason = needle("reason")
    source.participant_links[0].speaker = needle("label of the participant")


def _in_texts(session: Session, source: Source, revision: Revision, excerpt: Excerpt) -> None:
    file = session.get_one(SourceFile, source.id)
    file.name, file.content = needle("file name"), needle("file bytes").encode()
    file.sha256 = hashlib.sha256(file.content).hexdigest()
    file.notes, file.changes = [needle("file note")], [{"what": needle("file change")}]
    file.convention = needle("file convention")
    revision.anchors, revision.note = [{"at": 0, "label": needle("anchor")}], needle("note on a correction")
    tail = f"\n{needle('text')} {needle('excerpt')}"
    revision.text += tail
    revision.length, revision.sha256 = len(revision.text), digest_of(revision.text)
    for number, kind, name in ((2, RevisionKind.CORRECTED, "earlier text"), (3, RevisionKind.MASKED, "masked text")):
        session.add(_revision(revision, number, kind, needle(name)))
    session.flush()
    for turn in session.scalars(select(Turn).where(Turn.revision_id == revision.id)):
        turn.speaker, turn.mark = needle("speaker of a turn"), needle("time mark")
    session.add(_excerpt(revision, needle("excerpt")))
    _in_memos(session, source, excerpt, revision)
    session.add(_rule(source, revision))
    session.add(
        coding.Reanchoring(
            study_id=source.study_id,
            excerpt_id=excerpt.id,
            from_revision_id=revision.id,
            to_revision_id=revision.id,
            from_start=0,
            from_end=1,
            from_quote=needle("words before a correction"),
            outcome=coding.ReanchoringOutcome.MOVED,
        )
    )


def _in_memos(session: Session, source: Source, excerpt: Excerpt, revision: Revision) -> None:
    """A memo with an earlier version, and one that another person keeps private, linked with each other."""
    of = {"study_id": source.study_id, "source_id": source.id, "at": revision.created_at}
    words = {"words": needle("memo"), "title": needle("title of a memo"), "origin": "team", "by": "ana"}
    team = coding.Memo(about="excerpt", excerpt_id=excerpt.id, **words, **of)
    private = coding.Memo(words=needle("private memo"), origin="team", by="ben", private_to="ben", **of)
    session.add_all([team, private])
    session.flush()
    earlier = {"words": needle("earlier memo"), "title": needle("title of an earlier memo")}
    session.add(coding.MemoVersion(memo_id=team.id, number=1, by="ana", **earlier, **of))
    session.add(coding.MemoLink(study_id=source.study_id, from_id=private.id, to_id=team.id))


def _rule(source: Source, revision: Revision) -> coding.Autocoding:
    return coding.Autocoding(
        study_id=source.study_id,
        account_id=1,
        by="ana",
        kind=coding.RuleKind.PHRASE,
        unit=coding.CodedUnit.FOUND,
        words=needle("rule of autocoding"),
        code=source.guid,
        sources=[source.id],
        place_id=source.id,
        chosen=1,
        request="needle",
        at=revision.created_at,
    )


def _revision(of: Revision, number: int, kind: RevisionKind, text: str) -> Revision:
    return Revision(
        study_id=of.study_id,
        source_id=of.source_id,
        number=number,
        kind=kind,
        text=text,
        length=len(text),
        sha256=digest_of(text),
        based_on_id=of.id,
        created_at=of.created_at,
        created_by="ana",
    )


def _excerpt(revision: Revision, words: str) -> Excerpt:
    start = revision.text.index(words)
    place = {"start": start, "end": start + len(words), "quote": words, "sha256": digest_of(words)}
    return Excerpt(study_id=revision.study_id, revision_id=revision.id, **place)


def _in_evidence(session: Session, excerpt: Excerpt) -> None:
    link = session.scalars(select(EvidenceLink).where(EvidenceLink.excerpt_id == excerpt.id)).one()
    link.note, link.resolution = needle("evidence note"), needle("resolution")
    link.paraphrase, link.translation = {"en": needle("paraphrase")}, {"es": needle("translation")}
    link.speaker = {"en": needle("speaker of evidence")}
    mask = session.scalars(select(Mask).where(Mask.link_id == link.id)).one()
    mask.replacements = [{**each, "with": needle("mask replacement")} for each in mask.replacements]


def _in_masking(session: Session, source: Source, revision: Revision) -> None:
    who = {"by": "ana", "at": revision.created_at}
    pseudonym = masking.Pseudonym(
        study_id=source.study_id,
        identifier_class=IdentifierClass.PERSON,
        names=[needle("pseudonym")],
        instead=needle("pseudonym replacement"),
        **who,
    )
    session.add(pseudonym)
    session.flush()
    session.add(
        masking.Mark(
            study_id=source.study_id,
            revision_id=revision.id,
            start=0,
            end=3,
            words=needle("mark"),
            identifier_class=IdentifierClass.PERSON,
            found_by="person",
            rule="person",
            instead=needle("mark replacement"),
            state=MarkState.ACCEPTED,
            pseudonym_id=pseudonym.id,
        )
    )
    masked = session.scalars(select(Revision.id).where(Revision.kind == RevisionKind.MASKED)).one()
    session.add(masking.MaskedText(study_id=source.study_id, raw_id=revision.id, revision_id=masked, **who))


def _in_imports(session: Session, home: Home, source: Source) -> None:
    file = session.get_one(SourceFile, source.id)
    when = {"by": "ana", "at": source.imported_at}
    pending = corpus.PendingImport(
        study_id=source.study_id,
        name=needle("pending name"),
        content=needle("pending bytes").encode(),
        sha256=file.sha256,
        text=needle("pending text"),
        record={"title": needle("pending record")},
        notes=[],
        convention="colon",
        turns=1,
        speakers=1,
        words=1,
        **when,
    )
    batch = corpus.ImportBatch(study_id=source.study_id, **when)
    session.add_all([pending, batch])
    session.flush()
    for position, of in enumerate(({"source_id": source.id}, {"pending_id": pending.id}), start=1):
        session.add(
            corpus.ImportedFile(
                study_id=home.study_id,
                batch_id=batch.id,
                position=position,
                name=needle("name in a batch"),
                state=corpus.ImportState.TAKEN,
                sentence=needle("sentence of a batch"),
                facts={"name": needle("fact of a batch")},
                **of,
            )
        )


def _in_attributes(session: Session, source: Source) -> None:
    owners = {
        corpus.AttributeScope.SOURCE: ({"source_id": source.id}, "attribute of the source"),
        corpus.AttributeScope.PARTICIPANT: (
            {"participant_id": source.participant_links[0].participant_id},
            "attribute of the participant",
        ),
    }
    for scope, (owner, kind) in owners.items():
        _note(session, source.study_id, scope, owner, kind)
    alone = corpus.CaseCluster(study_id=source.study_id, key="C-77")
    session.add(alone)
    session.flush()
    source.case_id = alone.id
    _note(session, source.study_id, corpus.AttributeScope.CASE, {"case_id": alone.id}, "attribute of the case")


def _note(session: Session, study_id: int, scope: corpus.AttributeScope, owner: dict[str, int], kind: str) -> None:
    attribute = corpus.Attribute(
        study_id=study_id, scope=scope, name="county", type=corpus.AttributeType.TEXT, choices=[], position=1
    )
    session.add(attribute)
    session.flush()
    session.add(corpus.AttributeValue(study_id=study_id, attribute_id=attribute.id, value=needle(kind), **owner))


def found_in(folder: Path) -> set[str]:
    """Return the kinds whose needle is in the bytes of a file below a folder, or in a file's name."""
    return {kind for content in _contents(folder) for kind in KINDS if _holds(content, needle(kind))}


def _contents(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        yield path.name.encode()
        if path.is_file():
            yield path.read_bytes().lower()


def _holds(content: bytes, word: str) -> bool:
    return any(each in content for each in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")))
