"""`backup` and `restore`: both stores of a home in one file."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from ia_workbench import __version__, corpus, privacy, search
from ia_workbench.cli.beginning import FILES_FOR_THEIR_OWNER, taken_back_when_refused
from ia_workbench.cli.files import half_written, refuse_in_home
from ia_workbench.cli.home import Home, sqlite_file
from ia_workbench.cli.output import note, say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.cli.withdrawals import apply_withdrawals
from ia_workbench.database import Store, bring_up_to_date, copy_store, head_of, is_sound, open_engine, revision_of
from ia_workbench.kernel import Refused, iso_utc, utc_now
from ia_workbench.withdrawal import Ledger

MANIFEST = "manifest.json"
LEDGER = "withdrawals.jsonl"
FORMAT = 1
PIECE = 1 << 20  # bytes copied at once
LARGEST_MANIFEST = 100_000  # bytes
OTHER_SYSTEM = "Only SQLite stores are copied into a file. Use the means of the database system that holds them."
FURTHER = "Another ledger of withdrawals, such as the one of the home that was lost; may be repeated."
NOT_A_BACKUP = "{name} is not a backup of this program, or it is damaged."


@program.command()
@click.argument("file", type=click.Path(path_type=Path))
@takes_home
def backup(home: Home, file: Path) -> None:
    """Copy both stores, each as it stands at one moment, and the ledger of withdrawals into one new FILE, a zip.

    The search index is left out; restoring makes it anew. The ledger notes when the backup was made: it keeps what is
    withdrawn later. The audit trail has it as a read of every source, before anything is written.
    """
    refuse_in_home(home, file)
    _store_files(home)
    engines = {store: home.engine(store) for store in Store}
    if file.exists():
        raise Refused("{file} is there already. Name a new file.", file=file)
    half, begun = half_written(file), iso_utc(utc_now())  # what is withdrawn from here on may be in it
    _enter_read(home)
    try:
        with tempfile.TemporaryDirectory(dir=home.settings.home, prefix=".backup-") as folder:
            for store, engine in engines.items():
                copy_store(engine, Path(folder) / _name(store))
            _pack(Path(folder), half, home.settings.ledger_file)
        home.ledger.note_backup(begun)  # one that is noted and was never made does no harm
        os.replace(half, file)
    finally:
        half.unlink(missing_ok=True)
    say(f"Wrote {file}. It holds every transcript: keep it as safe as the home itself.")


def _enter_read(home: Home) -> None:
    """Enter the copy of every word of the home as a read of all sources, of whichever study, in the name of who acts.

    No agreement is asked for: whoever keeps backups has the files anyway, and one that lapsed must not end them.
    """
    reason = "enter a backup as a read of every source of the home"
    with (
        privacy.unheld_session(home.engine(Store.EVIDENCE), reason=reason, writes=True) as session,
        session.begin(),
    ):
        reads = corpus.keys_with_words(session)
        if reads:
            username = home.username or privacy.first_lead(session).username
            actor = privacy.actor_for(session, Store.EVIDENCE, username)
            privacy.record_reads(session, actor, reads, where="backup")


def _store_files(home: Home) -> dict[Store, Path]:
    files = {store: sqlite_file(home.url(store)) for store in Store}
    if None in files.values():
        raise Refused(OTHER_SYSTEM)
    return {store: file for store, file in files.items() if file is not None}


def _name(store: Store) -> str:
    return f"{store.value}.sqlite3"


def _pack(folder: Path, target: Path, ledger: Path) -> None:
    digests = {store.value: _digest(folder / _name(store)) for store in Store}
    manifest = {"format": FORMAT, "software": __version__, "at": iso_utc(utc_now()), "stores": digests}
    target.unlink(missing_ok=True)  # of a command that was killed, or a link that somebody left there
    target.touch(mode=FILES_FOR_THEIR_OWNER, exist_ok=False)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest, indent=2))
        for store in Store:
            packed.write(folder / _name(store), _name(store))
        if ledger.is_file():
            packed.write(ledger, LEDGER)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@program.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ledger", "ledgers", multiple=True, type=click.Path(path_type=Path), help=FURTHER)
@takes_home
def restore(home: Home, file: Path, ledgers: tuple[Path, ...]) -> None:
    """Put FILE, which `backup` wrote, back into a home that has no stores. Restore only what you backed up yourself.

    What was withdrawn since is withdrawn again before it is done, as the ledger of this home says, the one in FILE, and
    each one given with --ledger. Lines of the home's own ledger stay.
    """
    targets = _store_files(home)
    for target in targets.values():
        if target.exists():
            raise Refused("{target} is there already. Restore into a new home.", target=target)
    made: list[Path] = []
    with (
        taken_back_when_refused(home, made),
        tempfile.TemporaryDirectory(dir=home.settings.home, prefix=".restore-") as name,
    ):
        folder = Path(name)
        _unpack(file, folder)
        for store in Store:
            _check(folder / _name(store), store, file)
        _take_in_ledgers(home, (folder / LEDGER, *map(_there, ledgers)))
        for store, target in targets.items():
            os.replace(folder / _name(store), target)
            made.append(target)
    _withdraw_again(home)
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="fill the search index") as session:
        search.rebuild(session, home.index)
    say(f"Restored {file} into {home.settings.home}.")


def _there(ledger: Path) -> Path:
    if not ledger.is_file():
        raise Refused("There is no ledger {ledger}.", ledger=ledger)
    return ledger


def _take_in_ledgers(home: Home, ledgers: Iterable[Path]) -> None:
    """Bring the home's ledger up to what all of them say, before a store is in its place."""
    for each in ledgers:
        home.ledger.take_in(Ledger(each))


def _withdraw_again(home: Home) -> None:
    if home.ledger.withdrawals():
        for key in apply_withdrawals(home):
            note(f"Withdrew {key} again.")


def _unpack(file: Path, folder: Path) -> None:
    refusal = Refused(NOT_A_BACKUP, name=file.name)
    try:
        with zipfile.ZipFile(file) as packed:
            if {each.filename for each in packed.infolist()} - {LEDGER} != {MANIFEST, *map(_name, Store)}:
                raise refusal
            if LEDGER in packed.namelist():
                _copy_out(packed, LEDGER, folder)
            if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise refusal
            digests: Any = json.loads(packed.read(MANIFEST))["stores"]
            for store in Store:
                _copy_out(packed, _name(store), folder)
                if _digest(folder / _name(store)) != digests[store.value]:
                    raise refusal
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError):
        raise refusal from None


def _copy_out(packed: zipfile.ZipFile, name: str, folder: Path) -> None:
    with packed.open(name) as source, (folder / name).open("wb") as target:
        shutil.copyfileobj(source, target, PIECE)
    (folder / name).chmod(FILES_FOR_THEIR_OWNER)


def _check(path: Path, store: Store, file: Path) -> None:
    """Refuse a store that is damaged or newer than this program; bring an older one up to date."""
    engine = open_engine(f"sqlite:///{path.resolve()}")
    try:
        found = revision_of(engine)
        if not is_sound(engine) or found is None:
            raise Refused(NOT_A_BACKUP, name=file.name)
        if found > head_of(store):
            raise Refused("{name} was written by a newer program. Restore it with that one.", name=file.name)
        bring_up_to_date(engine, store)
    finally:
        engine.dispose()
