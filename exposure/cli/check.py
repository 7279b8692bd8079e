"""``exposure check``: fail on what is new, for hooks and continuous integration."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from exposure.cli import _options
from exposure.errors import CannotRun
from exposure.model import Depth
from exposure.reports._commands import typed

_MOST_PATHS = 3


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check",
        usage="exposure check [options] PATH [PATH ...]",
        help="fail on what is new, for hooks and automatic runs",
        description="Look at every byte of photos, and say what they give away that nobody has accepted yet. What was "
        "accepted stands in a file, the baseline: no value, name or place is in it, so it can lie beside the photos. No "
        "value from a photo is shown, and no photo is changed.",
        epilog="For example: exposure check photos --baseline exposure-baseline.json. Exit code: 0 nothing new at or "
        "above --fail-on, 1 something, 2 could not run, 3 nothing new but some files could not be examined.",
        allow_abbrev=False,
    )
    _options.add_paths(parser)
    _add_accepted(parser)
    _options.add_context(parser)
    _options.add_jobs(parser)
    parser.set_defaults(run=run)


def _add_accepted(parser: argparse.ArgumentParser) -> None:
    """What is compared with, and what counts."""
    parser.add_argument(
        "--baseline", metavar="FILE", help="the file of what was accepted; it can be kept with the photos"
    )
    parser.add_argument(
        "--update-baseline",
        action="store_true",
        help="accept everything that is found now at or above --fail-on, and write the baseline. When folders are named, "
        "what is accepted but not found in them is dropped; when single photos are, it stays",
    )
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        metavar="PATH",
        dest="beside",
        help="photos that count for what many photos tell together, such as where you live, but are not checked "
        "themselves; may be given more than once",
    )
    _options.add_fail_on(parser, "from which level on a finding counts")


def run(args: argparse.Namespace) -> int:
    from exposure.archives import is_there
    from exposure.baseline import read, write
    from exposure.checking import Asked, check
    from exposure.reports._checked import News
    from exposure.reports._progress import Bar

    for path in (*args.paths, *args.beside):
        if not is_there(path):
            raise CannotRun(f"there is nothing at {path}")
    if args.update_baseline and not args.baseline:
        raise CannotRun("say which file --update-baseline is to write: --baseline FILE")
    file = Path(args.baseline) if args.baseline else None
    baseline = read(file) if file and (not args.update_baseline or file.exists()) else None
    asked = Asked(
        tuple(args.paths),
        _options.settings(args, Depth.DEEP),
        _options.threshold(args.fail_on),
        tuple(args.beside),
        baseline,
        args.update_baseline,
        args.jobs,
    )
    news = News(sys.stdout, args.paths)
    with ExitStack() as stack:
        shows = sys.stderr.isatty() and not sys.stdout.isatty()  # a bar would run through the lines
        bar = stack.enter_context(Bar(sys.stderr)) if shows else None
        checked = check(asked, news.photo, bar)
    news.together(checked.together)
    if file is not None and args.update_baseline:
        write(file, checked.baseline)
    news.end(checked, args.fail_on, _update(args), args.baseline if args.update_baseline else None)
    if checked.new:
        return 1
    return 3 if checked.unread else 0


def _update(args: argparse.Namespace) -> str:
    """The command that accepts what this run found."""
    few = len(args.paths) <= _MOST_PATHS
    paths = [typed(path) for path in args.paths] if few else ["FILE"]
    return " ".join(
        ["exposure check", *paths, "--baseline", typed(args.baseline), *_given(args), "--update-baseline"]
    )


def _given(args: argparse.Namespace) -> Iterator[str]:
    """Options that are not as they would be anyway: what counts depends on them."""
    usual = (("fail_on", "high"), ("profile", "general"), ("persona", "named"), ("audience", "public"))
    for name, value in (*usual, ("destination", None)):
        if getattr(args, name) != value:
            yield f"--{name.replace('_', '-')} {typed(getattr(args, name))}"
    for path in args.beside:
        yield f"--with {typed(path, 'FOLDER')}"
