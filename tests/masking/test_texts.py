"""The masked text: made of decisions, signed by a second person, quoted through its map, outdated by any change."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ia_workbench import codebook, coding, corpus, masking
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.masking import MarkState, TextState
from ia_workbench.privacy import IdentifierClass
from tests.support import Home
from tests.support.masking import decide_all, make, mask_whole, named_source, sign
from tests.support.materials import add_materials
from tests.support.sources import add_source


def test_the_masked_text_holds_no_name_and_its_turns_are_told_by_pseudonym(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        made = mask_whole(session, ana, ben, source)
        text = corpus.text_of(session, made.revision)
        folded = text.casefold()
        assert not any(each in folded for each in ("tasha", "brennick", "halvorsen", "8821"))
        assert "I work at a packing plant." in text
        turns = corpus.turns_of(session, made.revision)
        assert [text[each.start : each.end].split("\n")[0] for each in turns] == text.splitlines()
        assert [each.speaker for each in turns] == [text.split(":")[0], "WORKER", text.split(":")[0]]
        assert corpus.newest_revision(session, source).id == made.raw_id, "what is read and coded stays"
        assert masking.standing_of(session, source).state is TextState.SIGNED


def test_a_text_with_an_undecided_mark_is_not_made(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        with pytest.raises(Refused, match="marks of INT-001 are not decided yet, the first “TASHA BRENNICK”"):
            make(session, ana, source)


def test_a_second_person_signs_exactly_what_they_saw(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        with pytest.raises(Refused, match="no masked text of INT-001"):
            sign(session, ben, source)
        make(session, ana, source)
        with pytest.raises(Refused, match="You made the masked text of INT-001 yourself, ana"):
            sign(session, ana, source)
        with pytest.raises(Conflict, match="changed after you opened it"):
            masking.sign_masked_text(session, ben, source=source, seen="0")
        assert sign(session, ben, source).signed_by == "ben"


def test_who_decided_every_mark_cannot_sign_a_text_that_somebody_else_made(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        make(session, ben, source)
        with pytest.raises(Refused, match="You decided every mark"):
            sign(session, ana, source)


def test_a_text_that_was_sent_back_is_made_anew_before_it_is_signed(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        make(session, ana, source)
        masking.send_back_masked_text(session, ben, source=source, seen=masking.seen_of_text(session, source))
        assert masking.standing_of(session, source).state is TextState.SENT_BACK
        with pytest.raises(Refused, match="Make it again"):
            sign(session, ben, source)
        make(session, ana, source)
        sign(session, ben, source)
        assert masking.standing_of(session, source).state is TextState.SIGNED


def test_a_mark_that_is_added_after_the_signature_outdates_it(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        mask_whole(session, ana, ben, source)
        place = corpus.text_of(session, corpus.newest_revision(session, source)).index("married")
        masking.add_mark(
            session, ben, source=source, span=Span(place, place + 7), identifier_class=IdentifierClass.RARE_FACT,
            instead="other",
        )  # fmt: skip
        assert masking.signed_text_of(session, source) is None
        assert masking.standing_by_source(session, home.study_id)[source.id].state is TextState.OUTDATED


def test_deciding_again_as_before_leaves_a_signature(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        mask_whole(session, ana, ben, source)
        mark = masking.marks_of(session, source)[0]
        masking.decide_mark(session, ana, mark=mark, decision=masking.Decision.ACCEPT, all_places=True)
        assert masking.signed_text_of(session, source) is not None
        masking.decide_mark(session, ana, mark=mark, decision=masking.Decision.REJECT)
        assert masking.signed_text_of(session, source) is None


def test_a_quote_that_cuts_through_a_name_gets_all_of_what_stands_there(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        source = named_source(session, home)
        raw = corpus.newest_revision(session, source)
        text = corpus.text_of(session, raw)
        code = codebook.code_at(session, home.study_id, "barriers")
        place = Span(text.index("Packing lets"), text.index(" at two"))
        excerpt = coding.apply_code(session, ana, revision=raw, span=place, code=code).excerpt
        with pytest.raises(Refused, match="masked text of INT-001 is not signed"):
            masking.masked_quote(session, excerpt)
        mask_whole(session, ana, ben, source)
        found = masking.masked_quote(session, excerpt)
        assert found.words == "a packing plant lets me go"
        assert [each.of(found.words) for each in found.spans] == ["a packing plant"]
        assert excerpt.quote == "Packing lets me go", "the excerpt stays"
        assert [
            (each.start, each.end) for each in masking.replacements_in(session, home.study_id, {excerpt.id})[excerpt.id]
        ] == [(0, 7)]


LINE = "WORKER: " + "".join(chr(0x3B1 + each % 24) for each in range(40))  # letters that no rule takes for anything


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(9, len(LINE)), min_size=2, max_size=8, unique=True), st.data())
def test_no_masked_quote_holds_a_character_of_a_mark(home: Home, borders: list[int], data: st.DataObject) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    start = data.draw(st.integers(0, len(LINE) - 1))
    end = data.draw(st.integers(start + 1, len(LINE)))
    pairs = list(zip(sorted(borders)[::2], sorted(borders)[1::2], strict=False))
    with home.session(ana) as session, session.begin_nested() as nested:
        source = add_source(session, home, key="INT-099", text=LINE)
        raw = corpus.newest_revision(session, source)
        excerpt = coding.excerpt_of(session, ana, revision=raw, span=Span(start, end))
        for first, last in pairs:
            masking.add_mark(
                session, ana, source=source, span=Span(first, last), identifier_class=IdentifierClass.RARE_FACT,
                instead="XX",
            )  # fmt: skip
        decide_all(session, ana, source)
        make(session, ana, source)
        sign(session, ben, source)
        marks = masking.marks_of(session, source)
        found = masking.masked_quote(session, excerpt)
        expected, at = "", start
        for mark in marks:
            if mark.end > start and mark.start < end:
                expected += LINE[at : max(at, mark.start)] + mark.instead
                at = mark.end
        expected += LINE[at:end]
        inside = [each for each in marks if each.end > start and each.start < end]
        touching = [each for each in marks if each not in inside and (each.end == start or each.start == end)]
        assert touching or found.words == expected
        masked_characters = {each for mark in marks for each in LINE[mark.start : mark.end]}
        shown = set(found.words) - set("XX")
        open_ = {each for place, each in enumerate(LINE) if not any(m.start <= place < m.end for m in marks)}
        assert shown <= open_ or not masked_characters
        nested.rollback()


def test_who_loaded_decisions_that_nobody_made_here_stands_for_them_and_does_not_sign(home: Home) -> None:
    ana, ben, ines = home.actor("ana"), home.actor("ben"), home.actor("ines")
    with home.session(ana) as session:
        source = named_source(session, home, text="P: Tasha Brennick waited.\n")
        given = masking.GivenMark(
            start=3, end=17, words="Tasha Brennick", identifier_class=IdentifierClass.PERSON, found_by="person",
            rule="person", instead="Jane Reed", state=MarkState.ACCEPTED, pseudonym=None, decided_by="carla",
            decided_at=home.clock(),
        )  # fmt: skip
        masking.restore_marks(session, ana, source=source, given=[given], identities=[])
        make(session, ben, source)
        with pytest.raises(Refused, match="You decided every mark of INT-001 yourself"):
            sign(session, ana, source)
        assert sign(session, ines, source).signed_by == "ines"
