"""What is destroyed is in no byte of the home, and nothing else changed; every room knows how to forget."""

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from ia_workbench import release, search
from ia_workbench.corpus import Source
from ia_workbench.database import Store
from ia_workbench.privacy import guarded_classes
from ia_workbench.publication import Audience, Package
from ia_workbench.web import create_team_app
from tests.cli.running import Workbench
from tests.release.conftest import homes_with_finding, opened
from tests.release.test_operations import copy, decide
from tests.support import Home
from tests.support.browsing import signed_in
from tests.support.homes import STUDY_KEY
from tests.whole import needles
from tests.whole.belonging import Rows, belonging_to, every_row, tables_below_source

__all__ = ["homes_with_finding"]
TOMBSTONES = {"source", "source_file", "imported_file"}  # rows that stay, without content
GONE_WITH_IT = {"participant", "case_cluster", "pseudonym", "pending_import", "imported_file", "attribute_value"}
OF_ITS_FINDING = {"finding", "snapshot", "release", "package"}


@pytest.fixture
def hidden(homes_with_finding: Path, tmp_path: Path) -> Iterator[Home]:
    """A home with a finding that readers have, on four sources; one of them has a needle in every kind of field."""
    home = opened(Path(shutil.copytree(homes_with_finding / "ready", tmp_path / "hidden")), 1)
    decide(home, Audience.BODY)
    copy(home)
    with home.unheld(Store.EVIDENCE) as session:
        source = session.scalars(select(Source).where(Source.key == "INT-001")).one()
        needles.hide(session, home, source)
        made = release.releases(session, home.study_id)[0]
        words = made.content["evidence"][0] | {"words": needles.needle("excerpt")}
        made.content = made.content | {"evidence": [words, *made.content["evidence"][1:]]}
        content = made.content
    with home.unheld(Store.PUBLISHED) as session:
        session.scalars(select(Package)).one().content = content
    Workbench(home.folder, "ana")("search-index", "rebuild")
    yield home
    home.close()


def rows_of(home: Home) -> tuple[Rows, Rows]:
    with home.evidence.connect() as evidence, home.published.connect() as published:
        return every_row(evidence, Store.EVIDENCE), every_row(published, Store.PUBLISHED)


def test_what_is_destroyed_is_in_no_byte_of_the_home_and_others_work_is_unchanged(hidden: Home) -> None:
    before, published_before = rows_of(hidden)
    assert needles.found_in(hidden.folder) == set(needles.KINDS), "the search for them finds each of them"
    (number,) = {row.id for row in before["source"].values() if row.key == "INT-001"}
    its = belonging_to(before, number)
    hidden.close()
    ran = Workbench(hidden.folder, "ana")("source", "withdraw", "INT-001", "--reason", "Asked", "--destroy", "--yes")
    assert "Destroyed INT-001." in ran.out
    assert needles.found_in(hidden.folder) == set()
    assert needles.needle("excerpt") not in ran.out + ran.err

    after, published_after = rows_of(hidden)
    assert {name for name, keys in belonging_to(after, number).items() if keys} <= TOMBSTONES
    changed = {
        (name, key)
        for name, rows in before.items()
        for key, row in rows.items()
        if after[name].get(key) != row and key not in its.get(name, set())
    }
    assert {name for name, _key in changed} <= GONE_WITH_IT | OF_ITS_FINDING
    assert {before[name][key].study_id for name, key in changed} == {1}
    assert len([each for each in changed if each[0] == "participant"]) == 1
    assert {name for name in published_before if published_before[name] != published_after[name]} <= {
        "package",
        "community_audit_entry",
    }


def test_every_room_with_rows_of_a_source_forgets_it() -> None:
    below = tables_below_source()
    rooms = {
        each.__module__.split(".")[1]
        for each in guarded_classes(Store.EVIDENCE)
        if each.__tablename__ in below  # type: ignore[attr-defined]
    }
    assert rooms >= {"corpus", "coding", "masking", "findings", "release"}
    silent = [room for room in sorted(rooms) if not hasattr(importlib.import_module(f"ia_workbench.{room}"), "forget")]
    assert silent == []


def test_nothing_that_leads_to_an_excluded_source_is_left_but_its_text(hidden: Home) -> None:
    hidden.close()
    Workbench(hidden.folder, "ana")("source", "withdraw", "INT-001", "--reason", "Asked", "--exclude")
    rows, _published = rows_of(hidden)
    (number,) = {row.id for row in rows["source"].values() if row.key == "INT-001"}
    left = {name for name, keys in belonging_to(rows, number).items() if keys}
    record = {"source_participant", "attribute_value"}
    assert left == TOMBSTONES | record | {"revision", "turn"}


def test_destroying_on_the_page_leaves_as_little(hidden: Home) -> None:
    hidden.close()
    page = f"/s/{STUDY_KEY}/sources/INT-001/withdraw"
    app = create_team_app(hidden.settings, hidden.evidence, hidden.published)
    search.follow(hidden.evidence, search.SearchIndex(hidden.settings.index_folder))
    ana = signed_in(app, hidden, hidden.actor("ana"))
    ana.send(page, {"outcome": "destroy", "again": "INT-001", "reason": "Asked"}, of=page)
    shown = ana.page(f"{page}?said=withdrawn").get_text()
    assert "Certificate of destruction" in shown
    hidden.close()
    assert needles.found_in(hidden.folder) == set()
