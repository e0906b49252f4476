"""`audit`: who did what when, and whether the trail is whole."""

from typing import Any

import click
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, iso_utc
from ia_workbench.privacy import Act, AuditChoice, AuditView, Role

BOTH = click.Choice([store.value for store in Store])

STORE_HELP = "Whose trail: the team's (evidence), or the community's (published)."


@program.group()
def audit() -> None:
    """The audit trail of each store: identifiers only, chained by hash."""


@audit.command("list")
@click.option("--store", type=BOTH, default=Store.EVIDENCE.value, show_default=True, help=STORE_HELP)
@click.option("--limit", type=click.IntRange(1), help="Only the newest so many.")
@click.option("--act", help="Only entries of this act, such as read-raw, the reads of raw text.")
@click.option("--source", "key", metavar="KEY", help="Only entries on the source KEY, or that name it.")
@reads
@takes_home
def list_entries(home: Home, store: str, limit: int | None, act: str | None, key: str | None, as_json: bool) -> None:
    """List the entries of a store's trail, oldest first.

    People are shown reads of raw text only when they ask with `--act read-raw` or `--source`; JSON has all kinds. An
    analyst is shown what they see on the page: acts of their own, of their studies, and, where they read some sources
    only, on those.
    """
    leaves_out = not (act or key or as_json)
    choice = AuditChoice(act=act, but=privacy.READ_RAW if leaves_out else None, key=key)
    rows = [_row(each) for each in _entries(home, Store(store), limit, choice)]
    headings = ("sequence", "at", "actor", "act", "study", "subject")
    give(rows, table(headings, [[row[name] for name in headings] for row in rows]), as_json=as_json)


def _entries(home: Home, store: Store, limit: int | None, choice: AuditChoice) -> list[Any]:
    with home.team() as (session, actor):
        privacy.require(actor, Act.READ_AUDIT)
        view = None
        if actor.role is Role.ANALYST:  # whoever looks after a home has its files anyway
            view = privacy.audit_view(
                session, actor, store, lambda study_id: [each.key for each in corpus.sources(session, study_id)]
            )
        if store is Store.EVIDENCE:
            return _newest(session, store, view, limit, choice)
    with home.published(reason="read the audit trail") as published:
        return _newest(published, store, view, limit, choice)


def _newest(
    session: Session, store: Store, view: AuditView | None, limit: int | None, choice: AuditChoice
) -> list[Any]:
    return list(reversed(privacy.audit_page(session, store, view, choice, limit=limit).entries))


def _row(entry: Any) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": iso_utc(entry.at),
        "actor": entry.actor,
        "act": entry.act,
        "study": entry.study_key,
        "subject": entry.subject,
        "details": entry.details,
        "hash": entry.hash,
    }


@audit.command("verify")
@reads
@takes_home
def verify(home: Home, as_json: bool) -> None:
    """Check that every entry follows from the one before; print the head of each trail, to be noted elsewhere."""
    with home.team() as (session, actor):
        privacy.require(actor, Act.READ_AUDIT)
        rows = [_verified(session, Store.EVIDENCE)]
    with home.published(reason="verify the audit trail") as published:
        rows.append(_verified(published, Store.PUBLISHED))
    is_whole = all(row["first_broken"] is None for row in rows)
    lines = [
        f"{row['store']}: {counted(row['entries'], 'entry', 'entries')}, head {row['head']}"
        for row in rows
        if row["first_broken"] is None
    ]
    give({"ok": is_whole, "trails": rows}, lines, as_json=as_json)
    for row in rows:
        if row["first_broken"] is not None:
            raise Refused(
                "The trail of the {store} store is broken at entry {number}: it was changed, removed or put in.",
                store=row["store"],
                number=row["first_broken"],
            )


def _verified(session: Session, store: Store) -> dict[str, Any]:
    trail = privacy.audit_head(session, store)
    return {
        "store": store.value,
        "entries": trail.entries,
        "first_broken": privacy.first_broken_entry(session, store),
        "head": trail.head,
    }
