"""Writing a finding brief as a Word document, from a package and a template that a site edits in Word."""

import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from ia_workbench.briefs.checking import check_template, parts_of
from ia_workbench.briefs.drafts import mark_as_draft
from ia_workbench.briefs.fields import Edition, values_of
from ia_workbench.briefs.filling import Scope, fill_part
from ia_workbench.briefs.packing import describe, packed
from ia_workbench.kernel import Refused
from ia_workbench.publication import NOT_CLEARED, BodySummary, PackageContent

NOT_A_TEMPLATE = "The template is not a Word document (.docx). Save it in Word as one."
NOT_ALL_CLEARED = "A quote in this package is not cleared: {keys}. Only a draft may be written from it."


def write_brief(
    content: PackageContent,
    body: BodySummary | None,
    *,
    template: bytes,
    edition: Edition | None = None,
    draft: bool = False,
) -> bytes:
    """Write a finding brief as DOCX: the same bytes for the same package, body, template and edition.

    A draft is marked on every page. Refuses a template that is no Word document, names an unknown place, leaves a
    list open or holds tracked changes or comments; and, unless it is a draft, a package with a quote not cleared.
    """
    if not draft:
        _refuse_uncleared(content)
    document = _opened(template)
    check_template(document)
    scope = Scope(values_of(content, body, edition))
    for part in parts_of(document):
        fill_part(part, scope)
    if draft:
        mark_as_draft(document)
    describe(document, content, title=_title(content, draft=draft))
    return packed(document)


def _refuse_uncleared(content: PackageContent) -> None:
    keys = [each.key for each in content.evidence if NOT_CLEARED in each.words]
    if keys:
        raise Refused(NOT_ALL_CLEARED, keys=", ".join(keys))


def _opened(template: bytes) -> Any:
    try:
        return docx.Document(BytesIO(template))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        raise Refused(NOT_A_TEMPLATE) from None


def _title(content: PackageContent, *, draft: bool) -> str:
    title = f"Finding brief {content.finding_key}, {content.study.title}"
    return f"DRAFT: {title}" if draft else title
