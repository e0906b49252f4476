"""What stands around every page of the team application: the study's tabs, one's own pages, the search field."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g

from ia_workbench.privacy import Act, Actor
from ia_workbench.web.marking import marked as _
from ia_workbench.web.translating import gettext


@dataclass(frozen=True)
class Tab:
    """A link of the shell. `section` is what a page calls itself; `key` follows `g` on the keyboard."""

    endpoint: str
    label: str
    section: str
    key: str = ""

    @property
    def name(self) -> str:
        """The link's words in the reader's language."""
        return gettext(self.label)


STUDY_TABS = (
    Tab("sources.every", _("Sources"), "sources", "s"),
    Tab("codebook.tree", _("Codebook"), "codebook", "c"),
    Tab("process_map.drawn", _("Map"), "map", "m"),
    Tab("findings.every", _("Findings"), "findings", "f"),
    Tab("memos.every", _("Memos"), "memos", "n"),
    Tab("review.every", _("Review"), "review", "r"),
)
WORKING_LANGUAGE = "en"  # of statements, codes and the map, as packages say it too; pages mark it for screen readers
STUDIES = Tab("studies.choose", _("Studies"), "studies")
KEYS = Tab("keys.every", _("Keys"), "keys")
USERS = Tab("users.every", _("Users"), "users")
AUDIT = Tab("audit.trail", _("Audit trail"), "audit")


def own_pages(actor: Actor) -> list[Tab]:
    """Return the pages outside any study that an actor may open."""
    may_open = {STUDIES: True, KEYS: True, USERS: actor.may(Act.MANAGE_ACCOUNTS), AUDIT: actor.may(Act.READ_AUDIT)}
    return [tab for tab, is_theirs in may_open.items() if is_theirs]


def install_shell(app: Flask) -> None:
    """Give every page its tabs."""

    @app.context_processor
    def offer() -> dict[str, Any]:
        signed_in = g.get("signed_in")
        return {
            "study_tabs": STUDY_TABS,
            "own_pages": own_pages(signed_in.actor) if signed_in else [],
            "has_search": True,
            "letters_are_off": signed_in is not None and not signed_in.uses_letters,
            "working": WORKING_LANGUAGE,
        }
