"""The home a command works on: its two stores, who acts, and which study."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from ia_workbench import privacy, search, withdrawal
from ia_workbench.config import Settings
from ia_workbench.database import Store, head_of, open_engine, revision_of
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Actor, Study

QUOTED = "words"  # the place of a refusal's sentence that raw words or a name fill
NO_HOME = "There is no home at {place} yet. Make one with `ia-workbench --home {place} init`."
NO_STORE = "The {store} store at {place} is not there. Make it with `ia-workbench init`."
OTHER_VERSION = (
    "The {store} store is at version {version} and this program needs {head}. "
    "Run `ia-workbench init` to bring it up to date."
)
NO_STUDY = "There is no study here yet. Load one with `ia-workbench study load FOLDER`."
NO_ADDRESS = "{url} is not the address of a database, such as sqlite:////path/to/file."
NO_SUCH_STUDY = "There is no study {key} here; `ia-workbench study list` shows them."
NO_SUCH_PUBLISHED_STUDY = "You are in no study {key}."
NOT_YOURS = "{name} is in no study. Ask a lead to add them with `ia-workbench user add`."
WHICH_STUDY = "There are several studies. Say which with `--study KEY`: {keys}."


@dataclass(frozen=True)
class Desk:
    """One actor at work in one study, in the evidence store."""

    session: Session
    actor: Actor
    study: Study

    @property
    def study_id(self) -> int:
        """The study's internal number."""
        return self.study.id


@dataclass(frozen=True)
class CommunityDesk:
    """One actor at work in one study as the published store knows it; team members are guests there."""

    session: Session
    actor: Actor
    study_id: int
    study_key: str


@dataclass(frozen=True)
class OpenSession:
    """A session on the evidence store that a command has open."""

    session: Session
    actor: Actor
    writes: bool


@dataclass
class Home:
    """The home of one run of the program. Stores are opened when first asked for, and not before."""

    settings: Settings
    study_key: str | None = None
    username: str | None = None
    _engines: dict[Store, Engine] = field(default_factory=dict)
    _open: list["OpenSession"] = field(default_factory=list)

    # ------------------------------------------------------------------ stores

    def engine(self, store: Store) -> Engine:
        """Return a store's engine; refuses a store that is not there, is at another version than this program, or
        holds again what the ledger of the home says was withdrawn.
        """
        if store not in self._engines:
            engine = self.opened_at_head(store)
            if store is Store.EVIDENCE:
                self._refuse_withdrawn(engine)
        return self._engines[store]

    def opened_at_head(self, store: Store) -> Engine:
        """Return a store's engine, whatever the ledger says of it; refuses what `engine` refuses besides."""
        engine = self.open(store)
        found = revision_of(engine)
        if found != head_of(store):
            self.close()
            raise Refused(OTHER_VERSION, store=store.value, version=found or "none", head=head_of(store))
        return engine

    def _refuse_withdrawn(self, engine: Engine) -> None:
        with privacy.unheld_session(engine, reason="look whether all that was withdrawn is withdrawn here") as session:
            try:
                withdrawal.refuse_unapplied(session, self.ledger)
            except Refused:
                self.close()
                raise

    def open(self, store: Store) -> Engine:
        """Return a store's engine whatever its version; refuses a SQLite file that is not there."""
        if store not in self._engines:
            url = self.url(store)
            place = sqlite_file(url)
            if place is not None and not place.is_file():
                sentence = NO_STORE if self._has_a_store() else NO_HOME
                raise Refused(sentence, store=store.value, place=place.parent)
            self._engines[store] = self.open_anew(store)
        return self._engines[store]

    def _has_a_store(self) -> bool:
        files = [sqlite_file(self.url(store)) for store in Store]
        return any(file is None or file.is_file() for file in files)

    def open_anew(self, store: Store) -> Engine:
        """Open a store that may have to be made; the index follows the evidence store from then on."""
        engine = self._engines[store] = open_engine(self.url(store))
        if store is Store.EVIDENCE:
            search.follow(engine, self.index)
        return engine

    def url(self, store: Store) -> str:
        """Return the address of a store."""
        url = self.settings.evidence_url if store is Store.EVIDENCE else self.settings.published_url
        if url is None:
            raise Refused("This home has no evidence store.")
        return url

    @property
    def index(self) -> search.SearchIndex:
        """The search index of this home."""
        return search.SearchIndex(self.settings.index_folder)

    @property
    def ledger(self) -> withdrawal.Ledger:
        """The ledger of withdrawals of this home."""
        return withdrawal.Ledger(self.settings.ledger_file)

    def close(self) -> None:
        """Let go of the stores."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()

    # ------------------------------------------------------------------ the team

    @contextmanager
    def team(self, *, writes: bool = False) -> Iterator[tuple[Session, Actor]]:
        """Open a session on the evidence store held to whoever acts; commits when it writes and ends well."""
        engine = self.engine(Store.EVIDENCE)
        with privacy.unheld_session(engine, reason="look up who runs the command") as lookup:
            username = self.username or privacy.first_lead(lookup).username
            actor = privacy.actor_for(lookup, Store.EVIDENCE, username)
        quoted: Mapping[int, frozenset[str]] = {}
        try:
            with privacy.session_for(engine, actor, writes=writes) as session, session.begin():
                self._open.append(OpenSession(session, actor, writes))
                try:
                    yield session, actor
                    self.record_reads()
                except Refused as refusal:
                    quoted = privacy.reads_of(session) if QUOTED in refusal.facts else {}
                    raise
                finally:
                    self._open.pop()
        except Refused:
            if quoted:  # the refusal says words; what the command did is taken back by now
                with privacy.session_for(engine, actor, writes=True) as writing, writing.begin():
                    privacy.record_reads(writing, actor, quoted, where=_command())
            raise

    def record_reads(self) -> None:
        """Write into the audit trail whose raw words this command read since the last time; before they are given out.

        Nothing may be said or written to a file before this came through: `output` and `files` call it.
        """
        for each in self._open:
            reads = privacy.reads_of(each.session)
            if reads:
                with self._writing(each) as writing:
                    privacy.record_reads(writing, each.actor, reads, where=_command())
            privacy.forget_reads(each.session)

    @contextmanager
    def _writing(self, reading: "OpenSession") -> Iterator[Session]:
        """Yield the open session that writes, which keeps all others from it; else one of its own, committed."""
        held = next((each.session for each in self._open if each.writes), None)
        if held is not None:
            yield held
            return
        engine = self.engine(Store.EVIDENCE)
        with privacy.session_for(engine, reading.actor, writes=True) as session, session.begin():
            yield session

    @contextmanager
    def desk(self, *, writes: bool = False, for_accounts: bool = False) -> Iterator[Desk]:
        """Open the study that `--study` names, or the only one there is.

        Refuses who would see an empty study for want of a confidentiality agreement; not where only accounts are
        looked after.
        """
        with self.team(writes=writes) as (session, actor):
            if actor.role.reads_evidence and not actor.is_cleared and not for_accounts:
                raise privacy.no_agreement(actor)
            yield Desk(session, actor, self._study(session, actor))

    def _study(self, session: Session, actor: Actor) -> Study:
        if self.study_key is not None:
            return study_called(session, self.study_key)
        studies: list[Study] = list(privacy.studies(session, Store.EVIDENCE))
        if not studies:
            raise Refused(NOT_YOURS, name=actor.username) if self._has_studies() else Refused(NO_STUDY)
        if len(studies) > 1:
            raise Refused(WHICH_STUDY, keys=", ".join(study.key for study in studies))
        return studies[0]

    def _has_studies(self) -> bool:
        reason = "tell a home without studies from a person without one"
        with privacy.unheld_session(self.engine(Store.EVIDENCE), reason=reason) as session:
            return bool(privacy.studies(session, Store.EVIDENCE))

    # ------------------------------------------------------------------ the community

    @contextmanager
    def published(self, *, reason: str, writes: bool = False) -> Iterator[Session]:
        """Open a session on the published store held to no one, for acts of the edge; commits when it writes."""
        engine = self.engine(Store.PUBLISHED)
        with privacy.unheld_session(engine, reason=reason, writes=writes) as session, session.begin():
            yield session

    @contextmanager
    def guest(self, desk: Desk, *, writes: bool = False) -> Iterator[CommunityDesk]:
        """Open the published side of a team member's study, held to them as a guest."""
        engine = self.engine(Store.PUBLISHED)
        with privacy.unheld_session(engine, reason="find the study's number in the published store") as lookup:
            actor = privacy.guest_in_published_store(lookup, desk.actor, [desk.study.key])
        with privacy.session_for(engine, actor, writes=writes) as session, session.begin():
            study = privacy.published_study_keyed(session, desk.study.key)
            yield CommunityDesk(session, actor, study.id, study.key)

    @contextmanager
    def member(self, *, writes: bool = False) -> Iterator[CommunityDesk]:
        """Open the published store as the member of the community that `--as` names."""
        if self.username is None:
            raise Refused("Say which member of the community acts, with `--as USERNAME`.")
        engine = self.engine(Store.PUBLISHED)
        with privacy.unheld_session(engine, reason="look up who runs the command") as lookup:
            actor = privacy.actor_for(lookup, Store.PUBLISHED, self.username)
        with privacy.session_for(engine, actor, writes=writes) as session, session.begin():
            study = self._published_study(session)
            yield CommunityDesk(session, actor, study.id, study.key)

    def _published_study(self, session: Session) -> privacy.PublishedStudy:
        if self.study_key is not None:
            try:
                return privacy.published_study_keyed(session, self.study_key)
            except NotFound:
                raise NotFound(NO_SUCH_PUBLISHED_STUDY, key=self.study_key) from None
        studies: list[privacy.PublishedStudy] = list(privacy.studies(session, Store.PUBLISHED))
        if len(studies) != 1:
            keys = ", ".join(study.key for study in studies)
            raise Refused(WHICH_STUDY, keys=keys) if studies else Refused(NOT_YOURS, name=self.username)
        return studies[0]

    @property
    def is_member(self) -> bool:
        """Whether `--as` names a member of the community rather than of the team."""
        if self.username is None:
            return False
        with self.published(reason="tell members of the community from the team") as session:
            return any(each.username == self.username for each in privacy.accounts(session, Store.PUBLISHED))


def record_reads() -> None:
    """Have the run's home record what was read so far; nothing where no command runs (see `Home.record_reads`)."""
    context = click.get_current_context(silent=True)
    home = context.find_object(Home) if context is not None else None
    if home is not None:
        home.record_reads()


def _command() -> str:
    """The command that runs, as the trail names it: `source.show`."""
    context = click.get_current_context(silent=True)
    names: list[str] = []
    while context is not None and context.parent is not None:
        names.insert(0, str(context.info_name))
        context = context.parent
    return ".".join(names) or "command"


def study_called(session: Session, key: str) -> Study:
    """Return a study by its key; raises NotFound naming it, for whoever is at this machine may list them."""
    try:
        return privacy.study_keyed(session, key)
    except NotFound:
        raise NotFound(NO_SUCH_STUDY, key=key) from None


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite address; None for another database system."""
    try:
        address = make_url(url)
    except Exception:
        raise Refused(NO_ADDRESS, url=url) from None
    if address.get_backend_name() != "sqlite":
        return None
    if address.database in (None, "", ":memory:"):  # nothing of it would be there for the next command
        raise Refused(NO_ADDRESS, url=url)
    return Path(str(address.database))
