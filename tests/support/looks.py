"""Sources that are hard to look at: read from right to left, coded thirty times on one turn, very long."""

from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Span
from tests.support.homes import Home
from tests.support.many_codings import Put, put_codings
from tests.support.sources import add_source, revision_of

ARABIC = (
    "الأم: قالت لي الموظفة إن المواعيد تأتي من الشاشة. يوم الثلاثاء في العاشرة أو الخميس في الثانية.\n"
    "المحاورة: ومن يختار الموعد؟\n"
    "الأم: لا أحد يختار. النموذج visit form فيه خانتان فقط، وأنا أعمل في المصنع حتى الثالثة.\n"
)
HEBREW = (
    "אם: העובדת אמרה שהשעות באות מהטופס. יום שלישי בעשר או יום חמישי בשתיים.\n"
    "מראיינת: ומי בוחר את השעה?\n"
    "אם: אף אחד לא בוחר. בטופס visit form יש רק שתי משבצות, ואני עובדת במפעל עד שלוש.\n"
)
SAID = "the visit form opens at nine and my shift ends at three so I ask her for a slot after four mañana"


def add_plain(home: Home, key: str, text: str, language: str = "en") -> tuple[Source, Revision]:
    """Give the home's study a source without codings."""
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key=key, text=text, language=language)
        return source, revision_of(session, source)


def add_right_to_left(home: Home, key: str, text: str, language: str) -> Source:
    """Give the home's study, which has the codebook, a source read from right to left, with two codings."""
    source, revision = add_plain(home, key, text, language)
    end = text.index("\n")
    for coder, path, start in (
        ("ana", "family-time/slots-set-by-form", text.index(" ") + 1),
        ("ben", "means/shift-work", text.index(".") + 2),
    ):
        with home.session(home.actor("ana")) as session:
            code = codebook.code_at(session, home.study_id, path)
            coding.apply_code(
                session,
                home.actor("ana"),
                revision=revision,
                span=Span(start, end),
                code=code,
                coder_id=home.actor(coder).account_id,
            )
    return source


def add_crowded(home: Home, key: str = "INT-030", count: int = 30) -> Source:
    """Give the home's study, which has the codebook, a source with `count` codings on its first turn."""
    words = " ".join(f"word{number}" for number in range(40))
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key=key, text=f"PARENT: {words}.\nINTERVIEWER: And then?\n")
        revision = revision_of(session, source)
        codes = [each for each in codebook.codes(session, home.study_id) if each.parent_id or "/" not in each.path]
        _put(
            session,
            home,
            revision,
            [(8 + number * 2, 60 + number * 4, codes[number % len(codes)]) for number in range(count)],
        )
    return source


def add_long(home: Home, key: str = "INT-900", size: int = 1_000_000, count: int = 10_000) -> Source:
    """Give the home's study, which has the codebook, a source of about `size` bytes with `count` codings."""
    said, lines, length = SAID.split(), [], 0
    while length < size:
        asks, at = len(lines) % 2, len(lines) * 7
        words = " ".join(said[(at + each * each) % len(said)] for each in range(at % 10 + 3 if asks else at % 140 + 20))
        lines.append(f"{'INTERVIEWER' if asks else 'PARENT'}: {words}.")
        length += len(lines[-1]) + 1
    text = "\n".join(lines) + "\n"
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key=key, text=text)
        revision = revision_of(session, source)
        codes = codebook.codes(session, home.study_id)
        step = (len(text) - 400) // count
        places = [(each * step, each * step + 20 + each * 37 % 280, codes[each % len(codes)]) for each in range(count)]
        _put(session, home, revision, places)
    return source


def _put(session: Session, home: Home, revision: Revision, places: list[tuple[int, int, Code]]) -> None:
    """Put codings straight into the tables, one after the other by Ana, Ben and Carla; every tenth is important."""
    coders = [home.actor(name).account_id for name in ("ana", "ben", "carla")]
    text = corpus.text_of(session, revision)
    given = (
        Put(start, end, text[start:end], code, coders[number % 3], is_important=number % 10 == 0)
        for number, (start, end, code) in enumerate(places)
    )
    put_codings(session, revision, given)
