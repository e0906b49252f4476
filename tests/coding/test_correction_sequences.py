"""Corrections between codings, links, notes and settlements: each quote is its slice, or flagged; nothing is lost."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings
from ia_workbench.coding import Coding, Excerpt, Memo, Standing
from ia_workbench.corpus import Source
from ia_workbench.findings import EvidenceLink, LinkRole, Stance
from ia_workbench.kernel import Refused, Span, digest_of
from ia_workbench.privacy import Actor
from tests.kernel.test_reanchoring import acts, corrected, indices
from tests.support import Home
from tests.support.evidence import RECORD
from tests.support.materials import add_materials
from tests.support.sources import add_source

EXAMPLES = 100
TEXT = """PARENT: They hand you two times and you say yes to one, or you have no visit that week.
INTERVIEWER: And then? 👩‍👧
PARENT: Then I take two buses. The second bus never comes, so I walk. Señora Ruiz waited. שלום
PARENT: Then I take two buses.
"""
Step = tuple[str, tuple[str, int, int, int], int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["correct", "correct", "correct", "undo", "code", "link", "note", "confirm", "choose", "leave"]
        ),
        acts,
        indices,
        st.integers(1, 40),
    ),
    min_size=2,
    max_size=9,
)


@dataclass
class Walk:
    """One source on its way, and a set beside the database of what must still be there."""

    session: Session
    actor: Actor
    source: Source
    finding: findings.Finding
    settled: dict[int, str] = field(default_factory=dict)  # the words that someone last chose or confirmed, by excerpt
    codings: set[int] = field(default_factory=set)
    links: set[int] = field(default_factory=set)
    memos: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The newest text."""
        return corpus.text_of(self.session, corpus.newest_revision(self.session, self.source))

    def excerpts(self) -> list[Excerpt]:
        """Return the source's excerpts in the order in which they were cut."""
        statement = select(Excerpt).join(Excerpt.revision).where(corpus.Revision.source_id == self.source.id)
        return list(self.session.scalars(statement.order_by(Excerpt.id)))

    def correct(self, text: str) -> None:
        """Correct the text, and look at what was listed."""
        before = corpus.newest_revision(self.session, self.source)
        there = {each.id for each in self.excerpts() if each.revision_id == before.id}
        try:
            with self.session.begin_nested():
                made = coding.correct_source(self.session, self.actor, source=self.source, text=text)
        except Refused:
            return  # unchanged, or no words left
        listed = coding.reanchored_by(self.session, made.revision)
        assert there <= {each.excerpt.id for each in listed}
        assert made.same + made.changed + made.gone == len(listed)
        assert corpus.turns_of(self.session, made.revision)

    def cut(self, start: int, length: int) -> Excerpt | None:
        """Cut words out of the newest text."""
        start %= len(self.text)
        span = Span(start, min(len(self.text), start + length))
        revision = corpus.newest_revision(self.session, self.source)
        if not span.of(self.text).strip():
            return None
        excerpt = coding.excerpt_of(self.session, self.actor, revision=revision, span=span)
        self.settled.setdefault(excerpt.id, excerpt.quote)
        return excerpt

    def code(self, start: int, length: int) -> None:
        """Code words."""
        excerpt = self.cut(start, length)
        if excerpt is not None:
            code = codebook.code_at(self.session, self.source.study_id, "barriers")
            span = Span(excerpt.start, excerpt.end)
            made = coding.apply_code(self.session, self.actor, revision=excerpt.revision, span=span, code=code)
            self.codings.add(made.id)

    def link(self, start: int, length: int) -> None:
        """Link words as evidence."""
        excerpt = self.cut(start, length)
        if excerpt is not None and excerpt.id not in {
            each.excerpt_id for each in findings.links_of(self.session, self.finding)
        }:
            made = findings.link_evidence(
                self.session, self.actor, finding=self.finding, excerpt=excerpt, stance=Stance.SUPPORTS,
                role=LinkRole.HAPPENS,
            )  # fmt: skip
            self.links.add(made.id)

    def note(self, start: int, length: int) -> None:
        """Note something beside words."""
        excerpt = self.cut(start, length)
        if excerpt is not None:
            memo = Memo(
                study_id=self.source.study_id, source_id=self.source.id, excerpt=excerpt, words="See turn 2.",
                origin="team", by="ana", at=self.source.imported_at,
            )  # fmt: skip
            self.session.add(memo)
            self.session.flush()
            self.memos.add(memo.id)

    def settle(self, kind: str, start: int, length: int) -> None:
        """Settle one excerpt that waits."""
        waiting = coding.unsettled_on(self.session, self.source)
        for excerpt in (each for each in self.excerpts() if each.id in waiting):
            try:
                with self.session.begin_nested():
                    self._settle(kind, excerpt, start, length)
            except Refused:
                continue
            return

    def _settle(self, kind: str, excerpt: Excerpt, start: int, length: int) -> None:
        if kind == "confirm":
            coding.confirm_words(self.session, self.actor, excerpt=excerpt, seen=excerpt.sha256)
        elif kind == "leave":
            coding.leave_out(self.session, self.actor, excerpt=excerpt, seen=excerpt.sha256)
            assert excerpt.quote == self.settled[excerpt.id]
        else:
            start %= len(self.text)
            span = Span(start, min(len(self.text), start + length))
            coding.choose_words(self.session, self.actor, excerpt=excerpt, span=span, seen=excerpt.sha256)
        self.settled[excerpt.id] = excerpt.quote

    def assert_sound(self) -> None:
        """Hold everything against the database."""
        self.session.expire_all()
        waiting = coding.unsettled_on(self.session, self.source)
        newest = corpus.newest_revision(self.session, self.source)
        excerpts = self.excerpts()
        assert {each.id for each in excerpts} == set(self.settled)
        for each in excerpts:
            text = self.session.scalars(
                select(corpus.Revision.text).where(corpus.Revision.id == each.revision_id)
            ).one()
            assert text[each.start : each.end] == each.quote
            if each.revision_id != newest.id:
                assert waiting[each.id] is Standing.GONE
                assert each.quote.strip()
            elif each.quote != self.settled[each.id]:
                assert waiting[each.id] is Standing.CHANGED
            assert each.sha256 == digest_of(each.quote)
        for model, kept in ((Coding, self.codings), (EvidenceLink, self.links), (Memo, self.memos)):
            assert set(self.session.scalars(select(model.id).where(model.excerpt_id.in_(self.settled)))) == kept


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(
    steps=[
        ("correct", ("delete", 0, 672, 0), 0, 1),
        ("correct", ("delete", 0, 15, 0), 0, 1),
        ("correct", ("insert", 0, 0, 0), 0, 1),
        ("leave", ("insert", 0, 0, 0), 0, 1),
    ]
)
def test_whatever_is_corrected_coded_and_settled_each_quote_is_its_slice_or_flagged(
    home: Home, steps: list[Step]
) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        walk = begin(session, home, ana)
        texts = [walk.text]
        for kind, act, start, length in steps:
            if kind == "correct":
                walk.correct(corrected(walk.text, act))
            elif kind == "undo":
                walk.correct(texts[start % len(texts)])
            elif kind in ("code", "link", "note"):
                getattr(walk, kind)(start, length)
            else:
                walk.settle(kind, start, length)
            texts.append(walk.text)
            walk.assert_sound()


def begin(session: Session, home: Home, ana: Actor) -> Walk:
    number = len(corpus.sources(session, home.study_id)) + 1
    if number == 1:
        add_materials(session, home, ana)
    finding = findings.draft_finding(session, ana, study_id=home.study_id, record=RECORD)
    walk = Walk(session, ana, add_source(session, home, key=f"INT-{number:03d}", text=TEXT), finding)
    for place in (8, 40, 95, 130, 150, 220):
        walk.code(place, 25)
    walk.link(60, 30)
    walk.note(150, 12)
    return walk


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(acts, min_size=1, max_size=4))
@example(sequence=[("move", 25898, 8272, 3505), ("move", 0, 8272, 3505), ("move", 0, 8272, 3505)])
def test_going_back_to_an_earlier_wording_puts_every_excerpt_back_on_its_very_words(
    home: Home, sequence: list[tuple[str, int, int, int]]
) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        walk = begin(session, home, ana)
        before = [(each.start, each.end, each.quote) for each in walk.excerpts()]
        for act in sequence:
            walk.correct(corrected(walk.text, act))
        walk.correct(TEXT)
        walk.assert_sound()
        assert [(each.start, each.end, each.quote) for each in walk.excerpts()] == before
