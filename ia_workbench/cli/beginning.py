"""`init`: make a home, or bring one up to date."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import privacy, search
from ia_workbench.cli.home import Home, sqlite_file
from ia_workbench.cli.output import say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.database import Store, bring_up_to_date, head_of, revision_of

FIRST_LEAD = "lead"
FOR_ITS_OWNER = 0o700
FILES_FOR_THEIR_OWNER = 0o600
BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside a database


@dataclass(frozen=True)
class MadeHome:
    """What making a home did: the first lead's password, None where there was a lead; whether a store was behind."""

    password: str | None
    was_behind: bool


@program.command()
@takes_home
def init(home: Home) -> None:
    """Make a home: both stores, the search index, and the first lead (named by `--as`, else `lead`).

    The lead's password is made up and shown once. On a home that is there already, bring its stores up to date, or say
    that they are.
    """
    name, place = home.username or FIRST_LEAD, home.settings.home
    made = make_home(home, name)
    if made.password is None:
        say(f"Brought the home {place} up to date." if made.was_behind else f"The home {place} is up to date already.")
        return
    say(f"Made the home {place}.")
    say(f"Lead:     {name}")
    say(f"Recorded that {name} signed the confidentiality agreement today; it holds for a year.")
    say(f"Password: {made.password}   (shown this once; change it with `ia-workbench user password {name}`)")


def make_home(home: Home, lead: str) -> MadeHome:
    """Make the stores of a home and its first lead with a password; bring up to date what is there already.

    What it made is taken away again when it refuses.
    """
    files = [file for store in Store if (file := sqlite_file(home.url(store))) is not None]
    new_files = [file for file in files if not file.exists()]
    with taken_back_when_refused(home, new_files):
        was_behind = [_bring_up(home, store) for store in Store]
        _keep_to_owner(new_files)
        with (
            privacy.unheld_session(home.engine(Store.EVIDENCE), reason="make the first lead", writes=True) as session,
            session.begin(),
        ):
            password = _first_lead(session, lead)
    if any(was_behind):
        with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="fill the search index") as session:
            search.rebuild(session, home.index)
    return MadeHome(password, any(was_behind))


@contextmanager
def taken_back_when_refused(home: Home, made: list[Path]) -> Iterator[None]:
    """Make the folder of a home. When what follows does not end well, it goes again, with folders above it that were
    not there, and so do the stores whose files are in `made` by then.
    """
    folder = home.settings.home
    new_folders = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        yield
    except BaseException:
        home.close()
        for file in made:
            for ending in BESIDE:
                file.with_name(file.name + ending).unlink(missing_ok=True)
        for each in new_folders:
            with suppress(OSError):  # something else was put there meanwhile
                each.rmdir()
        raise


def _bring_up(home: Home, store: Store) -> bool:
    engine = home.open_anew(store)
    if revision_of(engine) == head_of(store):
        return False
    bring_up_to_date(engine, store)
    return True


def _keep_to_owner(files: list[Path]) -> None:
    for file in files:
        file.chmod(FILES_FOR_THEIR_OWNER)  # SQLite gives what it keeps beside the file the same rights


def _first_lead(session: Session, username: str) -> str | None:
    if privacy.accounts(session, Store.EVIDENCE):
        return None
    privacy.make_first_lead(session, username)
    actor = privacy.actor_for(session, Store.EVIDENCE, username)
    password = privacy.new_password()
    privacy.set_password(session, actor, username=username, hashed=privacy.hash_password(password))
    return password
