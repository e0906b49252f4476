"""How far the consent to some words must reach for readers to get them."""

from ia_workbench.corpus import ConsentScope
from ia_workbench.findings import ShownAs
from ia_workbench.publication import Audience

# What is only counted needs none: readers get no word of it.
NEEDED = {
    (ShownAs.QUOTE, Audience.BODY): ConsentScope.QUOTE_TO_BODY,
    (ShownAs.QUOTE, Audience.PUBLIC): ConsentScope.QUOTE_IN_REPORT,
    (ShownAs.PARAPHRASE, Audience.BODY): ConsentScope.PARAPHRASE,
    (ShownAs.PARAPHRASE, Audience.PUBLIC): ConsentScope.PARAPHRASE,
}
