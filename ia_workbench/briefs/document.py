"""Writing a finding brief as a Word document, from a package and a template that a site edits in Word."""

import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from ia_workbench.briefs.checking import check_template, parts_of
from ia_workbench.briefs.clearing import refuse_uncleared, title_of
from ia_workbench.briefs.drafts import mark_as_draft
from ia_workbench.briefs.fields import Edition, values_of
from ia_workbench.briefs.filling import Scope, fill_part
from ia_workbench.briefs.packing import describe, packed
from ia_workbench.kernel import Refused
from ia_workbench.publication import BodySummary, PackageContent

NOT_A_TEMPLATE = "The template is not a Word document (.docx). Save it in Word as one."


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
        refuse_uncleared(content)
    document = _opened(template)
    check_template(document)
    scope = Scope(values_of(content, body, edition))
    for part in parts_of(document):
        fill_part(part, scope)
    if draft:
        mark_as_draft(document)
    describe(document, content, title=title_of(content, draft=draft))
    return packed(document)


def _opened(template: bytes) -> Any:
    try:
        return docx.Document(BytesIO(template))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        raise Refused(NOT_A_TEMPLATE) from None
