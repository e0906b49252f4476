"""Sources: the register as a table, and one source with its record, its people, and what rests on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from ia_workbench import coding, corpus, findings, masking
from ia_workbench.corpus import AttributeScope, Source
from ia_workbench.database import moment_of
from ia_workbench.findings import EvidenceLink
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import session
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.fidelity import memos_on
from ia_workbench.web.workbench.fidelity_blocks import labels_by_turn
from ia_workbench.web.workbench.speakers import LABELS_COMPARED

sources = Blueprint("sources", __name__, url_prefix="/s/<study_key>/sources")

FIRST_TURNS = 6  # shown on the page of one source


@dataclass(frozen=True)
class Narrowed:
    """What the table of sources is narrowed to; empty texts mean everything."""

    words: str = ""
    kind: str = ""
    standpoint: str = ""
    office: str = ""
    node: str = ""

    def fits(self, source: Source) -> bool:
        """Say whether a source is to be shown."""
        chosen = ((self.kind, source.kind.value), (self.standpoint, source.standpoint), (self.office, source.office))
        if any(wanted and wanted != given for wanted, given in chosen):
            return False
        return (not self.node or self.node in source.nodes) and self._has_words(source)

    def _has_words(self, source: Source) -> bool:
        people = [each.key for each in source.participants]
        case = source.case.key if source.case else ""
        told = [source.key, source.title, source.worker_role or "", source.subkind or "", case, *people]
        return all(word in " ".join(told).casefold() for word in self.words.casefold().split())

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return any((self.words, self.kind, self.standpoint, self.office, self.node))


def narrowed_by_address() -> Narrowed:
    """Return what the address asks for."""
    return Narrowed(**{name: request.args.get(name, "").strip() for name in Narrowed.__dataclass_fields__})


@sources.get("")
@open_to(*TEAM)
def every() -> str:
    """Show the sources of the study, narrowed by what the address asks for."""
    here = study()
    narrowed = narrowed_by_address()
    all_of_them = corpus.sources(session(), here.id)
    covered = findings.coverage(session(), here.id)
    return render_template(
        "team/sources/every.html",
        narrowed=narrowed,
        shown=[each for each in all_of_them if narrowed.fits(each)],
        everything=all_of_them,
        people=len({each.key for source in all_of_them for each in source.participants}),
        cases=len({source.case.key for source in all_of_them if source.case}),
        kinds=_present(each.kind.value for each in all_of_them),
        standpoints=_present(each.standpoint for each in all_of_them),
        offices=corpus.offices_of(session(), here.id),
        turns=corpus.turns_by_source(session(), here.id),
        codings=coding.codings_by_source(session(), here.id),
        cited=findings.findings_by_source(session(), here.id),
        masked=masking.standing_by_source(session(), here.id),
        blind=[each for each in covered.nodes if each.blind_spot],
        today=moment_of(session()).date(),
        waiting=len(corpus.pending_imports(session(), here.id)),
    )


def _present(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


@sources.get("/<source_key>")
@open_to(*TEAM)
def one(source_key: str) -> str:
    """Show one source: its record, whom it counts with, its first turns, its codings and the findings it speaks to."""
    source = corpus.source_keyed(session(), study().id, source_key)
    links = findings.links_on(session(), source)
    today, terms = moment_of(session()).date(), source.stewardship
    return render_template(
        "team/sources/one.html",
        source=source,
        attributes=corpus.values_of(session(), AttributeScope.SOURCE, source.id),
        has_ended=source.consent_until is not None and source.consent_until < today,
        is_approved=terms is not None and terms.is_approved_on(today),
        together=_counted_with(source),
        links=links,
        cited=_by_finding(links),
        **({} if source.is_withdrawn else _readable(source)),
    )


def _readable(source: Source) -> dict[str, object]:
    """What is shown only while the source may be read."""
    revision = corpus.newest_revision(session(), source)
    turns = corpus.turns_of(session(), revision)
    text = corpus.text_of(session(), revision)
    codings = coding.codings(session(), source.study_id, source=source)
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return {
        "revision": revision,
        "masked": masking.standing_of(session(), source),
        "unsettled": len(coding.unsettled_on(session(), source)),
        "turns": turns,
        "first": [(turn, text[turn.speech_start : turn.end]) for turn in turns[:FIRST_TURNS]],
        "words": len(text.split()),
        "speakers": speakers,
        "alike": corpus.alike_labels(speakers[:LABELS_COMPARED]),
        "file": corpus.file_of(session(), source),
        "is_closed": corpus.withholds_words(session(), source),
        "codings": codings,
        "coders": sorted({each.coder.username for each in codings}),
        "codes": _code_counts(codings),
        "labels": labels_by_turn(turns[:FIRST_TURNS], corpus.anchors_of(revision)),
        **memos_on(source),
    }


def _code_counts(codings: Sequence[coding.Coding]) -> list[tuple[object, int]]:
    codes = {each.code.path: each.code for each in codings}
    counts = {path: sum(each.code.path == path for each in codings) for path in codes}
    return [(codes[path], counts[path]) for path in sorted(codes)]


def _counted_with(source: Source) -> list[tuple[Source, list[str]]]:
    """Return the other sources that share a person or the case with this one, each with the keys they share."""
    mine = _ties(source)
    others = (each for each in corpus.sources(session(), source.study_id) if each.key != source.key)
    return [(each, sorted(mine & _ties(each))) for each in others if mine & _ties(each)]


def _ties(source: Source) -> set[str]:
    return {each.key for each in source.participants} | ({source.case.key} if source.case else set())


def _by_finding(links: Sequence[EvidenceLink]) -> list[tuple[findings.Finding, list[EvidenceLink]]]:
    by_key = {link.finding.key: link.finding for link in links}
    return [(by_key[key], [link for link in links if link.finding.key == key]) for key in sorted(by_key)]
