"""The map as a picture: links with names, no inline style, nothing that a title could break out of."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from ia_workbench.kernel import parse_xml
from ia_workbench.process_map import LaneEntry, MapFile, MapWords, Mark, draw_map, layout
from tests.process_map.maps import edge, node, shipped_map

STYLESHEET = Path(__file__).resolve().parents[2] / "ia_workbench" / "web" / "static" / "map" / "map.css"
MARKS = {
    "N-06": Mark(2, 0, ("no family source", "no text")),
    "N-14": Mark(9, 2),
    "N-13..N-14": Mark(4, 1, ("no text",)),
}


def drawn(file: MapFile, selected: str | None = None, words: MapWords | None = None) -> str:
    made = layout(file.lanes, file.nodes, file.edges, marks=MARKS)
    return draw_map(made, marks=MARKS, href=lambda key: f"/s/cedar/map/{key}?a=1&b=2", selected=selected, words=words)


def soup_of(svg: str) -> BeautifulSoup:
    return BeautifulSoup(svg, "html5lib")


def step(soup: BeautifulSoup, key: str) -> Tag:
    found = soup.select_one(f'a.map-step[href^="/s/cedar/map/{key}?"]')
    assert found is not None
    return found


def test_every_step_is_a_link_with_a_name_in_a_list_in_the_order_of_the_case() -> None:
    soup = soup_of(drawn(shipped_map()))
    links = soup.select('g[role="list"] > g[role="listitem"] > a.map-step')
    assert [str(link["href"])[13:17] for link in links] == [node.key for node in shipped_map().nodes]
    assert all(link.get("aria-label") and link.find("title") for link in links)
    assert all(link.get("tabindex") is None for link in links)


def test_a_step_says_all_that_it_shows() -> None:
    soup = soup_of(drawn(shipped_map()))
    assert step(soup, "N-14")["aria-label"] == (
        "Step 14, Family time, action, lane Provider, independent units: 9, findings: 2"
    )
    assert str(step(soup, "N-06")["aria-label"]).endswith("blind spot: no family source, no text")


def test_a_passage_with_marks_is_a_link_that_says_all_that_is_known_of_it() -> None:
    pills = soup_of(drawn(shipped_map())).select("a.map-pill")
    names = {str(pill["href"])[13:].split("?")[0]: str(pill["aria-label"]) for pill in pills}
    assert set(names) == {"N-09..N-14", "N-13..N-14"}
    for part in ("Relative search and placement to Family time", "observed 17 days", "expected 5 days"):
        assert part in names["N-09..N-14"]
    assert "findings: 1" in names["N-13..N-14"]
    assert "observed" not in names["N-13..N-14"]


def test_wires_can_be_pointed_at_and_are_hidden_from_the_keyboard_and_from_those_who_listen() -> None:
    soup = soup_of(drawn(shipped_map()))
    wires = soup.select("a.map-wire")
    assert len(wires) == len(shipped_map().edges)
    assert all(wire["tabindex"] == "-1" and wire.find_parent(attrs={"aria-hidden": "true"}) for wire in wires)
    assert all("when: " in wire.find("title").get_text() for wire in wires)  # type: ignore[union-attr]


def test_the_open_step_is_current_and_its_passages_are_hot() -> None:
    soup = soup_of(drawn(shipped_map(), selected="N-14"))
    assert [link["aria-label"] for link in soup.select("[aria-current]")] == [step(soup, "N-14")["aria-label"]]
    assert len(soup.select("a.map-wire--hot")) == 3
    assert not soup_of(drawn(shipped_map())).select("[aria-current], .map-wire--hot")


def test_shape_and_word_tell_a_decision_a_blind_spot_and_a_delay_not_colour_alone() -> None:
    soup = soup_of(drawn(shipped_map()))
    assert step(soup, "N-05").select_one(".map-step__edge")
    assert not step(soup, "N-04").select_one(".map-step__edge")
    assert "decision" in step(soup, "N-05").get_text()
    assert step(soup, "N-06").select_one(".map-icon--blind")
    assert "map-step--blind" in step(soup, "N-06")["class"]
    assert "17 d" in soup.select_one('a.map-pill[href*="N-09..N-14"]').get_text()  # type: ignore[union-attr]


def test_rows_are_headed_by_their_steps() -> None:
    headings = [each.get_text() for each in soup_of(drawn(shipped_map())).select(".map-heading")]
    assert headings == [
        "Steps 1 to 11, hotline report to adjudication",
        "Continues, steps 12 to 20, disposition and case plan to dismissal and after-care",
    ]


def test_the_words_of_the_picture_can_be_translated() -> None:
    svg = drawn(shipped_map(), words=MapWords(heading="Pasos {numbers}, de {first} a {last}", run="{first} a {last}"))
    assert "Pasos 1 a 11, de hotline report a adjudication" in svg


def test_there_is_no_inline_style_script_or_handler() -> None:
    svg = drawn(shipped_map(), selected="N-14")
    assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=", svg)


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "</title></svg><b>", "a & b 'c'"])
def test_no_title_breaks_out_of_the_picture(hostile: str) -> None:
    lanes = (LaneEntry("agency", hostile),)
    nodes = (node(1, title=hostile), node(2, title=hostile))
    edges = (replace(edge(1, 2, hostile, 3.0), gap=hostile), edge(2, 1, hostile))
    svg = drawn(MapFile("M", lanes=lanes, nodes=nodes, edges=edges))
    root = parse_xml(svg.encode())
    assert {str(each.tag).rpartition("}")[2] for each in root.iter()} <= {
        "svg",
        "g",
        "a",
        "title",
        "rect",
        "path",
        "text",
    }
    assert hostile in str(root.xpath("string(//*[local-name()='title'])"))


def test_every_class_of_the_picture_has_its_look_in_the_stylesheet() -> None:
    used = {
        name for each in re.findall(r'class="([^"]+)"', drawn(shipped_map(), selected="N-14")) for name in each.split()
    }
    styled = set(re.findall(r"\.(map[a-z_-]*)", STYLESHEET.read_text(encoding="utf-8")))
    bare = {"map-pill", "map-wire", "map-wire--back", "map-step", "map-count"}  # carry others, or need no look
    assert used - styled <= bare
    assert styled - used <= {"map-step--outside", "map-band--alternate"}


def test_the_stylesheet_uses_only_design_tokens_for_colour() -> None:
    css = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", css)
