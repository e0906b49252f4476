"""The findings of a study as the values that `findings.yaml` is written from."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from ia_workbench import coding, findings, release
from ia_workbench.corpus import Revision
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.kernel import digest_of
from ia_workbench.release import Mask, Replacement
from ia_workbench.study_folder.records import EvidenceRecord, FindingEntry, MaskRecord, SearchRecord

Raw = Mapping[int, Sequence[Revision]]


def entries_of(session: Session, study_id: int, raw: Raw) -> tuple[FindingEntry, ...]:
    """Return the findings of a study by number, evidence by its number.

    Links to withdrawn sources and to closed texts are left out. `raw` are the readable raw revisions of each source, by
    the source's internal number.
    """
    return tuple(_entry(session, finding, raw) for finding in findings.findings(session, study_id))


def _entry(session: Session, finding: Finding, raw: Raw) -> FindingEntry:
    masks = release.masks_for(session, finding)
    links = [link for link in findings.links_of(session, finding) if _is_readable(link.excerpt.revision)]
    return FindingEntry(
        record=findings.record_of(finding),
        key=finding.key,
        stage=finding.stage,
        searches=tuple(
            SearchRecord(each.query, each.note, each.by, each.on) for each in findings.searches_of(session, finding)
        ),
        evidence=tuple(_evidence(link, masks, raw) for link in links),
    )


def _is_readable(revision: Revision) -> bool:
    return revision.closed_at is None and not revision.source.is_withdrawn


def _evidence(link: EvidenceLink, masks: Mapping[int, Mask], raw: Raw) -> EvidenceRecord:
    excerpt = link.excerpt
    return EvidenceRecord(
        source=excerpt.revision.source.key,
        start=excerpt.start,
        end=excerpt.end,
        text=coding.earlier_text(excerpt, raw),
        quote=excerpt.quote,
        stance=link.stance,
        role=link.role,
        key=link.key,
        lever=link.lever,
        note=link.note,
        by=link.by,
        resolution=link.resolution,
        show=link.shown_as,
        paraphrase=link.paraphrase,
        translation=link.translation,
        speaker=link.speaker,
        mask=_mask(excerpt.quote, masks.get(link.id)),
    )


def _mask(quote: str, mask: Mask | None) -> MaskRecord | None:
    if mask is None or mask.quote_sha256 != digest_of(quote):
        return None  # none, or made before the words were corrected: its places are those of other words
    spans = release.spans_from(mask.replacements)
    words = {" ".join(quote[span.start : span.end].split()): span.instead for span in spans}
    replacements = tuple(Replacement(given, instead) for given, instead in words.items())
    # whom the files named as second person is written again until somebody confirms here
    return MaskRecord(mask.by, mask.confirmed_by or mask.confirmed_in_file, replacements)
