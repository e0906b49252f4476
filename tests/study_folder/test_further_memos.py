"""Memos of every kind as a file of a study: on codes, steps and findings, private, with titles and links."""

import csv
import shutil
from pathlib import Path

import pytest

from ia_workbench import codebook, coding, corpus, findings, process_map
from ia_workbench.coding import Memo
from ia_workbench.config import shipped_folder
from ia_workbench.kernel import Refused
from tests.study_folder import making
from tests.support import Home, make_home

AT = "2026-03-02T14:28:00Z"
HEADER = "source,text,start,end,quote,words,origin,comment,by,at,about,thing,title,private,links"


def write_every_kind(home: Home, study_id: int, who: str) -> None:
    """Note something about each kind of thing, each leading to the one before; every second one is private."""
    actor = home.actor(who)
    with home.session(actor) as session:
        revision = corpus.newest_revision_at(session, study_id, "INT-001")
        made: list[Memo] = []
        for about in (
            coding.on_source(revision.source),
            coding.on_turn(revision, corpus.turns_of(session, revision)[1]),
            coding.on_code(codebook.codes(session, study_id)[0]),
            coding.on_step(process_map.nodes(session, study_id)[0]),
            coding.on_step(process_map.edges(session, study_id)[0]),
            coding.on_finding(findings.findings(session, study_id)[0]),
        ):
            words, links = f"On the {about.about} “{len(made)}”\n, and so on", [each.guid for each in made[-1:]]
            private, title = len(made) % 2 == 1, "A title" if about.thing else ""
            memo = coding.add_memo(
                session, actor, about=about, words=words, title=title, is_private=private, links=links
            )
            made.append(memo)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "memos.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_memos_of_every_kind_come_back_byte_for_byte(home: Home, migrated_stores: Path, tmp_path: Path) -> None:
    study = shipped_folder("corpora") / "cedar_county"
    loaded = making.load(home, study)
    write_every_kind(home, loaded.study_id, "ana")
    first = making.export(home, loaded.study_id, tmp_path / "first")
    other = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    again = making.load(other, first)
    second = making.export(other, again.study_id, tmp_path / "second")
    other.close()
    written = rows(first)
    abouts = sorted(each["about"] for each in written)  # on an excerpt is the one that the study comes with
    assert abouts == ["code", "excerpt", "finding", "source", "step", "step", "turn"]
    assert sum(each["private"] == "yes" for each in written) == 3
    assert sum(bool(each["links"]) for each in written) == 5
    assert (second / "memos.csv").read_bytes() == (first / "memos.csv").read_bytes()


def test_what_others_keep_private_is_not_in_an_export(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ben = home.actor("ben")
    with home.session(ben) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        coding.add_memo(session, ben, about=coding.on_source(source), words="Mine.", is_private=True)
        coding.add_memo(session, ben, about=coding.on_source(source), words="Ours.")
    assert [each["words"] for each in rows(making.export(home, loaded.study_id, tmp_path / "first"))] == ["Ours."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f",,,,,Words,team,,ben,{AT},code,no/such,,,", "memos.csv line 2: "),
        (f",,,,,Words,team,,ben,{AT},finding,F-99,,,", "memos.csv line 2: "),
        (f",,,,,Words,team,,ben,{AT},step,N-99,,,", "memos.csv line 2: "),
        (f"INT-001,,,,,Words,team,,ben,{AT},source,,,maybe,", "Line 2 needs whole numbers"),
        (f"INT-001,,,,,Words,team,,ben,{AT},elsewhere,,,,", "Line 2 needs whole numbers"),
        (f"INT-001,,,,,Words,team,,ben,{AT},source,,,,7", "there is no row of one of the numbers under links"),
        (f"INT-001,,,,,Words,team,,ben,{AT}", "Line 2 has 10 cells, not 15"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(home: Home, tmp_path: Path, row: str, sentence: str) -> None:
    folder = making.by_hand(tmp_path / "by-hand")
    (folder / "memos.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        making.load(home, folder)
    assert sentence in str(refused.value)
