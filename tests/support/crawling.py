"""The pages that links lead to, read with the test client."""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support.browsing import Browser

MOST_OF_ONE_ENDPOINT = 2


def pages_from(app: Flask, browser: Browser, beginning: list[str]) -> Iterator[tuple[str, str, TestResponse]]:
    """Yield (endpoint, address, answer) of the pages that links lead to, a few of each endpoint.

    An address that leads on is followed.
    """
    waiting, opened, visits = list(beginning), set[str](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        endpoint = _endpoint(app, address)
        if address in opened or endpoint is None or visits[endpoint] >= MOST_OF_ONE_ENDPOINT:
            continue
        opened.add(address)
        response = browser.client.get(address)
        assert response.status_code in {200, 302}, f"{address} answered {response.status_code}"
        if response.status_code == 302:
            waiting.append(response.headers["Location"])
        elif response.mimetype == "text/html":
            visits[endpoint] += 1
            yield endpoint, address, response
            links = BeautifulSoup(response.text, "html5lib").find_all("a", href=re.compile("^/"))
            waiting += [str(link["href"]).split("#")[0] for link in links]


def _endpoint(app: Flask, address: str) -> str | None:
    try:
        return str(app.url_map.bind("localhost").match(address.split("?")[0])[0])
    except HTTPException:
        return None
