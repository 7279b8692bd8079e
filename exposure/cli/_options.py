"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
from datetime import date

from exposure.context import AUDIENCES, PERSONAS, PROFILES, platform
from exposure.model import Context, Depth, Level, Settings

NEVER = "never"
LEVELS = (*(level.word for level in sorted(Level, reverse=True)), NEVER)


def add_context(parser: argparse.ArgumentParser) -> None:
    """Who posts, and for whom to see: what moves levels."""
    group = parser.add_argument_group("about you", "How much something matters depends on who you are.")
    group.add_argument(
        "--profile",
        choices=PROFILES,
        default="general",
        metavar="WHO",
        help="general (the default), survivor (of abuse or stalking), journalist, parent or activist",
    )
    group.add_argument(
        "--persona",
        choices=PERSONAS,
        default="named",
        metavar="KIND",
        help="named (the default): you post under your real name; pseudonymous: you do not, and nobody should find "
        "out who you are",
    )
    group.add_argument(
        "--audience",
        choices=AUDIENCES,
        default="public",
        metavar="WHO",
        help="who can see the photos: public (the default), link (whoever has the link), friends or not-shared-yet",
    )
    group.add_argument(
        "--destination",
        metavar="SERVICE",
        help="where the photos go, such as mastodon or flickr: what it was tested to take out of photos counts less",
    )


def add_reveal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reveal", action="store_true", help="show names, places and numbers in full instead of masked"
    )


def settings(args: argparse.Namespace, depth: Depth | None = None) -> Settings:
    """CannotRun when the destination is not known."""
    if args.destination is not None:
        platform(args.destination)
    context = Context(args.profile, args.persona, args.audience, args.destination)
    return Settings(context, depth, today())


def threshold(word: str) -> int:
    """The lowest level that counts; one above all levels for ``never``."""
    return max(Level) + 1 if word == NEVER else Level[word.upper()]


def today() -> str:
    return date.today().isoformat()


def jobs(word: str) -> int:
    if not word.isdecimal() or not 0 <= int(word[:9]) <= 256:
        raise argparse.ArgumentTypeError("must be a number from 0 to 256; 0 decides by itself")
    return int(word)
