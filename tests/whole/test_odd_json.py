"""Whatever a script sends to the routes of the coding screen: it is refused in a sentence, and nothing breaks."""

import json

from bs4 import BeautifulSoup

from ia_workbench import coding, corpus
from tests.support import Home
from tests.support.browsing import Browser
from tests.whole.addresses import TEAM, Address, addresses, applications, browser_of, with_everything

ROOMS = ("coding_acts.", "code_acts.", "memo_acts.", "hands.")
ODD: tuple[object, ...] = (
    None, True, -1, 1.5, 2**63, 10**30, "", "\0", "\ud800", "9" * 5000, "{0} %(x)s", [], [[]], [None], {"a": [{}]},
)  # fmt: skip
BODIES = ("", "null", "[]", "7", '"x"', "{", "[" * 20_000, '{"after": NaN}', '{"after": Infinity}', "\udcff")
WORDS = ("revision", "start", "end", "quote_sha256", "request")
READ = {  # what each route looks at
    "coding_acts.several": ("codes", "after", *WORDS),
    "coding_acts.resize": ("version", "after", *WORDS),
    "coding_acts.recode": ("code", "version", "request", "after"),
    "coding_acts.mark": ("important", "version", "request", "after"),
    "coding_acts.rate": ("rating", "version", "request", "after"),
    "coding_acts.link": ("finding", "stance", "role", "lever", "note", "after", *WORDS),
    "coding_acts.undo": ("request", "after"),
    "coding_acts.redo": ("request", "after"),
    "coding_acts.leave_standing": ("act", "after"),
    "codings.add": ("code", "rating", *WORDS),
    "codings.remove": ("version", "request"),
    "suggesting.suggest": WORDS,
    "hands.keep_favourite": ("place", "code"),
    "code_acts.look": ("name",),
    "code_acts.in_vivo": ("name", "parent", "quote", "after", *WORDS),
    "code_acts.add": ("name", "parent", "request", "after"),
    "code_acts.change": ("name", "scale", "levers", "nodes", "color", "version", "request", "after"),
    "code_acts.move": ("parent", "place", "request", "after"),
    "code_acts.merge": ("into", "request", "after"),
    "code_acts.remove": ("request", "after"),
    "memo_acts.add": ("about", "words", "title", "private", "links", "code", "after", *WORDS),
    "memo_acts.change": ("version", "words", "title", "private", "links", "request", "after"),
    "memo_acts.remove": ("request", "after"),
    "hands.sentences": ("revision", "start", "end"),
}


def test_no_json_breaks_a_route_of_the_coding_screen(demo: Home) -> None:
    full = with_everything(demo)
    app = applications(full)[TEAM]
    ana = browser_of(TEAM, app, full, "ana")
    routes = [each for each in addresses(TEAM, app, full) if each.method == "POST" and each.endpoint in READ]
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert {each for each in posted if each.startswith(ROOMS)} <= set(READ)
    usual, token = usual_fields(full), token_of(ana)
    for route in routes:
        odd = [json.dumps(usual | {name: each}) for name in READ[route.endpoint] for each in ODD]
        for number, body in enumerate((*BODIES, *odd)):
            named = body.replace('"request": "odd"', f'"request": "{route.endpoint} {number}"')
            assert answered(ana, route, named, token) < 500, (route.endpoint, body[:300])


def test_a_name_that_another_act_has_breaks_nothing(demo: Home) -> None:
    full = with_everything(demo)
    app = applications(full)[TEAM]
    ana = browser_of(TEAM, app, full, "ana")
    usual, token = json.dumps(usual_fields(full)), token_of(ana)
    routes = [each for each in addresses(TEAM, app, full) if each.method == "POST" and each.endpoint in READ]
    for route in (*routes, *reversed(routes)):
        assert answered(ana, route, usual, token) < 500, route.endpoint


def test_a_number_that_is_no_act_breaks_nothing(demo: Home) -> None:
    ana = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    here = "/s/cedar-county/sources/INT-001"
    for odd in ("-1", "-9223372036854775809", "1" * 30, "x", "1.5", ""):
        for more in ("", "&codes=1", "&here=1"):
            assert ana.client.get(f"{here}/changes.json?after={odd}{more}").status_code < 500, odd


def usual_fields(home: Home) -> dict[str, object]:
    """Return what the routes take, all of it together."""
    with home.session(home.actor("ana"), writes=False) as session:
        revision = corpus.newest_revision(session, corpus.source_keyed(session, home.study_id, "INT-001"))
        made = coding.codings_on(session, revision)[0]
        return {
            "revision": revision.number, "start": made.excerpt.start, "end": made.excerpt.end,
            "quote": made.excerpt.quote, "quote_sha256": made.excerpt.sha256, "code": made.code.path,
            "codes": [made.code.path], "request": "odd", "version": made.version, "after": 0, "rating": 1,
            "important": 1, "act": "", "finding": "F-01", "stance": "supports", "role": "happens", "lever": "",
            "note": "", "name": "A name", "parent": "", "place": 1, "into": str(made.code.guid), "words": "words",
            "title": "", "private": 0, "links": "", "about": "source",
        }  # fmt: skip


def token_of(browser: Browser) -> str:
    """Return the token with which the scripts of the page send."""
    page = BeautifulSoup(browser.get("/s/cedar-county/sources/INT-001/code").text, "html5lib")
    data = page.find(id="reading-data")
    return str(json.loads((data.string if data else None) or "{}")["token"])


def answered(browser: Browser, route: Address, body: str, token: str) -> int:
    """Send a body; return the status of the answer."""
    headers = {"X-CSRF-Token": token, "Accept": "application/json", "Content-Type": "application/json"}
    return browser.client.post(route.path, data=body.encode(errors="surrogateescape"), headers=headers).status_code
