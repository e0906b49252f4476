"""`source correct`, `source join` and `source revisions`: a source's text, corrected, and all it has been."""

from pathlib import Path

import click

from ia_workbench import coding, corpus, privacy
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, note, say, table
from ia_workbench.cli.program import reads, takes_home
from ia_workbench.cli.sources import source
from ia_workbench.kernel import Refused, iso_utc, read_bytes


@source.command("correct")
@click.argument("key")
@click.option(
    "--file", "path", type=click.Path(path_type=Path), required=True, help="The whole text as it should be, a file."
)
@click.option("--note", "why", default="", help="Why. It is kept, so write no names.")
@click.option("--seen", help="SHA-256 of the text that was edited, as `source text --json` gives it.")
@takes_home
def correct(home: Home, key: str, path: Path, why: str, seen: str | None) -> None:
    """Put a corrected text in the place of the stored one of the source KEY.

    Take the stored text with `source text`, edit it, and give it back. What stood there stays as an earlier revision;
    codings and evidence go along with their words, and those whose words changed or are gone are told.
    """
    read = corpus.read_file(path.name, read_bytes(path))
    with home.desk() as desk:  # comparing long texts takes its time, in which others may write
        worked = corpus.worked_out(desk.session, corpus.source_keyed(desk.session, desk.study_id, key), read.text)
        privacy.forget_reads(desk.session)  # nobody is shown these words; correcting reads them again
    with home.desk(writes=True) as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        made = coding.correct_source(
            desk.session, desk.actor, source=found, text=read.text, note=why, seen=seen, worked=worked
        )
        number = made.revision.number
        listed = [
            (each.outcome.value, each.before, each.after or "")
            for each in coding.reanchored_by(desk.session, made.revision)
            if each.outcome not in coding.KEEPS_WORDS
        ]
    say(f"Corrected {key}: revision {number}. {counted(made.same, 'excerpt')} kept the same words.")
    for outcome, before, after in listed:
        say(f"  {outcome}: {_short(before)}{f' -> {_short(after)}' if after else ''}")
    if listed:
        note(f"{counted(len(listed), 'excerpt')} to settle on the page of the source's revisions.")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


@source.command("join")
@click.argument("key")
@click.option("--label", "labels", multiple=True, help="A label of one speaker, as the text has it; may be repeated.")
@click.option("--into", help="The label that stays.")
@click.option("--split", type=click.IntRange(1), help="Put back the labels that this revision joined.")
@takes_home
def join(home: Home, key: str, labels: tuple[str, ...], into: str | None, split: int | None) -> None:
    """Join the labels of one speaker in the source KEY, or split those that a revision joined.

    It is a correction of the text in its labels alone: codings and evidence go along, and the record follows.
    """
    if (split is None) == (not labels or into is None):
        raise Refused("Give --label, twice or more, and --into; or --split with the number of a revision.")
    with home.desk(writes=True) as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        if split is not None:
            revision = corpus.revision_numbered(desk.session, found, split)
            made = coding.split_speakers(desk.session, desk.actor, source=found, revision=revision)
        else:
            made = coding.join_speakers(
                desk.session, desk.actor, source=found, labels={*labels, into or ""}, into=into or ""
            )
        number = made.revision.number
    say(f"Corrected the labels of {key}: revision {number}.")


@source.command("revisions")
@click.argument("key")
@reads
@takes_home
def revisions(home: Home, key: str, as_json: bool) -> None:
    """List the revisions of the source KEY: what they are, who wrote them when and why, and what waits."""
    with home.desk() as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        waiting = coding.waiting_by_revision(desk.session, found)
        rows = [
            {
                "number": each.number,
                "kind": each.kind.value,
                "by": each.created_by,
                "at": iso_utc(each.created_at),
                "note": each.note,
                "length": each.length,
                "sha256": each.sha256,
                "to_settle": waiting.get(each.number, 0),
            }
            for each in corpus.revisions_of(desk.session, found)
        ]
    headings = ("number", "kind", "by", "at", "length", "to_settle", "note")
    give(rows, table(headings, [[str(each[name]) for name in headings] for each in rows]), as_json=as_json)
