"""``exposure clean``: write copies that hold the picture alone, and prove each before it gets its name."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from exposure.cleaning import Outcome
from exposure.cli import _options
from exposure.errors import CannotRun

if TYPE_CHECKING:
    from exposure.cleaning.files import Run


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "clean",
        usage="exposure clean [options] PATH [PATH ...] --to DIR",
        help="write copies that hold the picture alone",
        description="Write a clean copy of every photo into another folder: the same picture, byte for byte, without "
        "place, time, names, numbers, texts, previews and whatever else came along. Each copy is proven clean before "
        "it gets its name. The originals stay as they are. Videos and raw files get no copy: they are listed, with the "
        "reason.",
        epilog="For example: exposure clean ~/Pictures --to ~/Pictures-clean. What others can see in the picture stays, "
        "and so do copies that they already have. "
        "Exit code: 0 all clean, 1 some files have no clean copy, 2 could not run.",
        allow_abbrev=False,
    )
    _options.add_paths(parser)
    _add_where(parser)
    _options.add_wishes(parser)
    _options.add_jobs(parser)
    parser.set_defaults(run=run)


def _add_where(parser: argparse.ArgumentParser) -> None:
    """Where the copies go, and what they are called and dated."""
    group = parser.add_argument_group("where the copies go")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--to", metavar="DIR", help="the folder for the copies, outside the folders of the originals"
    )
    where.add_argument(
        "--in-place",
        action="store_true",
        help="put each clean copy in its original's place; the originals are moved to a private folder, which is "
        "named at the end, and exposure restore brings them back",
    )
    group.add_argument(
        "-n", "--dry-run", action="store_true", help="say what would become of each file, and write nothing"
    )
    group.add_argument(
        "--rename",
        action="store_true",
        help="give the copies names that tell nothing, such as photo-3fa07b1c.jpg, all directly in DIR; "
        "which is which is noted in a private place, until exposure forget",
    )
    group.add_argument(
        "--dates",
        choices=("keep", "now"),
        default="now",
        metavar="WHICH",
        help="the date of the files themselves: now (the default), the same for all copies, or keep",
    )
    group.add_argument(
        "--private",
        metavar="DIR",
        help="where moved originals and noted names go, instead of your own account's data folder",
    )


def run(args: argparse.Namespace) -> int:
    from exposure.cleaning.files import clean
    from exposure.reports._cleaning import Asked, Summary, tell
    from exposure.reports._progress import Bar

    job = _job(args)
    summary = Summary()
    with ExitStack() as stack:
        bar = stack.enter_context(Bar(sys.stderr)) if sys.stderr.isatty() else None
        for done, one in enumerate(clean(args.paths, job, args.jobs), 1):
            summary.take(one)
            if bar is not None:
                bar(done, None)
    private = str(job.private or "")
    asked = Asked(
        args.to or "",
        args.dry_run,
        args.in_place,
        private,
        bool(args.private),
        args.rename,
        job.wishes.pixels,
        job.wishes.exiftool,
    )
    tell(summary, asked, sys.stdout)
    return int(bool(summary.outcomes[Outcome.REFUSED] or summary.outcomes[Outcome.FAILED]))


def _job(args: argparse.Namespace) -> Run:
    """What the words ask for. CannotRun when it cannot be done at all."""
    from exposure.archives import is_archive, is_there
    from exposure.cleaning.files import Run, prepared, private_place
    from exposure.plugins import CLEAN
    from exposure.reports._commands import remedied

    if not (args.to or args.in_place or args.dry_run):
        raise CannotRun(
            f"say where the copies go, for example {remedied(CLEAN, args.paths)}; or --in-place, or --dry-run to write "
            "nothing"
        )
    for path in args.paths if args.in_place else ():
        if is_archive(Path(path)) or (is_there(path) and not os.path.lexists(path)):
            raise CannotRun(f"{path}: archives are never changed; say where copies go, with --to DIR")
    wishes = _options.wishes(args)
    now = time.time() if args.dates == "now" else None
    if args.dry_run:
        for path in args.paths:
            if not is_there(path):
                raise CannotRun(f"there is nothing at {path}")
        return Run(wishes, modified=now, rename=args.rename)
    folder = prepared(args.to, args.paths) if args.to else None
    private = private_place(args.private, args.paths, folder) if args.in_place or args.rename else None
    return Run(wishes, folder, now, private, args.in_place, args.rename)
