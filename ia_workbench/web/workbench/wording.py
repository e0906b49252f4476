"""The method's fixed words, days and shares as they are said in the reader's language."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup, escape

from ia_workbench import findings
from ia_workbench.findings import Advice
from ia_workbench.web.marking import marked as _
from ia_workbench.web.translating import gettext, in_a_row, language, ngettext, sentence_words
from ia_workbench.web.workbench.reading_notes import note_words

DAY = {"en": "d MMM y", "es": "d MMM y"}
KEY = re.compile(r"\b[A-Z]{1,10}-\d{1,6}(?:\.\.[A-Z]{1,10}-\d{1,6})?")
MOMENT = {"en": "d MMM y, HH:mm", "es": "d MMM y, HH:mm"}


KINDS = {
    "interview": _("interview"),
    "focus-group": _("focus group"),
    "observation": _("observation"),
    "case-record": _("case record"),
    "institutional-text": _("institutional text"),
    "survey": _("survey"),
    "quantitative": _("numbers"),
    "debrief": _("debrief"),
}
STANDPOINTS = {
    "parent": _("parent"),
    "youth": _("youth"),
    "caregiver": _("caregiver"),
    "kin": _("kin"),
    "frontline": _("frontline"),
    "supervisor": _("supervisor"),
    "leadership": _("leadership"),
    "court": _("court"),
    "legal": _("legal"),
    "provider": _("provider"),
    "advocate": _("advocate"),
    "tribal": _("tribal"),
    "text": _("text"),
}
CONSENTS = {
    "analysis-only": _("analysis only"),
    "paraphrase": _("paraphrase"),
    "quote-in-report": _("quote in report"),
    "quote-to-body": _("quote to body"),
}
PRIVACY_CLASSES = {
    "public": _("public"),
    "internal": _("internal"),
    "confidential": _("confidential"),
    "restricted": _("restricted"),
}
IDENTIFIER_CLASSES = {
    "reporter": _("reporter"),
    "person": _("person"),
    "contact": _("contact"),
    "address": _("address"),
    "number": _("number"),
    "place": _("place"),
    "organisation": _("employer or agency"),
    "date": _("date"),
    "age": _("age"),
    "rare-fact": _("rare fact"),
}
FOUND_BY = {
    "name-list": _("name list"),
    "pattern": _("pattern"),
    "model": _("language model"),
    "person": _("a reader"),
}
MARK_STATES = {
    "proposed": _("to decide"),
    "asked": _("for the second reader"),
    "accepted": _("masked"),
    "rejected": _("not an identifier"),
}
TEXT_STATES = {
    "none": _("not begun"),
    "deciding": _("marks to decide"),
    "decided": _("all decided"),
    "made": _("to be signed"),
    "sent-back": _("sent back"),
    "signed": _("masked and signed"),
    "outdated": _("to be made again"),
}
RULE_KINDS = {
    "phrase": _("words side by side"),
    "forms": _("words in all their forms"),
    "pattern": _("a regular expression"),
    "speaker": _("what a speaker says"),
    "question": _("answers to a question"),
}
CODED_UNITS = {
    "found": _("the words found"),
    "sentence": _("their sentences"),
    "turn": _("their turns"),
}
STANCES = {"supports": _("supports"), "contradicts": _("contradicts"), "complicates": _("complicates")}
ROLES = {
    "happens": _("what happens"),
    "produced-by": _("what produces it"),
    "impact": _("impact on families"),
    "counter": _("what does not fit"),
}
STAGES = {
    "theme": _("Theme"),
    "draft": _("Draft"),
    "challenge": _("Challenge"),
    "agency-check": _("Agency check"),
    "body-review": _("Body review"),
    "team-decision": _("Team decision"),
    "released": _("Released"),
    "withdrawn": _("Withdrawn"),
}
STRENGTHS = {"established": _("Established"), "emerging": _("Emerging"), "thin": _("Thin")}
RELEASE_LEVELS = {"public": _("For the public"), "private": _("Private to the team"), "blended": _("Part public")}
SHOWN = {"quote": _("masked quote"), "paraphrase": _("paraphrase"), "count": _("counted only")}
FAMILIES = {
    "family-voice": _("Family voice"),
    "worker-voice": _("Worker voice"),
    "leadership": _("Leadership"),
    "partner-voice": _("Partner voice"),
    "tribal-voice": _("Tribal voice"),
    "observation": _("Observation"),
    "case-record": _("Case record"),
    "institutional-text": _("Institutional text"),
    "numbers": _("Numbers"),
}
FAMILIES_SHORT = {
    "family-voice": _("Family"),
    "worker-voice": _("Workers"),
    "leadership": _("Leadership"),
    "partner-voice": _("Partners"),
    "observation": _("Observed"),
    "case-record": _("Case record"),
    "institutional-text": _("Text"),
    "numbers": _("Numbers"),
}
CONFIDENCES = {"high": _("High"), "moderate": _("Moderate"), "low": _("Low"), "very-low": _("Very low")}
LINES = {
    "independent-sources": _("Independent sources, {required} or more"),
    "kinds": _("Kinds of source, {required} or more"),
    "family-standpoint": _("Family standpoint, {required} or more"),
    "lever-anchored": _("Lever anchored in text or observation"),
    "investigators": _("Investigators, {required} or more"),
    "not-one-case": _("Not all from one case"),
    "not-one-office": _("Not all from one office"),
    "negative-case-search": _("Search for negative cases recorded"),
    "contrary-resolved": _("Every contrary link answered"),
}
NODE_TYPES = {
    "decision": _("decision"),
    "action": _("action"),
    "meeting": _("meeting"),
    "hearing": _("hearing"),
    "hand-off": _("hand-off"),
    "wait": _("wait"),
}
PASSINGS = {"text": _("text"), "information": _("information"), "child": _("child"), "money": _("money")}
BLIND_SPOTS = {
    "no-family-standpoint": _("no family source"),
    "no-institutional-text": _("no institutional text"),
}
CONVENTIONS = {
    "name-colon": _("Ana: Yes."),
    "time-name": _("[00:01:02] Ana: Yes."),
    "name-time": _("Ana (00:01:02) Yes."),
    "bold-name": _("**Ana:** Yes."),
    "name-line": _("Ana, on a line above her words"),
    "name-dash": _("Ana — Yes."),
    "marked-name": _(">> Ana: Yes."),
    "numbered-name": _("12 Ana: Yes."),
    "table": _("a table: Ana | Yes."),
    "bracket-name": _("[id1] Yes."),
    "initials": _("AB Yes."),
    "question-answer": _("Q. and A."),
    "italic-questions": _("questions in italics"),
    "json-lines": _('JSON: "speaker": "Ana"'),
    "paragraphs": _("paragraphs, nobody speaks"),
}
LOOK_AT = {
    "changed": _("reading left something out or changed it"),
    "labels": _("two labels may be one speaker"),
    "no-speaker": _("no speaker was found"),
    "standpoint": _("people speak in it, from the standpoint of nobody"),
    "collector": _("nobody is said to have collected it"),
    "same-words": _("the same words as in another file"),
}
FITS = {
    "fits": _("Fits what they know"),
    "partly": _("Fits partly"),
    "does-not-fit": _("Does not fit"),
    "cannot-say": _("Cannot say"),
}
WITHDRAWALS = {
    "stop": _("Stop its use"),
    "exclude": _("Stop and exclude"),
    "destroy": _("Destroy"),
}
WITHDRAWN_AS = {"stop": _("Stopped"), "exclude": _("Excluded"), "destroy": _("Destroyed")}
TAKEN_OUT = {
    "attribute-values": _("values of attributes"),
    "cases": _("case clusters with nothing else in them"),
    "codings": _("codings"),
    "evidence-links": _("evidence links"),
    "excerpts": _("excerpts"),
    "files": _("files as they came"),
    "findings-with-readers": _("findings taken from readers"),
    "imported-files": _("names of files in imports"),
    "listed-words": _("words that corrections had listed"),
    "marks": _("marks of identifiers"),
    "masked-texts": _("masked texts"),
    "masks": _("masks of quotes"),
    "memos": _("memos"),
    "packages": _("packages emptied of their words"),
    "participants": _("participants who speak nowhere else"),
    "pending-imports": _("waiting files with the same bytes"),
    "pseudonyms": _("invented names that stood for nobody else"),
    "reanchorings": _("re-anchorings"),
    "snapshots": _("snapshots of findings"),
    "texts": _("texts"),
    "texts-overwritten": _("texts in which their turns were overwritten"),
    "turns": _("turns"),
}
OUTCOMES = {"changed": _("Changed"), "not-changed": _("Not changed")}
ACCESS_ROLES = {
    "administrator": _("administrator"),
    "lead": _("lead"),
    "analyst": _("analyst"),
    "reviewer": _("reviewer"),
    "site-lead": _("site lead"),
}
MEMO_ABOUT = {
    "source": _("source"),
    "turn": _("turn"),
    "excerpt": _("words"),
    "code": _("code"),
    "step": _("step"),
    "finding": _("finding"),
}
TREATMENTS = {"left-out": _("left out"), "kept": _("kept"), "changed": _("changed")}
VOCABULARIES: dict[str, Mapping[str, str]] = {
    "kind": KINDS,
    "standpoint": STANDPOINTS,
    "consent": CONSENTS,
    "privacy-class": PRIVACY_CLASSES,
    "identifier-class": IDENTIFIER_CLASSES,
    "found-by": FOUND_BY,
    "mark-state": MARK_STATES,
    "text-state": TEXT_STATES,
    "rule-kind": RULE_KINDS,
    "coded-unit": CODED_UNITS,
    "stance": STANCES,
    "role": ROLES,
    "stage": STAGES,
    "strength": STRENGTHS,
    "release-level": RELEASE_LEVELS,
    "shown": SHOWN,
    "family": FAMILIES,
    "family-short": FAMILIES_SHORT,
    "confidence": CONFIDENCES,
    "line": LINES,
    "node-type": NODE_TYPES,
    "passing": PASSINGS,
    "blind-spot": BLIND_SPOTS,
    "convention": CONVENTIONS,
    "look-at": LOOK_AT,
    "treatment": TREATMENTS,
    "fit": FITS,
    "outcome": OUTCOMES,
    "withdrawal": WITHDRAWALS,
    "withdrawn-as": WITHDRAWN_AS,
    "taken-out": TAKEN_OUT,
    "access-role": ACCESS_ROLES,
    "memo-about": MEMO_ABOUT,
}


MOST_NAMED = 3  # keys in a row


def word(vocabulary: str, value: str | Enum) -> str:
    """Return the word for a value of a vocabulary in the reader's language; a study's own value stands for itself."""
    stored = str(value.value if isinstance(value, Enum) else value)
    written = VOCABULARIES[vocabulary].get(stored)
    return gettext(written) if written is not None else stored


def named_sources(keys: Sequence[str]) -> list[str]:
    """Return the first keys of sources as a page names them, and how many there are that the reader may not read."""
    theirs = [key for key in keys if not findings.is_stand_in(key)]
    named, foreign = theirs[:MOST_NAMED], len(keys) - len(theirs)
    more = ["…"] if len(theirs) > MOST_NAMED else []
    others = [ngettext("%(num)s source not yours", "%(num)s sources not yours", foreign)] if foreign else []
    return named + more + others


def day(moment: date | datetime) -> str:
    """Return a day as `2 Mar 2026`."""
    return _day(moment.date() if isinstance(moment, datetime) else moment, language())


@lru_cache(maxsize=1000)  # a page may say the same day hundreds of times
def _day(on: date, of: str) -> str:
    return format_date(on, format=DAY[of], locale=of)


def moment(at: datetime) -> str:
    """Return a moment in UTC as `2 Mar 2026, 14:28`."""
    return format_datetime(at, format=MOMENT[language()], locale=language())


def advice_words(advice: Advice) -> str:
    """Return an advice of the evidence rule in the reader's language."""
    return sentence_words(advice.sentence, dict(advice.facts))


def line_words(key: str | Enum, required: int | bool) -> str:
    """Return the name of a line of the evidence rule with what it asks for."""
    return word("line", key).format(required=required)


def keyed(words: str) -> Markup:
    """Return words as HTML with every key (`INT-014`, `N-13..N-14`) kept on one line."""
    return Markup(KEY.sub(r'<span class="nowrap">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped just here


def plain_number(value: float) -> str:
    """Return a number without a needless decimal: `5`, `2.5`."""
    return f"{value:g}"


def figure_words(number: int) -> str:
    """Return a number as the reader's language groups its digits."""
    return format_decimal(number, locale=language())


def install_wording(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        word=word,
        day=day,
        moment=moment,
        in_a_row=in_a_row,
        named_sources=named_sources,
        is_stand_in=findings.is_stand_in,
        advice_words=advice_words,
        line_words=line_words,
        note_words=note_words,
        plain_number=plain_number,
        figure_words=figure_words,
    )
    app.jinja_env.filters["keyed"] = keyed
