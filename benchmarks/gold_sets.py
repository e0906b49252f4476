"""Texts that other people marked, read from a folder outside of this repository, with the list a study would have.

How the list is made: a study writes down the people, agencies and places it knows from its register of cases, each by
its fullest name, once. So each entity that the gold marks as pointing at someone gives one entry, its longest mention
without a courtesy title; other mentions, slips of the pen, letters of other alphabets and hidden forms are not on it.
Texts next to each other share one list, as the texts of a study do.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.scoring import COURTESY, GoldSpan, GoldText
from ia_workbench.privacy import IdentifierClass, ListedName
from ia_workbench.privacy.deidentification.readable import ReadableText

KINDS = {
    "PERSON": IdentifierClass.PERSON,
    "PERSON_NAME": IdentifierClass.PERSON,
    "PER": IdentifierClass.PERSON,
    "LEGAL_PROFESSIONAL": IdentifierClass.PERSON,
    "ORG": IdentifierClass.ORGANISATION,
    "ORGANIZATION": IdentifierClass.ORGANISATION,
    "ORGANIZATION_NAME": IdentifierClass.ORGANISATION,
    "LOC": IdentifierClass.PLACE,
    "LOCATION": IdentifierClass.PLACE,
}
# In these adversarial records the name itself is damaged, so that nobody can say what a register would hold.
DAMAGED = frozenset(("ocr_artifact", "partial_redaction_advanced", "base64_encoding"))
_DIRECT = (
    "PERSON PERSON_NAME PER PHONE_NUMBER EMAIL_ADDRESS ADDRESS US_SSN SOCIAL_SECURITY_NUMBER CREDIT_CARD IBAN_CODE "
    "US_DRIVER_LICENSE IP_ADDRESS MEDICAL_RECORD_NUMBER CODE LEGAL_PROFESSIONAL DOMAIN_NAME"
)
DIRECT_LABELS = frozenset(_DIRECT.split())
NO_NAMES = frozenset(("Mr.", "Mrs.", "Ms.", "Dr.", "Miss", "MD", "Jr.", "PhD", "DDS", "DVM", "nan"))


def is_held_out(key: str) -> bool:
    """Say whether a text belongs to the half that nobody looked at while rules were written: by its hash."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


def _need(label: str) -> str:
    return "direct" if label in DIRECT_LABELS else "quasi"


def _entry(words: str, label: str) -> ListedName | None:
    plain = ReadableText(words).plain.strip()
    courtesy = COURTESY.match(plain)
    plain = plain[courtesy.end() :] if courtesy else plain
    is_name = len(plain) > 2 and plain not in NO_NAMES and any(map(str.isalpha, plain))
    return ListedName(plain, KINDS[label]) if is_name and label in KINDS else None


def _fullest(mentions: Iterable[tuple[str, str, str]]) -> tuple[ListedName, ...]:
    """One entry for each entity (`entity`, words, label): its longest mention."""
    longest: dict[str, tuple[str, str]] = {}
    for entity, words, label in mentions:
        if label in KINDS and len(words) > len(longest.get(entity, ("", ""))[0]):
            longest[entity] = (words, label)
    entries = (_entry(words, label) for words, label in longest.values())
    return tuple(dict.fromkeys(each for each in entries if each is not None))


def sharing(texts: Sequence[GoldText], together: int) -> list[GoldText]:
    """Give texts next to each other one list."""
    found = []
    for first in range(0, len(texts), together):
        group = texts[first : first + together]
        names = tuple(dict.fromkeys(name for each in group for name in each.names))
        found += [replace(each, names=names) for each in group]
    return found


def tab(folder: Path) -> list[GoldText]:
    """Return the 86 judgments of the Text Anonymization Benchmark; needs are the annotators' own."""
    needs = {"DIRECT": "direct", "QUASI": "quasi", "NO_MASK": "none"}
    found = []
    for line in (folder / "tab_english_144/tab_entity_data_86.jsonl").read_text("utf-8").splitlines():
        each = json.loads(line)
        marks = each["entities"]
        spans = tuple(
            GoldSpan(mark["start_offset"], mark["end_offset"], mark["entity_type"], needs[mark["identifier_type"]])
            for mark in marks
        )
        told = [mark for mark in marks if mark["identifier_type"] != "NO_MASK"]
        names = _fullest((mark["entity_id"], mark["span_text"], mark["entity_type"]) for mark in told)
        key = each["metadata"]["data_id"]
        found.append(GoldText(key, each["text"], spans, names))
    return sharing(found, 10)


def presidio(folder: Path, name: str) -> list[GoldText]:
    """Return the synthetic sentences of presidio-research, `large` or `small`."""
    read = json.loads((folder / f"presidio_research/generated_{name}.json").read_text("utf-8"))
    found = []
    for number, each in enumerate(read):
        marks = [mark for mark in each["spans"] if mark["entity_type"] not in ("TITLE", "PREFIX")]
        spans = tuple(
            GoldSpan(mark["start_position"], mark["end_position"], mark["entity_type"], _need(mark["entity_type"]))
            for mark in marks
            if mark["entity_value"] not in NO_NAMES
        )
        names = _fullest((mark["entity_value"], mark["entity_value"], mark["entity_type"]) for mark in marks)
        found.append(GoldText(f"{name}-{number}", each["full_text"], spans, names))
    return sharing(found, 40)


def pii_anon(folder: Path) -> list[GoldText]:
    """Return the synthetic adversarial records of pii-anon: hidden, damaged and ambiguous identifiers."""
    found = []
    with gzip.open(folder / "pii_anon_eval/test_adversarial.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            each = json.loads(line)
            marks = each["annotations"]
            spans = tuple(
                GoldSpan(mark["start"], mark["end"], mark["entity_type"], _need(mark["entity_type"])) for mark in marks
            )
            known = [] if each["adversarial"]["type"] in DAMAGED else marks
            names = _fullest((mark["text"], mark["text"], mark["entity_type"]) for mark in known)
            found.append(GoldText(each["record_id"], each["text"], spans, names))
    return sharing(found, 40)


def echr(folder: Path, language: str = "ES") -> list[GoldText]:
    """Return the Spanish case report, sentence by sentence, with its words joined as they are written."""
    lines = (folder / f"echr_es_fr_manual_tsv/{language}-manual-dev.tsv").read_text("utf-8").splitlines()
    found = []
    for number, sentence in enumerate(_sentences(lines)):
        text, spans = _joined(sentence)
        names = _fullest((text[each.start : each.end], text[each.start : each.end], each.label) for each in spans)
        found.append(GoldText(f"{language}-{number}", text, tuple(spans), names, "es"))
    return sharing(found, len(found))


def _sentences(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in lines:
        word, _, label = line.strip().rpartition(" ")
        if word and label:
            sentence.append((word, label))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _joined(sentence: Sequence[tuple[str, str]]) -> tuple[str, list[GoldSpan]]:
    text = ""
    spans: list[GoldSpan] = []
    for word, label in sentence:
        glued = not text or text[-1] in "(/«“¿¡" or word[0] in ".,;:)/»”?!%"
        text += ("" if glued else " ") + word
        if label.startswith("B-"):
            spans.append(GoldSpan(len(text) - len(word), len(text), label[2:], _need(label[2:])))
        elif label.startswith("I-") and spans:
            spans[-1] = replace(spans[-1], end=len(text))
    return text, spans


SETS: dict[str, Callable[[Path], list[GoldText]]] = {
    "tab": tab,
    "presidio-large": lambda folder: presidio(folder, "large"),
    "presidio-small": lambda folder: presidio(folder, "small"),
    "pii-anon": pii_anon,
    "echr-es": echr,
}
