"""Whatever is typed into an address or a search: nothing breaks, nothing takes long, no error tells anyone's words."""

import stat
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy.exc import IntegrityError

from ia_workbench import corpus, findings, privacy
from ia_workbench.coding import Excerpt
from ia_workbench.config import load_settings
from ia_workbench.corpus import SourceKind, SourceRecord
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.search import SearchIndex
from ia_workbench.web.throttle import Throttle
from ia_workbench.web.workbench.framing import frame_of
from tests.support import Home
from tests.support.browsing import Browser
from tests.whole.addresses import COMMUNITY, TEAM, Address, addresses, applications, browser_of, with_everything

PATIENCE = 10.0  # seconds, on a busy machine; what is guarded against takes minutes
ODD = (
    "0", "-1", "9" * 19, "9" * 25, "9" * 5000, "x" * 3000, "'", '"><script>', "..", "N-01..N-99",
    "\u0663", "\u00b2", "\x00", "{0}", "%(x)s",
)  # fmt: skip
QUESTIONS = (
    "*", "?", "*a*", "[a TO b]", "[", "{a TO", "a]", "a:b", "text:*", "study:1", "source:3", "unit:1", "revision:1",
    "turn:3", "digest:x", "NOT", "AND", "a AND", "ANDMAYBE a", '"', "(((", "~", '"a b"~99999', "^", "a^b", "::", "\x00",
    "9" * 5000, "a " * 3000,
)  # fmt: skip
WHERE_WORDS_ARE_LOOKED_FOR = ("/s/cedar-county/search", "/s/cedar-county/findings/F-01/evidence")
ASKED = {
    "reading.code": ("turn", "layer", "coding"),
    "audit.trail": ("page", "store"),
    "evidence.choose": ("code", "from", "standpoint", "excerpt"),
    "finding_forms.new": ("node", "edge"),
    "releasing.preview": ("to", "in"),
    "sources.every": ("words", "kind", "node"),
    "importing.look": ("convention", "all"),
    "fidelity.one": ("kind", "page", "change"),
    "fidelity.waiting": ("convention", "kind", "page", "change"),
    "studies.home": ("said",),
    "memos.every": ("about", "source", "by", "whose", "since", "show", "page"),
    "findings.mine": ("study",),
    "briefs.export": ("as",),
}
SECRET = "Quillfeather said so"  # noqa: S105 - words of a person, not a password


@pytest.mark.parametrize(("name", "who"), [(TEAM, "ana"), (COMMUNITY, "rosa"), (COMMUNITY, "lee")])
def test_no_address_breaks(demo: Home, name: str, who: str) -> None:
    full = with_everything(demo)
    app = applications(full)[name]
    browser = browser_of(name, app, full, who)
    waiting = [each for each in addresses(name, app, full) if each.method == "GET" and each.endpoint != "static"]
    once = {each.endpoint: each for each in waiting}.values()
    for path in [
        *(odd for each in once for odd in _odd_paths(each)),
        *(odd for each in once for odd in _odd_asked(each)),
    ]:
        began = time.monotonic()
        answer = browser.client.get(path)
        assert answer.status_code < 500, path[:100]
        assert time.monotonic() - began < PATIENCE, path[:100]
    assert browser.client.get("/s/cedar-county/sources/INT-001/code?turn=3").status_code in {302, 404}


def _odd_paths(address: Address) -> list[str]:
    """Return an address with its last part that names something replaced by odd things."""
    parts = address.path.split("/")
    named = [place for place, part in enumerate(parts) if place > 2 and any(each.isdigit() for each in part)]
    return ["/".join([*parts[:place], quote(odd, safe=""), *parts[place + 1 :]]) for place in named for odd in ODD]


def _odd_asked(address: Address) -> list[str]:
    return [f"{address.path}?{asked}={quote(odd)}" for asked in ASKED.get(address.endpoint, ()) for odd in ODD]


@pytest.mark.parametrize("where", WHERE_WORDS_ARE_LOOKED_FOR)
def test_no_question_breaks_the_search(demo: Home, where: str) -> None:
    browser = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    for words in QUESTIONS:
        answer = browser.client.get(where, query_string={"q": words})
        assert answer.status_code in {200, 422}, words[:60]


def test_what_no_store_can_hold_is_left_out_of_forms(demo: Home) -> None:
    ana = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    page = "/s/cedar-county/findings/F-01"
    ana.send(f"{page}/searches", {"query": "ev\0ening\x0bvisits", "note": "Nin\u0303o\r\nhere"}, of=page)
    refused = ana.send(f"{page}/searches", {"query": "\0\x1b", "note": ""}, of=page, status=422)
    assert "Say how you searched" in refused.text
    with demo.session(demo.actor("ana"), writes=False) as session:
        search = findings.searches_of(session, findings.finding_keyed(session, demo.study_id, "F-01"))[-1]
        assert (search.query, search.note) == ("evening\nvisits", "Ni\u00f1o\nhere")


@pytest.mark.parametrize(("name", "who"), [(TEAM, "ana"), (COMMUNITY, "rosa")])
def test_an_address_that_no_key_could_hold_leads_nowhere(demo: Home, name: str, who: str) -> None:
    app = applications(demo)[name]
    browser = browser_of(name, app, demo, who)
    assert Browser(app).client.get("/%00").status_code == 404  # and nobody is asked to sign in for it
    for path in ("/%00", "/s/cedar-county/sources/INT-001%00", "/s/cedar-county%1B/findings", "/c/1%00"):
        assert browser.client.get(path).status_code == 404, path


def test_a_password_is_taken_as_it_was_typed(demo: Home) -> None:
    app = applications(demo)[TEAM]
    odd = "nin\u0303o y cuatro caballos"
    with demo.unheld(Store.EVIDENCE) as session:
        privacy.set_password(session, demo.actor("ada"), username="ana", hashed=privacy.hash_password(odd))
    Browser(app).send("/sign-in", {"username": "ana", "password": odd})


def test_a_word_before_a_colon_is_a_word(demo: Home) -> None:
    index = SearchIndex(demo.settings.index_folder)
    assert index.find(demo.study_id, index.parse("study:1")) == index.find(demo.study_id, index.parse("study 1"))


def test_a_number_beyond_any_store_leads_nowhere(demo: Home) -> None:
    rosa = browser_of(COMMUNITY, applications(demo)[COMMUNITY], demo, "rosa")
    absent, beyond = rosa.get("/c/99", status=404), rosa.get("/c/99999999999999999999", status=404)
    assert absent.status_code == beyond.status_code


def test_a_statement_of_any_length_is_read_at_once() -> None:
    began = time.monotonic()
    assert frame_of("At a, " + "b organizes c to d " * 3000) is None
    assert time.monotonic() - began < PATIENCE
    assert frame_of("At intake, form 118 organizes workers to ask again, so that families wait.") is not None


def test_keys_are_written_with_the_digits_that_everyone_reads(home: Home) -> None:
    ana = home.actor("ana")
    file = corpus.read_file("a.txt", b"INTERVIEWER: Who?\nPARENT: Me.\n")
    record = SourceRecord(SourceKind.INTERVIEW, "parent", key="INT-\u0660\u0660\u0663")
    found = corpus.find_turns(file.text)
    with pytest.raises(Refused, match="cannot be the key"), home.session(ana) as session:
        corpus.import_source(session, ana, study_id=home.study_id, record=record, file=file, found=found)


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_stored(demo: Home) -> None:
    backwards = Excerpt(study_id=demo.study_id, revision_id=1, start=5, end=1, quote=SECRET, sha256=SECRET)
    with pytest.raises(IntegrityError) as raised, demo.session(demo.actor("ana")) as session:
        session.add(backwards)
    assert SECRET not in str(raised.value)


def test_failures_are_forgotten_and_names_that_were_never_wrong_are_not_kept() -> None:
    throttle = Throttle()
    for number in range(50):
        throttle.refuse_too_many(f"user {number}")
    assert not throttle._failures


def test_the_index_is_its_owners_alone_even_in_a_folder_that_others_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "wide"
    folder.mkdir(mode=0o755)
    settings = load_settings({}, home=folder)
    SearchIndex(settings.index_folder).replace_all([])
    assert stat.S_IMODE(settings.index_folder.stat().st_mode) == 0o700
