"""Keys that people choose for themselves."""

import pytest

from ia_workbench import privacy
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.privacy import ChosenKeys
from tests.support import Home


def test_keys_are_usual_until_one_chooses_and_everyone_chooses_for_themselves(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        assert privacy.chosen_keys(session, ana) == ChosenKeys({}, uses_letters=True)
        privacy.choose_keys(session, ana, chosen=ChosenKeys({"pick": "x"}, uses_letters=False))
    with home.session(ana) as session:
        assert privacy.chosen_keys(session, ana) == ChosenKeys({"pick": "x"}, uses_letters=False)
        privacy.choose_keys(session, ana, chosen=ChosenKeys({"pick": ""}))
    with home.session(ben, writes=False) as session:
        assert privacy.chosen_keys(session, ana) == ChosenKeys({"pick": ""})
        assert privacy.chosen_keys(session, ben) == ChosenKeys()


def test_members_of_the_community_side_have_no_keys_to_choose(home: Home) -> None:
    rosa = home.member("rosa")
    with home.session(rosa) as session:
        assert privacy.chosen_keys(session, rosa) == ChosenKeys()
        with pytest.raises(NotAllowed):
            privacy.choose_keys(session, rosa, chosen=ChosenKeys())


def test_what_no_keyboard_has_is_refused(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, pytest.raises(Refused):
        privacy.choose_keys(session, ana, chosen=ChosenKeys({"pick": "x" * 41}))
