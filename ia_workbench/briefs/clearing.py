"""What every form of a brief shares: it fails closed, and it has one title."""

from ia_workbench.kernel import Refused
from ia_workbench.publication import NOT_CLEARED, PackageContent

NOT_ALL_CLEARED = "This package holds words that are not cleared: {keys}. Only a draft may be written from it."


def refuse_uncleared(content: PackageContent) -> None:
    """Refuse a package with words that nobody cleared."""
    keys = [each.key for each in content.evidence if NOT_CLEARED in f"{each.words}{each.paraphrase.en}"]
    if keys:
        raise Refused(NOT_ALL_CLEARED, keys=", ".join(keys))


def title_of(content: PackageContent, *, draft: bool) -> str:
    """Return the title of a brief."""
    title = f"Finding brief {content.finding_key}, {content.study.title}"
    return f"DRAFT: {title}" if draft else title
