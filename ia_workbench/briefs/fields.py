"""From a package to the values of a template's places. Every name of `places.PLACES` is filled here, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ia_workbench.briefs import wording
from ia_workbench.briefs.filling import Picture, Text, Values
from ia_workbench.briefs.strip import strip_png
from ia_workbench.publication import (
    BodySummary,
    Cell,
    Concern,
    Evidence,
    Family,
    PackageContent,
    RuleLine,
    Said,
    ShownAs,
    Stance,
)

Item = TypeVar("Item")

STRIP_WIDTH_MM = 182.0
MOST_QUOTES = 4
WORKING_LANGUAGE = "en"


@dataclass(frozen=True)
class Edition:
    """Which brief of the study's this is, and since when it is out."""

    number: int
    of: int
    released_on: date


def values_of(
    content: PackageContent, body: BodySummary | None, edition: Edition | None, *, with_picture: bool = True
) -> Values:
    """Return the value of every place for one finding; places without anything to say are empty."""
    return {
        **_band(content, edition),
        **_finding(content),
        "map_strip": _picture(content) if with_picture else Text(""),
        **_lists(content),
        **_judgements(content),
        **_body(body),
        **_agency(content),
    }


def _band(content: PackageContent, edition: Edition | None) -> Values:
    released = f"Released {wording.day(edition.released_on)}, {wording.AUDIENCES[content.audience]}" if edition else ""
    provenance = content.provenance
    digest = content.sha256
    return {
        "number": Text(str(edition.number) if edition else ""),
        "of": Text(str(edition.of) if edition else ""),
        "study": Text(content.study.title),
        "site": Text(content.study.site),
        "question": Text(content.study.question),
        "finding": Text(content.finding_key),
        "title": Text(content.title),
        "strength": Text(content.strength.value.capitalize()),
        "strength_mark": Text(wording.STRENGTH_MARKS[content.strength]),
        "stage": Text(content.stage.replace("-", " ")),
        "released": Text(released or "Not released"),
        "provenance": Text(
            f"IA Workbench {provenance.software}, finding version {provenance.finding_version}, "
            f"sha-256 {' '.join(digest[at : at + 4] for at in range(0, 16, 4))}"
        ),
    }


def _finding(content: PackageContent) -> Values:
    family = content.family_quote
    return {
        "statement": _text(Said(content.statement, content.language)),
        "plain": _text(content.plain.said_in(WORKING_LANGUAGE)),
        "plain_es": Text(content.plain.es, "es"),
        "content_note": _text(content.content_note.said_in(WORKING_LANGUAGE)),
        "matters": _text(content.matters.said_in(WORKING_LANGUAGE)),
        "family_words": _quoted(family) if family else Text(""),
        "family_speaker": _speaker(family) if family else Text(""),
        "family_key": Text(family.cited if family else ""),
        "family_translation": _translation(family) if family else Text(""),
        "where": Text(wording.where(content.strip)),
        "step_note": _text(content.step_note.said_in(WORKING_LANGUAGE)),
    }


def _picture(content: PackageContent) -> Picture | Text:
    if not content.strip:
        return Text("")
    description = f"Map strip. {wording.where(content.strip)}"
    return Picture(strip_png(content.strip), description, STRIP_WIDTH_MM)


def _lists(content: PackageContent) -> Values:
    numbers = [each for each in content.supporting if each.family is Family.NUMBERS and each.shown is not ShownAs.COUNT]
    left, right = _halves(_excerpts(content))
    rule_left, rule_right = _halves(content.rule.lines)
    return {
        "levers": [
            {
                "lever": Text(lever.key),
                "name": Text(lever.name),
                "explanation": Text(lever.explanation),
                "evidence": Text(_bracketed(lever.evidence)),
            }
            for lever in content.levers
        ],
        "families": [_family(content, cell.family, cell.cell) for cell in content.families],
        "quotes_left": [_excerpt(each) for each in left],
        "quotes_right": [_excerpt(each) for each in right],
        "did_not_fit": [{**_excerpt(each), "weighed": Text(_weighed(each))} for each in content.contrary],
        "numbers": [_excerpt(each) for each in numbers],
        "no_numbers": Text("" if numbers else "No numbers are linked to this finding."),
        "no_recommendations": Text("" if content.recommendations else "The team has not proposed any yet."),
        "rule_left": [_rule_line(line) for line in rule_left],
        "rule_right": [_rule_line(line) for line in rule_right],
        "recommendations": [
            {
                "action": Text(each.action),
                "lever": Text(each.lever),
                "owner": Text(each.owner),
                "horizon": Text(each.horizon),
                "sign": Text(each.sign),
            }
            for each in content.recommendations
        ],
    }


def _excerpts(content: PackageContent) -> list[Evidence]:
    """The excerpts that show how the team knows: one of each source family in turn, without those shown elsewhere."""
    shown = [each for each in content.supporting if each.shown is not ShownAs.COUNT and each != content.family_quote]
    waiting = [[each for each in shown if each.family is family] for family in Family if family is not Family.NUMBERS]
    chosen: list[Evidence] = []
    while any(waiting) and len(chosen) < MOST_QUOTES:
        chosen += [each.pop(0) for each in waiting if each][: MOST_QUOTES - len(chosen)]
    return chosen


def _halves(items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    middle = -(-len(items) // 2)
    return items[:middle], items[middle:]


def _family(content: PackageContent, family: Family, cell: Cell) -> Values:
    theirs = [each for each in content.evidence if each.family is family]
    return {
        "family": Text(wording.FAMILIES[family]),
        "mark": Text(wording.CELL_MARKS[cell]),
        "cell": Text(wording.cell_word(cell)),
        "supports": Text(", ".join(each.key for each in theirs if each.stance is Stance.SUPPORTS)),
        "others": Text(", ".join(each.key for each in theirs if each.stance is not Stance.SUPPORTS)),
    }


def _excerpt(evidence: Evidence) -> Values:
    words = _quoted(evidence)
    if evidence.shown is ShownAs.PARAPHRASE:
        words = _text(evidence.paraphrase.said_in(WORKING_LANGUAGE))
    if evidence.shown is ShownAs.COUNT:
        words = Text("Counted, not shown.")
    return {
        "words": words,
        "speaker": _speaker(evidence),
        "key": Text(evidence.cited),
        "translation": _translation(evidence),
    }


def _quoted(evidence: Evidence) -> Text:
    is_withheld = evidence.words.startswith("[")  # "[quote not cleared]" is nobody's words
    return _text(Said(evidence.words if is_withheld else f"“{evidence.words}”", evidence.language))


def _speaker(evidence: Evidence) -> Text:
    return _text(evidence.speaker.said_in(WORKING_LANGUAGE))


def _translation(evidence: Evidence) -> Text:
    is_needed = evidence.shown is ShownAs.QUOTE and evidence.language != WORKING_LANGUAGE
    return Text(f"“{evidence.translation.en}”" if is_needed and evidence.translation.en else "")


def _weighed(evidence: Evidence) -> str:
    return evidence.resolution or ("" if evidence.stance is Stance.COMPLICATES else "Not yet weighed.")


def _rule_line(line: RuleLine) -> Values:
    return {
        "mark": Text("✓" if line.met else "–"),
        "line": Text(wording.rule_line(line)),
        "observed": Text(wording.observed(line)),
    }


def _judgements(content: PackageContent) -> Values:
    confidence = content.confidence
    judged = f"Confidence, a human judgement informed by CERQual: {confidence.level}." if confidence else ""
    return {
        "how_we_know": Text(wording.how_we_know(content.counts)),
        "silent": Text(
            wording.silence(content.families_that_are(Cell.SILENT), content.families_that_are(Cell.NOT_EXAMINED))
        ),
        "rule": Text(wording.rule_sentence(content.rule)),
        "confidence": Text(f"{judged} {confidence.note}".strip() if confidence else ""),
        "strengths": Text(content.strengths),
    }


def _body(body: BodySummary | None) -> Values:
    return {
        "positions": Text(wording.positions(body)),
        "concerns": [_concern(each) for each in (body.concerns if body else ())],
        "dissent": [_concern(each) for each in (body.dissent if body else ())],
    }


def _concern(concern: Concern) -> Values:
    answer = concern.answer.text.said_in(WORKING_LANGUAGE) if concern.answer else Said("", WORKING_LANGUAGE)
    return {
        "concern": _text(Said(wording.concern_words(concern), concern.language)),
        "ticked": Text(wording.ticked(concern)),
        "answer_label": Text(wording.answer_label(concern)),
        "answer": _text(answer),
    }


def _agency(content: PackageContent) -> Values:
    response = content.agency_response
    if response is None:
        return {"agency_response": Text(""), "agency_note": Text("No agency response is recorded.")}
    received = wording.day(date.fromisoformat(response.received_on))
    return {
        "agency_response": Text(f"“{response.text}”"),
        "agency_note": Text(f"Received {received}. The agency checked facts; it did not approve the finding."),
    }


def _bracketed(keys: Sequence[str]) -> str:
    return f"[{', '.join(keys)}]" if keys else ""


def _text(said: Said) -> Text:
    return Text(said.text, said.language if said.language != WORKING_LANGUAGE else None)
