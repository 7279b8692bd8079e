"""``exposure compare``: what a service really kept of photos that were downloaded back from it."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from exposure.cli import _options
from exposure.reports._commands import typed
from exposure.reports._words import sentence

if TYPE_CHECKING:
    from exposure.trials import Row


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "compare",
        usage="exposure compare [options] LOCAL DOWNLOADED",
        help="see what a service kept of your photos",
        description="Hold photos that you downloaded back from a service against the originals that you uploaded, and say "
        "field by field what the service kept, changed and removed. Nothing leaves this machine, and no photo is changed. "
        "To learn what others get, download the photos as others would: from the page, without being logged in.",
        epilog="For example: exposure compare ~/Pictures ~/Downloads/from-forum --save my-forum; then exposure scan "
        "--destination my-forum counts what that service took out less, for a year. Exit code: 0 compared, 1 no "
        "downloaded photo belongs to an original, 2 could not run.",
        allow_abbrev=False,
    )
    parser.add_argument("local", metavar="LOCAL", help="the originals: a photo, a folder or an archive")
    parser.add_argument(
        "downloaded", metavar="DOWNLOADED", help="what came back: a photo, a folder or an archive"
    )
    parser.add_argument(
        "--save",
        metavar="NAME",
        help="remember what this service keeps, under a name for --destination: only kinds, the day and the number of "
        "pairs, readable by you alone",
    )
    parser.add_argument(
        "--format",
        choices=("terminal", "json"),
        default="terminal",
        metavar="FORMAT",
        help="terminal (the default) or json",
    )
    parser.add_argument("--reveal", action="store_true", help="show an example of each value")
    _options.add_private(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from exposure import trials
    from exposure.comparing import compared, keeps
    from exposure.reports._compared import as_json, told
    from exposure.reports._progress import Bar

    name = trials.named(args.save) if args.save is not None else None
    with ExitStack() as stack:
        bar = stack.enter_context(Bar(sys.stderr)) if sys.stderr.isatty() else None
        comparison = (
            compared(args.local, args.downloaded, bar) if bar else compared(args.local, args.downloaded)
        )
    (as_json if args.format == "json" else told)(comparison, sys.stdout, args.reveal)
    if name is not None:
        _save(args, trials.row(name, keeps(comparison), _options.today(), comparison.tally.pairs))
    return 0 if comparison.tally.pairs else 1


def _save(args: argparse.Namespace, entry: Row) -> None:
    """Remember it, and say where and what it is good for."""
    from exposure import trials
    from exposure.cleaning._private import prepared
    from exposure.context import destination_note, platform_key, platforms

    name = str(dict(entry)["name"])
    private = prepared(args.private, [Path(args.local), Path(args.downloaded)])
    trials.keep(private, entry)
    named = f" --private {typed(args.private, 'DIR')}" if args.private else ""
    said = [
        f"Remembered in {private}, readable by you alone; exposure forget{named} removes it.",
        destination_note(name, _options.today(), entry),
        f"To use it: exposure scan --destination {typed(name, 'NAME')}{named}",
    ]
    if platform_key(name) in platforms():
        said.append(f"It takes the place of what exposure itself knows of {name}.")
    for words in said:
        sys.stderr.write(sentence(words) + "\n")
