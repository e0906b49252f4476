"""`findings.yaml`: findings with their levers, steps, searches, evidence and masks."""

import unicodedata
from collections.abc import Hashable
from dataclasses import asdict
from typing import Any

from ia_workbench.findings import (
    Confidence,
    ConfidenceLevel,
    FindingRecord,
    LeverNamed,
    LinkRole,
    Recommendation,
    ReleaseLevel,
    ShownAs,
    Stage,
    Stance,
    read_confidence_level,
)
from ia_workbench.kernel import Fields, given, parse_yaml, write_yaml
from ia_workbench.release import Replacement
from ia_workbench.study_folder.records import EvidenceRecord, FindingEntry, MaskRecord, SearchRecord, Words

LANGUAGES = ("en", "es")
LONGEST_TEXT = 100_000_000  # an offset; the largest file is 50 MB
MOST_TEXTS = 100_000  # of one source, each corrected after the other
LONGEST_TITLE = 70  # characters of a statement that stand in for a title that a hand-made file leaves out


def read_findings(text: str) -> tuple[FindingEntry, ...]:
    """Read the text of a `findings.yaml`, in its order. Raises Refused with the place for anything malformed."""
    content = parse_yaml(text)
    if content is None:
        return ()
    if isinstance(content, list):
        content = {"findings": content}
    fields = Fields(content, "the file")
    known: set[Hashable] = set()
    entries = tuple(_finding(thing, number, known) for number, thing in enumerate(fields.things("findings"), 1))
    fields.close()
    return entries


def _finding(thing: object, number: int, known: set[Hashable]) -> FindingEntry:
    fields = Fields(thing, f"finding {number}")
    key = fields.optional_text("key") or None
    if key:
        sentence = "The finding {key} is given twice; change one of the keys."
        fields.note_once("key", key.lower(), known, sentence, key=key)
    fields.place = f"finding {key or number}"
    entry = FindingEntry(
        key=key,
        record=_record(fields),
        stage=_chosen(fields, "stage", Stage, Stage.DRAFT),
        searches=tuple(_search(each, fields.place) for each in fields.things("negative_case_searches")),
        evidence=tuple(
            _evidence(each, f"evidence {place} of {fields.place}")
            for place, each in enumerate(fields.things("evidence"), 1)
        ),
        line=fields.line,
    )
    fields.close()
    return entry


def _record(fields: Fields) -> FindingRecord:
    statement = fields.text_or_empty("statement")
    return FindingRecord(
        title=fields.text_or_empty("title") or statement[:LONGEST_TITLE].strip() or fields.text("title"),
        statement=statement,
        plain=_words(fields, "plain"),
        matters=_words(fields, "matters"),
        step_note=_words(fields, "step_note"),
        content_note=_words(fields, "content_note"),
        release_level=_chosen(fields, "release_level", ReleaseLevel, ReleaseLevel.PRIVATE),
        levers=tuple(_lever(each, fields.place) for each in fields.things("levers")),
        nodes=fields.texts("nodes"),
        edges=fields.texts("edges"),
        strengths=_lines(fields, "strengths"),
        recommendations=tuple(_recommendation(each, fields.place) for each in fields.things("recommendations")),
        confidence=_confidence(fields),
        office_waiver=fields.optional_text("office_waiver") or None,
    )


def _chosen(fields: Fields, name: str, vocabulary: Any, default: Any) -> Any:
    return fields.choice(name, vocabulary) if fields.anything(name) is not None else default


def _words(fields: Fields, name: str) -> Words:
    """Read words by language; a text alone is English."""
    if isinstance(fields.anything(name), str):
        return {"en": fields.text(name)} if fields.text_or_empty(name) else {}
    inner = fields.inner(name)
    if inner is None:
        return {}
    words = {language: inner.text_or_empty(language) for language in LANGUAGES}
    inner.close()
    return {language: text for language, text in words.items() if text}


def _lines(fields: Fields, name: str) -> str:
    """Read a list of lines, or one text, as text with one line each."""
    if isinstance(fields.anything(name), list):
        return "\n".join(" ".join(line.split()) for line in fields.texts(name))
    return fields.text_or_empty(name)


def _lever(thing: object, place: str) -> LeverNamed:
    if isinstance(thing, str):
        return LeverNamed(thing.strip())
    fields = Fields(thing, f"a lever of {place}")
    lever = LeverNamed(fields.text("key"), fields.text_or_empty("explanation"))
    fields.close()
    return lever


def _recommendation(thing: object, place: str) -> Recommendation:
    fields = Fields(thing, f"a recommendation of {place}")
    recommendation = Recommendation(
        action=fields.text_or_empty("action"),
        lever=fields.text("lever"),
        owner=fields.text_or_empty("owner"),
        horizon=fields.text_or_empty("horizon"),
        sign=fields.text_or_empty("sign"),
    )
    fields.close()
    return recommendation


def _confidence(fields: Fields) -> Confidence | None:
    inner = fields.inner("confidence")
    if inner is None:
        return None
    try:
        level = read_confidence_level(inner.text("level"))
    except ValueError:
        level = inner.choice("level", ConfidenceLevel)  # which says what may stand there
    confidence = Confidence(level, inner.text_or_empty("note"), inner.text_or_empty("by"))
    inner.close()
    return confidence


def _search(thing: object, place: str) -> SearchRecord:
    fields = Fields(thing, f"a negative-case search of {place}")
    search = SearchRecord(
        query=fields.text("query"),
        note=fields.text_or_empty("note"),
        by=fields.optional_text("by") or None,
        on=fields.optional_date("on"),
    )
    fields.close()
    return search


def _evidence(thing: object, place: str) -> EvidenceRecord:
    fields = Fields(thing, place)
    start, end = _offset(fields, "start"), _offset(fields, "end")
    if (start is None) != (end is None):
        raise fields.refused("Give both start and end of {place}, or neither.", place=place)
    record = EvidenceRecord(
        source=fields.text("source"),
        start=start,
        end=end,
        text=_text(fields),
        quote=fields.raw_text("quote"),
        stance=fields.choice("stance", Stance),
        role=fields.choice("role", LinkRole),
        key=fields.optional_text("key") or None,
        lever=fields.optional_text("lever") or None,
        note=fields.text_or_empty("note"),
        by=fields.optional_text("by") or None,
        resolution=fields.optional_text("resolution") or None,
        show=_chosen(fields, "show", ShownAs, None),
        paraphrase=_words(fields, "paraphrase"),
        translation=_words(fields, "translation"),
        speaker=_words(fields, "speaker"),
        mask=_mask(fields),
        line=fields.line,
    )
    fields.close()
    return record


def _offset(fields: Fields, name: str) -> int | None:
    if fields.anything(name) is None:
        return None
    return fields.whole_number(name, least=0, most=LONGEST_TEXT)


def _text(fields: Fields) -> int | None:
    if fields.anything("text") is None:
        return None
    return fields.whole_number("text", least=1, most=MOST_TEXTS)


def _mask(fields: Fields) -> MaskRecord | None:
    inner = fields.inner("mask")
    if inner is None:
        return None
    replacements = []
    for thing in inner.things("replacements"):
        each = Fields(thing, f"a replacement in the mask of {fields.place}")
        replacements.append(Replacement(each.text("words"), each.text("with")))
        each.close()
    mask = MaskRecord(inner.text("by"), inner.optional_text("confirmed_by") or None, tuple(replacements))
    inner.close()
    return mask


def write_findings(entries: tuple[FindingEntry, ...]) -> str:
    """Write `findings.yaml` so that `read_findings` reads the same values back."""
    return write_yaml({"findings": [_without_controls(_finding_content(entry)) for entry in entries]})


def _without_controls(value: Any, name: str = "") -> Any:
    """Leave out control characters, which nobody means to write and no reader takes; a quote stays as it stands."""
    if isinstance(value, dict):
        return {key: _without_controls(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_controls(each) for each in value]
    if isinstance(value, str) and name != "quote":
        return "".join(each for each in value if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    return value


def _finding_content(entry: FindingEntry) -> dict[str, Any]:
    record = entry.record
    content: dict[str, Any] = given(key=entry.key, title=record.title, statement=record.statement)
    content |= given(plain=record.plain, matters=record.matters)
    content |= given(content_note=record.content_note, step_note=record.step_note)
    content |= {"stage": entry.stage.value, "release_level": record.release_level.value}
    content["levers"] = [given(key=each.key, explanation=each.explanation) for each in record.levers]
    content |= {"nodes": list(record.nodes), "edges": list(record.edges)}
    content |= given(
        office_waiver=record.office_waiver,
        strengths=_lines_of(record.strengths),
        recommendations=[given(**asdict(each)) for each in record.recommendations],
        confidence=_confidence_content(record.confidence),
        negative_case_searches=[
            given(by=each.by, on=each.on, query=each.query, note=each.note) for each in entry.searches
        ],
        evidence=[_evidence_content(each) for each in entry.evidence],
    )
    return content


def _lines_of(text: str) -> list[str]:
    """Return each line of a text once, without blank ones, as a list of lines is read back."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))


def _confidence_content(confidence: Confidence | None) -> dict[str, Any] | None:
    if confidence is None:
        return None
    return given(level=confidence.level.value, note=confidence.note, by=confidence.by)


def _evidence_content(record: EvidenceRecord) -> dict[str, Any]:
    content: dict[str, Any] = given(key=record.key) | {"source": record.source}
    if record.start is not None:
        content |= {"start": record.start, "end": record.end}
    if record.text is not None:
        content["text"] = record.text
    content |= {"quote": record.quote, "stance": record.stance.value, "role": record.role.value}
    return content | given(
        lever=record.lever,
        note=record.note,
        by=record.by,
        resolution=record.resolution,
        show=record.show.value if record.show else None,
        paraphrase=record.paraphrase,
        translation=record.translation,
        speaker=record.speaker,
        mask=_mask_content(record.mask),
    )


def _mask_content(mask: MaskRecord | None) -> dict[str, Any] | None:
    if mask is None:
        return None
    replacements = [{"words": each.words, "with": each.instead} for each in mask.replacements]
    return given(by=mask.by, confirmed_by=mask.confirmed_by) | {"replacements": replacements}
