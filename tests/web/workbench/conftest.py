"""What tests of the team's pages begin with: the study of `tests/support/site.py`, built once a run and copied for each
test, or the transcript of `tests/support/transcripts.py` in a home of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ia_workbench.web import create_team_app
from tests.support import Home
from tests.support.browsing import Browser
from tests.support.site import Site, build_site, open_site
from tests.support.transcripts import Coded, add_transcript


@pytest.fixture(scope="session")
def built_site(migrated_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], int]:
    """The home of the study, made once: its folder, the sign-in cookie of each person, the study's number."""
    folder = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(migrated_stores, folder)
    return (folder, *build_site(folder))


@pytest.fixture
def site(built_site: tuple[Path, dict[str, str], int], tmp_path: Path) -> Iterator[Site]:
    """Offer the study with everyone signed in; each test has a copy of its own."""
    folder, cookies, study_id = built_site
    shutil.copytree(folder, tmp_path / "home")
    opened = open_site(tmp_path / "home", cookies, study_id)
    yield opened
    opened.home.close()


@pytest.fixture
def ana(site: Site) -> Browser:
    """Ana's browser: a lead."""
    return site.browser("ana")


@pytest.fixture
def ben(site: Site) -> Browser:
    """Ben's browser: an analyst."""
    return site.browser("ben")


@pytest.fixture
def coded(home: Home) -> Coded:
    """The transcript, coded by three people."""
    return add_transcript(home)


@pytest.fixture
def app(home: Home) -> Flask:
    """The team application."""
    return create_team_app(home.settings, home.evidence, home.published)
