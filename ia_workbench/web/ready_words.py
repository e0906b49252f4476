"""Words that reach a page ready-made in English: facts inside a refusal or an advice, and what reading a file noted.

The rooms below know one language. What varies in a sentence is mostly keys, names and numbers, which stay; but some
facts are words of ours. They are listed here by the name of the fact, so that a person's own words are never taken for
ours, and are said in the reader's language when the sentence is filled.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from ia_workbench.web.marking import marked as _

FIELDS = (
    _("kind"),
    _("standpoint"),
    _("consent"),
    _("office"),
    _("collector"),
    _("date"),
    _("language"),
    _("title"),
    _("participant"),
    _("case"),
    _("nodes"),
    _("key"),
    _("subkind"),
    _("worker_role"),
    _("agency"),
    _("text_id"),
    _("event_id"),
    _("convention"),
    _("consent_on"),
    _("consent_until"),
    _("privacy_class"),
    _("debriefed_on"),
    _("stewardship"),
)
WHAT_A_FILE_IS = (
    _("a Word document"),
    _("an OpenDocument text"),
    _("an RTF document"),
    _("an HTML page"),
    _("a text file"),
    _("a Markdown file"),
    _("a PDF"),
    _("an Excel workbook"),
    _("a table as text"),
    _("a transcript in JSON"),
    _("a WebVTT file"),
    _("a SubRip file"),
    _("a SubViewer file"),
    _("a picture"),
    _("a sound recording"),
    _("a recording"),
    _("a program"),
    _("a compressed file"),
    _("a database"),
)
WHAT_A_NAME_IS = (
    _("a key of a participant"),
    _("a key of a case"),
    _("a key of a source"),
    _("a name on the study's list"),
    _("the name of a file"),
    _("masked in {key}"),
)
WHAT_A_FIELD_TAKES = (
    _("a key such as INT-001"),
    _("one word such as CCFS-6.3"),
    _("one of ours, or small letters, digits and hyphens as in chat-app"),
    _("a username"),
    _("one of the study's standpoints"),
    _("a language tag such as en or es"),
    _("a key such as N-07"),
    _("a key and the label they speak under, such as P-01=Parent"),
)
WHAT_AN_ATTRIBUTE_TAKES = (
    _("one line of words"),
    _("a number such as 12 or 3.5"),
    _("a date such as 2026-03-02"),
    _("yes or no"),
    _("one of {choices}"),
)
SCOPES = (
    _("analysis-only"),
    _("paraphrase"),
    _("quote-in-report"),
    _("quote-to-body"),
    _("source"),
    _("participant"),
    _("case"),
)
SHOWN = (_("a quote"), _("a paraphrase"), _("quote"), _("paraphrase"), _("count"))
STAGES = (
    _("theme"),
    _("draft"),
    _("challenge"),
    _("agency-check"),
    _("body-review"),
    _("team-decision"),
    _("released"),
    _("withdrawn"),
)
ROLES = (
    _("happens"),
    _("produced-by"),
    _("impact"),
    _("counter"),
    _("administrator"),
    _("lead"),
    _("analyst"),
    _("reviewer"),
    _("site-lead"),
)
PARTS = (
    _("title"),
    _("statement"),
    _("plain"),
    _("matters"),
    _("content note"),
    _("step note"),
    _("strip"),
    _("levers"),
    _("strengths"),
    _("recommendations"),
    _("confidence"),
    _("study"),
    _("speaker"),
    _("words"),
    _("translation"),
    _("paraphrase"),
    _("resolution"),
)
ANSWERS = (_("the answer"), _("the answer in Spanish"))
PLACES = (
    _("plain words"),
    _("steps"),
    _("release level"),
    _("concerns"),
    _("body review"),
    _("{part} of {key}"),
    *PARTS,
    *ANSWERS,
)
KINDS = (
    _("interview"),
    _("focus-group"),
    _("observation"),
    _("case-record"),
    _("institutional-text"),
    _("survey"),
    _("quantitative"),
)
PASSED_OVER = (
    _("Passed over {path}: hidden files and files of the system are not read."),
    _("Passed over {path}: the folder is empty."),
)
FACTS: dict[str, tuple[str, ...]] = {
    "field": FIELDS,
    "what": WHAT_A_FILE_IS + WHAT_A_NAME_IS,
    "wanted": WHAT_A_FIELD_TAKES + STAGES,
    "takes": WHAT_AN_ATTRIBUTE_TAKES,
    "now": STAGES,
    "ways": STAGES,
    "scope": SCOPES,
    "shown": SHOWN,
    "role": ROLES,
    "place": PLACES,
    "part": PARTS,
    "kinds": KINDS,
    "remark": PASSED_OVER,
    "count": (_("one concern"), _("{number} concerns")),
    "others": (_("{one} or {other}"),),
    "one": ("{one} or {other}",),  # three offices and more
}
NOTES = (
    _("The file is not in UTF-8; it was read as {encoding}. Check its accented letters."),
    _("The file is named {ending} but is {what}, and was read as one."),
    *PASSED_OVER,
    _("The file does not begin with WEBVTT, as such files should; its captions were read all the same."),
    _("The words were recognised in pictures of the pages by a machine. Check them against the pages."),
    _("It was read as a survey with 1 respondent."),
    _("It was read as a survey with {number} respondents, a row each."),
    _("Open answers, in the text: {columns}."),
    _("Closed answers, kept as values of the respondents and not in the text: {columns}."),
    _("Respondents are labelled by the column {column}."),
)


def said_again(
    words: str,
    templates: Iterable[str],
    translate: Callable[[str], str],
    only: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> str:
    """Return ready-made words in another language when they are one of ours, else as they are.

    What stands in a template's `{named}` places is kept, or said again in turn when it is one of ours too. In places
    named in `only` nothing but those words can stand, so that two places in a row are told apart.
    """
    for template in templates:
        if found := _pattern(template, tuple(only.items())).fullmatch(words):
            known = FACTS | dict(only)
            inner = {name: said_again(part, known.get(name, ()), translate) for name, part in found.groupdict().items()}
            return translate(template).format(**inner) if inner else translate(template)
    return words


def fact_again(name: str, value: object, translate: Callable[[str], str]) -> object:
    """Return a fact of a sentence in another language when it is a word of ours, or a row of them, by its name."""
    templates = FACTS.get(name)
    if templates is None or not isinstance(value, str):
        return value
    return ", ".join(said_again(each, templates, translate) for each in value.split(", "))


@cache
def _pattern(template: str, only: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    may_be = {name: "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True)) for name, words in only}
    return re.compile(
        re.sub(r"\\\{(\w+)\\\}", lambda found: f"(?P<{found[1]}>{may_be.get(found[1], '.+')})", re.escape(template))
    )
