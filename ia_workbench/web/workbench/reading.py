"""Reading and coding one source: its turns, the codes beside them, the codebook and what is at the selection."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus, findings, privacy, suggestions
from ia_workbench.codebook import Code
from ia_workbench.coding import CodedUnit, Coding, Given, RuleKind
from ia_workbench.corpus import Revision, Source
from ia_workbench.findings import EvidenceLink, Finding, LinkRole, Stage, Stance
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Act, ChosenKeys
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.forgery import csrf_token
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.code_data import codes_json, color_name
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.direction import direction_of
from ia_workbench.web.workbench.keys import key_groups, working_keys
from ia_workbench.web.workbench.reading_turns import PLACE, drawn_turns, plain_turns, with_turns
from ia_workbench.web.workbench.reading_words import script_words
from ia_workbench.web.workbench.seeing import EVERYONE_S, Seeing, choices_of, initials_of, seeing_of
from ia_workbench.web.workbench.seeing_words import filter_words, grouped
from ia_workbench.web.workbench.strip import strip_paths
from ia_workbench.web.workbench.wording import word

reading = Blueprint("reading", __name__)

SCRIPTS_COOKIE = "ia_scripts"  # set by a script of every team page: this browser draws the codings itself


@reading.get("/s/<study_key>/sources/<source_key>/code")
@open_to(*TEAM)
def code(source_key: str) -> Response:
    """Show a source to read and code; `?turn=31` leads on to that turn."""
    turn = whole_number(request.args.get("turn", ""))
    if turn is not None:
        return redirect(url_of("reading.code", source_key=source_key) + f"#turn-{turn}")
    return reading_page(source_key)


def reading_page(source_key: str, *, sentence: str | None = None, typed: dict[str, str] | None = None) -> Response:
    """Return the page of a source; `sentence` is why a form was refused, `typed` what stood in it."""
    source = corpus.source_keyed(session(), study().id, source_key)
    revision = corpus.newest_revision(session(), source)
    text = corpus.text_of(session(), revision)  # refused once it may not be read, whatever is kept
    codes = codebook.codes(session(), study().id)
    levers = codebook.levers(session(), study().id)
    chosen = privacy.chosen_keys(session(), actor())
    wanted = _wanted()
    me, by_id = actor().username, {each.id: each for each in codes}
    given = coding.given_on(session(), revision)
    shown = [each for each in given if wanted.shows(each, by_id[each.code_id], me)]
    draws_itself = bool(request.cookies.get(SCRIPTS_COOKIE))
    marks = [] if draws_itself else coding.marks_on(session(), revision)
    drawn = [each for each in marks if wanted.shows(each, by_id[each.code_id], me)]
    turns = plain_turns(revision, text) if draws_itself else drawn_turns(revision, text, codes, marks, drawn, wanted)
    page = render_template(
        "team/reading.html",
        section="sources",
        source=source,
        revision=revision,
        unsettled=coding.unsettled_count(session(), revision),
        layer=wanted.layer or EVERYONE_S,
        seeing=wanted,
        narrowed=filter_words(wanted, by_id.values()),
        choices=choices_of(codes, given, wanted),
        shown_count=grouped(_sum(shown)),
        all_count=grouped(_sum(given)),
        direction=direction_of(source.language, text),
        turns=PLACE,
        turn_count=turns.count,
        codes=codes,
        depths={each.id: each.path.count("/") for each in codes},
        parents={each.parent_id for each in codes},
        counts=counts_here(codes, _by_code(shown)),
        strip=strip_paths(drawn, {each.id: each.color for each in codes}, revision.length),
        here=_asked_for(revision, (typed or {}).get("changing")),
        may_remove=may_remove,
        mine=_sum(each for each in given if each.coder == me),
        levers=levers,
        lever_names={each.key: each.name for each in levers},
        data=_script_data(source, revision, codes_json(codes, levers, _by_code(given), _by_code(shown)))
        | _hands_data(source, chosen)
        | {"seeing": wanted.fields, "initials": initials_of(sorted({me} | {each.coder for each in given}))},
        typed=typed or {},
        sentence=sentence,
        **_choices(),
        **_keys(chosen),
    )
    return with_turns(page, turns)


def _keys(chosen: ChosenKeys) -> dict[str, Any]:
    """Return the reader's keys as the page shows them: in the list of keys, and beside what they do."""
    listed = working_keys(chosen)
    return {
        "key_groups": key_groups(listed),
        "shown_keys": {each.act.name: each.shown for each in listed},
        "uses_letters": chosen.uses_letters,
    }


def _choices() -> dict[str, Any]:
    """Return what the forms of the page offer, the same for every source."""
    return {
        "open_findings": _open_findings(),
        "stances": list(Stance),
        "roles": list(LinkRole),
        "rule_kinds": list(RuleKind),
        "coded_units": list(CodedUnit),
        "colors": [(each, color_name(each)) for each in range(1, codebook.COLORS + 1)],
        "longest_scale": codebook.LONGEST_SCALE,
    }


def _wanted() -> Seeing:
    """Return what the address asks to see; a code that was moved or merged since is asked for where it is now."""
    wanted = seeing_of(request.args)
    return replace(wanted, code=codebook.path_now(session(), study().id, wanted.code)) if wanted.code else wanted


def _sum(given: Iterable[Given]) -> int:
    return sum(each.number for each in given)


def _by_code(given: Iterable[Given]) -> Counter[int]:
    counted: Counter[int] = Counter()
    for each in given:
        counted[each.code_id] += each.number
    return counted


def counts_here(codes: Sequence[Code], given: Mapping[int, int]) -> dict[int, int]:
    """Return how often each code was given here by its number; a code counts the codes below it as well.

    `given` is how often each was given itself.
    """
    parents = {each.id: each.parent_id for each in codes}
    counted: Counter[int] = Counter()
    for code_id, number in given.items():
        above: int | None = code_id
        while above is not None:
            counted[above] += number
            above = parents.get(above)
    return dict(counted)


def may_remove(made: Coding) -> bool:
    """Say whether the actor may remove a coding: their own, or any for a lead."""
    return made.coder_id == actor().account_id or actor().may(Act.MANAGE_STUDY)


def _asked_for(revision: Revision, changing: str | None) -> Coding | None:
    """Return the coding that was to be changed or that the address asks for, None when that is none that is here."""
    wanted = changing or request.args.get("coding")
    if not wanted:
        return None
    try:
        made = coding.coding_by_guid(session(), uuid.UUID(wanted))
    except (ValueError, NotFound):
        return None
    return made if made.excerpt.revision_id == revision.id else None


def _open_findings() -> list[Finding]:
    return [each for each in findings.findings(session(), study().id) if each.stage is not Stage.WITHDRAWN]


def _script_data(source: Source, revision: Revision, codes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the scripts of the page need, as one JSON block."""
    suggest_address = url_of("suggesting.suggest", source_key=source.key)
    return {
        "revision": revision.number,
        "length": revision.length,
        "language": source.language,
        "me": actor().username,
        "source": str(source.guid),
        "removesAll": actor().may(Act.MANAGE_STUDY),
        "token": csrf_token(),
        "presence": url_of("presence.choose"),
        "isShown": g.signed_in.shows_presence,
        "here": url_of("coding_acts.undo", source_key=source.key).removesuffix("/undo"),
        "codings": url_of("codings.add", source_key=source.key),
        "autocode": {"matches": url_of("autocoding.matches"), "accept": url_of("autocoding.accept")},
        "suggestions": suggest_address if suggestions.are_on(study()) else "",
        "evidence": url_of("coding_acts.link", source_key=source.key),
        "codes": codes,
        "codebook": url_of("codebook.tree"),
        "memoTitles": url_of("memos.titles"),
        "memoPreview": url_of("memos.preview"),
        "links": links_json(revision),
        "words": script_words(),
    }


def _hands_data(source: Source, chosen: ChosenKeys) -> dict[str, Any]:
    """Return what is the reader's own: their keys, the codes that they keep at hand or gave last, their last role."""
    role = findings.last_role(session(), study().id, actor().username)
    return {
        "keys": {key: each.act.name for each in working_keys(chosen) for key in each.keys},
        "letters": chosen.uses_letters,
        "favourites": coding.favourites_of(session(), actor(), study().id),
        "favouritesAt": url_of("hands.keep_favourite"),
        "recent": coding.recent_codes(session(), actor(), study().id),
        "sentencesAt": url_of("hands.sentences", source_key=source.key),
        "role": str(role or LinkRole.HAPPENS),
    }


def links_json(revision: Revision) -> list[dict[str, Any]]:
    """Return the evidence links that rest on the words of a revision as the page's scripts read them."""
    links = findings.links_on(session(), revision.source)
    return [link_json(each) for each in links if each.excerpt.revision_id == revision.id]


def link_json(link: EvidenceLink) -> dict[str, Any]:
    """Return an evidence link as the page's scripts read it."""
    return {
        "key": link.key,
        "start": link.excerpt.start,
        "end": link.excerpt.end,
        "finding": link.finding.key,
        "title": link.finding.title,
        "says": f"{word('stance', link.stance)}, {word('role', link.role)}",
        "address": f"{url_of('studies.home')}/findings/{link.finding.key}",
    }
