"""Codings as files from a page: what is chosen, that it is noted, that nobody gets what is not theirs."""

import csv
import io
import threading

import docx
import openpyxl
from sqlalchemy import select

from ia_workbench import corpus, privacy
from ia_workbench.privacy import READ_RAW, AuditEntry
from ia_workbench.web.workbench.export_jobs import AT_ONCE, ExportJobs
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

EXPORT = f"{BASE}/codings/export"


def rows_of(answer: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(answer.decode())))


def jobs_of(browser: Browser) -> ExportJobs:
    """Return what makes the files of a browser's application."""
    jobs: ExportJobs = browser.client.application.extensions["ia_exports"]
    return jobs


def reads(site: Site) -> list[AuditEntry]:
    """Return the entries of reads of raw words."""
    with site.reading() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.act == READ_RAW)))


def test_the_page_offers_sources_codes_coders_and_four_kinds_of_file(ben: Browser) -> None:
    page = ben.page(f"{EXPORT}?code=family-time")
    assert [each["value"] for each in page.select("input[name=kind]")] == ["csv", "xlsx", "docx", "json"]
    assert [each["value"] for each in page.select("#code option[selected]")] == ["family-time"]
    assert {"INT-001", ""} <= {each["value"] for each in page.select("#source option")}
    assert page.select_one("form[method=get]") is not None


def test_a_file_holds_what_was_chosen_and_the_trail_names_its_sources(site: Site, ben: Browser) -> None:
    everything = rows_of(ben.get(f"{EXPORT}/file?kind=csv").data)
    who = next(each["coder"] for each in everything if each["source"] == "INT-001")
    some = rows_of(ben.get(f"{EXPORT}/file?kind=csv&source=INT-001&coder={who}").data)
    assert some == [each for each in everything if (each["source"], each["coder"]) == ("INT-001", who)]
    assert some
    assert len(everything) > len(some)
    named = [each.details["sources"] for each in reads(site) if each.details["where"] == "coding_exports.take"]
    assert named == [sorted({each["source"] for each in everything}), ["INT-001"]]


def test_workbook_and_document_hold_the_same_quotes_as_the_table(ben: Browser) -> None:
    quotes = sorted(each["quote"] for each in rows_of(ben.get(f"{EXPORT}/file?kind=csv").data))
    answer = ben.get(f"{EXPORT}/file?kind=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert sorted(str(row[head.index("quote")]) for row in rows) == quotes
    document = docx.Document(io.BytesIO(ben.get(f"{EXPORT}/file?kind=docx").data))
    assert sorted(each.text for each in document.paragraphs if each.style and each.style.name == "Quote") == quotes
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')


def test_masked_words_are_refused_with_the_sources_that_lack_them(ben: Browser) -> None:
    response = ben.get(f"{EXPORT}/file?kind=csv&words=masked", status=422)
    assert "no masked text of theirs is signed" in response.text
    assert "INT-001" in response.text


def test_a_source_or_code_that_is_not_there_is_not_found(ben: Browser) -> None:
    ben.get(f"{EXPORT}/file?source=INT-999", status=404)
    ben.get(f"{EXPORT}/file?code=nothing-like-it", status=404)


def test_a_file_that_takes_long_leads_to_a_page_that_has_it_when_it_is_made(ben: Browser, ana: Browser) -> None:
    jobs, going_on = jobs_of(ben), threading.Event()
    for _ in range(AT_ONCE):
        jobs._pool.submit(going_on.wait, 30)  # others' files come first
    jobs.patience = 0.01
    address = str(ben.get(f"{EXPORT}/file?kind=csv", status=303).location)
    assert "being made" in ben.get(address).text
    assert "file-state" not in ana.get(address).text, "the file is whoever asked's alone"
    going_on.set()
    jobs.patience = 30.0
    assert rows_of(ben.get(f"{EXPORT}/file?kind=csv").data)
    assert "file-state" not in ben.get(address).text, "what was taken is kept no longer"


def test_a_file_that_waits_is_not_given_once_a_source_is_withdrawn(site: Site, ben: Browser) -> None:
    jobs = jobs_of(ben)
    jobs.patience = 0.0
    ben.client.get(f"{EXPORT}/file?kind=csv")
    (job,) = jobs._jobs.values()
    assert job.done.wait(30)
    before = {each["source"] for each in rows_of(job.content)}
    assert "INT-001" in before
    with site.writing() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        corpus.withdraw_source(session, session.info["actor"], source=source, reason="taken-back")
    jobs.patience = 30.0
    after = {each["source"] for each in rows_of(ben.get(f"{EXPORT}/file?kind=csv").data)}
    assert after == before - {"INT-001"}


def test_a_file_of_a_limited_analyst_holds_their_sources_alone(site: Site, ben: Browser) -> None:
    everything = rows_of(ben.get(f"{EXPORT}/file?kind=csv").data)
    others = [each for each in everything if each["source"] != "INT-001"]
    assert others
    with site.writing() as session:
        ana = site.home.actor("ana")
        given = {corpus.source_keyed(session, site.study_id, "INT-001").id: "INT-001"}
        privacy.limit_member(session, ana, study_id=site.study_id, username="ben", sources=given)
    assert rows_of(ben.get(f"{EXPORT}/file?kind=csv").data) == [each for each in everything if each not in others]
    book = ben.get(f"{EXPORT}/file?kind=xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    told = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    document = docx.Document(io.BytesIO(ben.get(f"{EXPORT}/file?kind=docx").data))
    told += " ".join(each.text for each in document.paragraphs) + ben.get(f"{EXPORT}/file?kind=json").text
    assert not [each["quote"] for each in others if each["quote"] in told or each["source"] in told]
    assert ben.client.get(f"{EXPORT}/file?kind=csv&source={others[0]['source']}").status_code == 404
