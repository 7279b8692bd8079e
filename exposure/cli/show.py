"""``exposure show``: everything in one file."""

from __future__ import annotations

import argparse
import sys

from exposure.cli import _options


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "show",
        usage="exposure show [options] FILE",
        help="show everything in one file",
        description="Show all that is in one photo: what was found, what it means, every field, and every part of "
        "the file. For those who want to see the proof.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="one photo, also in an archive (archive.zip/photo.jpg); exposure scan takes folders",
    )
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
