"""Erasing a study leaves nothing of it in either store but the audit trail."""

from pathlib import Path

import pytest

from ia_workbench import privacy, study_folder
from ia_workbench.database import EvidenceBase, PublishedBase, Store
from ia_workbench.kernel import NotAllowed, NotFound
from tests.study_folder import making
from tests.support import Home

# Tables of a home rather than of a study: people, their browsers, and the trail.
TRAILS = {"AuditEntry", "CommunityAuditEntry"}
OF_THE_HOME = {"Account", "Agreement", "KeyChoice", "SignIn", "CommunityAccount", "CommunitySignIn", *TRAILS}


def erase(home: Home, study_id: int, who: str = "ana") -> study_folder.ErasedStudy:
    """Erase a study as someone."""
    actor = home.actor(who)
    with home.session(actor) as evidence, home.unheld(Store.PUBLISHED) as published:
        return study_folder.erase_study(evidence, published, actor, study_id=study_id)


def test_every_table_belongs_to_a_study_or_to_the_home() -> None:
    for base in (EvidenceBase, PublishedBase):
        for mapper in base.registry.mappers:
            is_study = mapper.class_ in (privacy.Study, privacy.PublishedStudy)
            belongs = is_study or "study_id" in mapper.columns
            assert belongs != (mapper.class_.__name__ in OF_THE_HOME), mapper.class_.__name__


def test_an_erased_study_leaves_only_people_and_the_trail(home: Home, tmp_path: Path) -> None:
    before = making.row_counts(home)
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    between = making.row_counts(home)
    assert between["Source"] == 2
    erased = erase(home, loaded.study_id)
    after = making.row_counts(home)
    gone = sum(between[name] - after[name] for name in between if name not in TRAILS)
    assert erased.evidence_rows + erased.published_rows == gone
    assert {name: after[name] for name in after if name not in OF_THE_HOME} == {
        name: before[name] for name in before if name not in OF_THE_HOME
    }
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert privacy.first_broken_entry(session, Store.EVIDENCE) is None
        assert privacy.audit_entries(session, Store.EVIDENCE)[-1].act == "erase-study"


def test_the_words_are_gone_from_the_file(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "study"))
    words = b"They hand you two times"
    home.close()
    assert words in (home.folder / "evidence.sqlite3").read_bytes()
    erase(home, loaded.study_id)
    home.close()
    assert all(words not in file.read_bytes() for file in home.folder.iterdir() if file.is_file())


def test_the_same_study_can_be_loaded_again(home: Home, tmp_path: Path) -> None:
    folder = making.by_hand(tmp_path / "study")
    erase(home, making.load(home, folder).study_id)
    assert making.load(home, folder).sources == 2


def test_only_a_lead_of_the_study_erases_it(home: Home) -> None:
    with pytest.raises(NotAllowed):
        erase(home, home.study_id, "ben")
    with pytest.raises(NotFound):
        erase(home, home.study_id, "omar")
