"""``exposure demo``: try it on invented photos."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from exposure import __version__
from exposure.cli import _options
from exposure.cli._report import report
from exposure.model import Settings
from exposure.plugins import Heading
from exposure.reports._words import count
from exposure.text import plain


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "demo",
        help="try it on invented photos",
        usage="exposure demo [options] [FOLDER]",
        description="Write a few invented photos, which show nobody, into a folder, and report on them as "
        "exposure scan would on yours.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder",
        nargs="?",
        default="exposure-demo",
        metavar="FOLDER",
        help="where the photos go (default: exposure-demo, in the current folder)",
    )
    _options.add_reveal(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from exposure.demo import write

    number = write(Path(args.folder))
    sys.stderr.write(f"Wrote {count(number, 'invented photo')} into {plain(args.folder, 500)}.\n")
    report("terminal", Heading(__version__, Settings(today=_options.today()), (args.folder,), args.reveal), 0)
    return 0
