"""``exposure restore``: put originals back where ``clean --in-place`` took them from."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from exposure.cli import _options
from exposure.reports._words import capital, count, sentence

if TYPE_CHECKING:
    from exposure.reports._page import Page


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
    from exposure.cleaning.originals import restore
    from exposure.reports._page import page

    private = _options.private(args)
    to = page(sys.stdout)
    done = left = 0
    for one in restore(private, args.paths, args.dry_run):
        if one.why:
            left += 1
            to.command(f"Not restored: {sentence(one.path)}", 0)
            to.command(f"{capital(sentence(one.why))}.", 2, "")
        else:
            done += 1
            to.command(f"{'Would restore' if args.dry_run else 'Restored'}: {sentence(one.path)}", 0, "")
    if done or left:
        _sum(to, done, left, args.dry_run)
    else:
        which = "none of these photos" if args.paths else "no original"
        to.command(f"There is nothing to restore: {which} is kept in {sentence(str(private))}", 0, "")
    return int(bool(left))


def _sum(to: Page, done: int, left: int, dry: bool) -> None:
    to.say()
    back = f"{count(done, 'photo')} {'would be ' if dry else ''}back as before"
    to.say(f"{back}, {left:,} not: see above." if left else f"{back}.", style="bold")
    if done and not dry:
        to.say("The clean copies are gone from their places, and the originals tell what they always told.")
