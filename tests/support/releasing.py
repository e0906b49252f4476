"""A finding with all that a release needs, invented: sources, evidence, masks by one person confirmed by another."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, findings, process_map, release
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Source, SourceFile, SourceKind
from ia_workbench.findings import (
    EvidenceLink,
    Finding,
    FindingRecord,
    LeverNamed,
    LinkRole,
    Recommendation,
    ReleaseLevel,
    ShownAs,
    Stance,
)
from ia_workbench.kernel import digest_of
from ia_workbench.privacy import Actor
from ia_workbench.publication import Audience
from ia_workbench.release import Mask, Replacement
from tests.support.homes import Home
from tests.support.sources import add_source, revision_of

ROOT = Path(__file__).resolve().parents[2]
PARENT = "INTERVIEWER: And then?\nPARENT: Nothing after four. Ms. Okoro turned the screen at Halvorsen Packing.\n"
PARENT_QUOTE = "Nothing after four. Ms. Okoro turned the screen at Halvorsen Packing."
PARENT_MASK = (Replacement("Ms. Okoro", "The worker"), Replacement("Halvorsen Packing", "my job"))
PARENT_SHOWN = "Nothing after four. The worker turned the screen at my job."
FORM = "Field 6. Choose one of the eight slots below. No other entry is accepted.\n"
FORM_QUOTE = "Choose one of the eight slots below."
JUDGE = "JUDGE: Nobody has ever asked me to order an evening visit.\n"
JUDGE_QUOTE = "Nobody has ever asked me to order an evening visit."
RECORD = "10/14 mother did not come, worker Dana Okoro notes a shift.\n"
RECORD_QUOTE = "mother did not come, worker Dana Okoro notes a shift"

STATEMENT = "At the visit request, the form organizes workers to book daytime slots, so that shift workers lose visits."


def add_finding(session: Session, actor: Actor, home: Home) -> Finding:
    """Add the study's map, levers and four sources, and a finding on them that nothing keeps from being released."""
    levers, drawn = (ROOT / "codebooks/levers.yaml").read_text(), (ROOT / "process_maps/reunification.yaml").read_text()
    codebook.import_levers(session, actor, study_id=home.study_id, file=codebook.read_levers(levers))
    process_map.import_map(session, actor, study_id=home.study_id, file=process_map.read_map(drawn))
    _add_sources(session, home)
    finding = findings.draft_finding(
        session,
        actor,
        study_id=home.study_id,
        record=FindingRecord(
            title="Visit hours are set by the form",
            statement=STATEMENT,
            plain={"en": "The form lists daytime hours only.", "es": "El formulario solo tiene horas de día."},
            matters={"en": "Time together is what going home is built on."},
            release_level=ReleaseLevel.PUBLIC,
            levers=(LeverNamed("ADM", "Field 6 accepts one of eight slots."),),
            nodes=("N-14",),
            edges=("N-13..N-14",),
            strengths="Workers turn the screen so that parents can see it.",
            recommendations=(Recommendation("Ask for the parent's times first", "ADM", "Agency", "Q1", "A question"),),
        ),
    )
    _add_evidence(session, actor, finding)
    return finding


def _add_sources(session: Session, home: Home) -> None:
    rows = (
        ("INT-001", PARENT, SourceKind.INTERVIEW, "parent", ConsentScope.QUOTE_TO_BODY, ("P-01",), "C-01"),
        ("TXT-002", FORM, SourceKind.INSTITUTIONAL_TEXT, "text", ConsentScope.QUOTE_TO_BODY, (), None),
        ("INT-014", JUDGE, SourceKind.INTERVIEW, "court", ConsentScope.QUOTE_TO_BODY, ("P-14",), None),
        ("REC-01", RECORD, SourceKind.CASE_RECORD, "frontline", ConsentScope.PARAPHRASE, (), "C-01"),
    )
    for key, text, kind, standpoint, consent, participants, case in rows:
        source = add_source(
            session,
            home,
            key=key,
            text=text,
            kind=kind,
            standpoint=standpoint,
            consent=consent,
            participants=participants,
            case=case,
            worker_role="caseworker" if standpoint == "frontline" else None,
            nodes=("N-14",),
        )
        name = f"tasha_brennick_{key.lower()}.docx"
        session.add(SourceFile(source_id=source.id, study_id=home.study_id, name=name, sha256="0" * 64, content=b""))


def _add_evidence(session: Session, actor: Actor, finding: Finding) -> None:
    link(session, actor, finding, "INT-001", PARENT_QUOTE, role=LinkRole.IMPACT)
    link(session, actor, finding, "TXT-002", FORM_QUOTE, role=LinkRole.PRODUCED_BY, lever="ADM")
    link(session, actor, finding, "INT-014", JUDGE_QUOTE, role=LinkRole.COUNTER, stance=Stance.COMPLICATES)
    link(session, actor, finding, "REC-01", RECORD_QUOTE, role=LinkRole.HAPPENS, shown_as=ShownAs.PARAPHRASE)


def link(
    session: Session,
    actor: Actor,
    finding: Finding,
    source_key: str,
    quote: str,
    *,
    role: LinkRole,
    stance: Stance = Stance.SUPPORTS,
    lever: str | None = None,
    shown_as: ShownAs = ShownAs.QUOTE,
) -> EvidenceLink:
    """Link words of a source to a finding; a paraphrase gets words."""
    return findings.link_evidence(
        session,
        actor,
        finding=finding,
        excerpt=excerpt(session, finding.study_id, source_key, quote),
        stance=stance,
        role=role,
        lever=lever,
        shown_as=shown_as,
        paraphrase={"en": "The record notes a shift beside a missed visit."} if shown_as is ShownAs.PARAPHRASE else {},
    )


def excerpt(session: Session, study_id: int, source_key: str, quote: str) -> Excerpt:
    """Add an excerpt of a source's words."""
    source = session.scalars(select(Source).where(Source.study_id == study_id, Source.key == source_key)).one()
    revision = revision_of(session, source)
    start = revision.text.index(quote)
    made = Excerpt(
        study_id=study_id,
        revision_id=revision.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        sha256=digest_of(quote),
    )
    session.add(made)
    session.flush()  # evidence links name it
    return made


def mask_all(home: Home, finding_key: str = "F-01", *, replacements: Sequence[Replacement] = PARENT_MASK) -> None:
    """Mask all that readers get of a finding as ana and confirm it as ben; `replacements` go into the parent's."""
    with home.session(home.actor("ana")) as session:
        finding = findings.finding_keyed(session, home.study_id, finding_key)
        for each in findings.links_of(session, finding):
            if release.needs_mask(each):
                wanted = replacements if each.excerpt.quote == PARENT_QUOTE else ()
                mask_as(session, home.actor("ana"), each, wanted)
    with home.session(home.actor("ben")) as session:
        finding = findings.finding_keyed(session, home.study_id, finding_key)
        for mask in release.masks_for(session, finding).values():
            confirm_as(session, home.actor("ben"), mask)


def mask_as(session: Session, actor: Actor, link: EvidenceLink, replacements: Sequence[Replacement] = ()) -> Mask:
    """Mask a quote as someone who has looked at it as it stands."""
    seen = release.seen_of(link, release.mask_of(session, link))
    return release.mask_quote(session, actor, link=link, replacements=replacements, seen=seen)


def confirm_as(session: Session, actor: Actor, mask: Mask) -> Mask:
    """Confirm a mask as someone who has looked at it as it stands."""
    return release.confirm_mask(session, actor, mask=mask, seen=release.seen_of(mask.link, mask))


def give_to_body(session: Session, home: Home, finding: Finding) -> None:
    """Release a finding to the body as Ana, as if it had reached them."""
    given = release.decide_release(session, home.actor("ana"), finding=finding, audience=Audience.BODY)
    given.copied_at = home.clock()
    session.flush()  # what comes next reads what is stored
