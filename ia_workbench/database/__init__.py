"""The two stores: base classes, column types, engines and migrations.

The evidence store holds what is confidential; the published store holds what was cleared. They share no table, no
session and no account.
"""

from ia_workbench.database.base import EvidenceBase, Identified, PublishedBase, Versioned, moment_of
from ia_workbench.database.driven_sessions import DrivenSession
from ia_workbench.database.engines import open_engine
from ia_workbench.database.migrating import BASES, Store, bring_up_to_date, head_of, revision_of, take_down_to
from ia_workbench.database.sending import send_to_driver
from ia_workbench.database.upkeep import copy_store, dangling_references, is_sound, rewrite, settle

__all__ = [
    "BASES",
    "DrivenSession",
    "EvidenceBase",
    "Identified",
    "PublishedBase",
    "Store",
    "Versioned",
    "bring_up_to_date",
    "copy_store",
    "dangling_references",
    "head_of",
    "is_sound",
    "moment_of",
    "open_engine",
    "revision_of",
    "rewrite",
    "send_to_driver",
    "settle",
    "take_down_to",
]
