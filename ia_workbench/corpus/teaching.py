"""Making a rule of one example: the frame around the speaker's name, literal but for digits, times and blank space.

What a person writes never becomes a regular expression: every character of it is escaped, and every repetition is
bounded, so that a taught rule takes time in proportion to the text.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ia_workbench.corpus.patterns import CLOCK
from ia_workbench.kernel import Refused

PLACEHOLDER = "NAME"  # stands for the speaker in what is kept of an example
ELLIPSIS = "…"  # stands for the speech
LONGEST_EXAMPLE = 500  # characters
LONGEST_FRAME = 40  # characters on either side of the speaker
LONGEST_NAME = 40  # characters
MOST_WORDS = 5  # of a speaker's name
MOST_WORDS_BEFORE = 2  # more are speech, and speech is not kept
BLANK, WIDE, NUMBER, TIME = " ", "  ", "0", "0:00"  # what stands for its kind in a frame
PARTS = re.compile(rf"(?P<time>{CLOCK})|(?P<number>\d+)|(?P<wide>[^\S\t]{{2,}})|(?P<blank>[^\S\t])|(?P<one>.)", re.S)
OPENING = "\"'“‘«¿¡([{…"  # with these speech begins
TAUGHT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
MEANING = {
    "time": rf"(?P<mark>{CLOCK})",
    "again": CLOCK,  # a second time in one frame
    "number": r"\d{1,9}",
    "wide": r"[^\S\t]{2,40}",
    "blank": r"[^\S\t]{1,40}",
}


@dataclass(frozen=True)
class TaughtRule:
    """A convention that someone taught: its name, and the frame before and after a speaker's name.

    `words` is how many words the speaker may have: 1 where only blank space follows the name, since nothing else then
    tells where the name ends. Frames hold no digits of the example (`0`, `0:00`) and no words of speech.
    """

    name: str
    before: str
    after: str
    words: int

    @property
    def value(self) -> str:
        """The name, as a convention of ours has it."""
        return self.name

    @property
    def example(self) -> str:
        """The example without its speaker and its words."""
        return f"{self.before}{PLACEHOLDER}{self.after}{ELLIPSIS}"

    @property
    def pattern(self) -> str:
        """The rule as text, as `rule_from` reads it."""
        return json.dumps([self.before, self.after, self.words], ensure_ascii=False)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """What reads a label of this rule at the beginning of a line without blank space around it."""
        word = r"[^\s]{1,40}?"
        name = rf"(?P<name>{word}(?:[ \xa0]{word}){{0,{self.words - 1}}}?)"
        return re.compile("".join(_meanings(f"{self.before}\0{self.after}")).replace(re.escape("\0"), name))


def rule_of(name: str, example: str, speaker: str) -> TaughtRule:
    """Make a rule of one line and the speaker as it stands in it.

    The rule reads its own example. Raises Refused where the speaker does not stand in the line, or nothing but words
    surrounds it.
    """
    line = unicodedata.normalize("NFC", example).strip()
    who = " ".join(unicodedata.normalize("NFC", speaker).split())
    _check_example(line, who)
    before, _, rest = line.partition(who)
    after = _frame_after(rest)
    _check_frame(before, after, who)
    words = len(who.split()) if after in {BLANK, ""} else MOST_WORDS
    rule = TaughtRule(_checked_name(name), _general(before), _general(after), words)
    read = rule.compiled.match(line)
    if read is None or read["name"].split() != who.split():
        raise Refused("The speaker does not stand apart from the words beside it. Give a line with a sign between.")
    return rule


def rule_from(name: str, pattern: str) -> TaughtRule:
    """Read a rule from its stored pattern; raises Refused for one that no rule wrote."""
    try:
        before, after, words = json.loads(pattern)
        is_whole = isinstance(before, str) and isinstance(after, str) and isinstance(words, int)
    except (ValueError, TypeError):
        is_whole = False
    if not is_whole:
        raise Refused("The pattern of the convention {name} is damaged. Teach it again.", name=name)
    return checked_rule(name, before, after, words)


def checked_rule(name: str, before: str, after: str, words: int) -> TaughtRule:
    """Make a rule of its parts, as a study's folder has them; raises Refused where no example gives such a rule."""
    _check_frame(before, after, PLACEHOLDER)
    if not 1 <= words <= MOST_WORDS:
        raise Refused("A speaker is named in at most {words} words.", words=MOST_WORDS)
    return TaughtRule(_checked_name(name), _general(before), _general(after), words)


def is_taught_name(name: str) -> bool:
    """Say whether a convention that someone teaches may be called so."""
    return TAUGHT_NAME.match(name) is not None


def _checked_name(name: str) -> str:
    if not is_taught_name(name):
        raise Refused("Name the convention with small letters, digits and hyphens, such as chat-app.")
    return name


def _check_example(line: str, who: str) -> None:
    if "\n" in line or len(line) > LONGEST_EXAMPLE:
        raise Refused("Give one line of at most {length} characters as the example.", length=LONGEST_EXAMPLE)
    if not who or who not in line:
        raise Refused("The speaker does not stand in the example. Type the name exactly as it stands in the line.")
    if len(who) > LONGEST_NAME or len(who.split()) > MOST_WORDS:
        raise Refused("A speaker is named in at most {words} words.", words=MOST_WORDS)


def _check_frame(before: str, after: str, who: str) -> None:
    if not before.strip() and after in {"", BLANK}:
        raise Refused("Nothing but words stands around the speaker, so no rule can be made. Give a line with a sign.")
    if any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in before + after):
        raise Refused("The example holds signs that cannot be shown. Copy the line again.")
    is_long = max(len(before), len(after)) > LONGEST_FRAME
    if is_long or len(re.findall(r"[^\W\d_]+", before)) > MOST_WORDS_BEFORE:
        raise Refused("The speaker must stand at the beginning of the line, before the words of speech.")
    if not any(map(str.isalnum, who)):
        raise Refused("The speaker needs a letter or a digit.")


def _frame_after(rest: str) -> str:
    """The signs between the speaker and the first word of speech; digits only in a time or within brackets."""
    frame: list[str] = []
    depth = 0
    for part in PARTS.finditer(rest):
        kind, words = part.lastgroup, part[0]
        if kind == "number" and not depth:
            break
        if kind == "one" and (words.isalnum() or words == "_"):
            break
        depth += words in {"(", "[", "{", "<"}
        depth -= words in {")", "]", "}", ">"}
        frame.append(words)
    while frame and frame[-1] in OPENING and sum(map(len, frame)) < len(rest):
        frame.pop()
    return "".join(frame)[:LONGEST_FRAME]


def _general(frame: str) -> str:
    """A frame with its digits, times and blank space made general."""
    stand_ins = {"time": TIME, "number": NUMBER, "wide": WIDE, "blank": BLANK}
    return "".join(stand_ins.get(part.lastgroup or "", part[0]) for part in PARTS.finditer(frame))


def _meanings(frame: str) -> Iterator[str]:
    """The pattern of each part of a frame; blank space at the end of it may be the end of the line instead."""
    has_time = False
    for part in PARTS.finditer(frame):
        kind = part.lastgroup or ""
        meaning = MEANING.get("again" if kind == "time" and has_time else kind, re.escape(part[0]))
        has_time = has_time or kind == "time"
        is_last = part.end() == len(frame)
        yield rf"(?:{meaning}|$)" if is_last and kind in {"wide", "blank"} else meaning
    if frame.endswith("\0"):  # nothing follows the name in the frame: it ends where its word does
        yield r"(?=\s|$)"
