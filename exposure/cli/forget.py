"""``exposure forget``: remove what exposure remembers of a person, but never an original."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exposure.cli import _options
from exposure.reports._commands import typed
from exposure.reports._words import count, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from exposure.cleaning.originals import Kept
    from exposure.reports._page import Page

_LISTED = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "forget",
        usage="exposure forget [options]",
        help="remove what exposure remembers about you",
        description="Remove what exposure noted in its private place: which photo got which new name, which posts "
        "you ticked off, and what exposure compare showed of services. Originals that "
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
    from exposure import ticks, trials
    from exposure.cleaning._private import ORIGINALS
    from exposure.cleaning.originals import forget, kept
    from exposure.reports._page import page

    private = _options.private(args)
    to = page(sys.stdout)
    ticked = ticks.forget(private, args.dry_run)
    services = trials.forget(private, args.dry_run)
    gone = forget(private, args.dry_run)
    verb = "Would forget" if args.dry_run else "Forgot"
    if gone.folders:
        names, folders = count(gone.names, "new name"), count(gone.folders, "folder")
        to.command(f"{verb} {names} of photos in {folders}, noted in {sentence(str(private))}", 0, "")
        if not args.dry_run:
            to.say("Which copy is of which photo is not known any more: a second run would write new ones.")
    if ticked:
        to.command(f"{verb} which posts you ticked off: {count(ticked, 'post')}", 0, "")
    elif ticked is not None:
        to.command(f"{verb} the list of posts that you ticked off; no post could be read in it", 0, "")
    if services is not None:
        named = f": {', '.join(services)}" if services else ""
        to.command(
            f"{verb} what your comparisons showed of {count(len(services), 'service')}{sentence(named)}",
            0,
            "",
        )
    left = list(kept(private))
    if left:
        _originals(to, left, private / ORIGINALS)
        to.say("To put them back where they were:")
        named = f" --private {typed(args.private, 'DIR')}" if args.private else ""
        to.command(f"exposure restore{named}", 2)
        to.say("To be rid of them for good, delete that folder yourself.")
    elif not gone.folders and ticked is None and services is None:
        to.command(f"There is nothing to forget: nothing is noted in {sentence(str(private))}", 0, "")
    return 0


def _originals(to: Page, left: Sequence[Kept], folder: Path) -> None:
    """What is never removed."""
    size = max(sum(each.size for each in left) / 1e6, 0.1)
    stay = "stays" if len(left) == 1 else "stay"
    to.say(
        f"{count(len(left), 'original')} (about {size:,.1f} MB) {stay} in this folder, and tell what they always told:"
    )
    to.command(sentence(str(folder)), 2)
    to.say("They were at:")
    for each in left[:_LISTED]:
        to.command(sentence(each.path), 2, "")
    if len(left) > _LISTED:
        to.say(f"and {len(left) - _LISTED:,} more", 2)
