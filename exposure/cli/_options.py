"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from exposure.cleaning import KEEPABLE, PLACES, TIMES, Wishes
from exposure.context import AUDIENCES, PERSONAS, PROFILES, platform, platform_key
from exposure.errors import CannotRun
from exposure.model import Context, Depth, Level, Settings
from exposure.post import Account

if TYPE_CHECKING:
    from exposure.trials import Row

_KEEP = (
    f"any of {', '.join(KEEPABLE)}, with commas between; gain-map is the extra brightness for HDR screens, "
    "motion the moving part of a photo, without sound"
)

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
        help="where the photos go, such as mastodon or flickr, or a name that you gave exposure compare --save: what it was "
        "tested to take out of photos counts less",
    )


def add_reveal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reveal", action="store_true", help="show names, places and numbers in full instead of masked"
    )


def add_private(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--private",
        metavar="DIR",
        help="the private place, if it was named when something was put there; otherwise your account's data folder",
    )


def add_wishes(parser: argparse.ArgumentParser) -> None:
    """What stays in a clean copy, and how it is proven."""
    group = parser.add_argument_group(
        "what stays",
        "Which way up the picture is and its colours always stay. Everything else goes, but for:",
    )
    group.add_argument(
        "--keep",
        type=_keep,
        default=frozenset(),
        metavar="WHAT",
        help=_KEEP,
    )
    group.add_argument(
        "--place",
        choices=PLACES,
        default="remove",
        metavar="HOW",
        help="remove (the default); city: rounded to about 11 km; country: the middle of the country that the photo "
        "names",
    )
    group.add_argument(
        "--time",
        choices=TIMES,
        default="remove",
        metavar="HOW",
        help="remove (the default); date: only the day; month: only the month",
    )
    group = parser.add_argument_group("proof")
    group.add_argument(
        "--proof",
        choices=("full", "structure"),
        default="full",
        metavar="WHICH",
        help="full (the default), or structure: without comparing the pixels, which is faster",
    )
    group.add_argument(
        "--verify-with",
        choices=("exiftool",),
        metavar="PROGRAM",
        help="exiftool: have that program, if you have it, read every copy as well",
    )


def _keep(words: str) -> frozenset[str]:
    kept = frozenset(word.strip() for word in words.split(",") if word.strip())
    if not kept <= frozenset(KEEPABLE):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(KEEPABLE)}, with commas between")
    return kept


def wishes(args: argparse.Namespace) -> Wishes:
    """CannotRun when a program that should read the copies is not there."""
    if args.verify_with and shutil.which(args.verify_with) is None:
        raise CannotRun(
            "ExifTool is not installed here, so it cannot read the copies; leave out --verify-with"
        )
    return Wishes(args.keep, args.place, args.time, args.proof == "full", bool(args.verify_with))


def settings(args: argparse.Namespace, depth: Depth | None = None) -> Settings:
    """CannotRun when the destination is not known."""
    tested = _tested(args) if args.destination is not None else ()
    context = Context(args.profile, args.persona, args.audience, args.destination, tested)
    return Settings(context, depth, today())


def _tested(args: argparse.Namespace) -> Row:
    """What the person's own comparison says of the destination, where they made one. CannotRun when it is not known."""
    from exposure.cleaning._private import place
    from exposure.trials import kept

    own = kept(place(getattr(args, "private", None))).get(platform_key(args.destination), ())
    platform(args.destination, own)
    return own


def threshold(word: str) -> int:
    """The lowest level that counts; one above all levels for ``never``."""
    return max(Level) + 1 if word == NEVER else Level[word.upper()]


def today() -> str:
    return date.today().isoformat()


def private(args: argparse.Namespace) -> Path:
    """The private place, which is there when the person named it; CannotRun otherwise."""
    from exposure.cleaning._private import place

    found = place(args.private)
    if args.private is not None and not found.is_dir():
        raise CannotRun(f"there is no folder {found}")
    return found


def add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a photo, a folder of photos with all folders in it, or an account archive (zip, tar.gz); also a file in "
        "an archive, as reports name it: archive.zip/photo.jpg",
    )


def add_accounts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--account",
        type=_account,
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="whose posts an archive holds, such as --account sam=flickr.zip; may be given several times, to find what "
        "ties accounts together. pseudonymous:NAME=PATH: that account is not under your real name; named:NAME=PATH: it is",
    )


def _account(words: str) -> tuple[Account, str]:
    name, equals, path = words.partition("=")
    kind, colon, rest = name.partition(":")
    persona = kind if colon and kind in PERSONAS else None
    name = (rest if persona else name).strip()
    if not equals or not name or not path:
        raise argparse.ArgumentTypeError("must be NAME=PATH, such as sam=flickr.zip")
    if colon and not persona and (near := get_close_matches(kind.strip().casefold(), PERSONAS, 1)):
        raise argparse.ArgumentTypeError(f"did you mean {near[0]}:{rest}={path}?")
    return Account(name, persona), path


def accounts(given: Sequence[tuple[Account, str]]) -> dict[str, Account]:
    """The account of each path. CannotRun where two cannot both be meant."""
    found: dict[str, Account] = {}
    personas: dict[str, str | None] = {}
    for account, path in given:
        if found.setdefault(os.path.normpath(path), account) != account:
            raise CannotRun(f"{path} was given for two accounts; one path belongs to one of them")
        if personas.setdefault(account.name, account.persona) != account.persona:
            raise CannotRun(
                f"the account {account.name} was given as named and as pseudonymous; it is one of them"
            )
    return {path: account for account, path in given}


def add_fail_on(parser: argparse.ArgumentParser, what: str) -> None:
    """`what` it means, before the levels are listed."""
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        default=Level.HIGH.word,
        metavar="LEVEL",
        help=f"{what}: {', '.join(LEVELS)} (default: high)",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="how many processes work at once; 0, the default, decides by itself",
    )


def _jobs(word: str) -> int:
    if not word.isdecimal() or not 0 <= int(word[:9]) <= 256:
        raise argparse.ArgumentTypeError("must be a number from 0 to 256; 0 decides by itself")
    return int(word)
