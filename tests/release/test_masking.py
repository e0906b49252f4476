"""Who may vouch for a quote, and what makes a mask stop counting."""

import pytest

from ia_workbench import findings, privacy, release
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.privacy import Act
from ia_workbench.release import Replacement
from tests.support import Home
from tests.support.releasing import PARENT_MASK, PARENT_QUOTE, mask_all


def parent_link(session: privacy.HeldSession, home: Home) -> EvidenceLink:
    finding = findings.finding_keyed(session, home.study_id, "F-01")
    return next(each for each in findings.links_of(session, finding) if each.excerpt.quote == PARENT_QUOTE)


def test_one_person_masks_and_another_confirms(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        link = parent_link(session, home)
        mask = release.mask_quote(session, home.actor("ana"), link=link, replacements=PARENT_MASK)
        assert not release.counts(mask, link)
        assert [each.link_id for each in release.masks_to_confirm(session, home.study_id, "ben")] == [link.id]
        assert not release.masks_to_confirm(session, home.study_id, "ana")
    with home.session(home.actor("ben")) as session:
        link = parent_link(session, home)
        mask = release.mask_of(session, link)
        assert mask is not None
        assert release.counts(release.confirm_mask(session, home.actor("ben"), mask=mask), link)
        assert not release.masks_to_confirm(session, home.study_id, "carla")


def test_the_person_who_masked_may_not_confirm_even_as_a_lead(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        mask = release.mask_quote(session, home.actor("ana"), link=parent_link(session, home), replacements=[])
        with pytest.raises(Refused, match="masked this quote yourself, ana. Another person"):
            release.confirm_mask(session, home.actor("ana"), mask=mask)
        assert mask.confirmed_by is None


def test_masking_again_drops_the_confirmation(unmasked: Home) -> None:
    home = unmasked
    mask_all(home)
    with home.session(home.actor("carla")) as session:
        link = parent_link(session, home)
        mask = release.mask_quote(session, home.actor("carla"), link=link, replacements=PARENT_MASK)
        assert (mask.by, mask.confirmed_by, mask.confirmed_at) == ("carla", None, None)
        assert not release.counts(mask, link)


def test_a_mask_made_for_other_words_does_not_count_and_is_not_confirmed(unmasked: Home) -> None:
    home = unmasked
    mask_all(home)
    with home.session(home.actor("ben")) as session:
        link = parent_link(session, home)
        mask = release.mask_of(session, link)
        assert mask is not None
        assert release.counts(mask, link)
        link.excerpt.quote = "Nothing after four."
        assert not release.counts(mask, link)
        with pytest.raises(Refused, match="changed after they were masked"):
            release.confirm_mask(session, home.actor("ben"), mask=mask)
        session.expire(link.excerpt)


def test_words_that_are_absent_change_nothing(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        link = parent_link(session, home)
        with pytest.raises(Refused):
            release.mask_quote(session, home.actor("ana"), link=link, replacements=[Replacement("Reed", "x")])
        assert release.mask_of(session, link) is None


def test_a_loaded_mask_needs_two_people_of_the_study(unmasked: Home) -> None:
    home = unmasked
    ana = home.actor("ana")
    with home.session(ana) as session:
        link = parent_link(session, home)
        with pytest.raises(Refused, match="ben cannot confirm a mask of their own"):
            release.restore_mask(session, ana, link=link, replacements=[], by="ben", confirmed_by="ben")
        with pytest.raises(Refused, match="omar, named at the mask of E-0001, is not in this study"):
            release.restore_mask(session, ana, link=link, replacements=[], by="ben", confirmed_by="omar")
        mask = release.restore_mask(session, ana, link=link, replacements=PARENT_MASK, by="ben", confirmed_by="carla")
        assert release.counts(mask, link)


def test_an_analyst_may_not_load_masks(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ben")) as session, pytest.raises(NotAllowed):
        release.restore_mask(
            session,
            home.actor("ben"),
            link=parent_link(session, home),
            replacements=[],
            by="ana",
            confirmed_by="ben",
        )


def test_each_act_leaves_one_entry_without_content(unmasked: Home) -> None:
    home = unmasked
    with home.unheld(Store.EVIDENCE) as session:
        before = len(privacy.audit_entries(session, Store.EVIDENCE))
    mask_all(home)
    with home.unheld(Store.EVIDENCE) as session:
        added = privacy.audit_entries(session, Store.EVIDENCE)[before:]
    assert [each.act for each in added] == ["mask-quote"] * 3 + ["confirm-mask"] * 3
    assert "Okoro" not in str([(each.subject, each.details) for each in added])
    assert home.actor("ben").may(Act.MASK)
