"""Words that reach a page ready-made in English: facts inside a refusal or an advice, and what reading a file noted.

The rooms below know one language. What varies in a sentence is mostly keys, names and numbers, which stay; but some
facts are words of ours. They are listed here by the name of the fact, so that a person's own words are never taken for
ours, and are said in the reader's language when the sentence is filled.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

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
    _("a text file"),
    _("a Markdown file"),
    _("a PDF"),
    _("in the RTF format"),
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
    "count": (_("one concern"), _("{number} concerns")),
    "others": (_("{one} or {other}"),),
    "one": ("{one} or {other}",),  # three offices and more
}
NOTES = (
    _("The file is not in UTF-8; it was read as {encoding}. Check its accented letters."),
    _("The file is named {ending} but is {what}, and was read as one."),
    _("Line ends stand in place of 1 page break."),
    _("Line ends stand in place of {number} page breaks."),
    _("Reading left out 1 control character that no text needs."),
    _("Reading left out {number} control characters that no text needs."),
    _("Reading kept 1 tracked insertion as if accepted."),
    _("Reading kept {number} tracked insertions as if accepted."),
    _("Reading left out 1 tracked deletion as if accepted."),
    _("Reading left out {number} tracked deletions as if accepted."),
    _("Reading left out 1 comment."),
    _("Reading left out {number} comments."),
    _("Reading left out 1 footnote."),
    _("Reading left out {number} footnotes."),
    _("Reading left out 1 endnote."),
    _("Reading left out {number} endnotes."),
    _("Reading left out 1 picture."),
    _("Reading left out {number} pictures."),
    _("Reading left out 1 chart."),
    _("Reading left out {number} charts."),
    _("Reading left out 1 diagram."),
    _("Reading left out {number} diagrams."),
    _("Reading left out 1 symbol of a picture font."),
    _("Reading left out {number} symbols of picture fonts."),
    _("Reading left out 1 embedded object."),
    _("Reading left out {number} embedded objects."),
    _("Reading left out 1 embedded document."),
    _("Reading left out {number} embedded documents."),
    _("Reading set the words of 1 text box below the paragraph beside."),
    _("Reading set the words of {number} text boxes below the paragraph beside."),
    _("Reading kept 1 piece of formulas as plain characters."),
    _("Reading kept {number} pieces of formulas as plain characters."),
    _("Reading kept 1 passage that Word hides."),
    _("Reading kept {number} passages that Word hides."),
    _("Reading left out the numbers or marks that Word sets before 1 list paragraph."),
    _("Reading left out the numbers or marks that Word sets before {number} list paragraphs."),
    _("Reading left out the headers and footers of the pages."),
    _("Reading left out the macros."),
)


def said_again(words: str, templates: Iterable[str], translate: Callable[[str], str]) -> str:
    """Return ready-made words in another language when they are one of ours, else as they are.

    What stands in a template's `{named}` places is kept, or said again in turn when it is one of ours too.
    """
    for template in templates:
        if found := _pattern(template).fullmatch(words):
            inner = {name: said_again(part, FACTS.get(name, ()), translate) for name, part in found.groupdict().items()}
            return translate(template).format(**inner) if inner else translate(template)
    return words


def fact_again(name: str, value: object, translate: Callable[[str], str]) -> object:
    """Return a fact of a sentence in another language when it is a word of ours, or a row of them, by its name."""
    templates = FACTS.get(name)
    if templates is None or not isinstance(value, str):
        return value
    return ", ".join(said_again(each, templates, translate) for each in value.split(", "))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)))
