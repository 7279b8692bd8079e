"""``exposure done``: tick posts off, so that the next report counts them as done."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from exposure.cli import _options
from exposure.errors import CannotRun
from exposure.plugins import Archive, discover
from exposure.reports._words import count, sentence

_POST = re.compile(r"([a-z][a-z0-9-]*):(.+)", re.DOTALL)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "done",
        usage="exposure done [options] POST [POST ...]",
        help="tick off posts that you have dealt with",
        description="Tick off posts that you have deleted, changed or decided to leave, so that the next report of "
        "exposure scan counts them as done. Nothing is changed at the service itself.",
        epilog="For example: exposure done flickr:51000000001. What is noted is a hash of each name, in your private "
        "place, readable by you alone; exposure forget removes it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "posts", nargs="*", metavar="POST", help="a post, as the report calls it: flickr:51000000001"
    )
    parser.add_argument(
        "--from", dest="file", metavar="FILE", help="ticks that you saved from the page of a report"
    )
    parser.add_argument("--undo", action="store_true", help="take the ticks away again")
    _options.add_private(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """CannotRun when a word is not the name of a post."""
    from exposure import ticks
    from exposure.cleaning._private import place, prepared

    marks = {_mark(post) for post in args.posts}
    if args.file is not None:
        marks |= set(ticks.exported(Path(args.file)))
    elif not args.posts:
        raise CannotRun("name the posts, as the report calls them: exposure done flickr:51000000001")
    private = place(args.private)
    there = private.is_dir()
    if not args.undo and marks:
        private, there = prepared(args.private, []), True
    changed = ticks.change(private, marks, args.undo) if there else 0
    words = "Took the ticks of" if args.undo else "Ticked off"
    left = len(marks) - changed
    if changed or not left:
        sys.stdout.write(f"{words} {count(changed, 'post')}{' away' if args.undo else ''}.\n")
    if left:
        state = "were not ticked off" if args.undo else "were ticked off already"
        sys.stdout.write(f"{count(left, 'post')} {state if left > 1 else state.replace('were', 'was')}.\n")
    if changed and not args.undo:
        sys.stdout.write(f"That is noted in {sentence(str(private))}; exposure forget removes it.\n")
    return 0


def _mark(word: str) -> str:
    """The mark of a post, from its name as a report tells it."""
    from exposure.ticks import MARK, mark

    service, colon, id = word.partition(":")
    word = f"{service.lower()}{colon}{id}"
    found = _POST.fullmatch(word)
    if found is None:
        raise CannotRun(
            f"{word} is not the name of a post: it begins with the service, as in flickr:51000000001"
        )
    if (service := found[1]) not in {archive.name for archive in discover("archives", Archive)}:
        raise CannotRun(f"exposure reads no archives of {service}: a post is called like flickr:51000000001")
    if id.startswith("_") and MARK.fullmatch(id[1:]):
        return id[1:]
    return mark(word)
