"""The real program as people start it: the demo, a demo that was killed, a demo made anew, and the community alone."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import open_demo
from tests.support.homes import DEMO_KEY
from tests.support.journeys import drag_over, expect_ready_to_code, expect_saved
from tests.support.serving import PHONE

ROOT = Path(__file__).resolve().parents[2]
LONGEST_LOAD = 240  # seconds that a first load may take before a test gives up
LONGEST_STOP = 30  # seconds that it may take to stop when told
SOON = 5  # seconds: a second start says where it serves within these
PEOPLE = {
    "ada": ("administrator", "team"),
    "ana": ("lead", "team"),
    "ines": ("lead", "team"),
    "ben": ("analyst", "team"),
    "carla": ("analyst", "team"),
    "rosa": ("reviewer", "community"),
    "marcus": ("reviewer", "community"),
    "lee": ("site-lead", "community"),
}
WORDS = "I said Saturday, or after five."
CODE = "Proof from the employer"


@dataclass
class Program:
    """The program while it serves: what it said, where it serves, and how long it took to say so."""

    said: str
    seconds: float

    def address(self, name: str) -> str:
        """The address that it printed for one of its two sides."""
        found = re.search(rf"^{name}:\s+(http://127\.0\.0\.1:\d+)/$", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]


def command(folder: Path, *arguments: str) -> list[str]:
    """The words that start the program on a home."""
    return [sys.executable, "-m", "ia_workbench", "--home", str(folder), *arguments]


def environment() -> dict[str, str]:
    """This process's environment without what would name another home or another store."""
    return {name: value for name, value in os.environ.items() if not name.startswith("IA_WORKBENCH_")}


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Program]:
    """Start the program, wait until it says that it serves, and stop it as Ctrl+C does when the block ends."""
    began = time.monotonic()
    with subprocess.Popen(
        command(folder, *arguments), stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()
    ) as process:
        giving_up = threading.Timer(LONGEST_LOAD, process.kill)
        giving_up.start()
        try:
            yield Program(_until_it_serves(process), time.monotonic() - began)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=LONGEST_STOP) == 0
        finally:
            giving_up.cancel()
            process.kill()


def _until_it_serves(process: "subprocess.Popen[str]") -> str:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if line.startswith("Stop with"):
            return "".join(said)
    raise AssertionError(f"it ended with {process.wait()}: {''.join(said)}")


def soon(folder: Path) -> float:
    """How many seconds a start may take: five, and on a slow or busy machine three times what telling its help takes.

    That loads the program and does nothing else, as a start should nearly be; making the demo anew takes far longer.
    """
    began = time.monotonic()
    done(folder, "--help")
    return max(SOON, 3 * (time.monotonic() - began))


def done(folder: Path, *arguments: str) -> str:
    """Run a command to its end and return what it answered."""
    ran = subprocess.run(
        command(folder, *arguments),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment(),
        timeout=LONGEST_LOAD,
    )
    return ran.stdout


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """The home of a demo that was made before."""
    return Path(shutil.copytree(demo_folder, tmp_path / "demo"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def enter(page: Page, address: str, person: str) -> None:
    """Sign in as one of the demo's people, with one click."""
    page.goto(address)
    page.get_by_role("region", name="The demo's people").get_by_role("button", name=re.compile(f"^{person} ")).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_a_second_start_is_quick_and_keeps_what_was_done(folder: Path, page: Page) -> None:
    with running(folder, "demo", "--port", "0") as first:
        for name, (role, side) in PEOPLE.items():
            assert re.search(rf"^{name}\s+{role}\s+{side}\s*$", first.said, re.MULTILINE), name
        enter(page, first.address("Team"), "Ana")
        open_words(page, first.address("Team"))
        expect(page.get_by_role("list", name="Codes of turn 17").filter(has_text=CODE)).to_have_count(0)
        drag_over(page, WORDS)
        page.get_by_role("treeitem", name=CODE).click()
        expect_saved(page)
        enter(page, first.address("Community"), "Rosa")
        expect(page.get_by_role("heading", level=1)).to_have_text("Findings for you to read")
    with running(folder, "demo", "--port", "0") as second:
        assert second.seconds < soon(folder)
        open_words(page, second.address("Team"))
        expect(page.get_by_role("list", name="Codes of turn 17")).to_contain_text(CODE)


def open_words(page: Page, team: str) -> None:
    """Open the first interview at the turn that says the words."""
    page.goto(f"{team}/s/{DEMO_KEY}/sources/INT-001/code#turn-17")
    expect_ready_to_code(page)


def test_a_demo_that_was_killed_while_it_was_made_is_whole_after_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with subprocess.Popen(command(folder, "demo", "--no-serve"), cwd=ROOT, env=environment()) as process:
        while process.poll() is None and not (folder / "evidence.sqlite3").exists():
            time.sleep(0.02)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    with running(folder, "demo", "--port", "0") as program:
        for name in ("Team", "Community"):
            with urlopen(f"{program.address(name)}/sign-in") as answer:  # noqa: S310 - an address that it printed
                assert answer.status == 200
    assert json.loads(done(folder, "doctor", "--json"))["ok"] is True
    assert len(json.loads(done(folder, "finding", "list", "--json"))) == 7


def test_fresh_throws_away_what_was_done(folder: Path) -> None:
    def count() -> int:
        return len(json.loads(done(folder, "coding", "list", "--source", "INT-001", "--json")))

    before = count()
    done(folder, "--as", "ben", "coding", "add", "INT-001", "--code", "work-and-money", "--quote", WORDS)
    assert count() == before + 1
    done(folder, "demo", "--no-serve")
    assert count() == before + 1
    done(folder, "demo", "--no-serve", "--fresh")
    assert count() == before


def test_the_community_is_served_where_no_evidence_is(folder: Path, browser: Browser) -> None:
    home = open_demo(folder)
    password = home.give_password(home.member("rosa"))
    home.close()
    for part in folder.glob("evidence.sqlite3*"):
        part.unlink()
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    with running(folder, "serve", "--only", "community", "--community-port", "0") as program:
        assert "Team:" not in program.said
        page.goto(program.address("Community"))
        expect(page.get_by_role("heading", name="The demo's people")).to_have_count(0)
        page.get_by_label("Username").fill("rosa")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("region", name="You answered these").get_by_role("link").first.click()
        expect(page.get_by_role("region", name="What you said")).to_be_visible()
    context.close()
    assert not list(folder.glob("evidence.sqlite3*"))
