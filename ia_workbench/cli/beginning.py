"""`init`: make a home, or bring one up to date."""

from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import privacy, search
from ia_workbench.cli.home import Home, sqlite_file
from ia_workbench.cli.output import say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.database import Store, bring_up_to_date, head_of, revision_of
from ia_workbench.kernel import Refused

FIRST_LEAD = "lead"
FOR_ITS_OWNER = 0o700
FILES_FOR_THEIR_OWNER = 0o600
BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside a database


@program.command()
@takes_home
def init(home: Home) -> None:
    """Make a home: both stores, the search index, and the first lead (named by `--as`, else `lead`).

    The lead's password is made up and shown once. On a home that is there already, bring its stores up to date.
    """
    name = home.username or FIRST_LEAD
    password = make_home(home, name)
    if password is None:
        say(f"The home {home.settings.home} is up to date.")
        return
    say(f"Made the home {home.settings.home}.")
    say(f"Lead:     {name}")
    say(f"Password: {password}   (shown this once; change it with `ia-workbench user password {name}`)")


def make_home(home: Home, lead: str) -> str | None:
    """Make the stores of a home and its first lead, and return the password made up for them.

    Returns None where there were a lead already and something to bring up to date; refuses when there was nothing to
    do. What it made is taken away again when it refuses.
    """
    folder = home.settings.home
    files = [file for store in Store if (file := sqlite_file(home.url(store))) is not None]
    new_files = [file for file in files if not file.exists()]
    try:
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        was_behind = [_bring_up(home, store) for store in Store]
        _keep_to_owner(new_files)
        with (
            privacy.unheld_session(home.engine(Store.EVIDENCE), reason="make the first lead", writes=True) as session,
            session.begin(),
        ):
            password = _first_lead(session, lead)
    except Exception:
        home.close()
        for file in new_files:
            for ending in BESIDE:
                file.with_name(file.name + ending).unlink(missing_ok=True)
        raise
    if password is None and not any(was_behind):
        raise Refused("There is a home at {folder} already.", folder=folder)
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="fill the search index") as session:
        search.rebuild(session, home.index)
    return password


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
