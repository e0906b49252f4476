"""A home on disk: two real stores, a study, its team, its community members and an outsider."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.config import Settings, load_settings
from ia_workbench.database import Store, open_engine
from ia_workbench.kernel import Clock, utc_now
from ia_workbench.privacy import Actor, Role

STUDY_KEY = "cedar"
DEMO_KEY = "cedar-county"


@dataclass
class Home:
    """A home with the study `cedar`.

    Team: `ana` and `ines` lead, `ben` and `carla` analyse, `ada` administers, `omar` leads another study (`other`).
    Community: `rosa` and `marcus` review, `lee` leads the site. Nobody has a password until `give_password` sets one.
    """

    folder: Path
    evidence: Engine
    published: Engine
    clock: Clock
    study_id: int = 0
    passwords: dict[tuple[Store, str], str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The settings that point here."""
        return load_settings({}, home=self.folder)

    def actor(self, username: str, store: Store = Store.EVIDENCE) -> Actor:
        """Return someone as they stand now, with the studies they are in."""
        engine = self.evidence if store is Store.EVIDENCE else self.published
        with privacy.unheld_session(engine, reason="a test looks someone up") as session:
            return privacy.actor_for(session, store, username)

    def member(self, username: str) -> Actor:
        """Return a member of the community side."""
        return self.actor(username, Store.PUBLISHED)

    @contextmanager
    def session(self, actor: Actor, *, writes: bool = True) -> Iterator[Session]:
        """Open a session held to the actor on their store; commits when the block ends well, else rolls back."""
        engine = self.evidence if actor.store is Store.EVIDENCE else self.published
        with privacy.session_for(engine, actor, writes=writes, clock=self.clock) as session, session.begin():
            yield session

    @contextmanager
    def unheld(self, store: Store, *, writes: bool = True) -> Iterator[Session]:
        """Open a session that is held to no one; commits when the block ends well."""
        engine = self.evidence if store is Store.EVIDENCE else self.published
        with (
            privacy.unheld_session(engine, reason="a test", writes=writes, clock=self.clock) as session,
            session.begin(),
        ):
            yield session

    def give_password(self, actor: Actor) -> str:
        """Set someone's password, once, and return it: setting it again would sign their browsers out."""
        password = (actor.username * 3).ljust(privacy.SHORTEST_PASSWORD, "-")
        if self.passwords.get((actor.store, actor.username)) != password:
            hashed = privacy.hash_password(password)
            with self.session(actor) as session:
                privacy.set_password(session, actor, username=actor.username, hashed=hashed)
            self.passwords[actor.store, actor.username] = password
        return password

    def close(self) -> None:
        """Let go of both stores."""
        self.evidence.dispose()
        self.published.dispose()


def make_home(folder: Path, *, clock: Clock) -> Home:
    """Fill two migrated, empty stores in a folder with the people and studies that `Home` describes."""
    home = Home(
        folder,
        open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}"),
        open_engine(f"sqlite:///{folder / 'published.sqlite3'}"),
        clock,
    )
    with home.unheld(Store.EVIDENCE) as session:
        privacy.make_first_lead(session, "ana")
    clear(home, "ana")
    _add_team(home)
    _add_community(home)
    return home


def open_demo(folder: Path, *, clock: Clock = utc_now) -> Home:
    """Open the home that `ia-workbench demo` made: the study of Cedar County, its people and what they did."""
    home = Home(
        folder,
        open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}"),
        open_engine(f"sqlite:///{folder / 'published.sqlite3'}"),
        clock,
    )
    with home.session(home.actor("ana"), writes=False) as session:
        home.study_id = privacy.study_keyed(session, DEMO_KEY).id
    return home


def clear(home: Home, *usernames: str) -> None:
    """Give people an agreement that holds whenever a test runs: sessions have a fixed day, pages have today."""
    with home.unheld(Store.EVIDENCE) as session:
        for username in usernames:
            account = privacy.account_named(session, Store.EVIDENCE, username)
            session.add(
                privacy.Agreement(
                    account_id=account.id,
                    signed_on=date.min,
                    until=date.max,
                    recorded_by="ana",
                    recorded_at=home.clock(),
                )
            )


def _add_team(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        study = privacy.create_study(
            session,
            ana,
            key=STUDY_KEY,
            title="Cedar County reunification",
            question="How does it come about that children wait longer to go home?",
            site="Cedar County",
            settings={"offices": ["North", "South"], "rule": {"name": "default", "version": 1}},
        )
        home.study_id = study.id
    with home.session(home.actor("ana")) as session:
        for name, role in (("ines", Role.LEAD), ("ben", Role.ANALYST), ("carla", Role.ANALYST)):
            privacy.add_user(session, home.actor("ana"), username=name, role=role, study_id=home.study_id)
        privacy.add_user(session, home.actor("ana"), username="ada", role=Role.ADMINISTRATOR)
        privacy.add_user(session, home.actor("ana"), username="omar", role=Role.LEAD)
    clear(home, "ines", "ben", "carla", "omar")
    omar = home.actor("omar")
    with home.session(omar) as session:
        privacy.create_study(session, omar, key="other", title="Other", question="?", site="Other", settings={})


def _add_community(home: Home) -> None:
    with home.session(home.actor("ana"), writes=False) as evidence, home.unheld(Store.PUBLISHED) as session:
        published = privacy.publish_study(session, privacy.study_keyed(evidence, STUDY_KEY))
        host = privacy.guest_in_published_store(session, home.actor("ana"), [STUDY_KEY])
        for name, role in (("rosa", Role.REVIEWER), ("marcus", Role.REVIEWER), ("lee", Role.SITE_LEAD)):
            privacy.add_user(session, host, username=name, role=role, study_id=published.id)
