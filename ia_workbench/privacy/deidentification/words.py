"""The words of a text one by one, and runs of words with capitals: what cue rules look along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from ia_workbench.privacy.deidentification.everyday import NEVER_ALONE, WITH_A_CAPITAL
from ia_workbench.privacy.deidentification.readable import ReadableText
from ia_workbench.privacy.deidentification.spelling import FoldedText

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?|\d+(?:st|nd|rd|th)?|[^\w\s]")
_PARTICLES = "de del la las los da di van von der den bin al el y ten le du"
PARTICLES = frozenset(_PARTICLES.split())
JOINING = frozenset(
    ("of", "the", "and", "for", "&", "in", "at", "de", "del", "la", "las", "los", "y", "para", "e", "von", "on")
)
ENDS = frozenset('.!?:;\n“”"—()[]•|…»«')
LONGEST_LABEL = 32
_NO_FULL_STOP = """
mr mrs ms mx dr sr sra srta lic ing prof st jr hon rev det sgt lt capt ave no nos inc ltd co vs u.s
"""
NO_FULL_STOP = frozenset(_NO_FULL_STOP.split())


@dataclass(frozen=True)
class Word:
    """A word with its place in the readable text; `begins` a sentence or a line, so that a capital says little."""

    start: int
    end: int
    text: str
    folded: str
    begins: bool

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper() or self.text[0].istitle()

    @property
    def is_ordinary(self) -> bool:
        """Whether it is a word of every day."""
        return is_ordinary(self.folded)

    @property
    def may_be_word(self) -> bool:
        """Whether it is a word of every day, or one that is a name only where it has a capital."""
        return self.is_ordinary or self.folded in WITH_A_CAPITAL

    @property
    def is_initial(self) -> bool:
        """Whether it is one capital letter, with or without a full stop."""
        return len(self.text.rstrip(".")) == 1 and self.has_capital and self.text not in {"I", "A", "Y", "O"}


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """Return a word in small letters without accents, possessive and full stop."""
    small = FoldedText(word).folded.rstrip(".")
    return small.removesuffix("'s").rstrip("'")


@lru_cache(maxsize=65536)
def is_ordinary(folded: str) -> bool:
    """Say whether a folded word is one of every day, in the singular or plural, or with `'ll` and the like after it."""
    first = folded.partition("'")[0]
    return not {folded, folded.removesuffix("s"), first}.isdisjoint(NEVER_ALONE | MORE_WORDS)


# Words that carry a capital in reports and court papers, or begin sentences, and name nobody.
_MORE_WORDS = """
i i'm i'd i've ok okay um uh yeah yep nope mhm hmm oh ah hi hey god lord internet english spanish american americans
article articles section sections act acts convention convention's government applicant applicants appellant
respondent petitioner plaintiff defendant party parties minister ministry protocol rules chamber registrar president
grand procedure facts circumstances merits costs damage expenses reasons background relevant domestic proceedings
admissibility alleged violation complaints however moreover furthermore therefore accordingly subsequently although
having according pursuant regarding concerning following since while upon moreover finally consequently nevertheless
interviewer interviewee moderator facilitator participant respondent question transcript recording tape speaker
inaudible crosstalk laughter unintelligible redacted page line note notes date time location subject re cc dear mom's
dad's grandma's everyone's mine ma'am sir ph bs ba ma jr sr esq pm am cps dhs dcf dcfs dss cfs dfps acs cyf hhs tanf
snap wic casa gal icwa icpc ssi ssa fbi dna hiv adhd ptsd iep iud tv id pto hr ceo usa us u.s uk eu er icu nicu ged
covid medicaid medicare mapp afcars sacwis cacs mdt tdm fgdm fgc cfsr sdm asfa capta cba snf aa na phd msw lcsw csw
bsw state's county's federal legislature congress senate parliament constitution code statute regulation directive
christmas easter thanksgiving halloween bible facebook google zoom whatsapp instagram youtube tiktok uber venmo ssn
email e-mail phone fax asap agent law previous fundamental freedoms agency european union nations human customer
patient employee contact scanned document partially record user billing shipping estado tribunal gobierno artículo
articulo convenio ley señoría demandante demandado ministerio fiscal sala sentencia procedimiento hechos además sin
embargo sobre europeo europea europeos europeas proteccion libertades fundamentales agente asuntos exteriores
interior ordenanza comision protocolo seccion secretario secretaria presidente presidenta empleo supremo suprema
embargo sobre entrevistador entrevistadora participante reino derechos humanos
united unidos
"""
MORE_WORDS = frozenset(_MORE_WORDS.split())


def words_of(plain: str) -> list[Word]:
    """Return the words and marks of a readable text, in order."""
    found: list[Word] = []
    begins, before, line = True, 0, 0
    for match in WORD.finditer(plain):
        text, start, end = match.group(), match.start(), match.end()
        if "\n" in plain[before:start]:
            begins, line = True, start
        folded = folded_word(text) if text[0].isalnum() else text
        stops = text.endswith(".") and len(text) > 1
        keeps_stop = stops and (len(text) == 2 or folded in NO_FULL_STOP)
        if stops and not keeps_stop:
            end -= 1
            text = text[:-1]
        found.append(Word(start, end, text, folded, begins))
        if text[0].isalnum() or text in "-'":
            begins = stops and not keeps_stop
        elif text in ENDS:
            begins = text != ":" or start - line < LONGEST_LABEL  # after a speaker's label, not before a list
        before = match.end()
    return found


def runs_of(words: Sequence[Word], plain: str) -> list[list[Word]]:
    """Return stretches of words with capitals, with what joins them (`of`, `de la`, initials), in order."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    for before, word in pairwise([Word(0, 0, ".", ".", True), *words]):
        gap = plain[before.end : word.start]
        near = gap in {" ", "", "  "} and not (run and word.begins)
        if run and not near:
            _close(runs, run)
            run = []
        if (
            word.text[0].isalpha()
            and word.has_capital
            or run
            and (word.folded in JOINING or word.folded in PARTICLES)
            and near
            or run
            and (word.text == "-" or word.text[0].isdigit())
            and gap in {" ", ""}
        ):
            run.append(word)
        elif run:
            _close(runs, run)
            run = []
    _close(runs, run)
    return runs


def _close(runs: list[list[Word]], run: list[Word]) -> None:
    while run and not run[-1].has_capital:
        run = run[:-1]
    if run:
        runs.append(run)


class WordedText:
    """A text with all that rules ask of it, worked out once: its words, runs of capitals, folded letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.readable = ReadableText(text)
        self.plain = self.readable.plain

    @cached_property
    def words(self) -> list[Word]:
        """Its words and marks in order."""
        return words_of(self.plain)

    @cached_property
    def runs(self) -> list[list[Word]]:
        """Its stretches of words with capitals."""
        return runs_of(self.words, self.plain)

    @cached_property
    def folded(self) -> FoldedText:
        """It as names are looked for."""
        return FoldedText(self.plain)

    @cached_property
    def is_latin(self) -> bool:
        """Whether most of its letters are Latin, judged by its beginning."""
        letters = [each for each in self.plain[:4000] if each.isalpha()]
        return sum(each < "\u0250" for each in letters) > len(letters) / 2

    @cached_property
    def small(self) -> frozenset[str]:
        """Its words that stand in small letters somewhere."""
        return frozenset(word.folded for word in self.words if word.text[0].isalpha() and not word.has_capital)

    @cached_property
    def capital(self) -> frozenset[str]:
        """Its words that have a capital within a sentence."""
        return frozenset(word.folded for word in self.words if word.has_capital and not word.begins)
