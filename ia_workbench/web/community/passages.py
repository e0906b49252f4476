"""A finding's evidence as one reader sees it: in their language, with the language of every passage."""

from dataclasses import dataclass

from ia_workbench.publication import Evidence, Family, PackageContent, Said, ShownAs, StripStep

VOICES = (Family.FAMILY_VOICE, Family.WORKER_VOICE, Family.LEADERSHIP, Family.PARTNER_VOICE, Family.TRIBAL_VOICE)


@dataclass(frozen=True)
class Passage:
    """One piece of evidence on a page.

    `said` is what is shown (None: it only counts), `original` the words as they were said, where `said` is a
    translation of them; `is_person` sets what someone said apart from a form, a record or numbers.
    """

    key: str
    cited: str
    speaker: Said
    said: Said | None
    original: Said | None
    is_quote: bool
    is_person: bool


def passage_of(evidence: Evidence, language: str) -> Passage:
    """Return a piece of evidence as a reader of this language sees it."""
    said, original = _words_of(evidence, language)
    speaker = evidence.speaker.said_in(language)
    is_person = evidence.family in VOICES
    return Passage(evidence.key, evidence.cited, speaker, said, original, evidence.shown is ShownAs.QUOTE, is_person)


def _words_of(evidence: Evidence, language: str) -> tuple[Said | None, Said | None]:
    if evidence.shown is ShownAs.COUNT:
        return None, None
    if evidence.shown is ShownAs.PARAPHRASE:
        return evidence.paraphrase.said_in(language), None
    spoken = Said(evidence.words, evidence.language)
    if language != evidence.language and evidence.translation.has(language):
        return evidence.translation.said_in(language), spoken
    return spoken, None


def quotes_of(content: PackageContent, language: str) -> list[Passage]:
    """Return the quotes of a finding that support it, the family's words first."""
    first = content.family_quote
    others = [each for each in content.quotes if each in content.supporting and each is not first]
    return [passage_of(each, language) for each in (first, *others) if each is not None]


def speakers_of(content: PackageContent, language: str) -> list[Said]:
    """Return who the finding comes from, each label once, in the order of the evidence."""
    return list(dict.fromkeys(each.speaker.said_in(language) for each in content.supporting))


def title_of(step: StripStep, language: str, content: PackageContent) -> Said:
    """Return a step's title in plain words, else as the map has it."""
    return step.plain.said_in(language) if step.plain else Said(step.title, content.language)
