"""The program: its global options, and how refusals become one sentence and an exit status."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.exc import DatabaseError, InterfaceError, SQLAlchemyError

from ia_workbench import __version__
from ia_workbench.cli.home import Home
from ia_workbench.config import load_settings
from ia_workbench.kernel import Refused

Command = TypeVar("Command", bound=Callable[..., Any])
SERVE = "ia_workbench.serve"  # where the run keeps the function that serves, which only `app` can give
PIPE_CLOSED = 32  # errno of a reader that went away, which click answers by itself
BUSY = "database is locked"


class Refusal(click.ClickException):
    """A refusal as a command ends with it: the sentence on stderr, exit status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.format_message(), err=True)


class Program(click.Group):
    """The command `ia-workbench`. Bad input of any sort ends in one sentence, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; every refusal below it becomes exit status 1."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            for each in refusal.further:  # before it: the sentence that sums up is the last thing to be read
                click.echo(str(each), err=True)
            raise Refusal(str(refusal)) from None
        except OSError as error:
            if error.errno == PIPE_CLOSED:
                raise
            raise Refusal(_file_trouble(error)) from None
        except UnicodeError:
            raise Refusal("A file or argument holds bytes that are no text in UTF-8.") from None
        except OverflowError:
            raise Refusal("One of the numbers is too large.") from None
        except (DatabaseError, InterfaceError) as error:
            raise Refusal(_database_trouble(error)) from None
        finally:
            if isinstance(ctx.obj, Home):
                ctx.obj.close()


def _file_trouble(error: OSError) -> str:
    what = error.strerror or str(error) or "an error"
    return f"{error.filename}: {what}." if error.filename else f"{what}."


def _database_trouble(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", error)).strip().splitlines()[0]
    if BUSY in said:
        return "Another program is writing to the database. Wait until it has finished, then try again."
    return f"The database could not be used: {said}. `ia-workbench doctor` may tell more."


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ia-workbench")
@click.option(
    "--home",
    "folder",
    type=click.Path(path_type=Path, file_okay=True),
    envvar="IA_WORKBENCH_HOME",
    metavar="DIR",
    help="Where databases and index are. [env: IA_WORKBENCH_HOME; default: the platform's data folder]",
)
@click.option(
    "--database",
    envvar="IA_WORKBENCH_DATABASE",
    metavar="URL",
    help="The evidence store. [env: IA_WORKBENCH_DATABASE; default: a file in the home]",
)
@click.option("--study", metavar="KEY", help="Which study. May be left out when there is one.")
@click.option("--as", "username", metavar="USERNAME", help="Who acts. [default: the lead that `init` made]")
@click.pass_context
def program(
    context: click.Context, folder: Path | None, database: str | None, study: str | None, username: str | None
) -> None:
    """From confidential transcripts to findings that a community can judge.

    The published store is a file in the home as well, or the address in IA_WORKBENCH_PUBLISHED.
    """
    context.meta[SERVE] = context.obj
    settings = load_settings(os.environ, home=folder, database=database)
    context.obj = Home(settings, study_key=study, username=username)


def reads(command: Command) -> Command:
    """Give a command that reads the option `--json`, as the argument `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")(command)


takes_home = click.make_pass_decorator(Home)
