"""The door that a confidentiality agreement opens: without one that holds, no page with evidence."""

from datetime import date

from flask import Flask, current_app, g, render_template, request

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import Role, SignedIn
from ia_workbench.web.access import audience_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import TEAM


def install_agreements(app: Flask) -> None:
    """Close every page with evidence to whoever has no agreement that holds; say on the others that one ends soon."""
    app.before_request(ask_for_agreement)

    @app.context_processor
    def offer() -> dict[str, date | None]:
        return {"agreement_ending": _ending()}


def ask_for_agreement() -> tuple[str, int] | None:
    """Answer with what is missing, and whom to ask, in the place of any page with evidence.

    A page that is open to the team alone has evidence; one that is open to administrators as well has none. The answer
    is the same whether or not there is anything under the address.
    """
    signed_in: SignedIn | None = g.signed_in
    if request.endpoint is None or signed_in is None or signed_in.actor.is_cleared:
        return None
    audience = audience_of(current_app, request.endpoint)
    if not audience or not audience <= frozenset(TEAM):
        return None
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        raise privacy.no_agreement(signed_in.actor)
    return _page(), 403


def _page() -> str:
    mine = privacy.studies(session(), Store.EVIDENCE)
    account = privacy.account_named(session(), Store.EVIDENCE, actor().username)
    return render_template(
        "team/people/no_agreement.html",
        mine=mine,
        state=privacy.agreement_states(session()).get(account.id),
        whom=_whom([each.id for each in mine]),
    )


def _whom(study_ids: list[int]) -> list[str]:
    """Return who can record an agreement: leads of one's studies and administrators, but oneself."""
    near = [each for study_id in study_ids for each in privacy.members_of(session(), Store.EVIDENCE, study_id)]
    leads = [each for each in near if each.role is Role.LEAD]
    keepers = [each for each in privacy.accounts(session(), Store.EVIDENCE) if each.role is Role.ADMINISTRATOR]
    names = {each.username for each in (*leads, *keepers) if each.disabled_at is None}
    return sorted(names - {actor().username})


def _ending() -> date | None:
    """Return the last day of one's own agreement when it comes soon."""
    signed_in: SignedIn | None = g.get("signed_in")
    until = signed_in.actor.agreement_until if signed_in is not None else None
    return until if until is not None and privacy.ends_soon(until, privacy.today_of(session())) else None
