"""One talk written in many ways, with the offset of every turn known: for measuring how turns are found."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What one speaker says in one turn: a number for who, and the words, paragraphs of them divided by line ends."""

    speaker: int
    words: str


@dataclass(frozen=True)
class Style:
    """A way of writing a turn: `{name}`, `{words}`, `{n}` (its number) and `{clock}`; `|` stands where it begins."""

    name: str
    turn: str
    names: tuple[str, ...]
    between: str = "\n"
    top: str = ""


PEOPLE = ("Ana", "Ben Ruiz", "Carla", "Dee", "Eli")
CODES = ("I", "P1", "P2", "P3", "P4")
CAPITALS = ("THE COURT", "MR. SMITH", "MS. O'NEIL", "THE WITNESS", "THE CLERK")
ACCENTS = ("MARÍA JOSÉ", "ÁNGEL NÚÑEZ", "ENTREVISTADORA", "ÓSCAR", "ÍÑIGO")
ARABIC = ("آنا", "بن علي", "كارلا", "المُقابِل", "إيلي")
HEBREW = ("מראיינת", "דנה לוי", "יוסי", "נועה", 'ד"ר כהן')
CHINESE = ("采访者", "安娜", "本", "卡拉", "迪")
NUMBERED = ("Speaker 1", "Speaker 2", "Speaker 3", "Speaker 4", "Speaker 5")
INITIALS = ("AB", "CD", "EF", "GH", "IJ")
KEY = "AB - Ana Bravo\nCD - Carla Dunn\nEF - Eli Ford\nGH - Gil Hart\nIJ - Ina Jones\n\n"

STYLES = (
    Style("NAME:", "|{name}: {words}", PEOPLE),
    Style("P1:", "|{name}: {words}", CODES),
    Style("P1:<tab>", "|{name}:\t{words}", CODES, "\n\n"),
    Style("COURT, line numbers", "|{n} {name}:  {words}", CAPITALS),
    Style("COURT", "          |{name}:  {words}", CAPITALS),
    Style("NOMBRE:", "|{name}: {words}", ACCENTS),
    Style("Arabic", "|\u200f{name}: {words}", ARABIC),
    Style("Hebrew", "|{name}\u200f: {words}", HEBREW),
    Style("full-width colon", "|{name}\uff1a{words}", CHINESE),
    Style("bold", "|**{name}:** {words}", PEOPLE, "\n\n"),
    Style("bold, colon outside", "|**{name}**: {words}", PEOPLE, "\n\n"),
    Style("italic name", "|*{name}:* {words}", PEOPLE, "\n\n"),
    Style("table", "|{name}\t{words}", PEOPLE),
    Style("table, times", "|{clock}\t{name}\t{words}", PEOPLE),
    Style("table, numbers", "|{n}\t{name}\t{words}", PEOPLE),
    Style("[time] NAME:", "|[{clock}] {name}: {words}", PEOPLE),
    Style("[time] - NAME, line", "|[{clock}.12] - {name}\n{words}", PEOPLE, "\n\n"),
    Style("time NAME, line", "|{clock} {name}\n{words}", NUMBERED, "\n\n"),
    Style("NAME (time)", "|{name} ({clock}) - {words}", PEOPLE, "\n\n"),
    Style("NAME [time], line", "|{name} [{clock}]\n{words}", NUMBERED),
    Style("NAME  time, line", "|{name}  {clock}\n{words}", NUMBERED, "\n\n"),
    Style("NAME, time line", "|{name}\n{clock}\n{words}", PEOPLE, "\n\n"),
    Style("time range line, NAME:", "|{clock} --> {clock}\n{name}: {words}", PEOPLE, "\n\n"),
    Style("cue number, time, NAME:", "|{n}\n{clock}.000 --> {clock}.900\n{name}: {words}", PEOPLE, "\n\n"),
    Style("number line, NAME:", "|{n}\n\n{name}: {words}", PEOPLE, "\n\n"),
    Style("NAME line", "|{name}\n{words}", PEOPLE, "\n\n"),
    Style("NAME: line", "|{name}:\n{words}", PEOPLE),
    Style("### NAME", "|### {name}\n\n{words}", PEOPLE, "\n\n"),
    Style(">> NAME:", "|>> {name}: {words}", CAPITALS),
    Style("— NAME:", "|— {name}: {words}", PEOPLE),
    Style("NAME —", "|{name} — {words}", PEOPLE),
    Style("NAME -", "|{name} - {words}", PEOPLE),
    Style("12 P:", "|{n} {name}: {words}", CODES),
    Style("(12) P:", "|({n}) {name}: {words}", CODES),
    Style("[id1]", "|[{name}] {words}", ("id1", "id2", "id3", "id4", "id5"), "\n\n"),
    Style("<NAME>", "|<{name}> {words}", PEOPLE),
    Style("initials with a key", "|{name} {words}", INITIALS, "\n\n", KEY),
    Style("Q. A.", "|{name}. {words}", ("Q", "A")),
    Style("Q  A, line numbers", "|{n}  {name}   {words}", ("Q", "A")),
    Style("P. R.", "|{name}. {words}", ("P", "R")),
    Style("JSON lines", '|{{"start": 1.5, "speaker": "{name}", "text": "{words}"}},', NUMBERED),
    Style("JSON, many lines", '{{\n  |"speaker": "{name}",\n  "text": "{words}"\n}},', NUMBERED),
    Style("WhatsApp", "|[02/03/2026, {clock}] {name}: {words}", PEOPLE),
)


def written(style: Style, talk: Sequence[Said]) -> tuple[str, list[tuple[int, int]]]:
    """Write a talk in a style; return the text, and the offset and speaker of every turn."""
    text, turns = style.top, []
    for number, said in enumerate(talk, start=1):
        name = style.names[said.speaker % len(style.names)]
        clock = f"{number // 60:02}:{number % 60:02}"
        before, _, after = style.turn.partition("|")
        turns.append((len(text) + len(before.replace("{{", "{")), said.speaker % len(style.names)))
        whole = (before + after).format(name=name, words=said.words, n=number, clock=clock)
        text += whole + style.between
    return text, turns
