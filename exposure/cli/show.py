"""``exposure show``: everything in one file."""

from __future__ import annotations

import argparse
import sys

from exposure.cli import _options


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "show",
        help="show everything in one file",
        description="Show one photo byte by byte: its parts, its fields, what they mean, and what was found.",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", help="a photo")
    _options.add_reveal(parser)
    _options.add_context(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings = _options.settings(args)
    from exposure.reports._file import write_file
    from exposure.scanning import examine_file

    shown = examine_file(args.file, settings)
    write_file(shown.photo, shown.findings, sys.stdout, args.reveal, shown.second)
    return 0
