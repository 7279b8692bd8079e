"""``exposure scan``: say what photos give away."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace

from exposure import __version__
from exposure.cli import _options
from exposure.cli._report import report
from exposure.errors import CannotRun
from exposure.model import Depth
from exposure.plugins import Heading, modules
from exposure.text import plain

PAGE = "exposure-report.html"
"""Where an HTML report goes that nobody named a place for: on a screen it would be no use."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "scan",
        usage="exposure scan [options] PATH [PATH ...]",
        help="say what photos and posts give away",
        description="Look at photos, at folders of photos, and at archives that you downloaded from your accounts, as "
        "they are (zip, tar.gz or folder), and say what a stranger could learn from them and which posts to see to "
        "first. Nothing leaves this machine, and no photo is changed.",
        epilog="For example: exposure scan --persona pseudonymous ~/Pictures. "
        "Exit code: 0 nothing at or above --fail-on, 1 something, 2 could not run, "
        "3 nothing of that weight but some files could not be examined.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a photo, a folder with all folders in it, or the archive of an account (all parts of it at once)",
    )
    _options.add_accounts(parser)
    _add_report(parser)
    _options.add_context(parser)
    _options.add_private(parser)
    parser.add_argument(
        "--deep",
        action="store_true",
        help="search the whole of large photos too (over 1 MB), and compare their previews; slower",
    )
    parser.add_argument(
        "--after-clean",
        action="store_true",
        help="report on the clean copies as exposure clean would make them, without writing any",
    )
    _options.add_jobs(parser)
    parser.set_defaults(run=run, wrong=parser.error)


def _add_report(parser: argparse.ArgumentParser) -> None:
    """What the report is like, and what the exit code says of it."""
    formats = modules("reports")
    parser.add_argument(
        "--format",
        choices=formats,
        default="terminal",
        metavar="FORMAT",
        help=f"how the report is written: {', '.join(formats)} (default: terminal, for people)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"write the report into FILE, readable by you alone (default: to the screen; html: {PAGE})",
    )
    _options.add_reveal(parser)
    parser.add_argument(
        "--thumbnails",
        action="store_true",
        help="show each picture small in an html report; it then holds the pictures too",
    )
    _options.add_fail_on(parser, "for scripts: exit with 1 from this level on")


def run(args: argparse.Namespace) -> int:
    """CannotRun when thumbnails are asked for in a report that has no pictures, or accounts contradict each other."""
    from exposure.ticks import kept

    accounts = _options.accounts(args.account)
    named_twice = {os.path.normpath(path) for path in accounts}
    others = [path for path in args.paths if path in accounts or os.path.normpath(path) not in named_twice]
    paths = tuple(dict.fromkeys((*others, *accounts)))
    if not paths:
        args.wrong("name at least one PATH: a photo, a folder, or the archive of an account")
    page = args.format == "html"
    if args.thumbnails and not page:
        raise CannotRun("--thumbnails needs --format html: the other reports show no pictures")
    settings = _options.settings(args, Depth.DEEP if args.deep else None)
    settings = replace(settings, thumbnails=args.thumbnails)
    named = tuple(dict.fromkeys(accounts.values()))
    heading = Heading(__version__, settings, paths, args.reveal, args.after_clean, named)
    ticked = kept(_options.private(args)).is_done
    file = PAGE if page and args.output is None else args.output
    outcome = report(args.format, heading, args.jobs, file, accounts, ticked)
    if file is not None and file != "-":
        told = " and can be opened in a browser" if page else ""
        sys.stderr.write(
            f"The report is in {plain(file, 500)}{told}. It tells what your photos tell: keep it safe.\n"
        )
    if outcome.worst_gate is not None and outcome.worst_gate >= _options.threshold(args.fail_on):
        return 1
    return 3 if outcome.unexamined else 0
