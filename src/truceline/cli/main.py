"""The command `truceline`: its commands, its exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import errno
import inspect
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from truceline.cli import (
    add,
    archive,
    check,
    compare,
    demo,
    diff,
    duplicates,
    erase,
    explain,
    generate,
    init,
    keys,
    library,
    lint,
    locate,
    log,
    migrate,
    new,
    origins,
    readings,
    report,
    retract,
    schema,
    seal,
    stamp,
    status,
    sweep,
    verify,
)
from truceline.cli import import_ as importing
from truceline.cli.ending import STOPPED, STOPPED_LINE, on_request_to_end
from truceline.cli.say import note
from truceline.cli.streams import careful_streams
from truceline.errors import TrucelineError, UsageError
from truceline.formats.atomic import not_written

__all__ = ["app", "run"]

DONE, USAGE, NOT_UNDERSTOOD, BROKEN = 0, 2, 3, 70

EPILOG = (
    "Exit codes: 0 done, 1 findings (lint, verify; compare --exit-code), 2 the call is wrong, 3 an input cannot be "
    "understood, 130 stopped. A verdict is a result and never an exit code. Try: truceline demo"
)


_signals: list[int] = []
"""The requests to end that the process was given."""
# What the functions call their arguments -> what was typed.
OPTIONS = {"as known": "--as-known", "upto": "--upto", "step": "--step", "distances": "--distances"}


class Commands(TyperGroup):
    """The group of commands: whatever a command raises becomes lines on the standard error and an exit code."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Read what was typed, and show the help."""
        with _told(), _in_our_words():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a fault of the input is no traceback."""
        with _told(), _in_our_words():
            return super().invoke(ctx)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what is raised into lines on the standard error and an exit code; see that all output went out."""
    try:
        try:
            yield
        except (typer.Exit, SystemExit):  # who leaves early does not change what was found
            with suppress(BrokenPipeError):
                sys.stdout.flush()
            raise
        sys.stdout.flush()
    except UsageError as error:
        note(*(replace(fault, at=OPTIONS.get(fault.at, fault.at)) for fault in error))
        raise SystemExit(USAGE) from error
    except TrucelineError as error:
        note(*error)
        raise SystemExit(NOT_UNDERSTOOD) from error
    except KeyboardInterrupt:
        note(STOPPED_LINE)
        raise SystemExit(STOPPED) from None
    except BrokenPipeError:  # whoever read our output had enough
        raise SystemExit(DONE) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        note(*not_written(str(error.filename or tempfile.gettempdir()), error))
        raise SystemExit(USAGE) from error
    except Exception:
        if _signals:  # a library made something else of the interrupt
            note(STOPPED_LINE)
            raise SystemExit(STOPPED) from None
        raise


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Take out of a message on a wrong value what a library calls its kind of fault."""
    try:
        yield
    except typer.BadParameter as error:
        error.message = error.message.removeprefix("Value error, ")
        raise


def _help(command: Callable[..., None]) -> str:
    """Keep the example of a command on one line, so that it can be pasted."""
    return inspect.cleandoc(command.__doc__ or "").replace("Example: ", "\b\nExample:\n  ")


app = typer.Typer(
    name="truceline",
    cls=Commands,
    help="Check any report against any reading of a ceasefire or withdrawal agreement, and see why.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, command in (
    ("demo", demo.demo), ("library", library.library), ("new", new.new), ("lint", lint.lint), ("check", check.check),
    ("explain", explain.explain),
    ("readings", readings.readings), ("compare", compare.compare),
    ("sweep", sweep.sweep), ("locate", locate.locate), ("import", importing.import_), ("report", report.report),
    ("origins", origins.origins), ("duplicates", duplicates.duplicates), ("init", init.init), ("add", add.add),
    ("retract", retract.retract), ("seal", seal.seal), ("verify", verify.verify), ("status", status.status),
    ("log", log.log), ("diff", diff.diff), ("erase", erase.erase), ("rotate", keys.rotate),
    ("identity", keys.identity), ("export", archive.export), ("restore", archive.restore), ("migrate", migrate.migrate),
    ("stamp", stamp.stamp),
    ("schema", schema.schema), ("generate", generate.generate),
):  # fmt: skip
    app.command(name, help=_help(command))(command)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"truceline {version('truceline')}\n")
        raise typer.Exit


@app.callback()
def _main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Check any report against any reading of a ceasefire or withdrawal agreement, and see why."""


def run() -> NoReturn:
    """Run the command line and end the process."""
    on_request_to_end(_stop)
    careful_streams()
    try:
        with _told():
            app()
    except Exception:  # noqa: BLE001 - the last line of defence: a fault of ours is said to be one
        traceback.print_exc()
        note("this is a fault of Truceline, not of your files: please report it with the lines above")
        sys.exit(BROKEN)
    sys.exit(DONE)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Raise what removes unfinished files on its way out."""
    _signals.append(number)
    raise KeyboardInterrupt
