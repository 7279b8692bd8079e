"""``exposure restore``: put originals back where ``clean --in-place`` took them from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from exposure.cli import _options
from exposure.errors import CannotRun
from exposure.reports._words import capital, count, file_name, sentence


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "restore",
        usage="exposure restore [options] [PATH ...]",
        help="put originals back that clean --in-place moved",
        description="Put the originals back that exposure clean --in-place moved away, and give files their old "
        "names. Only an unchanged clean copy makes way: whatever else is in the place of an original stays, and you "
        "are told where the original is.",
        epilog="For example: exposure restore ~/Pictures/2024. Exit code: 0 everything is back, 1 something is not, "
        "2 could not run.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a photo or a folder; without any, all that was moved"
    )
    _options.add_private(parser)
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="say what would be put back, and change nothing"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from exposure.cleaning._private import place
    from exposure.cleaning.originals import restore

    private = place(args.private)
    if args.private is not None and not private.is_dir():
        raise CannotRun(f"there is no folder {private}")
    done = left = 0
    for one in restore(private, args.paths, args.dry_run):
        if one.why:
            left += 1
            sys.stdout.write(f"Not restored: {file_name(one.path)}\n  {capital(sentence(one.why))}.\n")
        else:
            done += 1
            sys.stdout.write(f"{'Would restore' if args.dry_run else 'Restored'}: {file_name(one.path)}\n")
    if not done and not left:
        where = " of these" if args.paths else ""
        sys.stdout.write(f"Nothing{where} is kept in {_shown(private)}, so there is nothing to restore.\n")
        return 0
    verb = "would be restored" if args.dry_run else "restored"
    sys.stdout.write(
        f"{count(done, 'photo')} {verb}, {left:,} not. The private place is {_shown(private)}.\n"
    )
    return int(bool(left))


def _shown(private: Path) -> str:
    return sentence(str(private))
