"""A study as a whole: create one, load it from files, export it, perform the acts of a demo, erase it.

The folder is described in `docs/` and in the README of `corpora/`; a load is all or nothing, and export, load and
export again give the same bytes. This room stands above the bridge because a study's people live in both stores.
"""

from ia_workbench.study_folder.creating import create_study
from ia_workbench.study_folder.demo_acts import (
    DemoAct,
    ReleaseAct,
    confirm_masks_as_filed,
    perform_demo_act,
    read_demo_acts,
)
from ia_workbench.study_folder.erasing import ErasedStudy, erase_study
from ia_workbench.study_folder.exporting import ExportedStudy, export_study
from ia_workbench.study_folder.loading import LoadedStudy, ReadStudy, load_study, read_study
from ia_workbench.study_folder.register import Register, RegisteredFile, read_register

__all__ = [
    "DemoAct",
    "ErasedStudy",
    "ExportedStudy",
    "LoadedStudy",
    "ReadStudy",
    "Register",
    "RegisteredFile",
    "ReleaseAct",
    "confirm_masks_as_filed",
    "create_study",
    "erase_study",
    "export_study",
    "load_study",
    "perform_demo_act",
    "read_demo_acts",
    "read_register",
    "read_study",
]
