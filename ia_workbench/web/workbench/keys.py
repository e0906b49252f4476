"""The page on which everyone chooses their own keys, and switches keys of one character off."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import privacy
from ia_workbench.kernel import Refused
from ia_workbench.privacy import ChosenKeys, Role
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import safe_next, url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.key_bindings import Bound, bound, chosen_from, working
from ia_workbench.web.workbench.reading_words import Group, acts, group_words, moving_words

keys = Blueprint("keys", __name__, url_prefix="/keys")

EVERYONE_HERE = (Role.LEAD, Role.ANALYST, Role.ADMINISTRATOR)
EVERY_ACT = "*"


@keys.get("")
@open_to(*EVERYONE_HERE)
def every() -> str:
    """Show every act with its key."""
    return _page(privacy.chosen_keys(session(), actor()))


def _page(chosen: ChosenKeys, sentence: str | None = None, typed: dict[str, str] | None = None) -> str:
    listed = bound(acts(), chosen)
    return render_template(
        "team/people/keys.html",
        groups=key_groups(listed),
        usual={each.name: each.keys[0] if each.keys else "" for each in acts()},
        filled=typed if typed is not None else {each.act.name: (each.keys or ("",))[0] for each in listed},
        chosen=chosen.chords,
        uses_letters=chosen.uses_letters,
        sentence=sentence,
    )


@keys.post("")
@open_to(*EVERYONE_HERE)
@changes_data
def choose() -> Response | tuple[str, int]:
    """Keep the keys that were typed; `reset` names one act that gets its usual key again, or all of them."""
    now = privacy.chosen_keys(session(), actor())
    typed = {each.name: request.form.get(f"key-{each.name}", "") for each in acts()}
    uses_letters = bool(request.form.get("letters"))
    try:
        wanted = _wanted(now, typed, request.form.get("reset", ""), uses_letters=uses_letters)
    except Refused as refusal:
        shown = ChosenKeys(now.chords, uses_letters)
        return _page(shown, refusal_words(refusal), typed), refusal.status
    privacy.choose_keys(session(), actor(), chosen=wanted)
    return redirect(url_of("keys.every", said="keys-kept"), code=303)


def _wanted(now: ChosenKeys, typed: dict[str, str], reset: str, *, uses_letters: bool) -> ChosenKeys:
    if reset == EVERY_ACT:
        return ChosenKeys({}, uses_letters)
    if reset:
        kept = {name: key for name, key in now.chords.items() if name != reset}
        typed = {each.act.name: (each.keys or ("",))[0] for each in bound(acts(), ChosenKeys(kept))}
        typed.pop(reset, None)
    return chosen_from(acts(), typed, uses_letters=uses_letters)


@keys.post("/letters")
@open_to(*EVERYONE_HERE)
@changes_data
def letters() -> Response:
    """Switch keys of one character on or off, and go back to where one was."""
    now = privacy.chosen_keys(session(), actor())
    privacy.choose_keys(session(), actor(), chosen=ChosenKeys(now.chords, bool(request.form.get("letters"))))
    return redirect(safe_next(request.form.get("next"), url_of("keys.every")), code=303)


def key_groups(listed: list[Bound]) -> list[tuple[str, list[tuple[tuple[str, ...], str]], list[Bound]]]:
    """Return the groups of the help that have something in them: heading, keys that are fixed, and acts."""
    heads = group_words()
    found = []
    for group in Group:
        fixed = [(each, words) for each, words, its in moving_words() if its is group]
        inside = [each for each in listed if each.act.group is group]
        if fixed or inside:
            found.append((heads[group], fixed, inside))
    return found


def working_keys(chosen: ChosenKeys) -> list[Bound]:
    """Return every act with the keys that work for the reader now."""
    return working(acts(), chosen)
