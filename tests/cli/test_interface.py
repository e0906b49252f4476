"""The shapes that scripts read, exactly as the interface has them."""

import pytest

from tests.cli.running import Workbench

READING = [
    ("study", "list"),
    ("user", "list"),
    ("source", "list"),
    ("source", "show", "INT-001"),
    ("source", "text", "INT-001"),
    ("codebook", "show"),
    ("codebook", "history"),
    ("codebook", "diff", "0"),
    ("coding", "list"),
    ("map", "show"),
    ("map", "coverage"),
    ("finding", "list"),
    ("finding", "show", "F-01"),
    ("finding", "evaluate", "F-01"),
    ("evidence", "list", "F-01"),
    ("clearance", "list", "F-01"),
    ("release", "F-01", "--to", "body", "--preview"),
    ("review", "list"),
    ("search", "visit*"),
    ("search-index", "check"),
    ("audit", "list"),
    ("audit", "verify"),
    ("doctor",),
]


@pytest.mark.parametrize("command", READING, ids=[" ".join(each) for each in READING])
def test_a_reading_command_answers_with_one_document_or_with_words(shown: Workbench, command: tuple[str, ...]) -> None:
    ran = shown(*command, "--json")
    assert ran.err == ""
    assert isinstance(ran.document, list | dict)
    words = shown(*command)
    assert words.out.strip()
    assert words.out != ran.out


def test_finding_evaluate(shown: Workbench) -> None:
    document = shown.read("finding", "evaluate", "F-01")
    assert list(document) == ["finding", "strength", "rule", "lines", "counts", "fragile_units", "convergence"]
    assert (document["finding"], document["strength"]) == ("F-01", "established")
    assert document["rule"] == {"name": "default", "version": 1}
    assert [each["key"] for each in document["lines"]] == [
        "independent-sources", "kinds", "family-standpoint", "lever-anchored", "investigators",
        "not-one-case", "not-one-office", "negative-case-search", "contrary-resolved",
    ]  # fmt: skip
    assert document["lines"][0] == {
        "key": "independent-sources",
        "required": 3,
        "observed": document["counts"]["independent_units"],
        "met": True,
    }
    assert list(document["counts"]) == [
        "excerpts", "sources", "independent_units", "kinds", "standpoints", "effective_kinds",
    ]  # fmt: skip
    assert all(isinstance(unit, list) for unit in document["fragile_units"])
    assert len(document["convergence"]) == 8
    assert list(document["convergence"][0]) == ["family", "cell"]


def test_another_rule_may_be_asked(shown: Workbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    rule = tmp_path_factory.mktemp("rule") / "rule.yaml"
    rule.write_text("name: strict\nversion: 2\nrequired: {independent-sources: 99}\n", encoding="utf-8")
    document = shown.read("finding", "evaluate", "F-01", "--rule", rule)
    assert (document["rule"], document["lines"][0]["met"]) == ({"name": "strict", "version": 2}, False)
    rule.write_text("name: strict\nversion: 2\nrequired: {sources: 99}\n", encoding="utf-8")
    sentence = shown.refused("finding", "evaluate", "F-01", "--rule", rule)
    assert sentence.startswith("rule.yaml line 3: Required of the rule has a field sources")


def test_search(shown: Workbench) -> None:
    document = shown.read("search", "visit*", "--limit", 3)
    assert list(document) == ["query", "total", "took_ms", "hits"]
    assert (document["query"], len(document["hits"])) == ("visit*", 3)
    assert document["total"] > 3
    for hit in document["hits"]:
        assert list(hit) == ["source", "turn", "speaker", "start", "end", "left", "match", "right"]
        text = shown.read("source", "text", hit["source"])["text"]
        assert text[hit["start"] : hit["end"]] == hit["match"]
    only = shown.read("search", "visit*", "--kind", "institutional-text")
    assert {hit["source"][:3] for hit in only["hits"]} == {"TXT"}
    coded = shown.read("search", "visit*", "--code", "family-time/slots-set-by-form", "--node", "N-14")
    assert 0 < coded["total"] < document["total"]
    assert "no step N-99" in shown.refused("search", "visit", "--node", "N-99")
    assert "There is no code" in shown.refused("search", "visit", "--code", "nothing")
    assert "Type at least one word" in shown.refused("search", " ")


def test_map_coverage(shown: Workbench) -> None:
    document = shown.read("map", "coverage")
    assert list(document) == ["nodes", "edges"]
    fields = ["independent_units", "standpoints", "kinds", "findings", "blind_spot"]
    assert all(list(each) == ["node", *fields] for each in document["nodes"])
    assert all(list(each) == ["edge", *fields] for each in document["edges"])
    by_node = {each["node"]: each for each in document["nodes"]}
    assert "F-01" in by_node["N-14"]["findings"]
    assert by_node["N-14"]["standpoints"]["parent"] >= 2


def test_doctor(shown: Workbench) -> None:
    document = shown.read("doctor")
    assert list(document) == ["ok", "checks"]
    assert document["ok"] is True
    assert all(list(each) == ["name", "checked", "problems"] for each in document["checks"])
    checked = {each["name"]: each["checked"] for each in document["checks"]}
    assert checked["quotes-match-text"] > 200
    assert all(checked.values())


def test_source_text_prints_the_stored_text_and_nothing_else(shown: Workbench) -> None:
    document = shown.read("source", "text", "INT-002", "--revision", 1)
    assert shown("source", "text", "INT-002").out == document["text"]
    assert document["revision"] == 1
    assert shown.refused("source", "text", "INT-002", "--revision", 2)
    assert shown.refused("source", "text", "INT-002", "--revision", 10**30)
