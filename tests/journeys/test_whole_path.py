"""The whole path in real browsers: from three files to a finding that the body has answered and the public can read.

Ana leads the study, Ben confirms her masks, Rosa answers on a phone, Lee takes the brief away. Each step builds on the
one before, so it is one test; its steps are told in the order in which people take them.
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import docx
from playwright.sync_api import APIResponse, Locator, Page, expect

from tests.support.homes import DEMO_KEY
from tests.support.journeys import drag_over, expect_line, expect_ready_to_code, expect_saved, expect_strength, said
from tests.support.serving import PHONE, Served
from tests.support.word_files import paragraph, word_file

STUDY = f"/s/{DEMO_KEY}"

WORKER_SAYS = "Only rides before four fit on it, so Mrs. Halloran takes the two o'clock bus or none."
PARENT_SAYS = "Desmond said the ride sheet has no line after four, so I walked from Alder Street"
PARENT_LOST = "I lost the Saturday as well, I could not pay that ticketbook myself."
RULE_SAYS = "A ride is entered on sheet TS-9 between eight and four. A ride outside these hours is not entered."

WORKER_FILE = word_file(
    "".join(
        paragraph(each)
        for each in (
            "INTERVIEWER: How does a parent get to a visit from here?",
            f"WORKER: I fill in the ride sheet on Friday. {WORKER_SAYS} That is how it is.",
            "INTERVIEWER: And when she works at two?",
            "WORKER: Then I leave the ride empty. There is no box for a later one.",
        )
    )
)
PARENT_FILE = f"""[00:00:05] INTERVIEWER: Tell me about the rides.
[00:00:09] PARENT: He was kind. {PARENT_SAYS} and missed half the hour.
[00:00:31] INTERVIEWER: Did anyone ask you why?
[00:00:35] PARENT: Nobody asked. {PARENT_LOST}
"""
RULE_FILE = f"""# Ride sheet TS-9, how to fill it in

{RULE_SAYS}

The desk sends the sheet to the bus company on Friday at noon.
"""

TITLE = "Rides end at four"
STATEMENT = (
    "At family time, the ride sheet organizes caseworkers to book rides before four only, so that parents who work "
    "later miss part of their visits."
)
PLAIN = "The sheet for rides stops at four. Parents who work later miss part of their visits."
PLAIN_ES = "La hoja de transporte termina a las cuatro. Quien trabaja más tarde pierde parte de sus visitas."
COMMENT = "The ride is half of it. The other half is the walk from the stop."
ANSWER = "We added the walk from the stop to what the recommendation asks for."
ANSWER_ES = "Agregamos la caminata desde la parada a lo que pide la recomendación."
RAW_NAMES = ("Halloran", "Desmond", "Alder Street")
MASKED = ("so a mother takes the two o'clock bus", "A man at the desk said", "I walked from home")


@dataclass(frozen=True)
class ToImport:
    """A file, what Ana writes into its record, and the turns she must be shown before she accepts it."""

    name: str
    content: bytes
    record: dict[str, str]
    chosen: dict[str, str]
    turns: int
    first_speaker: str


FILES = (
    ToImport(
        "ride_desk_talk.docx",
        WORKER_FILE,
        {"Title": "Talk at the ride desk", "People": "P-71", "Collected by": "ana", "Steps of the map": "N-14"},
        {"Kind": "interview", "Standpoint": "frontline", "Office": "North", "Consent": "quote-to-body"},
        4,
        "INTERVIEWER",
    ),
    ToImport(
        "kitchen_talk.txt",
        PARENT_FILE.encode(),
        {"Title": "Parent about the rides", "People": "P-72", "Collected by": "ben", "Steps of the map": "N-14"},
        {"Kind": "interview", "Standpoint": "parent", "Office": "South", "Consent": "quote-to-body"},
        4,
        "INTERVIEWER",
    ),
    ToImport(
        "ride_sheet.md",
        RULE_FILE.encode(),
        {"Title": "How to fill in the ride sheet", "Collected by": "ana", "Steps of the map": "N-14"},
        {"Kind": "institutional-text", "Standpoint": "text", "Consent": "quote-to-body"},
        3,
        "–",
    ),
)


def test_a_finding_goes_from_files_to_the_public_and_its_concern_is_answered(
    served_demo: Served, tmp_path: Path
) -> None:
    served = served_demo
    ana = served.sign_in(served.open_page(), "ana")
    worker, parent, rule = (import_file(served, ana, each) for each in FILES)
    code_two_overlapping_places(served, ana, parent)
    look_at_the_map(served, ana, (worker, parent, rule))
    finding = draft_at_the_step(ana)
    link_while_reading(served, ana, parent, finding)
    link_what_a_coding_holds(served, ana, worker, finding)
    link_what_a_search_finds(served, ana, rule, finding)
    record_a_search_for_what_speaks_against_it(ana)
    mend_what_stands_in_the_way(served, ana, finding)
    ben = served.sign_in(served.open_page(), "ben")
    mask_and_confirm(served, ana, ben, finding)
    release_to_the_body(served, ana, finding)
    rosa = served.sign_in(served.open_page(PHONE), "rosa")
    answer_on_a_phone(rosa)
    the_public_waits_for_the_teams_answer(served, ana, finding)
    answer_the_concern(served, ana, finding)
    the_answer_is_read_on_the_phone(rosa)
    release_to_the_public(served, ana, finding)
    lee = served.sign_in(served.open_page(), "lee")
    the_brief_is_taken_away(served, ana, lee, finding)
    search_finds_the_words(served, ana, parent)
    the_trail_tells_it(served, ana, finding)


# --- sources


def import_file(served: Served, page: Page, file: ToImport) -> str:
    """Ana brings a file in: she sees its turns, fills in its record, and only then it is a source. Returns its key."""
    page.goto(f"{served.team}{STUDY}/sources")
    page.get_by_role("link", name="Import").first.click()
    page.get_by_label("Files", exact=True).set_input_files({"name": file.name, "mimeType": "", "buffer": file.content})
    for label in ("Kind", "Standpoint"):
        page.get_by_label(label, exact=True).select_option(file.chosen[label])
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_text("not in the study yet")).to_be_visible()
    turns = page.get_by_role("region", name="Turns found").get_by_role("row")
    expect(turns).to_have_count(1 + file.turns)
    expect(turns.nth(1)).to_contain_text(file.first_speaker)
    for label, words in file.record.items():
        page.get_by_label(label, exact=True).fill(words)
    for label, value in file.chosen.items():
        page.get_by_label(label, exact=True).select_option(value)
    page.get_by_role("button", name="Accept into the study").click()
    said(page, "The source is in the study.")
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.record["Title"])
    return page.url.partition("?")[0].rpartition("/")[2]


def code_two_overlapping_places(served: Served, page: Page, source: str) -> None:
    """With the mouse and the codebook, then with the picker; both stay in sight."""
    open_to_code(served, page, source)
    drag_over(page, PARENT_SAYS)
    page.get_by_role("treeitem", name="Missed for travel").click()
    expect_saved(page)
    drag_over(page, "no line after four")
    page.get_by_role("complementary", name="Inspector").get_by_role("button", name="Code", exact=True).click()
    page.get_by_role("combobox", name="Find a code").fill("slots")
    page.get_by_role("listbox", name="Codes").get_by_role("option", name="Slots set by the form").click()
    expect_saved(page)
    beside = page.get_by_role("list", name="Codes of turn 2").get_by_role("button")
    expect(beside).to_have_text(["Missed for travel", "Slots set by the form"])
    expect(page.get_by_role("complementary", name="Inspector").get_by_role("heading", level=3)).to_have_count(2)
    page.reload()
    expect(beside).to_have_text(["Missed for travel", "Slots set by the form"])


def open_to_code(served: Served, page: Page, source: str) -> None:
    """Go from the page of a source to its words."""
    page.goto(f"{served.team}{STUDY}/sources/{source}")
    page.get_by_role("link", name="Read and code").first.click()
    expect_ready_to_code(page)


# --- the map and the finding


def look_at_the_map(served: Served, page: Page, sources: tuple[str, ...]) -> None:
    """The step of the drawing leads to its sources, codes and findings."""
    page.goto(f"{served.team}{STUDY}")
    page.get_by_role("navigation", name="Study").get_by_role("link", name="Map").click()
    page.get_by_role("link", name=re.compile(r"^Step 14\b")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Family time")
    for key in sources:
        expect(page.get_by_role("region", name="Sources here").get_by_role("link", name=key)).to_be_visible()
    codes = page.get_by_role("region", name="Codes of this step")
    expect(codes.get_by_role("listitem").filter(has_text="Slots set by the form")).to_be_visible()
    expect(page.get_by_role("region", name="Findings").get_by_role("link", name="F-01")).to_be_visible()


def draft_at_the_step(page: Page) -> str:
    """Ana drafts a finding from the step, with one lever; no line that needs support is met. Returns its key."""
    page.get_by_role("link", name="Draft a finding here").click()
    page.get_by_role("textbox", name="Title", exact=True).fill(TITLE)
    page.get_by_role("textbox", name="Statement", exact=True).fill(STATEMENT)
    page.get_by_role("checkbox", name=re.compile("^ADM")).check()
    page.get_by_label("By which text or practice (ADM)").fill("The ride sheet has lines for eight to four alone.")
    expect(page.get_by_role("checkbox", name="14 Family time")).to_be_checked()
    page.get_by_role("button", name="Draft the finding").click()
    said(page, "The finding is drafted.")
    expect_strength(page, "Thin")
    expect_line(page, "Independent sources", "0", is_met=False)
    expect_line(page, "Family standpoint", "0", is_met=False)
    expect_line(page, "Every contrary link", "yes", is_met=True)
    return page.url.partition("?")[0].rpartition("/")[2]


def link_while_reading(served: Served, page: Page, source: str, finding: str) -> None:
    """From the words to the finding: once what happens, once what it means."""
    open_to_code(served, page, source)
    drag_over(page, PARENT_SAYS)
    link_selection(page, finding, "what happens")
    drag_over(page, PARENT_LOST)
    link_selection(page, finding, "impact on families")
    page.get_by_role("complementary", name="Inspector").get_by_role("link", name=finding).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect_line(page, "Independent sources", "1", is_met=False)
    expect_line(page, "Family standpoint", "1", is_met=True)
    expect_line(page, "Investigators", "2", is_met=True)


def link_selection(page: Page, finding: str, role: str) -> None:
    """Link the selected words of the transcript to a finding."""
    page.get_by_role("complementary", name="Inspector").get_by_role("button", name="Link as evidence").click()
    page.get_by_role("button", name="All choices").click()
    dialog = page.get_by_role("dialog", name="Link as evidence")
    dialog.get_by_label("Finding", exact=True).select_option(finding)
    dialog.get_by_label(role, exact=True).check()
    dialog.get_by_role("button", name="Link as evidence").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#saving-words")).to_contain_text(f"Linked as evidence to {finding}")


def link_what_a_coding_holds(served: Served, page: Page, source: str, finding: str) -> None:
    """Words that were coded are offered on the finding's side, and narrowed there to one source."""
    open_to_code(served, page, source)
    drag_over(page, WORKER_SAYS)
    page.get_by_role("treeitem", name="Slots set by the form").click()
    expect_saved(page)
    page.goto(f"{served.team}{STUDY}/findings/{finding}")
    page.get_by_role("link", name="Add evidence of what happens").click()
    coded = page.get_by_role("region", name="Pick from what was coded")
    coded.get_by_label("Source", exact=True).select_option(source)
    coded.get_by_role("button", name="Apply").click()
    coded.get_by_role("listitem").filter(has_text="Mrs. Halloran").get_by_role("link", name="Choose").click()
    expect(page.get_by_role("radio", name="what happens")).to_be_checked()
    page.get_by_role("button", name="Link as evidence").click()
    said(page, "The words are linked to the finding.")
    expect_line(page, "Independent sources", "2", is_met=False)
    expect_line(page, "Not all from one office", "yes", is_met=True)
    expect_line(page, "Kinds of source", "1", is_met=False)
    expect_strength(page, "Emerging")


def link_what_a_search_finds(served: Served, page: Page, source: str, finding: str) -> None:
    """The unmet line itself leads to what would close it; the words are looked for and trimmed."""
    page.get_by_role("link", name="Link what produces it").click()
    page.get_by_role("textbox", name="Words to look for").fill('"sheet TS-9"')
    page.get_by_role("region", name="Search the words").get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile(f"Choose {source} turn 2")).click()
    expect(page.get_by_role("textbox", name="The words", exact=True)).to_have_value(RULE_SAYS)
    page.get_by_label("Lever it anchors").select_option("ADM")
    page.get_by_role("button", name="Link as evidence").click()
    said(page, "The words are linked to the finding.")
    expect_line(page, "Independent sources", "3", is_met=True)
    expect_line(page, "Kinds of source", "2", is_met=True)
    expect_line(page, "Lever anchored", "1", is_met=True)
    expect_line(page, "Search for negative cases", "no", is_met=False)
    expect_strength(page, "Emerging")


def record_a_search_for_what_speaks_against_it(page: Page) -> None:
    """Recorded without leaving the page; the last open line closes before her eyes."""
    here = page.url
    searches = page.get_by_role("region", name="Searches for negative cases")
    searches.get_by_text("Record a search").click()
    searches.get_by_label("What you looked for").fill("rides after four, evening bus, exception")
    searches.get_by_label("What you found").fill("One worker drove a parent herself, once.")
    searches.get_by_role("button", name="Record the search").click()
    expect_line(page, "Search for negative cases", "yes", is_met=True)
    expect_strength(page, "Established")
    expect(searches).to_contain_text("rides after four, evening bus, exception")
    assert page.url == here


# --- release


def mend_what_stands_in_the_way(served: Served, page: Page, finding: str) -> None:
    """The preview names every obstacle; the link beside one leads to where it is mended."""
    page.goto(f"{served.team}{STUDY}/findings/{finding}/release?to=body")
    in_the_way = page.get_by_role("region", name="In the way").get_by_role("listitem")
    expect(in_the_way).to_have_count(5)
    expect(in_the_way.filter(has_text="Nobody has masked the quote")).to_have_count(4)
    expect(page.get_by_role("button", name="Release to the body")).to_be_disabled()
    for name in RAW_NAMES:
        expect(page.get_by_role("region", name="What readers would get")).not_to_contain_text(name)
    in_the_way.filter(has_text="plain words").get_by_role("link", name="Edit the finding").click()
    plain = page.get_by_role("group", name="Plain line")
    plain.get_by_label("English").fill(PLAIN)
    plain.get_by_label("Spanish").fill(PLAIN_ES)
    page.get_by_role("group", name="Release level").get_by_label("For the public").check()
    page.get_by_role("button", name="Save the finding").click()
    said(page, "Saved.")
    page.goto(f"{served.team}{STUDY}/findings/{finding}/release?to=body")
    expect(in_the_way).to_have_count(4)


def mask_and_confirm(served: Served, ana: Page, ben: Page, finding: str) -> None:
    """Ana masks; she cannot confirm her own masks; Ben can, and is told on his first page that they wait."""
    ana.goto(f"{served.team}{STUDY}/findings/{finding}/release?to=body")
    ana.get_by_role("link", name="Open the mask").first.click()
    expect(ana.get_by_role("heading", level=1)).to_have_text(f"Masks of {finding}")
    mask(quote(ana, "Mrs. Halloran"), {"Mrs. Halloran": "a mother"})
    mask(quote(ana, "Alder Street"), {"Desmond": "A man at the desk", "Alder Street": "home"})
    mask(quote(ana, "ticketbook"), {})
    mask(quote(ana, "TS-9"), {})
    expect(ana.get_by_text("You masked this quote yourself.")).to_have_count(4)
    expect(ana.get_by_role("button", name=re.compile("^Confirm"))).to_have_count(0)
    answer = post(ana, confirm_address(served, ana, finding))
    assert answer.status in range(400, 500)
    assert "You masked this quote yourself, ana." in answer.text()
    ben.goto(f"{served.team}{STUDY}")
    ben.get_by_role("region", name="Masks to confirm").get_by_role("link").first.click()
    confirm = ben.get_by_role("button", name="Confirm: this identifies no one")
    for left in (4, 3, 2, 1):
        expect(confirm).to_have_count(left)
        confirm.first.click()
        said(ben, "The mask is confirmed.")
    expect(ben.get_by_text("masked by ana, confirmed by ben")).to_have_count(4)


def quote(page: Page, words: str) -> Locator:
    """The panel of the quote that holds these words."""
    return page.locator("section").filter(has=page.get_by_role("heading", name="In the text")).filter(has_text=words)


def mask(panel: Locator, replacements: dict[str, str]) -> None:
    """Fill in the replacements of a quote, and save: with none it is vouched for as it stands."""
    expect(panel).to_have_count(1)
    key = panel.get_attribute("id")
    for number, (words, instead) in enumerate(replacements.items()):
        panel.get_by_label("In the text").nth(number).fill(words)
        panel.get_by_label("Readers will see").nth(number).fill(instead)
        expect(panel.locator("[data-shown]")).to_contain_text(instead)
    panel.get_by_role("button", name="Save the mask").click()
    expect(panel.page.locator(f"[id='{key}']")).to_contain_text("masked by ana, to be confirmed")


def confirm_address(served: Served, page: Page, finding: str) -> str:
    """Where a confirmation of the finding's first mask is sent."""
    key = page.locator("section[id^='E-']").first.get_attribute("id")
    return f"{served.team}{STUDY}/findings/{finding}/masks/{key}/confirm"


def post(page: Page, address: str, **fields: str) -> APIResponse:
    """Send a form that the page does not offer, with the page's own token."""
    token = page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    return page.request.post(address, form={"csrf_token": token, **fields})


def release_to_the_body(served: Served, page: Page, finding: str) -> None:
    """Nothing stands in the way any more, and readers would get the masked words."""
    page.goto(f"{served.team}{STUDY}/findings/{finding}")
    page.get_by_text("Other moves").click()
    page.get_by_role("link", name="Open the release page").click()
    expect(page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    for words in MASKED:
        expect(page.get_by_role("region", name="What readers would get")).to_contain_text(words)
    page.get_by_role("button", name="Release to the body").click()
    said(page, "The finding is released.")
    expect(page.get_by_role("list", name="Stage").locator("[aria-current=step]")).to_contain_text("Body review")


# --- the body


def answer_on_a_phone(page: Page) -> None:
    """Rosa finds the finding among those that wait, reads the masked words, and says that part of it fits."""
    expect(page.get_by_role("heading", name="Findings for you to read")).to_be_visible()
    page.get_by_role("region", name="Waiting for your answer").get_by_role("link", name=PLAIN).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAIN)
    page.get_by_text("more quote").first.click()
    for words in MASKED:
        expect(page.get_by_role("main")).to_contain_text(words)
    for name in RAW_NAMES:
        expect(page.get_by_role("main")).not_to_contain_text(name)
    page.get_by_label("Part of it fits").check()
    page.get_by_label("Tell us more").fill(COMMENT)
    page.get_by_role("button", name="Send my answer").click()
    said(page, "Your answer was sent. Thank you.")
    expect(page.get_by_role("region", name="What you said")).to_contain_text(COMMENT)
    expect(page.get_by_text("The team must answer you by").first).to_be_visible()


def the_public_waits_for_the_teams_answer(served: Served, page: Page, finding: str) -> None:
    """While a concern waits, the finding cannot be made public: neither by the page nor around it."""
    page.goto(f"{served.team}{STUDY}/findings/{finding}/release?to=public")
    in_the_way = page.get_by_role("region", name="In the way").get_by_role("listitem")
    expect(in_the_way).to_have_count(1)
    expect(in_the_way).to_contain_text("The body raised one concern that the team has not answered.")
    expect(page.get_by_role("button", name="Release to the public")).to_be_disabled()
    answer = post(page, f"{served.team}{STUDY}/findings/{finding}/release", to="public")
    assert answer.status in range(400, 500)
    assert "The body raised one concern" in answer.text()


def answer_the_concern(served: Served, page: Page, finding: str) -> None:
    """The first page tells Ana that a concern waits; she answers it in both languages."""
    page.goto(f"{served.team}{STUDY}")
    waiting = page.get_by_role("region", name="Concerns to answer")
    expect(waiting.get_by_role("listitem").filter(has_text=finding)).to_have_count(1)
    waiting.get_by_role("link", name="Answer them").click()
    raised = page.get_by_role("article").filter(has_text=COMMENT)
    raised.get_by_label("Changed", exact=True).check()
    raised.get_by_label("Why, in English").fill(ANSWER)
    raised.get_by_label("Why, in Spanish").fill(ANSWER_ES)
    raised.get_by_role("button", name="Send the answer").click()
    said(page, "The answer was sent to the member.")
    expect(page.get_by_role("article").filter(has_text=COMMENT)).to_contain_text(ANSWER)


def the_answer_is_read_on_the_phone(page: Page) -> None:
    """Rosa reads the answer where she spoke, and in Spanish."""
    page.reload()
    expect(page.get_by_role("region", name="What you said")).to_contain_text(ANSWER)
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("main")).to_contain_text(ANSWER_ES)
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAIN_ES)


# --- readers


def release_to_the_public(served: Served, page: Page, finding: str) -> None:
    """Once the concern is answered, the same page lets the finding go."""
    page.goto(f"{served.team}{STUDY}/findings/{finding}/release?to=public")
    page.get_by_role("button", name="Release to the public").click()
    said(page, "The finding is released.")
    expect(page.get_by_role("list", name="Stage").locator("[aria-current=step]")).to_contain_text("Released")


def the_brief_is_taken_away(served: Served, ana: Page, lee: Page, finding: str) -> None:
    """Both take the Word document: the site lead from the community's pages, Ana from the finding."""
    card = lee.get_by_role("listitem").filter(has=lee.get_by_role("link", name=PLAIN))
    check_brief(downloaded(lee, card.get_by_role("link", name="Word document")), finding)
    ana.goto(f"{served.team}{STUDY}/findings/{finding}")
    check_brief(downloaded(ana, ana.get_by_role("link", name="Brief as Word document")), finding)


def downloaded(page: Page, link: Locator) -> bytes:
    """The file that a link hands over."""
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith("-brief.docx")
    return Path(waiting.value.path()).read_bytes()


def check_brief(content: bytes, finding: str) -> None:
    """The document opens, says what was released, and names no one."""
    brief = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in brief.tables for row in table.rows for cell in row.cells)
    text = "\n".join([*(each.text for each in brief.paragraphs), *cells])
    for words in (STATEMENT, PLAIN, COMMENT, ANSWER, *MASKED):
        assert words in text
    for name in RAW_NAMES:
        assert name not in text


def search_finds_the_words(served: Served, page: Page, source: str) -> None:
    """The words of the file are found, and the hit leads to their turn."""
    page.goto(f"{served.team}{STUDY}")
    page.get_by_role("searchbox", name="Search the study").fill("ticketbook")
    page.get_by_role("searchbox", name="Search the study").press("Enter")
    hit = page.get_by_role("listitem").filter(has_text=PARENT_LOST)
    expect(hit).to_have_count(1)
    hit.get_by_role("link", name="turn 4").click()
    expect(page).to_have_url(re.compile(f"/sources/{source}/code#turn-4$"))
    expect(page.get_by_role("group", name="Turn 4, PARENT")).to_be_in_viewport()


def the_trail_tells_it(served: Served, page: Page, finding: str) -> None:
    """Every act stands in the trail, with keys and never with words; both chains hold."""
    page.goto(f"{served.team}/audit")
    rows = page.get_by_role("row")
    acts = ("draft-finding", "link-evidence", "record-search", "release-finding", "copy-release")
    for act in acts:
        expect(rows.filter(has_text=act).first).to_be_visible()
    page.get_by_role("link", name="Verify both chains").click()
    expect(page.get_by_text("the chain holds")).to_have_count(2)
    for name in (*RAW_NAMES, TITLE, COMMENT):
        expect(page.get_by_role("main")).not_to_contain_text(name)
