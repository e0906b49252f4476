"""`sources.csv`: reads back as written, and refuses by line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import ConsentScope, SourceKind, SourceRecord, read_records, write_records
from ia_workbench.kernel import Refused, normalise_text

HEADER = "key,file,kind,standpoint\n"
STANDARD = (
    "key,file,kind,subkind,title,standpoint,worker_role,participant,case,office,agency,collector,date,language,consent,"
    "text_id,event_id,nodes"
)
RECORD = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", key="INT-001", title="One")


def refusal(content: str) -> str:
    with pytest.raises(Refused) as caught:
        read_records(content.encode())
    return str(caught.value)


def test_rows_come_in_order_with_the_line_they_begin_on() -> None:
    lines = [
        "\ufeffkey,file,kind,standpoint,title",
        ',a.txt,interview,parent,"Two, ""quoted"""',
        "",
        "OBS-01,b.md,observation,text,",
    ]
    rows = read_records("\r\n".join(lines).encode())
    assert [(line, record.key, record.title, file) for line, record, file in rows] == [
        (2, None, 'Two, "quoted"', "a.txt"),
        (4, "OBS-01", "", "b.md"),
    ]


def test_the_columns_are_those_of_the_interface_and_a_chosen_convention_is_rare() -> None:
    assert write_records([(RECORD, "a.txt")]).decode().splitlines()[0] == STANDARD
    chosen = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", convention="name-line")
    written = write_records([(RECORD, "a.txt"), (chosen, "b.txt")])
    assert written.decode().splitlines()[0] == f"{STANDARD},convention"
    assert [row.record for row in read_records(written)] == [RECORD, chosen]


def test_a_cell_is_what_the_register_says_whatever_it_begins_with() -> None:
    record = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", title="=1+1", office="-South", agency="'@x")
    written = write_records([(record, "a.txt")])
    assert b",=1+1," in written
    assert b",-South,'@x," in written
    assert read_records(written)[0].record == record


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Line 1: there is no column file."),
        ("key,kind,standpoint\n", "Line 1: there is no column file."),
        ("file,kind,standpoint,name\n", "Line 1: there is no column name here; there are key, file"),
        ("file,kind,standpoint,kind\n", "Line 1: the column kind stands there twice"),
        (f"{HEADER}INT-1,a.txt,chat,parent\n", "Line 2: There is no kind chat"),
        (f"{HEADER}INT-1,a.txt,interview,parent\n\nINT-1,b.txt,interview,parent\n", "Line 4: INT-1 stands on line 2"),
        (f"{HEADER}INT-1,,interview,parent\n", "Line 2: Give the name of the file."),
        (f"{HEADER}INT-1,../a.txt,interview,parent\n", "Line 2: ../a.txt is not the name of a file"),
        (f"{HEADER}INT-1,/etc/passwd,interview,parent\n", "Line 2: /etc/passwd is not the name of a file"),
        (f"{HEADER}INT-1,C:a.txt,interview,parent\n", "Line 2: C:a.txt is not the name of a file"),
        (f"{HEADER}INT-1,a.txt,interview,parent,more\n", "Line 2: there are more cells than columns."),
        (f'{HEADER}INT-1,a.txt,interview,parent\nINT-2,"a.txt"x,interview,parent\n', "Line 3: the quotation marks"),
        (f'{HEADER}INT-1,"a.txt,interview,parent\n', "Line 2: the quotation marks"),
    ],
)
def test_a_malformed_list_is_refused_by_line(content: str, sentence: str) -> None:
    assert refusal(content).startswith(sentence)


def test_a_list_in_another_encoding_or_far_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        read_records(f"{HEADER}INT-1,a.txt,interview,parent\n".encode("utf-16"))
    with pytest.raises(Refused, match="5 MB"):
        read_records(b" " * 5_000_001)


words = st.text(st.characters(categories=("L", "N", "P", "S")) | st.just(" "), max_size=40).map(
    lambda text: normalise_text(text).strip()
)
maybe = words.map(lambda text: text or None)
keys = st.lists(st.integers(1, 99).map(lambda number: f"P-{number:02}"), unique=True, max_size=3).map(tuple)
records = st.builds(
    SourceRecord,
    kind=st.sampled_from(SourceKind),
    standpoint=st.sampled_from(["parent", "youth", "text"]),
    title=words,
    subkind=maybe,
    worker_role=maybe,
    participants=keys,
    case=st.none() | st.just("C-01"),
    office=maybe,
    agency=maybe,
    collectors=st.lists(st.sampled_from(["ana", "ben", "c.d"]), unique=True).map(tuple),
    date=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    consent=st.sampled_from(ConsentScope),
    nodes=keys,
)


@given(st.lists(records, max_size=4))
def test_whatever_is_written_is_read_back(several: list[SourceRecord]) -> None:
    rows = read_records(write_records((record, f"{number}.txt") for number, record in enumerate(several)))
    assert [(row.record, row.file) for row in rows] == [(each, f"{number}.txt") for number, each in enumerate(several)]
