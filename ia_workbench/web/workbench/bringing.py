"""What a form brings: files, archives, folders and a register, as files of a batch. Nothing is asked of the store."""

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from flask import Flask, request
from werkzeug.datastructures import FileStorage

from ia_workbench import corpus
from ia_workbench.corpus import BroughtFile, Manifest, SourceRecord
from ia_workbench.kernel import Refused

LARGEST_BATCH = 250 * 1024 * 1024  # bytes of all files sent at once, and of all that archives among them hold
FIELDS_BESIDE = 100  # of the form, beside its files
LONGEST_PATH = 200  # characters that are kept of a path, its end
TOO_MUCH = "These files are more than 250 MB together. Import them in several goes."
NOT_SENT = "Line {line} of the register names {name}, which was not sent."
NOT_NAMED = "{name} is not named in the register, so nothing is known of it."
HIDDEN = "Hidden files and files of the system are not read."


@dataclass
class Bringing:
    """The files found so far, and how many bytes they are."""

    files: list[BroughtFile] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a file by its path; refuses when all together are too many bytes."""
        self.size += len(content)
        if self.size > LARGEST_BATCH:
            raise Refused(TOO_MUCH)
        shown = _shown(name)
        if corpus.is_hidden(shown):
            self.refuse(shown, Refused(HIDDEN))
        else:
            self.files.append(BroughtFile(shown, content))

    def refuse(self, name: str, refusal: Refused) -> None:
        """Add a name of which nothing is to be read."""
        self.files.append(BroughtFile(_shown(name), refusal=refusal))


def install_bringing(app: Flask) -> None:
    """Let the one form that brings files send as many bytes and files as a batch may hold; all others stay as small."""

    @app.url_value_preprocessor
    def allow_more(endpoint: str | None, _values: dict[str, object] | None) -> None:
        if endpoint == "importing.upload":
            request.max_content_length = LARGEST_BATCH + 2 * 1024 * 1024
            request.max_form_parts = corpus.MOST_FILES + FIELDS_BESIDE


def files_sent(sent: list[FileStorage]) -> list[BroughtFile]:
    """Return the files sent, and those in archives among them, without records; what cannot be unpacked says why.

    Raises Refused when they are too many bytes.
    """
    bringing = Bringing()
    for each in sent:
        name = each.filename or ""
        try:
            with each.stream as stream:  # a large one lies in a temporary file, which goes with it
                content = stream.read()
            inside = corpus.unpacked(name, content)
        except Refused as refusal:
            bringing.refuse(name, refusal)
            continue
        if len(inside.files) == 1 and inside.files[0][1] is content:
            bringing.add(name, content)
            continue
        for path, held in inside.files:
            bringing.add(f"{name}/{path}", held)
        for remark in inside.notes:
            bringing.refuse(name, Refused("{remark}", remark=remark))
    return bringing.files


def with_record(files: list[BroughtFile], record: SourceRecord) -> list[BroughtFile]:
    """Give all files one record."""
    return [each if each.refusal else BroughtFile(each.name, each.content, record) for each in files]


def register_sent(sent: FileStorage) -> Manifest:
    """Read the register that was sent; raises Refused with everything that is wrong, line by line."""
    return corpus.read_manifest(PurePosixPath(sent.filename or "").name, sent.stream.read())


def with_register(files: list[BroughtFile], register: Manifest, collector: str) -> list[BroughtFile]:
    """Give each file the record of the row that names it, in the order of the rows; whatever has no match says so.

    A row names a file by its path, by the end of its path or by its name alone, if only one file is called that. Who
    brings the files collected those of which the register says nothing else.
    """
    left = {each.name: each for each in files if not each.refusal}
    found = [each for each in files if each.refusal]
    for row in register.rows:
        name = _named(row.file, left)
        if name is None:
            found.append(BroughtFile(_shown(row.file), refusal=Refused(NOT_SENT, line=row.line, name=row.file)))
            continue
        record = replace(row.record, collectors=row.record.collectors or (collector,))
        found.append(BroughtFile(name, left.pop(name).content, record))
    return [*found, *(BroughtFile(name, refusal=Refused(NOT_NAMED, name=name)) for name in left)]


def _named(wanted: str, files: dict[str, BroughtFile]) -> str | None:
    path = wanted.replace("\\", "/").removeprefix("./")
    if path in files:
        return path
    ending = [name for name in files if name.endswith(f"/{path}")]
    return ending[0] if len(ending) == 1 else None


def _shown(name: str) -> str:
    path = "".join(character for character in name.replace("\\", "/") if character.isprintable())
    return path.strip().lstrip("/")[-LONGEST_PATH:] or "The file"
