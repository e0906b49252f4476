"""Reading the codebook."""

import pytest

from ia_workbench import codebook
from ia_workbench.kernel import NotFound
from tests.codebook.books import small
from tests.support import Home
from tests.support.counting import counting_statements


def test_codes_come_as_the_tree_is_read(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        codebook.import_codebook(session, home.actor("ana"), study_id=home.study_id, file=small())
    with home.session(home.actor("ana"), writes=False) as session, counting_statements(home.evidence) as sent:
        paths = [code.path for code in codebook.codes(session, home.study_id)]
    assert paths == ["family-time", "family-time/missed", "family-time/moved", "travel"]
    assert len(sent) == 1, sent


def test_an_unknown_code_is_answered_with_the_nearest_path(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        codebook.import_codebook(session, home.actor("ana"), study_id=home.study_id, file=small())
        with pytest.raises(NotFound, match="the nearest is family-time/missed"):
            codebook.code_at(session, home.study_id, "family-time/misst")


def test_a_study_without_a_codebook_has_an_empty_one(home: Home) -> None:
    with home.session(home.actor("ana"), writes=False) as session:
        assert codebook.codes(session, home.study_id) == []
        assert codebook.codebook_file(session, home.study_id).codes == ()
        assert codebook.lever_file(session, home.study_id).levers == ()


def test_another_studys_lead_sees_none_of_it(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        codebook.import_codebook(session, home.actor("ana"), study_id=home.study_id, file=small())
    with home.session(home.actor("omar"), writes=False) as session:
        assert codebook.codes(session, home.study_id) == []
        with pytest.raises(NotFound, match="has no codes yet"):
            codebook.code_at(session, home.study_id, "travel")
