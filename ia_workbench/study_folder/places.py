"""Where the files of a study are: paths that a file names are followed only to where a study's files may lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from ia_workbench.config import shipped_folder
from ia_workbench.kernel import Fields, Refused, about, parse_yaml, read_text

STUDY_FILE = "study.yaml"
SOURCES = "sources"  # the folder of the files themselves
REVISIONS = "revisions"  # the folder of corrected texts
SHARED_FOLDERS = ("codebooks", "process_maps")  # what several studies share lies in folders of these names
NOT_THERE = "{name} is not there. Write the path as it is seen from the study's folder."


@dataclass(frozen=True)
class StudyPlace:
    """The folder of a study and its study file; both exist."""

    folder: Path
    study_file: Path

    def has(self, name: str) -> bool:
        """Say whether the folder has a file of this name."""
        return (self.folder / name).is_file()

    def named_file(self, named: str) -> Path:
        """Return the file that `study.yaml` names: in the study's folder, or in a shared folder beside or above it.

        Refuses an absolute path, one that leads elsewhere (a symbolic link too), and a file that is not there.
        """
        _refuse_absolute(named)
        roots = [self.folder, *self._shared_folders()]
        for path in (self.folder / named, shipped_folder("codebooks").parent / named):
            found = path.resolve()
            if found.is_file() and any(found.is_relative_to(root.resolve()) for root in roots):
                return found
            if found.is_file() and path.is_relative_to(self.folder):
                raise Refused(
                    "{name} leads out of the study's folder. Name a file in it, or one in {shared}.",
                    name=named,
                    shared=" or ".join(f"../../{folder}" for folder in SHARED_FOLDERS),
                )
        raise Refused(NOT_THERE, name=named)

    def _shared_folders(self) -> Iterator[Path]:
        for name in SHARED_FOLDERS:
            yield from (self.folder.parent / name, self.folder.parent.parent / name, shipped_folder(name))

    def source_file(self, named: str) -> Path:
        """Return a source's file, which lies in `sources/`; refuses as `named_file` does."""
        return self._file_in(SOURCES, named)

    def revision_file(self, named: str) -> Path:
        """Return the file of a corrected text, which lies in `revisions/`; refuses as `named_file` does."""
        return self._file_in(REVISIONS, named)

    def _file_in(self, folder: str, named: str) -> Path:
        _refuse_absolute(named)
        inside = (self.folder / folder).resolve()
        path = named.removeprefix(f"{folder}/")
        found = (inside / path).resolve()
        if not found.is_relative_to(inside) or not inside.is_relative_to(self.folder):
            raise Refused("{name} leads out of the folder {folder}/. Put the file into it.", name=named, folder=folder)
        if not found.is_file():
            raise Refused("{name} is not in the folder {folder}/.", name=path, folder=folder)
        return found


def study_place(path: Path) -> StudyPlace:
    """Find a study by its folder, by its study file, or by a YAML file whose field `folder` points to its folder."""
    if path.is_dir():
        return _in_folder(path)
    if not path.is_file():
        raise Refused("There is no folder or file {path}.", path=path)
    with about(path.name):
        content = parse_yaml(read_text(path))
        if not (isinstance(content, dict) and "folder" in content):
            return StudyPlace(path.resolve().parent, path.resolve())
        fields = Fields(content, "the file")
        folder = path.resolve().parent / fields.text("folder")
        fields.close()
    return _in_folder(folder)


def _in_folder(folder: Path) -> StudyPlace:
    study_file = folder / STUDY_FILE
    if not study_file.is_file():
        raise Refused("{folder} holds no {file}, so it is not the folder of a study.", folder=folder, file=STUDY_FILE)
    return StudyPlace(folder.resolve(), study_file.resolve())


def _refuse_absolute(named: str) -> None:
    is_absolute = PurePosixPath(named).is_absolute() or PureWindowsPath(named).anchor
    if is_absolute or "\\" in named or "\0" in named:
        raise Refused("{name} is not a path seen from the study's folder, with / between its parts.", name=named)
