"""A study's folder loads whole or not at all, and every refusal names the place."""

from pathlib import Path

import pytest

from ia_workbench import codebook, coding, corpus, findings, privacy, release, study_folder
from ia_workbench.corpus import ConsentScope
from ia_workbench.database import Store
from ia_workbench.findings import Stage
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.privacy import Role
from ia_workbench.publication import Audience
from tests.study_folder import making
from tests.support import Home
from tests.support.releasing import confirm_as


def test_a_study_by_hand_with_only_what_the_interface_names_loads(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    assert (loaded.key, loaded.sources, loaded.codes, loaded.codings) == ("by-hand", 2, 2, 2)
    assert (loaded.findings, loaded.evidence) == (1, 2)
    with home.session(home.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        assert (source.office, source.consent) == ("North", ConsentScope.QUOTE_TO_BODY)
        assert [each.key for each in source.participants] == ["P-01"]
        assert [each.key for each in codebook.levers(session, loaded.study_id)] == ["RUL", "ADM"]
        rows = coding.rows_of(coding.codings(session, loaded.study_id))
        assert [(row.quote, row.coder) for row in rows] == [(making.QUOTE, "ana"), (making.SLOT, "ben")]
        found = findings.finding_keyed(session, loaded.study_id, "F-01")
        assert (found.stage, found.nodes, found.edges) == (Stage.DRAFT, ["N-02"], ["N-01..N-02"])
        assert [link.key for link in findings.links_of(session, found)] == ["E-0001", "E-0002"]
        assert coding.mismatched_excerpts(session, loaded.study_id) == []


def test_people_are_made_in_the_store_of_their_role(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        members = {each.username: each.role for each in privacy.members_of(session, Store.EVIDENCE, loaded.study_id)}
        assert members == {"ana": Role.LEAD, "ben": Role.ANALYST}
        assert privacy.account_named(session, Store.EVIDENCE, "ada").role is Role.ADMINISTRATOR
    with home.unheld(Store.PUBLISHED, writes=False) as session:
        (study,) = [each for each in privacy.studies(session, Store.PUBLISHED) if each.key == "by-hand"]
        members = {each.username: each.role for each in privacy.members_of(session, Store.PUBLISHED, study.id)}
        assert members == {"rosa": Role.REVIEWER, "lee": Role.SITE_LEAD}


@pytest.mark.parametrize("absent", ["sources", "codings", "findings", "codebook", "process_map"])
def test_every_file_but_the_study_file_may_be_absent_where_nothing_names_it(
    home: Home, tmp_path: Path, absent: str
) -> None:
    left_out: dict[str, str | None] = {"codings": None, "findings": None, absent: None}
    assert making.load(home, making.by_hand(tmp_path / "study", **left_out)).codings == 0


def test_a_yaml_file_that_points_to_the_folder_loads_and_so_does_the_study_file_itself(
    home: Home, tmp_path: Path
) -> None:
    folder = making.by_hand(tmp_path / "deep" / "study")
    pointer = tmp_path / "cedar.yaml"
    pointer.write_text("folder: deep/study\n", encoding="utf-8")
    assert making.load(home, pointer).sources == 2
    (folder / "study.yaml").write_text(making.STUDY.replace("by-hand", "once-more"), encoding="utf-8")
    assert making.load(home, folder / "study.yaml").key == "once-more"


def test_a_quote_alone_is_enough_where_it_stands_once(home: Home, tmp_path: Path) -> None:
    lines = [line for line in making.findings().splitlines() if not line.strip().startswith(("start:", "end:"))]
    loaded = making.load(home, making.by_hand(tmp_path / "study", findings="\n".join(lines)))
    assert loaded.evidence == 2


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study")
    for name in ("study.yaml", "sources.csv", "codings.csv", "findings.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert making.load(home, folder).codings == 2


def coded(place: str, words: str, *, code: str = "family-time", coder: str = "ana") -> str:
    """Return a `codings.csv` whose second row says this."""
    start, end = place.split("-")
    wrong = ("INT-001", start, end, words, code, coder, "2026-03-02T14:28:00Z")
    return making.table(making.CODINGS_HEADER, [making.codings()[0], wrong])


FINDINGS = making.findings()
START = making.place_of(making.PARENT, making.QUOTE)[0]
BEFORE = "0001-01-01T00:00:00+14:00"  # a moment that has no day in UTC
REFUSALS: list[tuple[str, str, str]] = [
    ("codings", coded("1-9", "wrong"), r"codings\.csv line 3: the quote does not match the text at 1 to 9 of INT-001"),
    ("codings", coded("1-9", making.QUOTE), rf"codings\.csv line 3: .* These words stand at {START} to"),
    (
        "codings",
        making.table((*making.CODINGS_HEADER, "rating"), [(*making.codings()[0], 2)]),
        r"codings\.csv line 2: This code has no rating 2",
    ),
    ("codings", coded("5-9999", "x"), r"codings\.csv line 3: 5 to 9999 ends past the text of INT-001"),
    ("codings", coded("9-9", "x"), r"codings\.csv line 3: Select at least one character"),
    ("codings", coded("0-11", "INTERVIEWER", code="family-time/slot"), r"codings\.csv line 3: .*family-time/slots"),
    ("codings", coded("0-11", "INTERVIEWER", coder="rosa"), r"line 3: there is no user rosa on the team"),
    ("codings", making.table(making.CODINGS_HEADER, [making.codings()[0]] * 2), r"line 3: the same coding .* line 2"),
    ("codings", "source,start\n", r"codings\.csv: "),
    ("codings", making.table((*making.CODINGS_HEADER, "mood"), []), r"codings\.csv: .*"),
    (
        "findings",
        FINDINGS.replace(making.SLOT, "Choose any slot."),
        r"findings\.yaml line 16: the quote does not match",
    ),
    ("findings", FINDINGS.replace("levers: [ADM]", "levers: [XYZ]"), r"findings\.yaml line 2: There is no lever XYZ"),
    ("findings", FINDINGS.replace("[N-02]", "[N-99]"), r"findings\.yaml line 2: There is no step N-99"),
    ("findings", FINDINGS.replace("by: ben", "by: nobody"), r"findings\.yaml line 16: there is no user nobody"),
    ("findings", FINDINGS.replace("TXT-001", "TXT-009"), r"findings\.yaml line 16: there is no source TXT-009"),
    ("findings", FINDINGS.replace("note:", "mood:", 1), r"findings\.yaml line 14: .*mood"),
    ("findings", FINDINGS.replace("supports", "likes", 1), r"findings\.yaml line 12: .*stance must be one of"),
    ("findings", "findings: [", r"findings\.yaml: Line \d+ is not well-formed YAML"),
    ("sources", making.table((*making.SOURCES_HEADER, "shoe_size"), []), r"sources\.csv: .*shoe_size"),
    ("sources", making.table(making.SOURCES_HEADER, [making.SOURCES[0]] * 2), r"sources\.csv.*INT-001"),
    (
        "sources",
        making.table(making.SOURCES_HEADER, [("INT-001", "gone.txt", *making.SOURCES[0][2:])]),
        r"sources\.csv line 2: gone\.txt is not in the folder sources/",
    ),
    (
        "sources",
        making.table(making.SOURCES_HEADER, [("INT-001", "parent.txt", "gossip", *making.SOURCES[0][3:])]),
        r"sources\.csv.*[Ll]ine 2.*gossip",
    ),
    ("study", making.STUDY + "motto: x\n", r"study\.yaml line 13: .*motto"),
    ("study", making.STUDY.replace("lead}", "king}", 1), r"study\.yaml line 6: .*role must be one of"),
    ("study", making.STUDY.replace("by-hand", "By Hand"), r"study\.yaml line 1: A study key has"),
    ("study", making.STUDY.replace("by-hand", "cedar"), r"study\.yaml line 1: There is already a study called cedar"),
    (
        "study",
        making.STUDY.replace("username: ben, role: analyst", "username: ben, role: lead"),
        r"study\.yaml line 7: ben exists already",
    ),
    ("study", making.STUDY.replace("[ADM, RUL]", "[ADM, ZZZ]"), r"study\.yaml line 11: There is no lever ZZZ"),
    (
        "study",
        making.STUDY.replace("rule: default", "rule: {name: x, required: {mood: 3}}"),
        r"study\.yaml line 12: .*mood",
    ),
    (
        "study",
        making.STUDY.replace("rule: default", "codebook: /etc/passwd"),
        r"study\.yaml line 12: /etc/passwd is not a path",
    ),
    (
        "study",
        making.STUDY.replace("rule: default", "codebook: ../secret.yaml"),
        r"study\.yaml line 12: \.\./secret\.yaml",
    ),
    ("codebook", making.CODEBOOK.replace("[ADM]", "[ACC]"), r"codebook\.yaml: .*names the lever ACC"),
    ("study", making.STUDY + "process_map: gone.yaml\n", r"study\.yaml line 13: gone\.yaml is not there"),
    ("study", making.STUDY + "keys: {int: 3}\n", r"study\.yaml line 13: int begins no keys"),
    ("study", making.STUDY + "keys: {INT: -3}\n", r"study\.yaml line 13: .*INT must be a whole number"),
    ("study", making.STUDY.replace("ben, role", "ana, role"), r"study\.yaml line 7: .*the user ana twice"),
    ("findings", FINDINGS + FINDINGS.replace("findings:\n", ""), r"findings\.yaml line 24: .*F-01 is given twice"),
    ("findings", FINDINGS.replace("    levers: [ADM]", "    stage: half"), r"findings\.yaml line 4: .*stage must"),
    ("codings", coded("0-11", "INTERVIEWER").replace("2026-03-02T14:28:00Z", BEFORE), r"codings\.csv: Line 2 .*`at`"),
    ("codings", coded("12-13", " "), r"codings\.csv line 3: .*12 to 13 holds only space"),
    ("codebook", making.CODEBOOK.replace("name: Slots", "nome: Slots"), r"codebook\.yaml line 6: "),
    ("process_map", making.MAP.replace("type: meeting", "type: dance"), r"process_map\.yaml line 5: .*type must be"),
    ("process_map", making.MAP.replace("key: N-02", "key: N-01"), r"process_map\.yaml line 5: .*N-01 twice"),
    (
        "sources",
        making.table(making.SOURCES_HEADER, [(*making.SOURCES[0][:8], "20260220", *making.SOURCES[0][9:])]),
        r"sources\.csv: Line 2: 20260220 is not a date",
    ),
    ("process_map", making.MAP.replace("to: N-02", "to: N-09"), r"process_map\.yaml line 7: .*N-09"),
]


@pytest.mark.parametrize(
    ("file", "text", "sentence"), REFUSALS, ids=[f"{each[0]}-{n}" for n, each in enumerate(REFUSALS)]
)
def test_whatever_is_wrong_is_refused_with_its_place_and_nothing_is_loaded(
    home: Home, tmp_path: Path, file: str, text: str, sentence: str
) -> None:
    folder = making.by_hand(tmp_path / "study", **{file: text})
    before = making.row_counts(home)
    with pytest.raises(Refused, match=sentence):
        making.load(home, folder)
    assert making.row_counts(home) == before


def test_a_file_that_is_no_text_is_refused_in_words(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study")
    (folder / "codings.csv").write_bytes(b"source,start\n\xff\xfe")
    with pytest.raises(Refused, match=r"codings\.csv is not UTF-8 text"):
        making.load(home, folder)
    (folder / "codings.csv").unlink()
    (folder / "sources" / "parent.txt").write_bytes(b"")
    with pytest.raises(Refused, match=r"sources\.csv line 2: parent\.txt is empty"):
        making.load(home, folder)


def test_an_analyst_may_not_load_a_study(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        making.load(home, making.by_hand(tmp_path / "study"), who="ben")


def test_a_load_leaves_whole_trails_and_every_source_in_order(home: Home, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    folder, actor = making.by_hand(tmp_path / "study"), home.actor("ana")

    def note(what: str, done: int, of: int) -> None:
        seen.append((what, done, of))

    read = study_folder.read_study(actor, folder=folder, progress=note)
    with home.session(actor) as evidence, home.unheld(Store.PUBLISHED) as published:
        study_folder.load_study(evidence, published, actor, read=read, progress=note)
        assert privacy.first_broken_entry(evidence, Store.EVIDENCE) is None
    assert seen == [
        ("reading", 0, 2), ("reading", 1, 2), ("sources", 0, 2), ("sources", 1, 2),
        ("codings", 0, 2), ("codings", 1, 2), ("findings", 0, 1),
    ]  # fmt: skip


def masked_by_nobody() -> str:
    """Return findings with masks by someone who was made up for them, confirmed by another such person."""
    mask = "mask: {by: ghost, confirmed_by: shade, replacements: []}"
    return making.findings().replace("        role: ", f"        show: quote\n        {mask}\n        role: ")


def with_ghosts() -> str:
    """Return a study that lists the two of them."""
    ghosts = "  - {username: ghost, role: analyst}\n  - {username: shade, role: analyst}\n"
    return making.STUDY.replace("users:\n", f"users:\n{ghosts}")


def test_masks_come_in_unconfirmed_whatever_the_files_say(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study", study=with_ghosts(), findings=masked_by_nobody())
    loaded = making.load(home, folder)
    assert loaded.masks == 2
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        finding = findings.finding_keyed(session, loaded.study_id, "F-01")
        found = [str(each) for each in release.obstacles(session, finding, Audience.PUBLIC) if each.evidence]
        assert [each.split(",")[0] for each in found] == ["The mask of E-0001", "The mask of E-0002"]
        assert all("waits for a second person" in each for each in found)
        for mask in release.masks_for(session, finding).values():
            with pytest.raises(Refused, match="You loaded the mask"):
                confirm_as(session, ana, mask)
    with home.session(ben) as session:
        finding = findings.finding_keyed(session, loaded.study_id, "F-01")
        for mask in release.masks_for(session, finding).values():
            confirm_as(session, ben, mask)
        assert not [each for each in release.obstacles(session, finding, Audience.PUBLIC) if each.evidence]


@pytest.mark.parametrize("field", ["title", "question", "site"])
def test_a_name_of_the_list_in_what_the_community_may_always_know_is_refused(
    home: Home, tmp_path: Path, field: str
) -> None:
    study = making.STUDY.replace(f"{field}: ", f"{field}: about the Okoros, ")
    folder = making.by_hand(tmp_path / "study", study=f"{study}names: [Tanya Okoro]\n")
    with pytest.raises(Refused, match=f"study.yaml.*“Tanya Okoro” stands in {field}: a name on the study's list"):
        making.load(home, folder)


def test_an_empty_file_of_levers_is_refused_by_its_own_name(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study", study=making.STUDY.replace("[ADM, RUL]", "levers.yaml"))
    (folder / "levers.yaml").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match=r"^levers\.yaml: The lever file must"):
        making.load(home, folder)


def test_a_file_in_another_encoding_is_refused_with_its_line(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study")
    words = (folder / "sources.csv").read_bytes().replace(b"North", b"Pe\xf1asco")
    (folder / "sources.csv").write_bytes(words)
    with pytest.raises(Refused, match=r"^sources\.csv: Line 2: this is not UTF-8"):
        making.load(home, folder)
    (folder / "findings.yaml").write_bytes(b"findings: []\n# \xf1\n")
    with pytest.raises(Refused, match=r"^findings\.yaml is not UTF-8 text: look at line 2"):
        making.load(home, folder)


def test_an_office_written_with_combining_marks_is_the_same_office(home: Home, tmp_path: Path) -> None:
    composed, apart = "Pe\u00f1asco", "Pen\u0303asco"
    row = tuple(apart if cell == "North" else cell for cell in making.SOURCES[0])
    study = making.STUDY + f"offices: [{composed}]\n"
    sources = making.table(making.SOURCES_HEADER, [row, making.SOURCES[1]])
    loaded = making.load(home, making.by_hand(tmp_path / "study", study=study, sources=sources))
    with home.session(home.actor("ana"), writes=False) as session:
        assert corpus.source_keyed(session, loaded.study_id, "INT-001").office == composed


@pytest.mark.parametrize("guard", ["", "'"])
def test_a_quote_may_come_guarded_or_as_it_stands(home: Home, tmp_path: Path, guard: str) -> None:
    folder = making.by_hand(tmp_path / "study", findings=None)
    (folder / "sources" / "form.md").write_text("- Choose.\n'=2 slots\n", encoding="utf-8")
    rows = [
        ("TXT-001", start, start + len(words), f"{guard}{words}", "family-time", "ana", "2026-03-02")
        for start, words in ((0, "- Choose."), (10, "'=2 slots"))
    ]
    (folder / "codings.csv").write_text(making.table(making.CODINGS_HEADER, rows), encoding="utf-8")
    loaded = making.load(home, folder)
    with home.session(home.actor("ana"), writes=False) as session:
        quotes = [row.quote for row in coding.rows_of(coding.codings(session, loaded.study_id))]
    assert quotes == ["- Choose.", "'=2 slots"]
