"""A finding brief as one HTML file that stands alone: no script, no address of anything else."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ia_workbench.briefs import wording
from ia_workbench.briefs.clearing import refuse_uncleared, title_of
from ia_workbench.briefs.fields import Edition, values_of
from ia_workbench.briefs.strip import strip_svg
from ia_workbench.publication import BodySummary, PackageContent

PAGES = Environment(
    loader=PackageLoader("ia_workbench", "briefs"),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def brief_html(
    content: PackageContent, body: BodySummary | None, *, edition: Edition | None = None, draft: bool = False
) -> str:
    """Write a finding brief as an HTML page with the same sections and words as the Word document.

    Refuses a package with a quote not cleared, unless it is a draft; a draft says so at its top.
    """
    if not draft:
        refuse_uncleared(content)
    values = dict(values_of(content, body, edition, with_picture=False))
    return PAGES.get_template("page.html").render(
        values,
        lines=_lines,
        draft=draft,
        language=content.language,
        title=title_of(content, draft=draft),
        title_of_finding=content.title,
        strip=_strip(content),
    )


def _lines(text: str) -> Markup:
    """A text with its line ends kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _strip(content: PackageContent) -> Markup:
    if not content.strip:
        return Markup("")
    described = escape(f"Map strip. {wording.where(content.strip)}")
    drawn = strip_svg(content.strip).replace("<svg ", f'<svg role="img" aria-label="{described}" ', 1)
    return Markup(drawn)  # noqa: S704 - our own drawing, its titles escaped where it is drawn
