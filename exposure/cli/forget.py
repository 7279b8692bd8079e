"""``exposure forget``: remove what exposure remembers of a person, but never an original."""

from __future__ import annotations

import argparse
import sys

from exposure.cli import _options
from exposure.errors import CannotRun
from exposure.reports._words import count, sentence

_LISTED = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "forget",
        usage="exposure forget [options]",
        help="remove what exposure remembers about you",
        description="Remove what exposure noted in its private place: which photo got which new name. Originals that "
        "exposure clean --in-place moved there are never removed: they are listed instead.",
        epilog="What is removed may still be found on the disk itself by those who know how, and in backups.",
        allow_abbrev=False,
    )
    _options.add_private(parser)
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="say what would be removed, and remove nothing"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from exposure.cleaning._private import ORIGINALS, place
    from exposure.cleaning.originals import forget, kept

    private = place(args.private)
    if args.private is not None and not private.is_dir():
        raise CannotRun(f"there is no folder {private}")
    gone = forget(private, args.dry_run)
    verb = "Would forget" if args.dry_run else "Forgot"
    if gone.folders:
        names, folders = count(gone.names, "new name"), count(gone.folders, "folder")
        sys.stdout.write(f"{verb} {names} of photos in {folders}, noted in {sentence(str(private))}.\n")
    left = list(kept(private))
    if left:
        size = max(sum(each.size for each in left) / 1e6, 0.1)
        stays = (
            f"{count(len(left), 'original')} (about {size:,.1f} MB) {'stays' if len(left) == 1 else 'stay'}"
        )
        sys.stdout.write(f"{stays} in {sentence(str(private / ORIGINALS))}, of:\n")
        sys.stdout.writelines(f"  {sentence(each.path)}\n" for each in left[:_LISTED])
        if len(left) > _LISTED:
            sys.stdout.write(f"  and {len(left) - _LISTED:,} more\n")
        sys.stdout.write(
            "To put them back: exposure restore. To be rid of them for good, delete that folder yourself.\n"
        )
    elif not gone.folders:
        sys.stdout.write(f"There is nothing to forget: nothing is noted in {sentence(str(private))}.\n")
    return 0
