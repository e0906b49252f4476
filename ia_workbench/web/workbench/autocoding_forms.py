"""What a form of autocoding asks for: the rule, where it looks, and which of its matches are left out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import current_app, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ia_workbench import autocoding, codebook, privacy
from ia_workbench.autocoding import Found, Rule
from ia_workbench.codebook import Code
from ia_workbench.coding import CodedUnit, RuleKind
from ia_workbench.kernel import NotFound, Refused, new_guid
from ia_workbench.web.sessions import actor, engine_of, session
from ia_workbench.web.workbench.choosing import chosen, whole_number
from ia_workbench.web.workbench.codings import LONGEST_REQUEST_NAME, sent_fields
from ia_workbench.web.workbench.current import study

HERE, CHOSEN, EVERYWHERE = "here", "chosen", "study"
NO_CODE = "Choose the code that the words are to be given."
NO_SOURCE = "Choose at least one source in which to look."
LISTS = ("source", "keep")  # fields that hold several values


@dataclass(frozen=True)
class Asked:
    """A rule as somebody asks for it, with what they left out of its matches so far (`without`, by their names).

    `place` is the source whose reading page they came from, empty for none; `seen` the digest of what they looked at.
    """

    rule: Rule
    code: Code
    scope: str
    sources: tuple[str, ...]
    place: str
    first: int
    without: frozenset[str]
    seen: str
    request: str

    @property
    def keys(self) -> Sequence[str] | None:
        """The keys of the sources to look in; None for all."""
        if self.scope == HERE:
            return [self.place]
        return self.sources if self.scope == CHOSEN else None


def sent() -> MultiDict[str, str]:
    """Return the fields of this request, whether a form or a script sent them."""
    if not request.is_json:
        return request.form
    fields = sent_fields()
    pairs = [(name, value) for name in fields.fields for value in _values(fields.fields[name])]
    return MultiDict(pairs)


def _values(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def asked(form: MultiDict[str, str]) -> Asked:
    """Read a form; refuses one without words, code or sources."""
    if not form.get("code"):
        raise Refused(NO_CODE)
    scope, place = form.get("scope", EVERYWHERE), form.get("place", "")
    sources = tuple(form.getlist("source"))
    if (scope == CHOSEN and not sources) or (scope == HERE and not place):
        raise Refused(NO_SOURCE)
    name = form.get("request", "")
    return Asked(
        rule=Rule(chosen(form, "kind", RuleKind), form.get("words", ""), chosen(form, "unit", CodedUnit)),
        code=codebook.code_at(session(), study().id, form["code"]),
        scope=scope,
        sources=sources,
        place=place,
        first=whole_number(form.get("first", "")) or 0,
        without=_without(form),
        seen=form.get("seen", ""),
        request=name if 0 < len(name) <= LONGEST_REQUEST_NAME else new_guid().hex,
    )


def _without(form: MultiDict[str, str]) -> frozenset[str]:
    """What is left out: what was before, but for what the page listed and somebody kept, and what they did not keep."""
    listed = frozenset(form.get("listed", "").split())
    return (frozenset(form.get("without", "").split()) - listed) | (listed - frozenset(form.getlist("keep")))


@contextmanager
def quiet_session() -> Iterator[Session]:
    """Open a session that reads texts nobody is shown: held to the actor as any other, and its reads are let go of."""
    with privacy.session_for(engine_of(current_app), actor()) as reading:
        yield reading
        privacy.forget_reads(reading)


def found_by(wanted: Asked) -> Found:
    """Return what a rule finds in the sources it is asked for; NotFound for one that is not the actor's to read."""
    with quiet_session() as reading:
        sources = autocoding.readable_sources(reading, study().id, wanted.keys)
        missing = set(wanted.keys or ()) - {each.key for each in sources}
        if missing:
            raise NotFound("There is no source {key} in this study.", key=min(missing))
        model = current_app.extensions["ia_settings"].model
        return autocoding.find(reading, study().id, wanted.rule, sources, model=model)


def first_look(wanted: Asked, found: Found) -> Asked:
    """Leave out what has the code already, when matches are looked at for the first time."""
    coded = autocoding.coded_already(session(), found, wanted.code, me=actor().username)
    return replace(wanted, without=frozenset(coded), seen=found.digest)
