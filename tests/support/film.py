"""Record the coding screen at work: pictures of twenty seconds of a coder who only uses the keyboard, on the demo.

    python -m tests.support.film FOLDER [--size 1440x900] [--theme light] [--language en]

leaves a numbered picture after every key that changes something, and `film.mp4` of all of them where ffmpeg is
installed. Each picture is there to be looked at for what moves, overlaps, is cut off or is not seen to have the focus.
"""

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page, expect

from ia_workbench import language, search
from ia_workbench.cli import program
from tests.support.homes import DEMO_KEY, Home, open_demo
from tests.support.serving import Served, real_browser, served_over

SOURCE = "INT-001"
SECONDS_A_PICTURE = 0.5
SETTLES = 250  # ms until a picture: what fades has faded, as a person would see it


@dataclass
class Film:
    """The pictures of one page, numbered in the order in which they are taken."""

    page: Page
    folder: Path
    taken: int = 0

    def press(self, name: str, *keys: str) -> None:
        """Press keys one after the other and take a picture."""
        for key in keys:
            self.page.keyboard.press(key)
        self.take(name)

    def type(self, name: str, words: str) -> None:
        """Write words and take a picture."""
        self.page.keyboard.type(words)
        self.take(name)

    def take(self, name: str) -> None:
        """Take a picture of what the window shows now."""
        self.page.wait_for_timeout(SETTLES)
        self.taken += 1
        self.page.screenshot(path=self.folder / f"{self.taken:02}-{name}.png")


def code_by_keyboard(film: Film, address: str) -> None:
    """Do what a coder does in twenty seconds."""
    page = film.page
    page.goto(f"{address}/s/{DEMO_KEY}/sources/{SOURCE}/code")
    expect(page.locator("html.has-codings")).to_be_attached()
    film.take("opened")
    _code_sentences(film)
    _link_and_undo(film)
    _look_around(film)
    _write_and_autocode(film)


def _code_sentences(film: Film) -> None:
    film.press("next-turn", "j")
    film.press("sentence", "s")
    film.press("next-sentence", "s")
    film.press("picker", "c")
    film.type("typed", "form")
    film.press("second-of-them", "ArrowDown")
    film.press("applied", "Enter")
    film.press("longer", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowRight")
    film.press("important", "i")
    film.press("next-coding", "n")
    film.press("card", "Enter")
    film.press("back", "Escape")


def _link_and_undo(film: Film) -> None:
    film.press("which-finding", "s", "e")
    film.press("which-stance", "1")
    film.press("linked", "s")
    film.press("undone", "Control+z")
    film.press("redone", "Control+Shift+z")
    film.press("undone-again", "Control+z")


def _look_around(film: Film) -> None:
    film.press("filter", "f")
    film.press("filter-coder", "Tab", "ArrowDown")
    film.press("filter-closed", "Escape")
    film.press("filter-taken-back", "Shift+F")
    film.press("only-this-code", "n", "Shift+F")
    film.press("all-again", "Shift+F")
    film.press("lanes-by-coder", "l")
    film.press("lanes-together", "l")


def _write_and_autocode(film: Film) -> None:
    film.press("memo", "m")
    film.type("memo-written", "The **form** decides, not the family.")
    film.press("memo-kept", "Control+Enter")
    film.press("autocoding", "a")
    film.type("autocoding-typed", "visits")
    film.page.keyboard.press("Tab")
    film.type("autocoding-code", "set by form")
    film.page.keyboard.press("Tab")
    film.page.keyboard.press("Enter")
    expect(film.page.locator("#autocode-matches input").first).to_be_focused()
    film.take("autocoding-preview")
    film.press("autocoding-rejected", "n")
    film.press("autocoding-closed", "Escape", "Escape")
    film.press("codebook", "b", "ArrowDown", "ArrowDown")
    film.press("code-menu", "Shift+F10")
    film.press("keys", "Escape", "Escape", "?")


@contextmanager
def demo_served() -> Iterator[Served]:
    """Serve a fresh demo while the block runs."""
    with tempfile.TemporaryDirectory(prefix="ia-film-") as folder:
        made = CliRunner().invoke(program, ["--home", folder, "demo", "--no-serve"], catch_exceptions=False)
        if made.exit_code:
            raise RuntimeError(made.output)
        with served_home(open_demo(Path(folder))) as served:
            yield served


@contextmanager
def served_home(home: Home) -> Iterator[Served]:
    """Serve a demo that is there, with its index in step, while the block runs."""
    language.sentences("Loaded before anybody waits.")
    search.follow(home.evidence, search.SearchIndex(home.settings.index_folder))
    try:
        with real_browser() as browser, served_over(home, browser) as served:
            yield served
    finally:
        home.close()


def join(folder: Path) -> Path | None:
    """Make a film of the pictures; None where there is no ffmpeg."""
    found = shutil.which("ffmpeg")
    if found is None:
        return None
    film = folder / "film.mp4"
    rate = f"{1 / SECONDS_A_PICTURE:.3f}"
    pictures = ["-framerate", rate, "-pattern_type", "glob", "-i", str(folder / "*.png")]
    shape = ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-r", "25", "-pix_fmt", "yuv420p"]
    subprocess.run([found, "-y", "-loglevel", "error", *pictures, *shape, str(film)], check=True)
    return film


def main() -> None:
    """Take the pictures and say where they are."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--size", default="1440x900", help="of the window, in px (default 1440x900)")
    options.add_argument("--theme", choices=["light", "dark"], default="light")
    options.add_argument("--language", default="en-GB")
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for each in chosen.folder.glob("[0-9][0-9]-*.png"):
        each.unlink()
    width, height = map(int, re.fullmatch(r"(\d+)x(\d+)", chosen.size).groups())
    with demo_served() as served:
        page = served.open_page((width, height), color_scheme=chosen.theme, locale=chosen.language)
        film = Film(served.sign_in(page, "ana"), chosen.folder)
        code_by_keyboard(film, served.team)
    print(f"{film.taken} pictures in {chosen.folder}", join(chosen.folder) or "(no ffmpeg, no film)", sep="; ")


if __name__ == "__main__":
    main()
