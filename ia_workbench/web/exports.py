"""Briefs leave as files only when the audit trail of whoever takes them holds that they did."""

from flask import current_app, request

from ia_workbench import privacy, publication
from ia_workbench.publication import PackageContent
from ia_workbench.web.sessions import actor, engine_of


def record_export(content: PackageContent, *, study_id: int, file_format: str, is_draft: bool = False) -> None:
    """Store that who is signed in takes a brief away, before the answer; where that cannot be stored, none is given.

    `study_id` is the study's number in the application's own store. A browser that asks for the head of the file alone
    gets nothing, so nothing is entered.
    """
    if request.method == "HEAD":
        return
    with privacy.session_for(engine_of(current_app), actor(), writes=True) as writing, writing.begin():
        publication.record_export(
            writing, actor(), study_id=study_id, content=content, file_format=file_format, is_draft=is_draft
        )
