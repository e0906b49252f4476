"""`source record`, `attribute`, `stewardship`: what is noted of sources, participants and cases."""

from dataclasses import replace
from typing import Any

import click

from ia_workbench import corpus, process_map
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.cli.sources import source
from ia_workbench.cli.taking_in import attributes_in
from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    ConsentScope,
    PrivacyClass,
    SourceKind,
    SourceRecord,
    StewardshipRecord,
)
from ia_workbench.kernel import Refused, parse_day

SCOPES = click.Choice([each.value for each in AttributeScope])
CONSENTS = click.Choice([each.value for each in ConsentScope])
DATES = ("approved_on", "approved_until")


@source.command("record")
@click.argument("key")
@click.option("--kind", type=click.Choice([each.value for each in SourceKind]), help="What sort of source it is.")
@click.option("--subkind", help="What sort within that.")
@click.option("--title", help="What it is called in lists.")
@click.option("--standpoint", help="Whose position it speaks from.")
@click.option("--worker-role", help="The job of who speaks.")
@click.option("--participant", multiple=True, help="Who speaks: P-01, or P-01=LABEL; all of them, may be repeated.")
@click.option("--case", help="Key of the family's case.")
@click.option("--office", help="One of the study's offices.")
@click.option("--agency", help="The agency.")
@click.option("--collector", multiple=True, help="Who collected it; all of them, may be repeated.")
@click.option("--date", help="When it was collected: 2026-03-02.")
@click.option("--language", help="The language it speaks.")
@click.option("--consent", type=CONSENTS, help="How far its words may travel.")
@click.option("--consent-on", help="When consent was given: 2026-03-02.")
@click.option("--consent-until", help="The last day on which it holds: 2027-03-02.")
@click.option("--privacy-class", type=click.Choice([each.value for each in PrivacyClass]), help="How protected it is.")
@click.option("--debriefed-on", help="When the team debriefed it: 2026-03-02.")
@click.option("--stewardship", help="Key of the terms it stands under, such as ST-01.")
@click.option("--text-id", help="Shared by all editions of one text.")
@click.option("--event-id", help="Shared by all sources about one event.")
@click.option("--node", "nodes", multiple=True, help="A step of the map it touches; all of them, may be repeated.")
@click.option("--attribute", "said", multiple=True, metavar="NAME=VALUE", help="An attribute; empty takes it away.")
@takes_home
def change(home: Home, /, key: str, said: tuple[str, ...], **fields: Any) -> None:
    """Change what is noted of the source KEY. What no option names stays; an empty text takes a field away."""
    with home.desk(writes=True) as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        record = _changed(corpus.record_of(desk.session, found), fields, said)
        process_map.check_steps(desk.session, desk.study_id, record.nodes)
        changed = corpus.change_record(desk.session, desk.actor, source=found, record=record, version=found.version)
    say(f"Changed {', '.join(changed)} of {key}." if changed else f"{key} says so already.")


def _changed(record: SourceRecord, fields: dict[str, Any], said: tuple[str, ...]) -> SourceRecord:
    """The record with what the options say in place of what it said."""
    words = corpus.fields_of(record)
    for name, given in fields.items():
        if isinstance(given, tuple):
            words |= {name: ";".join(given)} if given else {}
        elif given is not None:
            words[name] = given
    return replace(corpus.read_record(words | attributes_in(said)), key=record.key)


@program.group()
def attribute() -> None:
    """Attributes: what this study notes of its sources, participants and cases besides."""


@attribute.command("define")
@click.argument("name")
@click.option("--scope", type=SCOPES, required=True, help="What it is a property of.")
@click.option("--type", "kind", type=click.Choice([each.value for each in AttributeType]), required=True)
@click.option("--choice", "choices", multiple=True, help="One of the values of a choice; may be repeated.")
@takes_home
def define(home: Home, name: str, scope: str, kind: str, choices: tuple[str, ...]) -> None:
    """Give sources, participants or cases the attribute NAME; said again of a choice, it gives further choices."""
    definition = AttributeDefinition(AttributeScope(scope), name, AttributeType(kind), choices)
    with home.desk(writes=True) as desk:
        made = corpus.define_attribute(desk.session, desk.actor, study_id=desk.study_id, definition=definition)
        named = made.name
    say(f"Each {scope} may have the attribute {named} now.")


@attribute.command("list")
@reads
@takes_home
def list_attributes(home: Home, as_json: bool) -> None:
    """List the attributes of the study."""
    with home.desk() as desk:
        rows = [
            {"scope": each.scope.value, "name": each.name, "type": each.type.value, "choices": list(each.choices)}
            for each in corpus.attributes(desk.session, desk.study_id)
        ]
    cells = [[row["scope"], row["name"], row["type"], ", ".join(row["choices"])] for row in rows]
    give(rows, table(("scope", "name", "type", "choices"), cells), as_json=as_json)


@attribute.command("set")
@click.argument("key")
@click.argument("name")
@click.argument("value")
@click.option("--scope", type=SCOPES, required=True, help="What KEY is the key of.")
@takes_home
def put(home: Home, key: str, name: str, value: str, scope: str) -> None:
    """Say the VALUE of the attribute NAME of the source, participant or case KEY; an empty one takes it away."""
    with home.desk(writes=True) as desk:
        corpus.set_attribute(
            desk.session,
            desk.actor,
            study_id=desk.study_id,
            scope=AttributeScope(scope),
            key=key,
            name=name,
            value=value,
        )
    say(f"Set {name} of {key}." if value.strip() else f"Took {name} of {key} away.")


@attribute.command("remove")
@click.argument("name")
@click.option("--scope", type=SCOPES, required=True, help="What it is a property of.")
@takes_home
def remove(home: Home, name: str, scope: str) -> None:
    """Remove the attribute NAME with everything that is said there."""
    with home.desk(writes=True) as desk:
        found = corpus.attribute_named(desk.session, desk.study_id, AttributeScope(scope), name)
        values = corpus.remove_attribute(desk.session, desk.actor, attribute=found)
    say(f"Removed {name} with {counted(values, 'value')}.")


@program.group()
def stewardship() -> None:
    """Stewardship: the terms on which a nation or community lets its data be used."""


@stewardship.command("set")
@click.argument("key")
@click.option("--nation", help="The nation or community that governs the data.")
@click.option("--uses", type=CONSENTS, help="The widest consent scope that it allows.")
@click.option("--approval", help="Number of the resolution or of the review board's decision.")
@click.option("--approved-on", help="When it was given: 2026-03-02.")
@click.option("--approved-until", help="The last day on which it holds: 2027-03-02.")
@click.option("--contact", help="Whom to ask: an office, not a person's name.")
@click.option("--storage", help="Where the data may be kept.")
@click.option("--return-terms", help="How the data go back, or are destroyed.")
@click.option("--label", help="Local Contexts label.")
@takes_home
def keep(home: Home, /, key: str, **fields: Any) -> None:
    """Note the terms KEY (such as ST-01), or change those that are noted; what no option names stays."""
    with home.desk(writes=True) as desk:
        known = {each.key: each for each in corpus.stewardships(desk.session, desk.study_id)}
        before = corpus.stewardship_record(known[key]) if key in known else StewardshipRecord(key, "")
        given = {name: _term(name, value) for name, value in fields.items() if value is not None}
        corpus.keep_stewardship(desk.session, desk.actor, study_id=desk.study_id, record=replace(before, **given))
    say(f"Noted the terms {key}.")


def _term(name: str, value: str) -> Any:
    if name == "uses":
        return ConsentScope(value)
    if name not in DATES:
        return " ".join(value.split())
    try:
        return parse_day(value) if value else None
    except ValueError:
        raise Refused("{value} is not a date: write it as 2026-03-02.", value=value) from None


@stewardship.command("list")
@reads
@takes_home
def list_stewardships(home: Home, as_json: bool) -> None:
    """List the terms of the nations and communities whose data the study uses."""
    with home.desk() as desk:
        rows = [_terms(each) for each in corpus.stewardships(desk.session, desk.study_id)]
    headings = ("key", "nation", "uses", "approval", "approved_on", "approved_until")
    give(rows, table(headings, [[row[name] for name in headings] for row in rows]), as_json=as_json)


def _terms(each: corpus.Stewardship) -> dict[str, Any]:
    return {
        "key": each.key,
        "nation": each.nation,
        "uses": each.uses.value,
        "approval": each.approval,
        "approved_on": each.approved_on.isoformat() if each.approved_on else None,
        "approved_until": each.approved_until.isoformat() if each.approved_until else None,
        "contact": each.contact,
        "storage": each.storage,
        "return_terms": each.return_terms,
        "label": each.label,
    }
