"""A row in each guarded table of the evidence store that nothing else fills, so that the access matrix has a say."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, masking, privacy
from ia_workbench.corpus import Source
from ia_workbench.database import Store
from ia_workbench.kernel import new_guid
from ia_workbench.privacy import IdentifierClass, guarded_classes
from tests.support import Home

AT = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Near:
    """What rows are made beside: an excerpt of a study, its revision and its source."""

    study_id: int
    source: Source
    excerpt: coding.Excerpt
    by: str


def fill_empty_tables(home: Home, study_id: int, by: str) -> None:
    """Put a row of a study into each guarded table that holds none of it."""
    with home.unheld(Store.EVIDENCE) as session:
        excerpt = session.scalars(select(coding.Excerpt).where(coding.Excerpt.study_id == study_id)).first()
        assert excerpt is not None
        near = Near(study_id, excerpt.revision.source, excerpt, by)
        for model in sorted(guarded_classes(Store.EVIDENCE), key=lambda each: each.__name__):  # a memo before its links
            make = MAKERS.get(model.__name__)
            here: Any = model
            if make is not None and session.scalars(select(here).where(here.study_id == study_id)).first() is None:
                session.add(make(session, near))
                session.flush()


def _attribute(_session: Session, near: Near) -> Any:
    return corpus.Attribute(
        study_id=near.study_id,
        scope=corpus.AttributeScope.SOURCE,
        name="county",
        type=corpus.AttributeType.TEXT,
        choices=[],
        position=1,
    )


def _attribute_value(session: Session, near: Near) -> Any:
    found = session.scalars(select(corpus.Attribute).where(corpus.Attribute.study_id == near.study_id)).first()
    if found is None:
        found = _attribute(session, near)
        session.add(found)
        session.flush()
    return corpus.AttributeValue(study_id=near.study_id, attribute_id=found.id, source_id=near.source.id, value="Cedar")


def _coding_act(session: Session, near: Near) -> Any:
    membership = select(privacy.Membership).where(privacy.Membership.study_id == near.study_id)
    someone = session.scalars(membership).first()
    assert someone is not None
    return coding.CodingAct(
        study_id=near.study_id,
        source_id=near.source.id,
        place_id=near.source.id,
        account_id=someone.account_id,
        kind=coding.ActKind.APPLY,
        parts=[],
        together=new_guid(),
        standing=coding.ActStanding.DONE,
        at=AT,
    )


def _autocoding(session: Session, near: Near) -> Any:
    membership = session.scalars(select(privacy.Membership).where(privacy.Membership.study_id == near.study_id)).first()
    assert membership is not None
    return coding.Autocoding(
        study_id=near.study_id,
        account_id=membership.account_id,
        by=near.by,
        kind=coding.RuleKind.PHRASE,
        unit=coding.CodedUnit.FOUND,
        words="the bus",
        code=new_guid(),
        sources=[near.source.id],
        place_id=near.source.id,
        chosen=1,
        request=f"row-{near.study_id}",
        at=AT,
    )


def _code_split(session: Session, near: Near) -> Any:
    acts = _coding_act(session, near)
    code = session.scalars(select(codebook.Code).where(codebook.Code.study_id == near.study_id)).first()
    assert code is not None
    return coding.CodeSplit(
        study_id=near.study_id,
        code_guid=code.guid,
        account_id=acts.account_id,
        codings=[],
        targets=[],
        stayed=[],
        begun_at=AT,
    )


def _code_change(session: Session, near: Near) -> Any:
    code = session.scalars(select(codebook.Code).where(codebook.Code.study_id == near.study_id)).first()
    assert code is not None
    kind = codebook.ChangeKind.ADDED
    return codebook.CodeChange(
        study_id=near.study_id, code_guid=code.guid, kind=kind, together=new_guid(), by=near.by, at=AT
    )


def _favourite(session: Session, near: Near) -> Any:
    code = session.scalars(select(codebook.Code).where(codebook.Code.study_id == near.study_id)).first()
    assert code is not None
    account = privacy.account_named(session, Store.EVIDENCE, near.by)
    return coding.Favourite(study_id=near.study_id, account_id=account.id, place=1, code_id=code.id)


def _sentences(_session: Session, near: Near) -> Any:
    return corpus.RevisionSentences(
        study_id=near.study_id, revision_id=near.excerpt.revision_id, pipeline="sentencizer-en-1", ends=[9]
    )


def _batch(_session: Session, near: Near) -> Any:
    return corpus.ImportBatch(study_id=near.study_id, by=near.by, at=AT)


def _imported_file(session: Session, near: Near) -> Any:
    found = session.scalars(select(corpus.ImportBatch).where(corpus.ImportBatch.study_id == near.study_id)).first()
    if found is None:
        found = _batch(session, near)
        session.add(found)
        session.flush()
    state = next(iter(corpus.ImportState))
    return corpus.ImportedFile(
        study_id=near.study_id, batch_id=found.id, position=1, name="a.txt", state=state, source_id=near.source.id
    )


def _stewardship(_session: Session, near: Near) -> Any:
    return corpus.Stewardship(
        study_id=near.study_id,
        key="ST-01",
        nation="Nation",
        approval="",
        contact="",
        uses=corpus.ConsentScope.PARAPHRASE,
        storage="",
        return_terms="",
        label="",
    )


def _convention(_session: Session, near: Near) -> Any:
    return corpus.TaughtConvention(
        study_id=near.study_id, name="dash", example="A -", speaker="A", pattern="x", by=near.by, at=AT
    )


def _reanchoring(_session: Session, near: Near) -> Any:
    return coding.Reanchoring(
        study_id=near.study_id,
        excerpt_id=near.excerpt.id,
        from_revision_id=near.excerpt.revision_id,
        to_revision_id=near.excerpt.revision_id,
        from_start=near.excerpt.start,
        from_end=near.excerpt.end,
        from_quote=near.excerpt.quote,
        outcome=next(iter(coding.ReanchoringOutcome)),
    )


def _memo(_session: Session, near: Near) -> Any:
    return coding.Memo(
        study_id=near.study_id,
        source_id=near.source.id,
        words="Look again.",
        origin=coding.MemoOrigin.TEAM,
        by=near.by,
        at=AT,
    )


def _memo_version(session: Session, near: Near) -> Any:
    """An earlier version of a memo, which its writer had kept private."""
    memo = session.scalars(select(coding.Memo).where(coding.Memo.study_id == near.study_id)).first()
    assert memo is not None
    return coding.MemoVersion(
        study_id=near.study_id,
        source_id=memo.source_id,
        memo_id=memo.id,
        number=1,
        title="",
        words="Look.",
        private_to=near.by,
        by=near.by,
        at=AT,
    )


def _memo_link(session: Session, near: Near) -> Any:
    """A link from a private memo, which is about no source, to one of the team."""
    team = session.scalars(select(coding.Memo).where(coding.Memo.study_id == near.study_id)).first()
    assert team is not None
    who = {"origin": coding.MemoOrigin.TEAM, "by": near.by, "private_to": near.by, "at": AT}
    private = coding.Memo(study_id=near.study_id, about=coding.MemoAbout.STEP, thing="N-14", words="Mine.", **who)
    session.add(private)
    session.flush()
    return coding.MemoLink(study_id=near.study_id, from_id=private.id, to_id=team.id)


def _pseudonym(_session: Session, near: Near) -> Any:
    kind = IdentifierClass.PERSON
    return masking.Pseudonym(
        study_id=near.study_id, identifier_class=kind, names=["Okoro"], instead="Reed", by=near.by, at=AT
    )


def _mark(_session: Session, near: Near) -> Any:
    return masking.Mark(
        study_id=near.study_id,
        revision_id=near.excerpt.revision_id,
        start=0,
        end=3,
        words="Oko",
        identifier_class=IdentifierClass.PERSON,
        found_by="person",
        rule="person",
        instead="a worker",
        state=next(iter(masking.MarkState)),
    )


def _mark_step(session: Session, near: Near) -> Any:
    mark = _mark(session, near)
    mark.start, mark.end = 3, 6
    session.add(mark)
    session.flush()
    return masking.MarkStep(
        study_id=near.study_id,
        revision_id=mark.revision_id,
        mark_id=mark.id,
        act="1",
        before={},
        version=1,
        by=near.by,
        at=AT,
    )


def _masked_text(_session: Session, near: Near) -> Any:
    return masking.MaskedText(
        study_id=near.study_id,
        raw_id=near.excerpt.revision_id,
        revision_id=near.excerpt.revision_id,
        by=near.by,
        at=AT,
    )


MAKERS: dict[str, Any] = {
    "Attribute": _attribute,
    "AttributeValue": _attribute_value,
    "Autocoding": _autocoding,
    "CodeChange": _code_change,
    "CodeSplit": _code_split,
    "CodingAct": _coding_act,
    "Favourite": _favourite,
    "RevisionSentences": _sentences,
    "ImportBatch": _batch,
    "ImportedFile": _imported_file,
    "Stewardship": _stewardship,
    "TaughtConvention": _convention,
    "Reanchoring": _reanchoring,
    "Memo": _memo,
    "MemoLink": _memo_link,
    "MemoVersion": _memo_version,
    "Pseudonym": _pseudonym,
    "Mark": _mark,
    "MarkStep": _mark_step,
    "MaskedText": _masked_text,
}
