"""Accounts, signing in, and what each role may do."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy import Act, Role
from ia_workbench.privacy.models import SignIn
from tests.support import Home
from tests.support.counting import counting_statements


def test_reviewer_and_site_lead_do_not_exist_in_the_evidence_store(home: Home) -> None:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        roles = {account.role for account in privacy.accounts(session, Store.EVIDENCE)}
    assert roles.isdisjoint({Role.REVIEWER, Role.SITE_LEAD})


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SITE_LEAD])
def test_a_community_role_cannot_be_given_in_the_evidence_store(home: Home, role: Role) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, pytest.raises(Refused, match="belongs to the other store"):
        privacy.add_user(session, ana, username="rita", role=role, study_id=home.study_id)


def test_no_role_may_both_read_evidence_and_respond_as_the_body() -> None:
    for role in Role:
        assert not (privacy.may(role, Act.READ_EVIDENCE) and privacy.may(role, Act.RESPOND))


def test_an_administrator_manages_accounts_and_reads_no_evidence() -> None:
    assert privacy.may(Role.ADMINISTRATOR, Act.MANAGE_ACCOUNTS)
    assert not privacy.may(Role.ADMINISTRATOR, Act.READ_EVIDENCE)


@pytest.mark.parametrize("username", ["omar", "ada"])
def test_a_lead_looks_after_people_of_their_own_studies_alone_and_after_no_administrator(
    home: Home, username: str
) -> None:
    ana, hashed = home.actor("ana"), privacy.hash_password("fifteen letters and more")
    acts = (
        lambda session: privacy.set_password(session, ana, username=username, hashed=hashed),
        lambda session: privacy.disable_user(session, ana, username=username),
    )
    for act in acts:
        with home.session(ana) as session, pytest.raises(NotAllowed, match=f"{username} looks after users, or is in a"):
            act(session)
    ada = home.actor("ada")
    with home.session(ada) as session:
        privacy.set_password(session, ada, username=username, hashed=hashed)


def test_a_member_of_a_study_of_others_is_out_of_a_leads_reach(home: Home) -> None:
    omar = home.actor("omar")
    with home.unheld(Store.PUBLISHED) as session:
        guest = privacy.guest_in_published_store(session, omar, ["other"])
        with pytest.raises(NotAllowed, match="rosa looks after users, or is in a study"):
            privacy.disable_user(session, guest, username="rosa")
        privacy.disable_user(
            session, privacy.guest_in_published_store(session, home.actor("ana"), ["cedar"]), username="rosa"
        )


def test_a_lead_adds_the_first_administrator_and_no_further_one(home: Home) -> None:
    ana, ada = home.actor("ana"), home.actor("ada")
    with home.session(ana) as session, pytest.raises(NotAllowed, match="only an administrator adds another"):
        privacy.add_user(session, ana, username="ana-too", role=Role.ADMINISTRATOR)
    with home.session(ada) as session:
        privacy.add_user(session, ada, username="adam", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("who", ["ben", "ada"])
def test_only_leads_make_studies(home: Home, who: str) -> None:
    actor = home.actor(who)
    with home.session(actor) as session, pytest.raises(NotAllowed):
        privacy.create_study(session, actor, key="new", title="t", question="q", site="s", settings={})


@pytest.mark.parametrize("key", ["", "Capital", "two words", "ümlaut", "a" * 61, "../up"])
def test_a_malformed_study_key_is_refused(home: Home, key: str) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, pytest.raises(Refused, match="A study key has"):
        privacy.create_study(session, ana, key=key, title="t", question="q", site="s", settings={})


def test_a_key_taken_by_a_study_one_may_not_see_is_refused_in_a_sentence(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, pytest.raises(Refused, match="already a study called other"):
        privacy.create_study(session, ana, key="other", title="t", question="q", site="s", settings={})


def sign_in(home: Home, password: str, username: str = "ben") -> str:
    """Sign ben in with a password; returns the token."""
    with home.unheld(Store.EVIDENCE) as session:
        account = privacy.account_fitting(session, Store.EVIDENCE, username=username, password=password)
        return privacy.open_sign_in(session, Store.EVIDENCE, account)


def is_signed_in(home: Home, token: str, *, after: timedelta) -> bool:
    """Say whether a token still signs someone in some time after the home's moment."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return privacy.signed_in_by(session, Store.EVIDENCE, token, home.clock() + after) is not None


def test_a_password_signs_in_and_the_token_names_the_actor(home: Home) -> None:
    token = sign_in(home, home.give_password(home.actor("ben")))
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        signed_in = privacy.signed_in_by(session, Store.EVIDENCE, token, home.clock())
    assert signed_in is not None
    assert signed_in.actor == home.actor("ben")


def test_a_wrong_password_an_unknown_name_and_an_account_without_password_are_refused_alike(home: Home) -> None:
    home.give_password(home.actor("ben"))
    sentences = []
    for username, password in (("ben", "not the password"), ("nobody", "x" * 20), ("carla", "x" * 20)):
        with pytest.raises(NotAllowed) as refusal:
            sign_in(home, password, username)
        sentences.append(str(refusal.value))
    assert len(set(sentences)) == 1


def test_a_browser_is_signed_out_after_30_idle_minutes(home: Home) -> None:
    token = sign_in(home, home.give_password(home.actor("ben")))
    assert is_signed_in(home, token, after=timedelta(minutes=30))
    assert not is_signed_in(home, token, after=timedelta(minutes=30, seconds=1))


def test_disabling_a_user_signs_them_out_at_once_and_for_good(home: Home) -> None:
    password = home.give_password(home.actor("ben"))
    token = sign_in(home, password)
    ana = home.actor("ana")
    with home.session(ana) as session:
        privacy.disable_user(session, ana, username="ben")
    assert not is_signed_in(home, token, after=timedelta(0))
    with pytest.raises(NotAllowed):
        sign_in(home, password)
    with pytest.raises(NotFound):
        home.actor("ben")


def test_only_the_digest_of_a_token_and_an_argon2id_hash_are_stored(home: Home) -> None:
    password = home.give_password(home.actor("ben"))
    token = sign_in(home, password)
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        kept = privacy.account_named(session, Store.EVIDENCE, "ben").password_hash
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    home.evidence.dispose()
    raw = b"".join(path.read_bytes() for path in home.folder.glob("evidence.sqlite3*"))
    assert token.encode() not in raw
    assert password.encode() not in raw


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Refused, match="at least 15 characters"):
        privacy.hash_password("fourteen chars")


def test_an_analyst_may_set_only_their_own_password(home: Home) -> None:
    ben = home.actor("ben")
    hashed = privacy.hash_password("long enough for anyone")
    with home.session(ben) as session, pytest.raises(NotAllowed):
        privacy.set_password(session, ben, username="carla", hashed=hashed)


@pytest.mark.parametrize("what", ["disabled", "another password"])
def test_a_password_that_fitted_a_moment_ago_does_not_sign_in_to_an_account_that_changed(home: Home, what: str) -> None:
    password, ana = home.give_password(home.actor("ben")), home.actor("ana")
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        account = privacy.account_fitting(session, Store.EVIDENCE, username="ben", password=password)
    with home.session(ana) as session:
        if what == "disabled":
            privacy.disable_user(session, ana, username="ben")
        else:
            privacy.set_password(session, ana, username="ben", hashed=privacy.hash_password("another " * 3))
    with home.unheld(Store.EVIDENCE) as session, pytest.raises(NotAllowed, match="do not go together"):
        privacy.open_sign_in(session, Store.EVIDENCE, account)


def when_seen(home: Home) -> list[tuple[str, datetime]]:
    """Return who is kept as signed in, and when they were last seen."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return sorted((each.account.username, each.seen_at) for each in session.scalars(select(SignIn)))


@pytest.mark.parametrize(
    ("later", "seen"), [(timedelta(minutes=31), timedelta(0)), (timedelta(hours=12, minutes=1), timedelta(hours=12))]
)
def test_a_sign_in_that_ran_out_is_forgotten_when_the_next_person_signs_in(
    home: Home, later: timedelta, seen: timedelta
) -> None:
    began = home.clock()
    token = sign_in(home, home.give_password(home.actor("ben")))
    home.clock = lambda: began + seen
    with home.unheld(Store.EVIDENCE) as session:
        privacy.note_seen(session, Store.EVIDENCE, token)
    home.clock = lambda: began + later
    sign_in(home, home.give_password(home.actor("carla")), "carla")
    assert when_seen(home) == [("carla", began + later)]


def test_a_sign_in_that_still_holds_is_kept_when_the_next_person_signs_in(home: Home) -> None:
    token, began = sign_in(home, home.give_password(home.actor("ben"))), home.clock()
    home.clock = lambda: began + timedelta(minutes=30)
    sign_in(home, home.give_password(home.actor("carla")), "carla")
    assert [name for name, _seen in when_seen(home)] == ["ben", "carla"]
    assert is_signed_in(home, token, after=timedelta(0))


def test_the_idle_time_is_to_be_renewed_once_a_minute(home: Home) -> None:
    token, now = sign_in(home, home.give_password(home.actor("ben"))), home.clock()
    for after, is_stale in ((timedelta(seconds=59), False), (timedelta(seconds=60), True)):
        with home.unheld(Store.EVIDENCE, writes=False) as session, counting_statements(home.evidence) as statements:
            found = privacy.signed_in_by(session, Store.EVIDENCE, token, now + after)
        assert found is not None
        assert found.is_stale == is_stale
        assert len(statements) == 1, str(statements)


def test_keys_go_on_after_a_loaded_one_and_are_never_given_twice(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        privacy.note_key(session, study_id=home.study_id, key="INT-014")
        assert privacy.next_key(session, study_id=home.study_id, prefix="INT", width=3) == "INT-015"
        assert privacy.next_key(session, study_id=home.study_id, prefix="INT", width=3) == "INT-016"
        privacy.note_key(session, study_id=home.study_id, key="INT-002")
        assert privacy.next_key(session, study_id=home.study_id, prefix="INT", width=3) == "INT-017"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_in_the_table_of_permissions(role: Role) -> None:
    assert any(privacy.may(role, act) for act in Act)
