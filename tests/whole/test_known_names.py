"""No name that the study knows is on any page, in any address, header, export, file name, package or log of readers.

Names are those of the study's list and the spellings of its identities, looked for in every ordinary spelling.
"""

import io
import logging
import zipfile
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import select

from ia_workbench import corpus, masking, privacy
from ia_workbench.database import Store
from ia_workbench.privacy import FoldedText, IdentifierClass, places_of_name, spelling_of
from ia_workbench.publication import Package
from tests.support import Home
from tests.support.masking import NO_MODEL
from tests.whole.community_pages import everything_said_to

PEOPLE = ("rosa", "lee", None)
ALIASES = ("Tasha B.", "Brennicks", "Ms. Quillfeather")  # of identities, beyond what the list has
TEXTS = (".xml", ".rels", ".txt", ".html")


@pytest.fixture
def names(demo: Home) -> list[str]:
    """Offer every name that the study knows, once a source was looked through and identities were noted."""
    ana = demo.actor("ana")
    with demo.session(ana) as session:
        study = privacy.study_numbered(session, demo.study_id)
        for alias in ALIASES:
            masking.add_pseudonym(
                session, ana, study_id=study.id, identifier_class=IdentifierClass.PERSON, names=[alias],
                instead="Robin Lane",
            )  # fmt: skip
        source = corpus.source_keyed(session, study.id, "INT-001")
        for mark in masking.propose_marks(session, ana, source=source, model=NO_MODEL):
            if mark.identifier_class is IdentifierClass.PERSON:
                masking.decide_mark(session, ana, mark=mark, decision=masking.Decision.ACCEPT)
        known = [each.words for each in masking.known_identities(session, study.id)]
        return list(dict.fromkeys([*study.settings["names"], *known]))


def standing(names: list[str], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each name with the text in which it stands."""
    found = []
    for place, text in texts.items():
        folded = FoldedText(text)
        found += [(name, place) for name in names if places_of_name(spelling_of(name), folded)]
    return found


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts of an export by place: a page as it is, each part of a Word document."""
    if not content.startswith(b"PK"):
        yield name, content.decode(errors="replace")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            if part.filename.endswith(TEXTS):
                yield f"{name} {part.filename}", packed.read(part).decode(errors="replace")


def test_no_known_name_is_on_a_page_in_a_brief_a_file_name_an_address_or_the_log(
    demo: Home, names: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for who in PEOPLE:
            texts: dict[str, str] = {}
            for path, (_status, body, headers) in everything_said_to(demo, who).items():
                texts |= {f"headers of {path}": f"{path}\n{headers}", **dict(unpacked(path, body))}
            assert len(texts) > 10
            assert who != "lee" or [place for place in texts if "word/document.xml" in place]
            assert who != "lee" or "brief.docx" in str(texts)
            assert standing(names, {f"what was said to {who}": "\n".join(texts.values())}) == []
        logging.getLogger("ia_workbench").warning("the log is read here")
    assert "the log is read here" in caplog.text
    assert standing(names, {"the log": caplog.text}) == []


def test_no_known_name_is_in_a_package_or_the_published_store(demo: Home, names: list[str]) -> None:
    with demo.unheld(Store.PUBLISHED, writes=False) as session:
        packages = {str(each.finding_key): str(each.content) for each in session.scalars(select(Package))}
    assert packages
    assert standing(names, packages) == []


def test_the_same_look_finds_names_where_they_may_stand(demo: Home, names: list[str]) -> None:
    assert len(names) > 100
    with demo.unheld(Store.EVIDENCE, writes=False) as session:
        source = corpus.source_keyed(session, demo.study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
    assert standing(names, {"the transcript": text})
