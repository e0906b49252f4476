"""`source withdraw`, `participant withdraw`: stop, exclude or destroy; and what follows once it is stored."""

import sys
from collections.abc import Sequence

import click

from ia_workbench import corpus, privacy, withdrawal
from ia_workbench.cli import leaving
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, note, say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.cli.releases import copy_waiting
from ia_workbench.cli.sources import source
from ia_workbench.corpus import WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, iso_utc
from ia_workbench.withdrawal import Certificate

REASON = "Why. It is kept, so write nothing that identifies anyone."
EXCLUDE = "Take out its codings, excerpts and evidence too, and the words that packages have of it."
DESTROY = "Destroy file, text and record too. This cannot be undone."
PREVIEW = "Show all that it would touch, and do nothing."
DONE = {
    WithdrawalOutcome.STOP: "Stopped the use of {key}.",
    WithdrawalOutcome.EXCLUDE: "Excluded {key}.",
    WithdrawalOutcome.DESTROY: "Destroyed {key}.",
}
DONE_IN_PART = {
    WithdrawalOutcome.EXCLUDE: "Excluded the turns of {person} from {key}.",
    WithdrawalOutcome.DESTROY: "Destroyed the turns of {person} in {key}.",
}
NOT_TOLD = (
    "The text of {key} is another than the one from which turns of {person} were taken out, so it was stopped whole. "
    "Withdraw {key} itself, or have its turns taken out by hand with `source correct`."
)
STILL_WAITS = "The published store could not be told yet. Run `ia-workbench doctor --apply-withdrawals` to try again."
NOT_CLEARED = (
    "Deleted words may still be in the {stores} store's file: somebody uses it. "
    "Run `ia-workbench doctor --apply-withdrawals` once nobody does."
)
INDEX_BEHIND = "The search index could not be made anew. Run `ia-workbench doctor --apply-withdrawals` to try again."
OTHERS_IN = "Look at what else lies in the home, which this program does not keep there: {names}."
ONLY_STOPPED = (
    "{key} was only stopped, as a whole: others speak in it, and it is not known under which label {person} does. "
    "To take out their turns alone, say it: --speaker {key}=LABEL."
)
OTHERS_STAY = "What others say in {key} stays in use, under a text without the turns of {person}."
SPEAKER = (
    "LABEL under which they speak in a source that others speak in too: SOURCE=LABEL, or LABEL where there is one."
)


@program.group()
def participant() -> None:
    """Participants: those who speak in sources."""


@source.command("withdraw")
@click.argument("key")
@click.option("--reason", help=REASON)
@click.option("--exclude", is_flag=True, help=EXCLUDE)
@click.option("--destroy", is_flag=True, help=DESTROY)
@click.option("--preview", is_flag=True, help=PREVIEW)
@click.option("--json", "as_json", is_flag=True, help="With --preview: answer with one JSON document.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@takes_home
def withdraw_source(
    home: Home,
    key: str,
    reason: str | None,
    exclude: bool,
    destroy: bool,
    preview: bool,
    as_json: bool,
    yes: bool,
) -> None:
    """Withdraw the source KEY: its words can be neither read nor quoted, it counts for nothing, and readers lose what
    they have of it.
    """
    outcome = _outcome(exclude=exclude, destroy=destroy)
    if preview:
        leaving.preview_source(home, key, outcome, as_json=as_json)
        return
    why = _reason(reason, as_json=as_json)
    with home.desk() as desk:
        key = corpus.source_keyed(desk.session, desk.study_id, key).key
    _ask(key, outcome, yes=yes)
    with home.desk(writes=True) as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        done = withdrawal.withdraw_source(
            desk.session, desk.actor, ledger=home.ledger, source=found, outcome=outcome, reason=why
        )
    _tell(done)
    _finish(home, outcome)


@participant.command("withdraw")
@click.argument("key")
@click.option("--reason", help=REASON)
@click.option("--exclude", is_flag=True, help=EXCLUDE)
@click.option("--destroy", is_flag=True, help=DESTROY)
@click.option("--speaker", "speakers", multiple=True, metavar="LABEL", help=SPEAKER)
@click.option("--preview", is_flag=True, help=PREVIEW)
@click.option("--json", "as_json", is_flag=True, help="With --preview: answer with one JSON document.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@takes_home
def withdraw_participant(
    home: Home,
    key: str,
    reason: str | None,
    exclude: bool,
    destroy: bool,
    speakers: tuple[str, ...],
    preview: bool,
    as_json: bool,
    yes: bool,
) -> None:
    """Withdraw the participant KEY with every source in which they speak.

    Of a source in which others speak too, --exclude and --destroy take out the turns of KEY alone. The label they speak
    under is the one of the register, or given with --speaker. Where it is not known, and without --exclude or
    --destroy, the source is stopped whole.
    """
    outcome = _outcome(exclude=exclude, destroy=destroy)
    if preview:
        leaving.preview_participant(home, key, outcome, speakers, as_json=as_json)
        return
    why = _reason(reason, as_json=as_json)
    with home.desk() as desk:
        key = corpus.participant_keyed(desk.session, desk.study_id, key).key
    _ask(key, outcome, yes=yes)
    with home.desk(writes=True) as desk:
        found = corpus.participant_keyed(desk.session, desk.study_id, key)
        labels = leaving.labels_given(desk.session, found, speakers)
        done = withdrawal.withdraw_participant(
            desk.session, desk.actor, ledger=home.ledger, participant=found, outcome=outcome, reason=why,
            speakers=labels,
        )  # fmt: skip
    for each in done.sources:
        _tell(each)
        if each.outcome is not outcome:
            note(ONLY_STOPPED.format(key=each.key, person=key))
    say(f"Withdrew {key}, and {counted(len(done.sources), 'source')} with them.")
    _finish(home, outcome)


def _reason(reason: str | None, *, as_json: bool) -> str:
    if as_json:
        raise click.UsageError("--json goes with --preview.")
    if reason is None:
        raise click.UsageError("Say why with --reason, or look first with --preview.")
    return reason


def _outcome(*, exclude: bool, destroy: bool) -> WithdrawalOutcome:
    if exclude and destroy:
        raise click.UsageError("Give --exclude or --destroy, not both.")
    return WithdrawalOutcome.DESTROY if destroy else WithdrawalOutcome.EXCLUDE if exclude else WithdrawalOutcome.STOP


def _ask(key: str, outcome: WithdrawalOutcome, *, yes: bool) -> None:
    """Ask on a terminal; what cannot be undone asks for the key again, and without a terminal for --yes."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if yes or (outcome is not WithdrawalOutcome.DESTROY and not is_terminal):
        return
    if outcome is not WithdrawalOutcome.DESTROY:
        if not click.confirm(f"Withdraw {key}?", err=True):
            raise Refused("Nothing was withdrawn.")
    elif click.prompt(f"This cannot be undone. Type {key} to destroy it", err=True, default="") != key:
        raise Refused("Nothing was destroyed.")


def _tell(done: Certificate) -> None:
    if done.participant is None:
        say(DONE[done.outcome].format(key=done.key))
    else:
        say(DONE_IN_PART[done.outcome].format(key=done.key, person=done.participant))
        say("  " + OTHERS_STAY.format(key=done.key, person=done.participant))
    if done.outcome is not WithdrawalOutcome.STOP:
        say(f"  By {done.by}, {iso_utc(done.at)}. Taken out:")
        for kind, count in sorted(done.counts.items()):
            say(f"  {count:>6}  {kind}")
    if done.taken_from_readers:
        say(f"  Taken from readers: {', '.join(done.taken_from_readers)}.")
    for each in done.findings:
        say(f"  {each.key}: {each.before.value} before, {each.after.value} now.")
    if done.findings and done.outcome is not WithdrawalOutcome.STOP:
        note(f"Look at the statements of {', '.join(each.key for each in done.findings)}: people wrote them on it.")


def _finish(home: Home, outcome: WithdrawalOutcome) -> None:
    """Tell the published store and clear what is left of the words; what fails is said and can be done again."""
    try:
        copy_waiting(home)
    except Refused:
        note(STILL_WAITS)
    if outcome is not WithdrawalOutcome.STOP:
        clear(home)


def clear(home: Home) -> None:
    """Clear what is left of deleted words in the home, and say what could not be."""
    engines = {store: home.open(store) for store in Store}
    try:
        left: Sequence[str] = withdrawal.clear_traces(engines, home.index, home.settings.home)
    except OSError:
        note(INDEX_BEHIND)
        return
    for each in left:
        note(NOT_CLEARED.format(stores=each))
    others = withdrawal.others_in(home.settings.home)
    if others:
        note(OTHERS_IN.format(names=", ".join(others)))


def apply_withdrawals(home: Home, by: str | None = None) -> list[str]:
    """Withdraw once more what the ledger says and the store does not, tell the published store, clear; returns keys."""
    engine = home.opened_at_head(Store.EVIDENCE)
    with (
        privacy.unheld_session(engine, reason="apply the ledger of withdrawals", writes=True) as session,
        session.begin(),
    ):
        name = by or home.username or privacy.first_lead(session).username
        entries = withdrawal.apply_ledger(session, name, home.ledger)
    for each in entries:
        if each.participant is not None and each.outcome is WithdrawalOutcome.STOP:
            note(NOT_TOLD.format(key=each.key, person=each.participant_key))
    applied = list(dict.fromkeys(each.key for each in entries))
    with (
        privacy.unheld_session(engine, reason="tell the published store what was withdrawn", writes=True) as session,
        session.begin(),
        home.published(reason="take withdrawals across", writes=True) as published,
    ):
        withdrawal.tell_published_store(session, published, name)
    clear(home)
    return applied
