"""The identities of a study: all spellings of each, what readers see, and where it stands."""

import uuid

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import masking
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.masking import Pseudonym
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, study

pseudonyms = Blueprint("pseudonyms", __name__, url_prefix="/s/<study_key>/pseudonyms")


@pseudonyms.get("")
@open_to(*TEAM)
def every() -> str:
    """Show every identity that stands somewhere or that somebody noted."""
    return _page()


def _page(at: str = "", sentence: str | None = None) -> str:
    uses = masking.uses_of_pseudonyms(session(), study().id)
    settled = {each.id for each in masking.settled_pseudonyms(session(), study().id)}
    shown = [each for each in masking.pseudonyms(session(), study().id) if each.id in uses or each.id in settled]
    return render_template(
        "team/masking/pseudonyms.html",
        section="sources",
        shown=sorted(shown, key=lambda each: (each.identifier_class, each.names[0].casefold())),
        uses=uses,
        settled=settled,
        at=at,
        sentence=sentence,
    )


def _one(guid: str) -> Pseudonym:
    try:
        return masking.pseudonym_by_guid(session(), study().id, uuid.UUID(guid))
    except ValueError:
        raise NotFound("This identity is no longer there.") from None


@pseudonyms.post("/<guid>")
@open_to(*TEAM)
@changes_data
def change(guid: str) -> Response | tuple[str, int]:
    """Change an identity, join another with it, or make some of its spellings one of their own, as the form says."""
    pseudonym = _one(guid)
    try:
        _act(pseudonym)
    except Refused as refusal:
        session().rollback()
        return _page(guid, refusal_words(refusal)), refusal.status
    return redirect(url_of("pseudonyms.every", said="identity-changed") + f"#p-{guid}", code=303)


def _act(pseudonym: Pseudonym) -> None:
    act, form = request.form.get("act", ""), request.form
    if act == "merge":
        masking.merge_pseudonyms(session(), actor(), into=pseudonym, other=_one(form.get("other", "")))
    elif act == "split":
        masking.split_pseudonym(
            session(), actor(), pseudonym=pseudonym, names=form.getlist("names"), instead=form.get("instead", "")
        )
    else:
        masking.change_pseudonym(
            session(),
            actor(),
            pseudonym=pseudonym,
            instead=form.get("instead", ""),
            names=form.get("names", "").splitlines(),
            version=form.get("version", type=int),
        )
