"""A lead destroys a source in a real browser: what it touches, its key typed again, the certificate; nothing stays.

The words that must be gone are every sentence that only this source says, and words written into each field that
somebody can fill: they are looked for in the raw bytes of every file of the home.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from ia_workbench import coding, corpus, findings
from ia_workbench.coding import Memo
from ia_workbench.corpus import AttributeDefinition, AttributeScope, AttributeType, Revision, Source
from ia_workbench.database import Store
from ia_workbench.findings import LinkRole, ShownAs, Stance
from ia_workbench.kernel import Span
from tests.support import Home
from tests.support.homes import DEMO_KEY
from tests.support.serving import PHONE, Served, axe_findings

KEY, SHORTEST = "INT-001", 28
PATIENCE = 120_000  # ms, on a machine that does other things as well
PLACE = f"/s/{DEMO_KEY}/sources/{KEY}/withdraw"
FIELDS = ("title", "subkind", "worker_role", "agency", "event_id", "memo", "attribute", "note", "paraphrase", "speaker",
          "translation", "waiting")  # fmt: skip
NEEDLES = {each: f"zq{each.replace('_', '')}xv" for each in FIELDS}


def sentences(home: Home) -> dict[str, list[str]]:
    """What each source says that no other does, as pieces without line ends."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        texts = dict(
            session.execute(select(Source.key, Revision.text).join(Revision, Revision.source_id == Source.id)).all()
        )
    pieces = {
        key: {each.strip() for each in re.split(r"[.?!:\n]", text) if len(each.strip()) >= SHORTEST}
        for key, text in texts.items()
    }
    return {
        key: sorted(each for each in own if sum(each in other for other in texts.values()) == 1)
        for key, own in pieces.items()
    }


def plant(home: Home) -> None:
    """Write a needle into each field of the source, and a file with its very bytes that waits to be taken in."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, home.study_id, KEY)
        for name in ("title", "subkind", "worker_role", "agency", "event_id"):
            setattr(source, name, NEEDLES[name])
        file = corpus.file_of(session, source)
        same = corpus.read_file(f"{NEEDLES['waiting']}.{file.name.rsplit('.', 1)[-1]}", file.content)
        record = replace(corpus.record_of(session, source), key=None)
        found = corpus.find_turns(same.text)
        corpus.propose_import(session, ana, study_id=home.study_id, record=record, file=same, found=found)
        definition = AttributeDefinition(AttributeScope.SOURCE, "aside", AttributeType.TEXT)
        corpus.define_attribute(session, ana, study_id=home.study_id, definition=definition)
        corpus.set_attribute(
            session, ana, study_id=home.study_id, scope=AttributeScope.SOURCE, key=KEY, name="aside",
            value=NEEDLES["attribute"],
        )  # fmt: skip
        session.add(
            Memo(study_id=home.study_id, source_id=source.id, words=NEEDLES["memo"], origin="team", by="ana",
                 at=home.clock())
        )  # fmt: skip
        revision = corpus.newest_revision(session, source)
        findings.link_evidence(
            session,
            ana,
            finding=findings.finding_keyed(session, home.study_id, "F-04"),
            excerpt=coding.excerpt_of(session, ana, revision=revision, span=Span(20, 60)),
            stance=Stance.SUPPORTS,
            role=LinkRole.HAPPENS,
            note=NEEDLES["note"],
            shown_as=ShownAs.COUNT,
            paraphrase={"en": NEEDLES["paraphrase"]},
            translation={"es": NEEDLES["translation"]},
            speaker={"en": NEEDLES["speaker"]},
        )


def hits(folder: Path, needles: list[str]) -> list[tuple[str, str]]:
    """Which of these words stand in which file of a home, in UTF-8 or UTF-16, bare or in a zlib stream."""
    found = []
    for path in (each for each in folder.rglob("*") if each.is_file()):
        content = b"\n".join([path.read_bytes(), *unpacked(path.read_bytes())])
        for needle in needles:
            escaped = needle.encode("ascii", "backslashreplace")
            spelled = {needle.encode(), escaped, needle.encode("utf-16-le"), needle.encode("utf-16-be")}
            if any(each in content for each in spelled):
                found.append((path.name, needle))
    return found


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what each zlib stream holds that begins somewhere in some bytes."""
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        packed = zlib.decompressobj()
        try:
            yield packed.decompress(content[match.start() : match.start() + 1_000_000], 1_000_000)
        except zlib.error:
            continue


def see(page: Page, words: str) -> None:
    """Expect words in the main part of the page."""
    expect(page.locator("main")).to_contain_text(words)


def test_a_source_is_destroyed_on_its_page_and_no_word_of_it_stays_in_the_home(served_demo: Served) -> None:
    home = served_demo.home
    plant(home)
    own = sentences(home)
    needles = [*NEEDLES.values(), *own[KEY]]
    others = [each[0] for key, each in own.items() if key != KEY and each]
    assert {needle for _file, needle in hits(home.folder, needles)} == set(needles), "every word is there before"
    page = served_demo.sign_in(served_demo.open_page(), "ana")
    page.goto(f"{served_demo.team}/s/{DEMO_KEY}/sources/{KEY}")
    page.get_by_role("link", name="Withdraw this source").click()
    see(page, "Findings, weighed without it")
    see(page, "Taken from readers at once")
    assert not axe_findings(page)
    page.get_by_label("Destroy", exact=False).first.check()
    page.get_by_label("Reason").fill("She asked us to.")
    page.get_by_role("button", name=f"Withdraw {KEY}").click()
    see(page, f"Type {KEY} once more to destroy it")
    expect(page.get_by_label("Reason")).to_have_value("She asked us to.")
    page.get_by_label("To destroy", exact=False).fill(KEY)
    page.get_by_role("button", name=f"Withdraw {KEY}").click(
        timeout=PATIENCE
    )  # the stores and the index are written anew
    see(page, f"Certificate of destruction: {KEY}")
    assert not axe_findings(page)
    assert hits(home.folder, needles) == []
    assert {needle for _file, needle in hits(home.folder, others)} == set(others), "nobody else lost a word"
    page.goto(f"{served_demo.team}/s/{DEMO_KEY}")
    see(page, "Evidence was withdrawn")
    lee = served_demo.sign_in(served_demo.open_page(PHONE), "lee")
    expect(lee.locator("main")).not_to_contain_text("Visit hours set by the request form")
