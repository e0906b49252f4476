"""Spanish is whole: every message of the package has it, nothing stale stands there, and pages say it."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask
from jinja2 import Environment

from ia_workbench.corpus import NOTE_FACTS, Treatment, read_file
from ia_workbench.corpus.importers import reading
from ia_workbench.corpus.importers.things import THINGS, change, notes_of
from ia_workbench.findings import LinkRole, Stage
from ia_workbench.privacy import Role
from ia_workbench.process_map import MapWords
from ia_workbench.web import create_team_app
from ia_workbench.web.ready_words import FACTS, fact_again
from ia_workbench.web.translating import CATALOGUES, catalogue
from ia_workbench.web.translations.checking import compare
from ia_workbench.web.translations.extraction import Message, Place, messages
from ia_workbench.web.translations.sentences import PACKAGE, sentences_of
from ia_workbench.web.workbench.reading_notes import note_again
from tests.support import Home
from tests.support.browsing import checked
from tests.support.crawling import pages_from
from tests.support.homes import DEMO_KEY
from tests.support.word_files import paragraph, word_file
from tests.whole.source_files import python_files, shown
from tests.whole.spanish_pages import english_of_ours, spanish_browser

Said = dict[str, tuple[Message, list[Place]]]
SPANISH = CATALOGUES / "es.po"
TEMPLATES = sorted((PACKAGE / "web/templates").rglob("*.html"))
SAME_EVERYWHERE = frozenset({"IA", "Workbench", "Enter", "Shift", "Esc", "Alt", "Ctrl", "SHA", "sha", "UTC"})
OF_TAGS = re.compile(r"{% block (?:body_class|html_attributes) %}.*?{% endblock %}")  # attributes of the page's tags
STUDY = f"/s/{DEMO_KEY}"
STANDING_ALONE = [  # what no link leads to, or not as early
    "/studies",
    "/users",
    "/audit",
    f"{STUDY}/search?q=visit",
    f"{STUDY}/search?q=zzzz",
    f"{STUDY}/sources/import",
    f"{STUDY}/review",
    f"{STUDY}/map/N-14",
    f"{STUDY}/map/N-13..N-14",
    f"{STUDY}/findings/F-07/release",
    f"{STUDY}/findings/F-07/masks",
    f"{STUDY}/findings/F-06",
]


@pytest.fixture(scope="module")
def said() -> Said:
    """Every message of the package, taken out once."""
    return messages()


def test_the_catalogue_can_be_read_and_says_nothing_twice() -> None:
    with SPANISH.open("rb") as file:
        read_po(file, locale="es", abort_invalid=True)
    entries = re.findall(r'^msgid (".*")$', SPANISH.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(entries) > 1000
    assert len(entries) == len(set(entries))


def test_every_message_has_its_spanish_and_no_spanish_is_left_over(said: Said) -> None:
    found = compare(said, SPANISH)
    assert found.missing == [], "run `make translations`, then write what it added"
    assert found.unwritten == []
    assert found.stale == []
    assert found.misplaced == []


def test_messages_are_found_in_templates_in_views_in_tables_and_in_the_rooms(said: Said) -> None:
    expected = {
        "Read and code": "templates/team/sources/one.html",  # a page
        "Codebook": "web/workbench/shell.py",  # a table of marked words
        "Passages with marks": "web/workbench/case_map.py",  # words handed to the picture of the map
        "There is no lever {key} in this study.": "findings/operations/drafting.py",  # through a function
        "Link support from more than one case.": "findings/rules/lines.py",  # an advice
        "The finding names no lever. Say by which method the institution organizes this.": "findings/rules/wording.py",
        "Nobody has masked the quote of {evidence} yet. Mask it, even if nothing in it needs masking.": "release/clear",
        "Select at least one character: {start} to {end} is empty.": "kernel/spans.py",
        "Too many tries. Wait a minute, then try again.": "web/throttle.py",  # a kind of refusal of its own
    }
    for sentence, file in expected.items():
        assert any(file in place.file for place in said[sentence][1]), f"{sentence}: {said[sentence][1]}"


def test_every_sentence_of_a_refusal_can_be_followed_back_to_its_words() -> None:
    """Else it could never be translated: it was put together from parts, or comes from who knows where."""
    found = [(shown(path), each) for path in python_files(PACKAGE) for each in sentences_of(path)]
    assert len(found) > 300
    assert [f"{path}:{each.line}" for path, each in found if each.sentence is None] == []


def test_what_is_wrong_with_a_catalogue_is_found(tmp_path: Path) -> None:
    said: Said = {key: (key, [Place("a.py", 1)]) for key in ("Kept {key}.", "New.", "Empty.", "Guessed.", "Fine.")}
    said["%(num)s source"] = (("%(num)s source", "%(num)s sources"), [])
    path = tmp_path / "es.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Kept {key}."\nmsgstr "Guardado."\n\nmsgid "Empty."\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Guessed."\nmsgstr "Adivinado."\n\nmsgid "Fine."\nmsgstr "Bien."\n\n'
        'msgid "Gone."\nmsgstr "Ido."\n\n'
        'msgid "%(num)s source"\nmsgid_plural "%(num)s sources"\nmsgstr[0] "%(num)s fuente"\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    found = compare(said, path)
    assert found.missing == ["New."]
    assert sorted(found.unwritten) == ["%(num)s source", "Empty.", "Guessed."]
    assert found.stale == ["Gone."]
    assert found.misplaced == ["Kept {key}."]
    assert not found.is_complete


# ---------------------------------------------------------------- words outside of messages


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_template_says_anything_outside_of_its_messages(path: Path) -> None:
    page = BeautifulSoup(bare(path), "html.parser")
    texts = [str(node) for node in page.find_all(string=True)]
    texts += [str(tag[name]) for tag in page.find_all(True) for name in ("aria-label", "title", "alt") if tag.get(name)]
    texts += [str(tag["placeholder"]) for tag in page.find_all(placeholder=True) if tag["placeholder"] != "Q1"]
    words = [word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)]
    assert [word for word in words if word not in SAME_EVERYWHERE | {"doctype", "html"}] == []


def bare(path: Path) -> str:
    """Return a template without what Jinja fills in: each of those becomes a mark that no word is part of."""
    source = OF_TAGS.sub("", path.read_text(encoding="utf-8"))
    tokens = Environment(autoescape=True).lex(source)
    return "".join(value if kind == "data" else "·" for _line, kind, value in tokens)


def notes_of_things() -> Iterator[str]:
    """Yield every note that the vocabulary can make: each thing, left out, kept and changed, once and many times."""
    for thing, treatment, number in product(THINGS, Treatment, (1, 1234)):
        yield from notes_of([change(thing.one, treatment=treatment)] * number)


def notes_of_text_files() -> Iterator[str]:
    """Yield what reading text files notes, by reading some."""
    yield from read_file("breaks.txt", b"one\x0ctwo\x0cthree").notes
    yield from read_file("break.txt", b"one\x0ctwo").notes
    yield from read_file("control.txt", b"word " * 100 + b"\x01").notes
    yield from read_file("controls.txt", b"word " * 100 + b"\x01\x02").notes
    yield from read_file("western.txt", "Ni\u00f1o, ma\u00f1ana, se\u00f1ora, caf\u00e9. ".encode("cp1252") * 20).notes
    yield from read_file("letter.txt", word_file(paragraph("Hello."))).notes


@pytest.mark.parametrize("note", [*notes_of_things(), *notes_of_text_files()])
def test_what_reading_a_file_noted_is_said_in_spanish(note: str) -> None:
    said = note_again(note, catalogue("es").gettext)
    assert said.startswith(("Al leer", "El archivo", "En lugar"))
    kept = r"[\d,]{2,}|cp1252|\.txt"
    assert re.findall(kept, said) == re.findall(kept, note)


def test_reading_text_files_leaves_six_notes_here() -> None:
    assert len(set(notes_of_text_files())) == 6


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("what", [*reading.FOREIGN_BEGINNINGS.values(), "a key of a participant", "masked in E-0007"]),
        ("now", [stage.value for stage in Stage]),
        ("wanted", [stage.value for stage in Stage]),
        ("role", [*(role.value for role in LinkRole), *(role.value for role in Role)]),
        ("place", ["statement", "plain words", "speaker of E-0007", "the answer"]),
        ("count", ["one concern", "3 concerns"]),
        ("kinds", ["interview, case-record"]),
        ("others", ["North or South"]),
    ],
)
def test_words_of_ours_inside_a_sentence_are_said_in_spanish(name: str, values: list[str]) -> None:
    for value in values:
        assert fact_again(name, value, catalogue("es").gettext) != value


@pytest.mark.parametrize("words", [each for facts in NOTE_FACTS.values() for each in facts if each.isascii()])
def test_every_word_of_the_notes_has_its_spanish(words: str) -> None:
    assert catalogue("es").gettext(words) != words or words.startswith("macro")


def test_offices_to_choose_from_are_named_one_after_another_in_spanish() -> None:
    assert fact_again("others", "North or South or Riverside", catalogue("es").gettext) == "North o South o Riverside"


def test_words_of_people_inside_a_sentence_stay_as_they_are() -> None:
    spanish = catalogue("es").gettext
    assert fact_again("name", "title", spanish) == "title"
    assert fact_again("what", "a poem of mine", spanish) == "a poem of mine"
    assert fact_again("count", 3, spanish) == 3
    assert "name" not in FACTS


def test_the_picture_of_the_map_is_given_every_word_it_says(said: Said) -> None:
    assert [words for words in vars(MapWords()).values() if isinstance(words, str) and words not in said] == []


# ---------------------------------------------------------------- pages


@pytest.fixture
def app(demo: Home) -> Flask:
    return create_team_app(demo.settings, demo.evidence, demo.published)


@pytest.mark.parametrize(("who", "fewest"), [("ana", 24), ("ada", 3)])
def test_every_page_of_the_team_is_in_spanish(app: Flask, demo: Home, who: str, fewest: int) -> None:
    browser = spanish_browser(app, demo, who)
    beginning = STANDING_ALONE if who == "ana" else ["/studies", "/users", "/audit"]
    endpoints, english = set[str](), dict[str, list[str]]()
    for endpoint, address, answer in pages_from(app, browser, beginning):
        endpoints.add(endpoint)
        page = checked(answer.text, address)
        assert page.html is not None
        assert page.html["lang"] == "es", address
        if found := english_of_ours(page):
            english[address] = found
    assert len(endpoints) >= fewest
    assert english == {}


def test_the_same_pages_in_english_would_be_noticed(app: Flask, demo: Home) -> None:
    browser = spanish_browser(app, demo, "ana")
    browser.client.delete_cookie("ia_language")
    page = browser.page(f"{STUDY}/sources")
    assert page.html is not None
    page.html["lang"] = "es"  # what it would claim to be
    assert {"Sources", "Import sources", "Filter by key, title, person or case"} <= set(english_of_ours(page))


def test_what_was_refused_is_said_in_spanish(app: Flask, demo: Home) -> None:
    browser = spanish_browser(app, demo, "ana")
    assert "Aquí no hay nada" in browser.page(f"{STUDY}/findings/F-99", status=404).get_text()
    sent = browser.send(f"{STUDY}/codebook/publish", {"note": ""}, of=f"{STUDY}/codebook", status=422)
    assert "Diga en una nota qué hay de nuevo en esta versión." in sent.text
    wrong = {"stage": "withdrawn"}
    browser.send(f"{STUDY}/findings/F-06/move", wrong, of=f"{STUDY}/findings/F-06")
    again = browser.send(f"{STUDY}/findings/F-06/move", {"stage": "challenge"}, of=f"{STUDY}/findings/F-06", status=422)
    assert re.search(
        "Un hallazgo en la etapa “[a-z ]+” no puede pasar a la etapa “[a-z ]+”. Páselo antes a una de estas: borrador.",
        again.text,
    )


def test_a_choice_of_language_is_kept_for_the_next_page(app: Flask, demo: Home) -> None:
    browser = spanish_browser(app, demo, "ben")
    browser.client.delete_cookie("ia_language")
    browser.send("/language", {"language": "es", "next": "/studies"}, of="/studies")
    page = browser.page("/studies")
    assert page.html is not None
    assert page.html["lang"] == "es"
    assert page.h1 is not None
    assert page.h1.get_text() == "Estudios"
