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
    group = parser.add_argument_group("about you", "what a finding means depends on who you are")
    group.add_argument("--profile", choices=PROFILES, default="general", help="whose risk is judged")
    group.add_argument(
        "--persona",
        choices=PERSONAS,
        default="named",
        help="whether the account that posts is under your real name (named, the default) or not",
    )
    group.add_argument(
        "--audience", choices=AUDIENCES, default="public", help="who can see the photos (default: public)"
    )
    group.add_argument(
        "--destination", metavar="NAME", help="the service that the photos go to, such as flickr"
    )


def add_reveal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reveal", action="store_true", help="show values in full instead of masked")


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
    number = int(word)
    if not 0 <= number <= 256:
        raise argparse.ArgumentTypeError("must be from 0 to 256; 0 decides by itself")
    return number
