"""Reading and coding one source: its turns, the codes beside them, the codebook and what is at the selection."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus, findings
from ia_workbench.codebook import Code, Lever
from ia_workbench.coding import Coding, Mark
from ia_workbench.corpus import Revision, Source
from ia_workbench.findings import EvidenceLink, Finding, LinkRole, Stage, Stance
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Act
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.forgery import csrf_token
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import language
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.fidelity_blocks import labels_by_turn
from ia_workbench.web.workbench.kept_turns import KeptTurns, WrittenTurns
from ia_workbench.web.workbench.reading_words import acts, key_words, script_words
from ia_workbench.web.workbench.transcript import strip_paths, turn_views
from ia_workbench.web.workbench.turn_markup import turns_markup
from ia_workbench.web.workbench.wording import word

reading = Blueprint("reading", __name__)

MINE, EVERYONE_S = "mine", "team"
SCRIPTS_COOKIE = "ia_scripts"  # set by a script of every team page: this browser draws the codings itself


@reading.get("/s/<study_key>/sources/<source_key>/code")
@open_to(*TEAM)
def code(source_key: str) -> str | Response:
    """Show a source to read and code; `?turn=31` leads on to that turn."""
    turn = whole_number(request.args.get("turn", ""))
    if turn is not None:
        return redirect(url_of("reading.code", source_key=source_key) + f"#turn-{turn}")
    return reading_page(source_key)


def reading_page(source_key: str, *, sentence: str | None = None, typed: dict[str, str] | None = None) -> str:
    """Return the page of a source; `sentence` is why a form was refused, `typed` what stood in it."""
    source = corpus.source_keyed(session(), study().id, source_key)
    revision = corpus.newest_revision(session(), source)
    text = corpus.text_of(session(), revision)  # refused once it may not be read, whatever is kept
    codes = codebook.codes(session(), study().id)
    levers = codebook.levers(session(), study().id)
    layer = MINE if request.args.get("layer") == MINE else EVERYONE_S
    me, given = actor().username, Counter[int]()
    by_coder = coding.given_on(session(), revision)
    for (code_id, coder), number in by_coder.items():
        given[code_id] += number if layer != MINE or coder == me else 0
    colors = {each.id: each.color for each in codes}
    marks = [] if request.cookies.get(SCRIPTS_COOKIE) else coding.marks_on(session(), revision)
    drawn = [each for each in marks if layer != MINE or each.coder == me]
    turns = _drawn_turns(revision, text, codes, marks, drawn, layer) if drawn else _plain_turns(revision, text)
    return render_template(
        "team/reading.html",
        section="sources",
        source=source,
        revision=revision,
        unsettled=coding.unsettled_count(session(), revision),
        layer=layer,
        turns=turns.markup,
        turn_count=turns.count,
        codes=codes,
        depths={each.id: each.path.count("/") for each in codes},
        parents={each.parent_id for each in codes},
        counts=counts_here(codes, given),
        strip=strip_paths(drawn, colors, revision.length),
        here=_asked_for(revision),
        may_remove=may_remove,
        mine=sum(number for (_code, coder), number in by_coder.items() if coder == me),
        open_findings=_open_findings(),
        stances=list(Stance),
        roles=list(LinkRole),
        levers=levers,
        key_words=key_words(),
        data=_script_data(source, revision, codes, levers, given),
        typed=typed or {},
        sentence=sentence,
    )


def _drawn_turns(
    revision: Revision, text: str, codes: Sequence[Code], marks: Sequence[Mark], drawn: Sequence[Mark], layer: str
) -> WrittenTurns:
    """Write the turns with the codings in them, for browsers without scripts."""
    turns = corpus.turns_of(session(), revision)
    colors = {each.id: each.color for each in codes}
    views = turn_views(text, turns, drawn, colors, labels=labels_by_turn(turns, corpus.anchors_of(revision)))
    order = {each.id: number for number, each in enumerate(marks)}
    kept = "layer=mine&amp;" if layer == MINE else ""
    return WrittenTurns(turns_markup(views, text, codes, order, me=actor().username, kept=kept), len(turns))


def _plain_turns(revision: Revision, text: str) -> WrittenTurns:
    """Write the turns without codings, or take them as they were written before: a text never changes."""
    kept: KeptTurns = current_app.extensions["ia_kept_turns"]
    return kept.of(
        (revision.id, revision.sha256, language()), lambda: _drawn_turns(revision, text, [], [], [], EVERYONE_S)
    )


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


def _asked_for(revision: Revision) -> Coding | None:
    """Return the coding that the address asks for, None when it asks for none that is here."""
    wanted = request.args.get("coding")
    if not wanted:
        return None
    try:
        made = coding.coding_by_guid(session(), uuid.UUID(wanted))
    except (ValueError, NotFound):
        return None
    return made if made.excerpt.revision_id == revision.id else None


def _open_findings() -> list[Finding]:
    return [each for each in findings.findings(session(), study().id) if each.stage is not Stage.WITHDRAWN]


def _script_data(
    source: Source, revision: Revision, codes: Sequence[Code], levers: Sequence[Lever], given: Mapping[int, int]
) -> dict[str, Any]:
    """Return what the scripts of the page need, as one JSON block."""
    in_study = {each.code_id: each.codings for each in coding.counts_by_code(session(), study().id)}
    named = {each.key: each.name for each in levers}
    return {
        "revision": revision.number,
        "length": revision.length,
        "language": source.language,
        "me": actor().username,
        "removesAll": actor().may(Act.MANAGE_STUDY),
        "token": csrf_token(),
        "here": url_of("coding_acts.undo", source_key=source.key).removesuffix("/undo"),
        "codings": url_of("codings.add", source_key=source.key),
        "layer": request.args.get("layer", EVERYONE_S),
        "evidence": url_of("codings.link", source_key=source.key),
        "codes": [
            {
                "id": each.id,
                "path": each.path,
                "name": each.name,
                "color": each.color,
                "parent": each.parent_id,
                "definition": each.definition,
                "include": each.include,
                "exclude": each.exclude,
                "levers": [f"{key}, {named[key]}" if key in named else key for key in each.levers],
                "nodes": list(each.nodes),
                "here": given.get(each.id, 0),
                "study": in_study.get(each.id, 0),
            }
            for each in codes
        ],
        "links": [link_json(each) for each in findings.links_on(session(), source) if _is_on(each, revision)],
        "keys": {key: act.name for act in acts() for key in act.keys},
        "words": script_words(),
    }


def _is_on(link: EvidenceLink, revision: Revision) -> bool:
    return link.excerpt.revision_id == revision.id


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
