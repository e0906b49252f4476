"""Who may vouch for a quote, and what makes a mask stop counting."""

import pytest

from ia_workbench import findings, masking, privacy, release
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import Conflict, NotAllowed, Refused, Span
from ia_workbench.privacy import Act, IdentifierClass
from ia_workbench.publication import Audience
from ia_workbench.release import Mask, Replacement
from tests.support import Home
from tests.support.masking import mask_whole
from tests.support.releasing import PARENT_MASK, PARENT_QUOTE, RECORD_QUOTE, confirm_as, mask_all, mask_as


def parent_link(session: privacy.HeldSession, home: Home) -> EvidenceLink:
    finding = findings.finding_keyed(session, home.study_id, "F-01")
    return next(each for each in findings.links_of(session, finding) if each.excerpt.quote == PARENT_QUOTE)


def kept_mask(session: privacy.HeldSession, link: EvidenceLink) -> Mask:
    mask = release.mask_of(session, link)
    assert mask is not None
    return mask


def test_one_person_masks_and_another_confirms(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        link = parent_link(session, home)
        mask = mask_as(session, home.actor("ana"), link, PARENT_MASK)
        assert not release.counts(mask, link)
        assert [each.link_id for each in release.masks_to_confirm(session, home.study_id, "ben")] == [link.id]
        assert not release.masks_to_confirm(session, home.study_id, "ana")
    with home.session(home.actor("ben")) as session:
        link = parent_link(session, home)
        mask = release.mask_of(session, link)
        assert mask is not None
        assert release.counts(confirm_as(session, home.actor("ben"), mask), link)
        assert not release.masks_to_confirm(session, home.study_id, "carla")


def test_the_person_who_masked_may_not_confirm_even_as_a_lead(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        mask = mask_as(session, home.actor("ana"), parent_link(session, home))
        with pytest.raises(Refused, match="masked this quote yourself, ana. Another person"):
            confirm_as(session, home.actor("ana"), mask)
        assert mask.confirmed_by is None


def test_masking_again_drops_the_confirmation(unmasked: Home) -> None:
    home = unmasked
    mask_all(home)
    with home.session(home.actor("carla")) as session:
        link = parent_link(session, home)
        mask = mask_as(session, home.actor("carla"), link, PARENT_MASK)
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
            confirm_as(session, home.actor("ben"), mask)
        session.expire(link.excerpt)


def test_words_that_are_absent_change_nothing(unmasked: Home) -> None:
    home = unmasked
    with home.session(home.actor("ana")) as session:
        link = parent_link(session, home)
        with pytest.raises(Refused):
            mask_as(session, home.actor("ana"), link, [Replacement("Reed", "x")])
        assert release.mask_of(session, link) is None


def test_a_loaded_mask_waits_for_someone_else_than_its_maker_and_whoever_loaded_it(unmasked: Home) -> None:
    home = unmasked
    ana = home.actor("ana")
    with home.session(ana) as session:
        link = parent_link(session, home)
        with pytest.raises(Refused, match="ben cannot confirm a mask of their own"):
            release.restore_mask(session, ana, link=link, replacements=[], by="ben", confirmed_by="ben")
        with pytest.raises(Refused, match="omar, named at the mask of E-0001, is not in this study"):
            release.restore_mask(session, ana, link=link, replacements=[], by="ben", confirmed_by="omar")
        mask = release.restore_mask(session, ana, link=link, replacements=PARENT_MASK, by="ben", confirmed_by="carla")
        assert not release.counts(mask, link)
        assert (mask.confirmed_by, mask.confirmed_in_file) == (None, "carla")
        with pytest.raises(Refused, match="You loaded the mask of E-0001 from files, ana"):
            confirm_as(session, ana, mask)
        assert not release.masks_to_confirm(session, home.study_id, "ana")
        assert [each.link.key for each in release.masks_to_confirm(session, home.study_id, "carla")] == ["E-0001"]
    with home.session(home.actor("carla")) as session:
        link = parent_link(session, home)
        mask = kept_mask(session, link)
        assert release.counts(confirm_as(session, home.actor("carla"), mask), link)


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
    assert [each.act for each in added] == ["mask-quote"] * 4 + ["confirm-mask"] * 4
    assert "Okoro" not in str([(each.subject, each.details) for each in added])
    assert home.actor("ben").may(Act.MASK)


def test_nobody_confirms_words_that_changed_since_they_looked(unmasked: Home) -> None:
    home = unmasked
    ben, carla = home.actor("ben"), home.actor("carla")
    with home.session(ben) as session:
        link = parent_link(session, home)
        seen = release.seen_of(link, mask_as(session, ben, link, PARENT_MASK))
        mask_as(session, ben, link)
    with home.session(carla) as session:
        mask = kept_mask(session, parent_link(session, home))
        with pytest.raises(Conflict, match="E-0001 changed after you opened it"):
            release.confirm_mask(session, carla, mask=mask, seen=seen)
        assert mask.confirmed_by is None


def test_nobody_masks_over_the_mask_of_another_that_they_have_not_seen(unmasked: Home) -> None:
    home = unmasked
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        link = parent_link(session, home)
        nobody_has_masked = release.seen_of(link, None)
        mask_as(session, ana, link)
    with home.session(ben) as session:
        link = parent_link(session, home)
        with pytest.raises(Conflict, match="Look at it as it is now, then mask it"):
            release.mask_quote(session, ben, link=link, replacements=PARENT_MASK, seen=nobody_has_masked)
        assert kept_mask(session, link).by == "ana"


CHANGES = {
    "translation": {"translation": {"es": "Lupita no vino."}},
    "speaker": {"speaker": {"en": "The mother of Lupita"}},
    "show": {"shown_as": findings.ShownAs.PARAPHRASE, "paraphrase": {"en": "The form is short."}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_readers_get_with_a_quote_is_vouched_for_by_two_again_when_it_changes(
    ready: Home, change: str
) -> None:
    ben, carla = ready.actor("ben"), ready.actor("carla")
    with ready.session(ben) as session:
        link = parent_link(session, ready)
        findings.describe_link(session, ben, link=link, **CHANGES[change])  # type: ignore[arg-type]
        session.flush()  # the gate reads what is stored
        found = release.obstacles(session, link.finding, Audience.BODY)
        assert [str(each) for each in found if each.evidence == link.key] == [
            "Readers would get other words of E-0001 than those that ana and ben vouched for. "
            "Save its mask again, and ask ben or someone else to confirm it."
        ]
        with pytest.raises(Refused, match="changed after it was masked"):
            confirm_as(session, carla, kept_mask(session, link))
        mask_as(session, ben, link, PARENT_MASK)
    with ready.session(carla) as session:
        link = parent_link(session, ready)
        confirm_as(session, carla, kept_mask(session, link))
        assert release.obstacles(session, link.finding, Audience.BODY) == []


def test_a_translation_that_was_changed_is_not_in_a_draft_either(ready: Home) -> None:
    with ready.session(ready.actor("ben")) as session:
        link = parent_link(session, ready)
        findings.describe_link(
            session, ready.actor("ben"), link=link, translation={"es": "Lupita"}, speaker={"en": "Mother of Lupita"}
        )
        session.flush()  # the package is built of what is stored
        assert "Lupita" not in str(release.build_package(session, link.finding, Audience.BODY).to_json())


def test_a_paraphrase_needs_two_people_too(ready: Home) -> None:
    ben = ready.actor("ben")
    with ready.session(ben) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        link = next(each for each in findings.links_of(session, finding) if each.excerpt.quote == RECORD_QUOTE)
        findings.describe_link(session, ben, link=link, paraphrase={"en": "Lupita's mother had a shift."})
        session.flush()  # the gate reads what is stored
        assert "Readers would get other words of E-0004" in str(release.obstacles(session, finding, Audience.BODY)[0])
        session.delete(kept_mask(session, link))
        session.flush()  # the gate reads what is stored
        assert "Nobody has vouched for the paraphrase" in str(release.obstacles(session, finding, Audience.BODY)[0])


def test_of_evidence_that_is_only_counted_readers_get_no_words_that_somebody_wrote(ready: Home) -> None:
    ben = ready.actor("ben")
    with ready.session(ben) as session:
        link = parent_link(session, ready)
        speaker = {"en": "The mother of Lupita"}
        findings.describe_link(session, ben, link=link, shown_as=findings.ShownAs.COUNT, speaker=speaker)
        session.flush()  # the package is built of what is stored
        examined = release.examine(session, link.finding, Audience.BODY)
        assert examined.obstacles == ()
        assert "Lupita" not in str(examined.content.to_json())


def test_a_quote_may_not_show_what_the_signed_masked_text_of_its_source_masks(ready: Home) -> None:
    ana, ben = ready.actor("ana"), ready.actor("ben")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        link = next(each for each in findings.links_of(session, finding) if each.excerpt.quote == PARENT_QUOTE)
        assert release.obstacles(session, finding, Audience.BODY) == []
        source = link.excerpt.revision.source
        start = link.excerpt.start + PARENT_QUOTE.index("turned the screen")
        masking.add_mark(
            session, ana, source=source, span=Span(start, start + 17), identifier_class=IdentifierClass.RARE_FACT,
            instead="did something",
        )  # fmt: skip
        mask_whole(session, ana, ben, source)
        (found,) = release.obstacles(session, finding, Audience.BODY)
        assert str(found) == (
            f"The signed masked text of {source.key} masks words that {link.key} would show. "
            "Mask them here too, or change the masked text."
        )
        replacements = (*PARENT_MASK, Replacement("turned the screen", "did something"))
        mask = release.mask_quote(
            session,
            ana,
            link=link,
            replacements=replacements,
            seen=release.seen_of(link, release.mask_of(session, link)),
        )
        release.confirm_mask(session, ben, mask=mask, seen=release.seen_of(link, mask))
        assert release.obstacles(session, finding, Audience.BODY) == []
