"""`user agreement` and `user limit`: whether someone of the team may read raw text, and of which sources."""

from datetime import datetime

import click

from ia_workbench import corpus, privacy
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, say
from ia_workbench.cli.people import DAY, user
from ia_workbench.cli.program import takes_home
from ia_workbench.kernel import Refused


@user.command("agreement")
@click.argument("username")
@click.option("--signed", type=DAY, metavar="DATE", help="The day on the paper. [default: today]")
@click.option("--until", type=DAY, metavar="DATE", help="The last day it holds. [default: a year after it was signed]")
@click.option("--end", "ends", is_flag=True, help="End it now, from their next request or command on.")
@takes_home
def agreement(home: Home, username: str, signed: datetime | None, until: datetime | None, ends: bool) -> None:
    """Record that USERNAME signed the confidentiality agreement, or end it.

    Leads and analysts read no raw text without one that holds. Another lead or an administrator records it.
    """
    if ends:
        if signed or until:
            raise Refused("`--end` ends an agreement today; it goes with no other day.")
        with home.team(writes=True) as (session, actor):
            privacy.end_agreement(session, actor, username=username)
        say(f"Ended the confidentiality agreement of {username}. They read no raw text from now on.")
        return
    with home.team(writes=True) as (session, actor):
        signed_on = signed.date() if signed else privacy.today_of(session)
        last = until.date() if until else None
        made = privacy.record_agreement(session, actor, username=username, signed_on=signed_on, until=last)
        day = made.until.isoformat()
    say(f"Recorded the confidentiality agreement of {username}, which holds until {day}.")


@user.command("limit")
@click.argument("username")
@click.option("--source", "keys", multiple=True, metavar="KEY", help="A source they may read; may be repeated.")
@click.option("--off", "is_off", is_flag=True, help="They read every source of the study again.")
@takes_home
def limit(home: Home, username: str, keys: tuple[str, ...], is_off: bool) -> None:
    """Limit the analyst USERNAME to some sources of the study: those named, and no others. None named: to none.

    They then see nothing of the other sources, nor that they are there, and cannot bring in new ones.
    """
    if is_off and keys:
        raise Refused("`--off` opens every source; it goes with no `--source`.")
    with home.desk(writes=True) as desk:
        if is_off:
            privacy.lift_limit(desk.session, desk.actor, study_id=desk.study_id, username=username)
        else:
            sources = [corpus.source_keyed(desk.session, desk.study_id, key) for key in keys]
            privacy.limit_member(
                desk.session, desk.actor, study_id=desk.study_id, username=username,
                sources={each.id: each.key for each in sources},
            )  # fmt: skip
    if is_off:
        say(f"{username} reads every source again.")
    else:
        say(f"{username} reads {counted(len(set(keys)), 'source')} of this study and nothing else of it.")
