"""Fidelity: what reading a file left out, kept or changed, each place beside the stored text; comments become memos."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import coding, corpus
from ia_workbench.coding import Memo
from ia_workbench.corpus import Change, PendingImport, Source, Treatment
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import catalogue, language, refusal_words
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.fidelity_blocks import (
    Numbered,
    Text,
    end_of_line,
    lines_between,
    passages,
    row,
)

fidelity = Blueprint("fidelity", __name__, url_prefix="/s/<study_key>/sources")

ON_A_PAGE = 40  # changes
TRACKED = frozenset(
    {
        "tracked insertion",
        "tracked deletion",
        "passage where it was moved to",
        "passage where it was moved from",
    }
)
PICTURES = frozenset({"picture", "drawing", "chart", "diagram"})


@dataclass(frozen=True)
class Compared:
    """A stored text and the changes between the file and it."""

    text: Text
    changes: Sequence[Change]
    notes: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """One page of the changes, of one kind or of all."""

    changes: Sequence[Numbered]
    page: int
    pages: int
    total: int
    before: Change | None
    after: Change | None


@dataclass(frozen=True)
class Counts:
    """What a file came to: characters and lines of its stored text, its turns, and what reading met besides."""

    stored: int
    left_out: int
    lines: int
    turns: int
    spoken: int
    speakers: int
    marks: int
    pages: int
    times: int
    tracked: int
    comments: int
    pictures: int


@fidelity.get("/import/<uuid:guid>/fidelity")
@open_to(*TEAM)
def waiting(guid: uuid.UUID) -> str:
    """Show a file that waits: its stored text beside every place where that is not simply what the file shows."""
    pending = corpus.pending_import(session(), study().id, guid)
    found = corpus.turns_of_import(session(), pending, request.args.get("convention"))
    text = Text(pending.text, corpus.anchors_of(pending), found.turns)
    compared = Compared(text, corpus.changes_of_import(pending), pending.notes)
    return _page(compared, language_of=str(pending.record.get("language") or "en"), pending=pending)


@fidelity.get("/<source_key>/fidelity")
@open_to(*TEAM)
def one(source_key: str) -> str:
    """Show a source's first text beside every place where it is not simply what its file shows."""
    return _of_source(_source(source_key))


def _source(source_key: str) -> Source:
    return corpus.source_keyed(session(), study().id, source_key)


def _of_source(source: Source, *, sentence: str | None = None) -> str:
    file = corpus.file_of(session(), source)
    first = corpus.raw_revisions(session(), source)[0]
    if first.closed_at is not None:
        raise Refused("Words of {key} were withheld, so its file is no longer shown beside its text.", key=source.key)
    turns = corpus.turns_of(session(), first)
    text = Text(corpus.text_of(session(), first), corpus.anchors_of(first), turns)
    compared = Compared(text, corpus.changes_of(session(), source), file.notes)
    return _page(
        compared,
        language_of=source.language,
        source=source,
        file=file,
        is_newest=corpus.is_newest(session(), first),
        sentence=sentence,
        **memos_on(source),
    )


def memos_on(source: Source) -> dict[str, Any]:
    """Return what the list of a source's memos needs."""
    return {"memos": coding.memos_of(session(), source)}


def _page(compared: Compared, *, language_of: str, **further: Any) -> str:
    numbered = [Numbered(number, each) for number, each in enumerate(compared.changes, 1)]
    things = things_in(compared.changes)
    kind = request.args.get("kind", "") if request.args.get("kind") in {each for each, _told, _n in things} else ""
    shown = _shown([each for each in numbered if not kind or each.change.what == kind])
    text = compared.text.words
    follows = end_of_line(text, shown.before) if shown.before else 0
    found = passages(compared.text, shown.changes, follows=follows)
    last = max((end_of_line(text, each.change) for each in shown.changes), default=follows)
    next_at = shown.after.at if shown.after is not None and shown.after.at is not None else len(text)
    memos: Sequence[Memo] = further.get("memos", ())
    return render_template(
        "team/sources/fidelity.html",
        **{"source": None, "pending": None, "sentence": None, "memos": (), **further},
        language_of=language_of,
        passages=found,
        placeless=[row(text, each) for each in shown.changes if each.change.at is None],
        rest=lines_between(text, last, next_at),
        shown=shown,
        kind=kind,
        things=things,
        notes=compared.notes,
        counts=counts_of(compared),
        comments=comments_in(compared.changes),
        taken={each.comment: each for each in memos if each.comment is not None},
        is_comment=coding.is_comment,
        thing_words=thing_words,
    )


def _shown(changes: Sequence[Numbered]) -> Shown:
    """Return the page that the address asks for: by its number, or the one that holds a change (`?change=17`)."""
    pages = max(1, -(-len(changes) // ON_A_PAGE))
    page = whole_number(request.args.get("page", "")) or 1
    wanted = whole_number(request.args.get("change", ""))
    if wanted is not None:
        page = sum(each.number < wanted for each in changes) // ON_A_PAGE + 1
    page = min(max(page, 1), pages)
    start, end = (page - 1) * ON_A_PAGE, page * ON_A_PAGE
    before = changes[start - 1].change if start else None
    after = changes[end].change if end < len(changes) else None
    return Shown(changes[start:end], page, pages, len(changes), before, after)


def things_in(changes: Sequence[Change]) -> list[tuple[str, str, int]]:
    """Return the things met, each as the store has it, in the reader's words, and how often, most first."""
    return [(what, thing_words(what), number) for what, number in Counter(each.what for each in changes).most_common()]


def thing_words(what: str) -> str:
    """Return a thing of the importers' vocabulary in the reader's language."""
    return catalogue(language()).gettext(what)


def comments_in(changes: Sequence[Change]) -> list[tuple[int, Change]]:
    """Return the comments that can become memos, each with its place among the changes, counted from 0."""
    return [(place, each) for place, each in enumerate(changes) if coding.is_comment(each)]


def counts_of(compared: Compared) -> Counts:
    """Count what a file came to."""
    text, changes = compared.text, compared.changes
    kinds = Counter(each.kind for each in text.anchors)
    return Counts(
        stored=len(text.words),
        left_out=sum(len(each.words) for each in changes if each.treatment is Treatment.LEFT_OUT),
        lines=lines_between(text.words, 0, len(text.words)),
        turns=len(text.turns),
        spoken=sum(bool(each.speaker) for each in text.turns),
        speakers=len({each.speaker for each in text.turns if each.speaker}),
        marks=sum(bool(each.mark) for each in text.turns),
        pages=kinds[corpus.AnchorKind.PAGE],
        times=kinds[corpus.AnchorKind.TIME],
        tracked=sum(each.what in TRACKED for each in changes),
        comments=len(comments_in(changes)),
        pictures=sum(each.what in PICTURES for each in changes),
    )


def summary_of(pending: PendingImport) -> Mapping[str, Any]:
    """Return what the page of a waiting file tells of its fidelity: how many places by kind, and its comments."""
    changes = corpus.changes_of_import(pending)
    return {"things": things_in(changes), "places": len(changes), "comments": comments_in(changes)}


def take_chosen_comments(source: Source) -> None:
    """Make memos of the comments that the form chose: all of them, or each that was ticked."""
    chosen, form = request.form.get("comments", ""), request.form
    if chosen not in {"all", "some"}:
        return
    ticked = None if chosen == "all" else [_place(each) for each in form.getlist("comment")]
    if ticked == []:
        raise Refused("Tick the comments that are to become memos.")
    with_authors = bool(form.get("with_authors"))
    coding.take_comments(session(), actor(), source=source, comments=ticked, with_authors=with_authors)


def _place(typed: str) -> int:
    number = whole_number(typed)
    return -1 if number is None else number


@fidelity.post("/<source_key>/fidelity/memos")
@open_to(*TEAM)
@changes_data
def take(source_key: str) -> tuple[str, int] | Response:
    """Make memos of one comment of a source's file, or of all."""
    source = _source(source_key)
    try:
        take_chosen_comments(source)
    except Refused as refusal:
        session().rollback()
        return _of_source(_source(source_key), sentence=refusal_words(refusal)), refusal.status
    number = whole_number(request.form.get("comment", ""))
    at = {} if number is None else {"change": number + 1}
    where = url_of("fidelity.one", source_key=source_key, said="memos-made", **at)
    return redirect(where if number is None else f"{where}#change-{number + 1}", code=303)
