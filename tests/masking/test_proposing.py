"""What is looked for in a source before anybody decides."""

from ia_workbench import masking
from tests.support import Home
from tests.support.masking import NO_MODEL
from tests.support.sources import add_source


def test_a_label_that_is_a_role_is_proposed_nowhere_and_a_name_beside_it_everywhere(home: Home) -> None:
    ana = home.actor("ana")
    text = "CAREGIVER: I told Brandt so.\nINT: And the caregiver before?\nBRANDT: She was a caregiver, too.\n"
    with home.session(ana) as session:
        source = add_source(session, home, key="INT-077", text=text)
        words = {each.words.casefold() for each in masking.propose_marks(session, ana, source=source, model=NO_MODEL)}
        assert "brandt" in words
        assert not words & {"caregiver", "int"}
