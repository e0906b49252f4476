"""The form of a source's record, which importing and changing share: what it offers, and what stands in it."""

from flask import request

from ia_workbench import corpus, privacy
from ia_workbench.corpus import ATTRIBUTE, AttributeScope, ConsentScope, PrivacyClass, SourceKind
from ia_workbench.database import Store
from ia_workbench.web.sessions import session
from ia_workbench.web.workbench.current import study

RECORD_FIELDS = (
    "key", "title", "kind", "subkind", "standpoint", "worker_role", "participant", "case", "office", "agency",
    "collector", "date", "language", "consent", "text_id", "event_id", "nodes", "consent_on", "consent_until",
    "privacy_class", "debriefed_on", "stewardship",
)  # fmt: skip


def vocabularies() -> dict[str, object]:
    """Return what the choices of the form are."""
    here = study()
    return {
        "kinds": [each.value for each in SourceKind],
        "standpoints": corpus.standpoints_of(here),
        "consents": [each.value for each in ConsentScope],
        "offices": corpus.offices_of(session(), here.id),
        "collectors": [each.username for each in privacy.members_of(session(), Store.EVIDENCE, here.id)],
        "classes": [each.value for each in PrivacyClass],
        "terms": corpus.stewardships(session(), here.id),
        "attributes": corpus.attributes(session(), here.id, AttributeScope.SOURCE),
    }


def typed_fields() -> dict[str, str]:
    """Return what was sent of the form, as fields of a record; fields that were not in it are absent."""
    return {name: value for name, value in request.form.items() if name in RECORD_FIELDS or name.startswith(ATTRIBUTE)}
