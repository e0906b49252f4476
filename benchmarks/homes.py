"""A demo to measure on: made by the command, signed in to without a browser."""

from pathlib import Path

from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from ia_workbench.cli import program

RECORD = {"kind": "interview", "standpoint": "parent", "consent": "analysis-only", "language": "en", "collector": "ana"}
START = "/s/cedar-county/sources/import"


def run(home: Path, *words: str) -> None:
    """Run a command on a home; stops with what it said when it fails."""
    ran = CliRunner().invoke(program, ["--home", str(home), *words])
    if ran.exit_code:
        raise SystemExit(ran.output)


def sign_in(client: FlaskClient) -> str:
    """Sign in as ana by the demo's own button; returns the token of the forms."""

    def token_of(path: str) -> str:
        fields = BeautifulSoup(client.get(path).text, "html.parser").select("input[name=csrf_token]")
        return str(fields[0]["value"])

    client.post("/sign-in/demo", data={"username": "ana", "csrf_token": token_of("/sign-in")})
    return token_of(START)
