"""Finding briefs, written from packages alone.

A brief is a Word document made from a template that a site edits in Word, or a page. It needs a package and what the
community body said of it; it knows no study, no source and no finding.
"""

from ia_workbench.briefs.document import write_brief
from ia_workbench.briefs.fields import Edition
from ia_workbench.briefs.page import brief_html
from ia_workbench.briefs.places import PLACES, Place, PlaceKind
from ia_workbench.briefs.strip import strip_png, strip_svg

__all__ = ["PLACES", "Edition", "Place", "PlaceKind", "brief_html", "strip_png", "strip_svg", "write_brief"]
