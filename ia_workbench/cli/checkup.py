"""`doctor`: is everything as it should be?"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import click
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ia_workbench import coding, findings, privacy, publication, release, search
from ia_workbench.cli import withdrawals
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import give, note, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.coding import Excerpt, Reanchoring
from ia_workbench.corpus import Revision, Source, SourceFile, SourceParticipant, WithdrawalOutcome
from ia_workbench.database import Store, dangling_references, head_of, is_sound, revision_of
from ia_workbench.findings import ShownAs
from ia_workbench.kernel import Refused, digest_of
from ia_workbench.publication import Package
from ia_workbench.release import Release


@dataclass(frozen=True)
class Check:
    """What was looked at, how many of them, and with how many something is wrong."""

    name: str
    checked: int
    problems: int


@program.command()
@click.option("--apply-withdrawals", is_flag=True, help="First withdraw again what the ledger says was withdrawn.")
@reads
@takes_home
def doctor(home: Home, as_json: bool, apply_withdrawals: bool) -> None:
    """Check both stores, every quote, hash, trail, index and mask; exit status 1 where something is wrong."""
    if apply_withdrawals:
        for key in withdrawals.apply_withdrawals(home):
            note(f"Withdrew {key} again.")
    checks = list(check_home(home))
    problems = sum(each.problems for each in checks)
    document = {"ok": not problems, "checks": [asdict(each) for each in checks]}
    rows = [(each.name, each.checked, each.problems or "none") for each in checks]
    give(document, table(("check", "checked", "problems"), rows), as_json=as_json)
    if problems:
        wrong = ", ".join(each.name for each in checks if each.problems)
        raise Refused("Something is wrong with {checks}. Keep a backup before you mend anything.", checks=wrong)


def check_home(home: Home) -> Iterator[Check]:
    """Check a home; where a store is not at its head, nothing further is looked at."""
    behind = sum(revision_of(home.open(store)) != head_of(store) for store in Store)
    yield Check("stores-at-head", len(Store), behind)
    if behind:
        return
    yield Check("stores-sound", len(Store), sum(not is_sound(home.engine(store)) for store in Store))
    references = [dangling_references(home.engine(store)) for store in Store]
    yield Check("foreign-keys", sum(tables for tables, _rows in references), sum(rows for _tables, rows in references))
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="check everything") as evidence:
        for name, check in EVIDENCE_CHECKS.items():
            yield Check(name, *check(evidence))
        with home.published(reason="check everything") as published:
            yield Check("packages-match-their-hashes", *_packages(published))
            yield Check("releases-copied", *_copied(evidence, published))
            yield Check("audit-chain", *_trails(evidence, published))
        yield Check("index-equals-database", *_index(evidence, home.index))


def _study_ids(session: Session) -> list[int]:
    return [study.id for study in privacy.studies(session, Store.EVIDENCE)]


def _quotes(session: Session) -> tuple[int, int]:
    ids = _study_ids(session)
    checked = sum(coding.count_of_excerpts(session, each) for each in ids)
    return checked, sum(len(coding.mismatched_excerpts(session, each)) for each in ids)


def _revisions(session: Session) -> tuple[int, int]:
    """Texts are read one at a time: a study's texts together may be larger than memory."""
    numbers = session.scalars(select(Revision.id).order_by(Revision.id)).all()
    return len(numbers), sum(not _is_whole(session, number) for number in numbers)


def _is_whole(session: Session, number: int) -> bool:
    statement = select(Revision.text, Revision.sha256, Revision.length).where(Revision.id == number)
    text, sha256, length = session.execute(statement).one()
    return digest_of(text) == sha256 and len(text) == length


def _files(session: Session) -> tuple[int, int]:
    """Every source's file still has the bytes it came with, unless it was destroyed; one file is read at a time.

    It was destroyed with the source, or with the turns of one who spoke in it.
    """
    kept = or_(Source.withdrawal.is_(None), Source.withdrawal != WithdrawalOutcome.DESTROY)
    in_part = select(SourceParticipant.source_id).where(SourceParticipant.withdrawal == WithdrawalOutcome.DESTROY)
    statement = select(SourceFile.source_id).join(Source, Source.id == SourceFile.source_id)
    statement = statement.where(kept, Source.id.not_in(in_part))
    numbers = session.scalars(statement.order_by(SourceFile.source_id)).all()
    problems = 0
    for number in numbers:
        words = select(SourceFile.content, SourceFile.sha256).where(SourceFile.source_id == number)
        content, sha256 = session.execute(words).one()
        problems += hashlib.sha256(content).hexdigest() != sha256
    return len(numbers), problems


def _masks(session: Session) -> tuple[int, int]:
    """Every mask of a quote that is shown: it must be made for the very words that stand there.

    Or for those that stood there before they were corrected: then it counts for nothing, and the page of masks says so.
    """
    checked = problems = 0
    for study_id in _study_ids(session):
        for finding in findings.findings(session, study_id):
            masks = release.masks_for(session, finding)
            for link in findings.links_of(session, finding):
                mask = masks.get(link.id)
                if mask is not None and link.shown_as is ShownAs.QUOTE:
                    checked += 1
                    is_foreign = not _may_be_for(session, mask.quote_sha256, link.excerpt)
                    problems += is_foreign or mask.by == mask.confirmed_by
    return checked, problems


def _may_be_for(session: Session, digest: str, excerpt: Excerpt) -> bool:
    """Whether a mask may be for words that an excerpt has or had; what is withheld from everyone may have been any."""
    listed = session.scalars(select(Reanchoring).where(Reanchoring.excerpt_id == excerpt.id)).all()
    earlier = select(Revision.closed_at).where(Revision.id.in_([each.from_revision_id for each in listed]))
    words = (excerpt.quote, *(each.from_quote for each in listed))
    return digest in {digest_of(each) for each in words} or any(session.scalars(earlier))


def _packages(session: Session) -> tuple[int, int]:
    found = session.scalars(select(Package)).all()
    return len(found), sum(not _matches(each) for each in found)


def _matches(package: Package) -> bool:
    if package.is_emptied:  # its words were taken back; it must not be shown any more
        return package.withdrawn_at is not None
    try:
        return publication.content_of(package).sha256 == package.sha256
    except Refused:
        return False


def _copied(evidence: Session, published: Session) -> tuple[int, int]:
    """Every release must stand in the published store under its hash, of the same study, unless it was withdrawn."""
    keys = {study.id: study.key for study in privacy.studies(evidence, Store.EVIDENCE)}
    there = {study.id: study.key for study in privacy.studies(published, Store.PUBLISHED)}
    packages = published.scalars(select(Package))
    arrived = {(there.get(each.study_id), each.sha256, each.withdrawn_at is None) for each in packages}
    decided = evidence.scalars(select(Release)).all()
    wanted = [(keys.get(each.study_id), each.sha256, each.withdrawn_at is None) for each in decided]
    return len(wanted), sum(each not in arrived for each in wanted)


def _taken_back(session: Session) -> tuple[int, int]:
    """No release that readers have may show or count what the team took back since."""
    ids = _study_ids(session)
    checked = sum(len(release.standing_releases(session, each)) for each in ids)
    return checked, sum(len(release.outlived_releases(session, each)) for each in ids)


def _trails(evidence: Session, published: Session) -> tuple[int, int]:
    checked = problems = 0
    for session, store in ((evidence, Store.EVIDENCE), (published, Store.PUBLISHED)):
        checked += privacy.audit_head(session, store).entries
        problems += privacy.first_broken_entry(session, store) is not None
    return checked, problems


def _index(session: Session, index: search.SearchIndex) -> tuple[int, int]:
    return len(index.units()) if index.is_there() else 0, len(search.differences(session, index))


def _journals(session: Session) -> tuple[int, int]:
    """The journal of codings, replayed from its first act, must give the codings that are there."""
    found = [coding.replayed(session, each) for each in _study_ids(session)]
    return sum(each.told + each.untold for each in found), sum(len(each.wrong) for each in found)


EVIDENCE_CHECKS: dict[str, Callable[[Session], tuple[int, int]]] = {
    "quotes-match-text": _quotes,
    "journal-equals-codings": _journals,
    "revision-digests": _revisions,
    "file-digests": _files,
    "masks-current": _masks,
    "readers-have-nothing-taken-back": _taken_back,
}
