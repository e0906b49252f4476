"""Who may do what: one table, read by every operation and every page."""

from enum import StrEnum


class Role(StrEnum):
    """The access roles. Reviewer and site lead exist in the published store only."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    SITE_LEAD = "site-lead"

    @property
    def is_community(self) -> bool:
        """Whether accounts of this role live in the published store."""
        return self in (Role.REVIEWER, Role.SITE_LEAD)

    @property
    def reads_evidence(self) -> bool:
        """Whether the role reads evidence, which takes a confidentiality agreement."""
        return self in (Role.LEAD, Role.ANALYST)


class Act(StrEnum):
    """Kinds of act, coarse enough to be explained on one page."""

    MANAGE_ACCOUNTS = "manage-accounts"
    READ_AUDIT = "read-audit"
    MANAGE_STUDY = "manage-study"
    READ_EVIDENCE = "read-evidence"
    CHANGE_EVIDENCE = "change-evidence"
    MASK = "mask"
    RELEASE = "release"
    ANSWER = "answer"
    READ_PACKAGES = "read-packages"
    RESPOND = "respond"
    EXPORT_BRIEF = "export-brief"


_ANALYST = frozenset(
    {Act.READ_EVIDENCE, Act.CHANGE_EVIDENCE, Act.MASK, Act.READ_PACKAGES, Act.EXPORT_BRIEF, Act.READ_AUDIT}
)

PERMISSIONS: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset({Act.MANAGE_ACCOUNTS, Act.READ_AUDIT}),
    Role.LEAD: _ANALYST | {Act.MANAGE_ACCOUNTS, Act.MANAGE_STUDY, Act.RELEASE, Act.ANSWER},
    Role.ANALYST: _ANALYST,
    Role.REVIEWER: frozenset({Act.READ_PACKAGES, Act.RESPOND}),
    Role.SITE_LEAD: frozenset({Act.READ_PACKAGES, Act.EXPORT_BRIEF}),
}

# What a lead or analyst may do without an agreement that holds: nothing that shows or moves evidence. Answers to the
# body are withheld too: they are compared with names in the evidence, and whoever sees none would find none.
WITHOUT_AGREEMENT = frozenset({Act.MANAGE_ACCOUNTS, Act.READ_AUDIT})


def may(role: Role, act: Act) -> bool:
    """Say whether a role allows an act."""
    return act in PERMISSIONS[role]


class IdentifierClass(StrEnum):
    """What kind of thing points at someone. `reporter` is masked for cleared readers, too (CAPTA)."""

    REPORTER = "reporter"  # who made a report of abuse or neglect, by name or by what only one person could know
    PERSON = "person"
    CONTACT = "contact"  # telephone, e-mail, web address
    ADDRESS = "address"  # a street address or postal code
    NUMBER = "number"  # case, docket, client, licence, social security
    PLACE = "place"
    ORGANISATION = "organisation"  # employer, school, agency, provider, tribe
    DATE = "date"
    AGE = "age"
    RARE_FACT = "rare-fact"


DIRECT_IDENTIFIERS = frozenset(
    {
        IdentifierClass.REPORTER,
        IdentifierClass.PERSON,
        IdentifierClass.CONTACT,
        IdentifierClass.ADDRESS,
        IdentifierClass.NUMBER,
    }
)  # each points at one person by itself; the others are quasi-identifiers, which do together
