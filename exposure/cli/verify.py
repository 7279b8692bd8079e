"""``exposure verify``: hold a copy against its original, whoever made it."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack

from exposure.cli import _options


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify",
        usage="exposure verify [options] BEFORE AFTER",
        help="check a clean copy against its original",
        description="Look at a copy that exposure or another program made, and at its original: what is left in the "
        "copy that should not be, what was lost, and whether it is the same picture. No value is shown, and no file is "
        "changed.",
        epilog="For example: exposure verify ~/Pictures ~/Pictures-clean. Give the same --keep, --place and --time as "
        "when the copies were made. Exit code: 0 all proven, 1 not all, 2 could not run.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "before", metavar="BEFORE", help="the original, or a folder or archive (zip, tar.gz) of originals"
    )
    parser.add_argument(
        "after", metavar="AFTER", help="its copy, or a folder of copies with the same names in it"
    )
    _options.add_wishes(parser)
    _options.add_jobs(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from exposure.cleaning.verify import verify
    from exposure.reports._progress import Bar
    from exposure.reports._verified import Verdicts

    pairs = verify(args.before, args.after, _options.wishes(args), args.jobs)
    verdicts = Verdicts(sys.stdout, args.after)
    with ExitStack() as stack:
        shows = sys.stderr.isatty() and not sys.stdout.isatty()  # a bar would run through the lines
        bar = stack.enter_context(Bar(sys.stderr)) if shows else None
        for done, one in enumerate(pairs, 1):
            verdicts.take(one)
            if bar is not None:
                bar(done, None)
    verdicts.end()
    return int(verdicts.unproven > 0)
