"""A brief that a site lead takes away is in the community's trail before it leaves, and none leaves without."""

import sqlite3
from collections.abc import Callable

import pytest

from ia_workbench import privacy
from ia_workbench.database import Store, engines
from tests.support import Home
from tests.support.browsing import Browser

Enter = Callable[[str], Browser]


def entered(home: Home) -> list[tuple[str, str, str]]:
    """Who took which brief as what, by the community's trail."""
    with home.unheld(Store.PUBLISHED, writes=False) as session:
        every = privacy.audit_entries(session, Store.PUBLISHED)
    return [(each.actor, each.subject, each.details["format"]) for each in every if each.act == "export-brief"]


def test_each_file_is_entered_once_with_its_format_and_reading_the_page_is_none(enter: Enter, home: Home) -> None:
    lee = enter("lee")
    lee.get("/briefs/F-01")
    lee.client.head("/briefs/F-01/export")
    assert entered(home) == []
    lee.get("/briefs/F-01/export")
    lee.get("/briefs/F-01/export?as=html")
    assert entered(home) == [("lee", "F-01", "docx"), ("lee", "F-01", "html")]


def test_no_brief_leaves_while_it_cannot_be_entered(enter: Enter, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    lee = enter("lee")
    lee.get("/briefs")
    monkeypatch.setitem(engines.PRAGMAS, "busy_timeout", "50")
    home.published.dispose()
    other = sqlite3.connect(home.folder / "published.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = lee.client.get("/briefs/F-01/export")
    other.execute("ROLLBACK")
    other.close()
    assert answer.status_code == 503
    assert not answer.data.startswith(b"PK")
    assert entered(home) == []
