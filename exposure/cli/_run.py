"""Run one command, and turn every way it can end into an exit code and at most one sentence."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import sys
from importlib import import_module
from pathlib import Path

import exposure
from exposure.errors import ExposureError, reason
from exposure.text import plain

COMMANDS = (
    "scan",
    "show",
    "clean",
    "verify",
    "check",
    "compare",
    "done",
    "restore",
    "forget",
    "rules",
    "demo",
)
"""Each is a module of this package with `add`, which adds its parser and names its `run`."""

CANNOT_RUN, STOPPED, CLOSED = 2, 130, 141

_WITHOUT_COMMAND = ("-h", "--help", "-V", "--version")

_STOPPED_IN = {
    "clean": "stopped; no photo is lost, and the same command goes on from here (exposure restore undoes --in-place)",
    "restore": "stopped; no photo is lost, and the same command goes on from here",
}
"""What is so when these are stopped half-way."""

_LONGEST = 2_000


def run(words: list[str]) -> int:
    """The exit code of the command that `words` name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        words = _asked_for_help(words)
        args = _parsed(words)
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except SystemExit as ended:  # from argparse: help was shown, or the words were wrong
        return ended.code if isinstance(ended.code, int) else CANNOT_RUN
    except KeyboardInterrupt:
        return _end(
            _STOPPED_IN.get(words[0] if words else "", "stopped; your photos are as they were"), STOPPED
        )
    except ExposureError as error:
        return _end(str(error), CANNOT_RUN)
    except OSError as error:
        if _is_closed(error):
            _let_go()
            return CLOSED
        return _end(f"cannot go on with {error.filename or 'the report'}: {reason(error)}", CANNOT_RUN)
    except Exception as error:
        return _own_mistake(error)


def _asked_for_help(words: list[str]) -> list[str]:
    """No words at all, and ``help scan``, ask for help as well."""
    return [*words[1:2], "--help"] if words[:1] in ([], ["help"]) else words


def parser(words: list[str]) -> argparse.ArgumentParser:
    """The parser of the command that `words` begin with, or of all when they begin with none."""
    top = argparse.ArgumentParser(
        "exposure",
        description=exposure.__doc__,
        allow_abbrev=False,
        usage="exposure COMMAND ...",
        epilog="To begin: exposure scan FOLDER looks at your photos; exposure demo shows it on invented ones. "
        "exposure clean writes copies that hold the picture alone. exposure COMMAND --help says more. Nothing leaves this "
        "machine, and no photo is changed, unless you ask exposure clean to work --in-place: then it keeps the originals.",
    )
    top.add_argument("-V", "--version", action="version", version=f"exposure {exposure.__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", title="commands", prog="exposure")
    for name in words[:1] if words[0] in COMMANDS else COMMANDS:
        import_module(f"exposure.cli.{name}").add(commands)
    if words[0] not in (*COMMANDS, *_WITHOUT_COMMAND):
        top.error(_no_command(words[0]))
    return top


def _no_command(word: str) -> str:
    if word.startswith("-"):
        return f"name a command before {word}, as in exposure scan FOLDER; exposure --help lists them"
    if Path(word).exists():
        return f"say what to do with {word}: exposure scan {word}"
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, 1)
    return f"there is no command {word}; " + (
        f"did you mean {near[0]}?" if near else f"choose one of {', '.join(COMMANDS)}"
    )


def _parsed(words: list[str]) -> argparse.Namespace:
    """What the words mean. argparse repeats words in its complaints, so those are made harmless first."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            top = parser(words)
            args, rest = top.parse_known_args(words)
            if rest:
                command = f"exposure {words[0]}"
                top.error(f"{command} does not know what to do with {' '.join(rest)}; see {command} --help")
            return args
    finally:
        for line in said.getvalue().split("\n")[:-1]:
            sys.stderr.write(plain(line, _LONGEST) + "\n")


def _end(sentence: str, code: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"exposure: {plain(sentence, _LONGEST)}\n")
    return code


def _own_mistake(error: Exception) -> int:
    """Never 1, which would read as a finding. These lines are to be sent to strangers, so what an exception says is left
    out: it may quote a file."""
    import traceback

    lines = [
        f"exposure {exposure.__version__}: {type(error).__name__}",
        *traceback.format_tb(error.__traceback__),
    ]
    for line in "\n".join(lines).split("\n"):
        if line:
            sys.stderr.write(plain(line, _LONGEST) + "\n")
    return _end("this is a mistake in exposure itself; please report the lines above", CANNOT_RUN)


def _is_closed(error: OSError) -> bool:
    """Whether the reader of our output went away; Windows calls that an invalid argument."""
    windows = os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or windows


def _let_go() -> None:
    """Send what Python still wants to write to nowhere, so that it ends quietly."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
