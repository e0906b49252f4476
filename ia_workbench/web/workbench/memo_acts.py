"""Memos of the reading page's scripts: all that are near the source, adding, changing and removing one."""

from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding
from ia_workbench.coding import Memo, MemoAbout, Subject
from ia_workbench.corpus import Revision
from ia_workbench.kernel import NotFound
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.coding_acts import changes_json
from ia_workbench.web.workbench.codings import Sent, newest_revision, place_sent, request_name, sent_fields
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.memo_views import Told, guid_of, name_of, told

memo_acts = Blueprint("memo_acts", __name__, url_prefix="/s/<study_key>/sources/<source_key>")


@memo_acts.get("/memos.json")
@open_to(*TEAM)
def listed(source_key: str) -> Response:
    """Give the memos on a source, its turns and words, and those on codes."""
    revision = newest_revision(source_key)
    here = told(coding.memos_of(session(), revision.source))
    codes = coding.memos_on_codes(session(), study().id)
    on_codes = zip(told([memo for memo, _code in codes]), (code for _memo, code in codes), strict=True)
    given = [memo_json(each, revision) for each in here]
    return jsonify({"memos": given + [memo_json(each, revision, code) for each, code in on_codes]})


@memo_acts.post("/memos.json")
@open_to(*TEAM)
@changes_data
def add(source_key: str) -> Response:
    """Note something; the same `request` sent twice notes it once."""
    revision, sent = newest_revision(source_key), sent_fields()
    memo = coding.add_memo(
        session(),
        actor(),
        about=_subject(revision, sent),
        words=sent.text("words"),
        title=sent.text("title", fallback=""),
        is_private=sent.number("private", fallback=0) == 1,
        links=[guid_of(each) for each in sent.text("links", fallback="").split()],
        request=request_name(sent),
        place=revision.source,
    )
    return _answer(memo, revision, sent)


@memo_acts.post("/memos/<memo>/change.json")
@open_to(*TEAM)
@changes_data
def change(source_key: str, memo: str) -> Response:
    """Change a memo; `version` is the one that was before the writer."""
    revision, sent = newest_revision(source_key), sent_fields()
    found = coding.memo_of_study(session(), study().id, memo)
    coding.change_memo(
        session(),
        actor(),
        memo=found,
        seen=sent.number("version"),
        words=sent.text("words"),
        title=sent.text("title", fallback=""),
        is_private=sent.number("private", fallback=0) == 1,
        links=[guid_of(each) for each in sent.text("links", fallback="").split()],
        request=request_name(sent),
        place=revision.source,
    )
    return _answer(found, revision, sent)


@memo_acts.post("/memos/<memo>/remove.json")
@open_to(*TEAM)
@changes_data
def remove(source_key: str, memo: str) -> Response:
    """Remove a memo; undo puts it back."""
    revision, sent = newest_revision(source_key), sent_fields()
    found = coding.memo_of_study(session(), study().id, memo)
    coding.remove_memo(session(), actor(), memo=found, request=request_name(sent), place=revision.source)
    return jsonify(changes_json(revision, sent.number("after")))


def _subject(revision: Revision, sent: Sent) -> Subject:
    about = sent.text("about")
    if about == MemoAbout.CODE:
        return coding.on_code(codebook.code_at(session(), study().id, sent.text("code")))
    if about == MemoAbout.SOURCE:
        return coding.on_source(revision.source)
    if about not in (MemoAbout.TURN, MemoAbout.EXCERPT):
        raise NotFound("There is nothing of that kind for a memo.")
    seen, span = place_sent(revision, sent)
    on_words = coding.on_words(seen, span)
    return Subject(MemoAbout(about), on_words.study_id, on_words.source, seen, span)


def _answer(memo: Memo, revision: Revision, sent: Sent) -> Response:
    (shown,) = told([memo])
    number = None
    if memo.about is MemoAbout.CODE:
        codes = {str(each.guid): each.id for each in codebook.codes(session(), study().id)}
        number = codes.get(memo.thing or "")
    return jsonify(changes_json(revision, sent.number("after")) | {"memo": memo_json(shown, revision, number)})


def memo_json(each: Told, revision: Revision, code: int | None = None) -> dict[str, Any]:
    """Return a memo as the page's scripts read it; `start` and `end` only while its words stand in this text."""
    memo = each.memo
    stands = memo.excerpt is not None and memo.excerpt.revision_id == revision.id
    return {
        "guid": str(memo.guid),
        "about": memo.about.value,
        "start": memo.excerpt.start if memo.excerpt is not None and stands else None,
        "end": memo.excerpt.end if memo.excerpt is not None and stands else None,
        "code": code,
        "title": memo.title,
        "name": each.name,
        "words": memo.words,
        "html": each.html.text,
        "by": memo.by,
        "changedBy": memo.changed_by or memo.by,
        "at": (memo.changed_at or memo.at).isoformat(),
        "private": memo.private_to is not None,
        "version": memo.version,
        "mayRemove": each.may_remove,
        "address": url_of("memos.one", memo=str(memo.guid)),
        "links": [_link(other) for other in each.linked.to],
        "coming": [_link(other) for other in each.linked.coming],
    }


def _link(memo: Memo) -> dict[str, str]:
    return {"guid": str(memo.guid), "name": name_of(memo), "address": url_of("memos.one", memo=str(memo.guid))}
