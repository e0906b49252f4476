"""The team application: everything that touches confidential words, for leads, analysts and administrators."""

from flask import Flask
from sqlalchemy import Engine

from ia_workbench.config import Settings
from ia_workbench.database import Store
from ia_workbench.suggestions import Memory
from ia_workbench.web.application import build
from ia_workbench.web.workbench.agreements import install_agreements
from ia_workbench.web.workbench.audit import audit
from ia_workbench.web.workbench.autocoding import autocoding
from ia_workbench.web.workbench.batch_reader import BatchReader
from ia_workbench.web.workbench.batches import batches
from ia_workbench.web.workbench.bringing import install_bringing
from ia_workbench.web.workbench.case_map import process_map
from ia_workbench.web.workbench.changing_coding import changing_coding
from ia_workbench.web.workbench.code_acts import code_acts
from ia_workbench.web.workbench.code_changes import code_changes
from ia_workbench.web.workbench.code_forms import code_forms
from ia_workbench.web.workbench.code_splits import code_splits
from ia_workbench.web.workbench.codebook import codebook
from ia_workbench.web.workbench.coding_acts import coding_acts
from ia_workbench.web.workbench.coding_exports import coding_exports
from ia_workbench.web.workbench.codings import codings
from ia_workbench.web.workbench.correcting import LARGEST_FORM, correcting
from ia_workbench.web.workbench.current import install_study
from ia_workbench.web.workbench.evidence import evidence
from ia_workbench.web.workbench.export_jobs import ExportJobs
from ia_workbench.web.workbench.fidelity import fidelity
from ia_workbench.web.workbench.finding import finding
from ia_workbench.web.workbench.finding_forms import finding_forms
from ia_workbench.web.workbench.findings import findings
from ia_workbench.web.workbench.hands import hands
from ia_workbench.web.workbench.importing import importing
from ia_workbench.web.workbench.kept_turns import KeptTurns
from ia_workbench.web.workbench.keys import keys
from ia_workbench.web.workbench.leaving import leaving
from ia_workbench.web.workbench.mask_source import mask_source
from ia_workbench.web.workbench.masked_text import masked_text
from ia_workbench.web.workbench.masking import masking
from ia_workbench.web.workbench.memo_acts import memo_acts
from ia_workbench.web.workbench.memo_views import install_memos
from ia_workbench.web.workbench.memos import memos
from ia_workbench.web.workbench.noted import noted
from ia_workbench.web.workbench.presence import install_presence, presence
from ia_workbench.web.workbench.pseudonyms import pseudonyms
from ia_workbench.web.workbench.reading import reading
from ia_workbench.web.workbench.records import records
from ia_workbench.web.workbench.releasing import releasing
from ia_workbench.web.workbench.review import review
from ia_workbench.web.workbench.search import search
from ia_workbench.web.workbench.shell import install_shell
from ia_workbench.web.workbench.sources import sources
from ia_workbench.web.workbench.speakers import speakers
from ia_workbench.web.workbench.studies import studies
from ia_workbench.web.workbench.suggesting import suggesting
from ia_workbench.web.workbench.users import users
from ia_workbench.web.workbench.wording import install_wording

BLUEPRINTS = (
    studies, importing, batches, fidelity, sources, leaving, correcting, speakers, mask_source, masked_text, pseudonyms,
    records, noted, reading, codings, coding_acts, changing_coding, coding_exports, hands, memo_acts, memos, autocoding,
    suggesting, code_acts, codebook, code_forms, code_changes, code_splits, process_map, findings, finding_forms,
    finding, evidence, masking, releasing, review, search, users, audit, presence, keys,
)  # fmt: skip


def create_app(settings: Settings, evidence_engine: Engine, published: Engine) -> Flask:
    """Make the team application on both stores; it writes to the published one only through release and review."""
    app = build(__name__, settings, Store.EVIDENCE, evidence_engine)
    app.extensions["ia_published"] = published
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM  # of a form that is no file: a whole text, corrected
    app.extensions["ia_batches"] = BatchReader(evidence_engine)
    app.extensions["ia_suggestions"] = Memory()
    app.extensions["ia_kept_turns"] = KeptTurns()
    app.extensions["ia_exports"] = ExportJobs(evidence_engine)
    install_bringing(app)
    install_study(app)
    install_shell(app)
    install_wording(app)
    install_agreements(app)
    install_memos(app)
    install_presence(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
