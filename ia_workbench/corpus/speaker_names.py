"""Telling the name of a speaker from other short words before a colon: pure judgement on single labels."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations

PARTICLES = {
    "de",
    "del",
    "la",
    "las",
    "los",
    "van",
    "von",
    "der",
    "den",
    "da",
    "di",
    "du",
    "al",
    "el",
    "bin",
    "y",
    "and",
}
ROLES = {
    "interviewer", "interviewee", "moderator", "facilitator", "researcher", "participant", "respondent", "speaker",
    "worker", "caseworker", "supervisor", "parent", "mother", "father", "mom", "dad", "youth", "judge", "court",
    "attorney", "clerk", "bailiff", "observer", "provider", "grandmother", "grandfather", "host", "guest", "all",
    "entrevistador", "entrevistadora", "entrevistado", "entrevistada", "moderador", "moderadora", "participante",
    "madre", "padre", "mamá", "papá", "abuela", "abuelo", "jueza", "juez", "trabajador", "trabajadora", "todos",
}  # fmt: skip
# Words that stand before a colon in forms, records and headings, or alone on a line, and are nobody's name.
NOBODY = {
    "date", "time", "start", "end", "duration", "location", "place", "setting", "note", "notes", "nb", "re", "subject",
    "topic", "from", "to", "cc", "bcc", "name", "names", "address", "phone", "telephone", "tel", "email", "e-mail",
    "mail", "fax", "page", "pages", "case", "number", "no", "form", "section", "part", "chapter", "appendix", "purpose",
    "summary", "type", "kind", "status", "title", "signature", "signed", "recording", "file", "source", "language",
    "present", "attendees", "participants", "speakers", "example", "examples", "warning", "important", "remember",
    "total", "step", "reason", "comment", "comments", "contact", "http", "https", "ftp", "www", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "morning", "afternoon", "evening", "yes", "yeah",
    "yep", "ok", "okay", "right", "sure", "exactly", "mm", "mhm", "mm-hm", "hmm", "uh-huh", "thanks", "inaudible",
    "unclear", "laughs", "laughter", "laughing", "crosstalk", "pause", "silence", "music", "crying", "sighs",
    "fecha", "hora", "lugar", "nota", "notas", "asunto", "tema", "duración", "sí", "gracias", "risas", "applause",
}  # fmt: skip
TITLES = {
    "ms",
    "mrs",
    "mr",
    "miss",
    "mx",
    "dr",
    "judge",
    "officer",
    "sra",
    "srta",
    "sr",
    "señora",
    "señor",
    "don",
    "doña",
}
# Labels of roles that tell nobody apart, besides those by which turns are found.
ROLES_BESIDES = {
    "caregiver", "coordinator", "director", "deputy", "leader", "lead", "scheduler", "teacher", "lawyer", "advocate",
    "foster parent", "foster mother", "foster father", "kin", "staff", "int", "mod", "fac", "unknown",
    "unknown speaker",
    "cuidador", "cuidadora", "coordinador", "coordinadora", "abogado", "abogada", "trabajadora social",
}  # fmt: skip
LONGEST_CODE = 4  # letters and digits: P, I2, FG12
LONGEST_NAME = 40  # characters
MOST_WORDS = 5
SHORTEST_ROLE = 3  # letters of a role that is written short: Int., Mod.

CODE = re.compile(r"[^\W\d_]{1,2}\d{0,3}\Z")
NUMBERED = re.compile(r"(.*?)[ .#-]*\d+\Z")


def is_plausible(name: str) -> bool:
    """Say whether a label could name a speaker: short, some letter in it, and no word of forms and headings."""
    words = name.split("(")[0].split()
    if not words or len(name) > LONGEST_NAME or len(words) > MOST_WORDS or not any(map(str.isalpha, name)):
        return False
    return _bare(words[0]) not in NOBODY and _bare(words[-1]) not in NOBODY


def is_written_like_a_name(name: str) -> bool:
    """Say whether a label has the capitals of a name, or is a role or a code; prose before a colon has not."""
    words = name.split("(")[0].split()
    return is_role_or_code(name) or all(not word[0].islower() or word in PARTICLES for word in words)


def is_role_or_code(name: str) -> bool:
    """Say whether a label is a role alone or numbered (`INTERVIEWER`, `Worker 2`) or a code (`P1`)."""
    numbered = NUMBERED.match(name)
    return _bare(numbered[1] if numbered else name) in ROLES or bool(CODE.match(name))


def is_role(name: str) -> bool:
    """Say whether a label is a role, alone or numbered (`Caregiver`, `Worker 2`), which by itself names nobody."""
    numbered = NUMBERED.match(name)
    return _bare(numbered[1] if numbered else name) in ROLES | ROLES_BESIDES


def _bare(word: str) -> str:
    return word.strip(".'’# ").lower()


def family_of(name: str) -> str:
    """Return what a label shares with others of its kind: `Participant 3` and `Participant 12` are one family.

    Names in capitals are one family too; any other name is a family of its own.
    """
    numbered = NUMBERED.match(name)
    if numbered:
        return f"{numbered[1].lower()} 0"
    return "CAPITALS" if name.isupper() and len(name) > LONGEST_CODE else name.lower()


def alike_labels(labels: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of labels that may be one speaker, in the order in which the labels come.

    Alike are labels that differ by capitals, accents, blank space, signs or a description in brackets (`P 3` and
    `P3`), a shortened role and the role (`Int.` and `Interviewer`), and a name with a title and without (`Ms. Ortiz`,
    `Ortiz`). Numbers are never alike unless they are equal.
    """
    known = [(label, _plain(label), _untitled(label)) for label in dict.fromkeys(labels)]
    return tuple(
        (one, other)
        for (one, a, bare_a), (other, b, bare_b) in combinations(known, 2)
        if a == b or _is_short_for(a, b) or bare_a == b or bare_b == a
    )


def _untitled(label: str) -> str | None:
    """Return a name without the title before it, plain; None where there is no title."""
    title, _blank, name = label.strip().partition(" ")
    return _plain(name) or None if _bare(title) in TITLES else None


def _plain(label: str) -> str:
    letters = unicodedata.normalize("NFKD", label.split("(")[0].casefold())
    return "".join(each for each in letters if each.isalnum())


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_ROLE and long in ROLES and long.startswith(short)
