"""The end of the report for people: what it could not read, what it cannot see, how to get clean copies, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence, Set

from exposure.media import NOT_OPENED, NOT_WHOLE
from exposure.model import CollectionFinding, Depth, Examined
from exposure.plugins import CLEAN, NO_COMMAND, RENAME, Heading
from exposure.reports._commands import all_typed, remedied, typed
from exposure.reports._gathered import MOST_PROBLEMS, Gathered, Group
from exposure.reports._lines import Lines
from exposure.reports._words import count, file_name
from exposure.stores import INSIDE
from exposure.text import plain

_CANNOT_SEE = (
    "What the picture itself shows: people and programs can recognise a view, a street or a room.",
    "Faces. exposure never looks at them; others do.",
    "Reflections, uniforms, name badges, signs and number plates.",
    "The faint noise that a camera's sensor leaves, which may tie pictures to one camera.",
)
_POSTED = "Copies that you have already posted or sent: nothing here can call them back."

_WIDE = 36
"""Columns that a command may take with its meaning beside it; a longer one has it beneath."""


def not_examined(to: Lines, gathered: Gathered) -> None:
    """What was not read may tell anything."""
    if not (gathered.unread or gathered.media or gathered.unread_lists):
        return
    to.heading("Could not be examined")
    for name, why in gathered.problems:
        to.say(f"{file_name(name, to.width - 3)}: {why}", 2)
    if (more := gathered.unread - MOST_PROBLEMS) > 0:
        to.say(f"and {more:,} more", 2)
    if gathered.media:
        kinds = ", ".join(f"{plain(kind)} ({number:,})" for kind, number in sorted(gathered.media.items()))
        files = sum(gathered.media.values())
        to.say(f"{count(files, 'file')} of a kind that exposure does not read yet: {kinds}.", 2)
    if gathered.unread_lists:
        _lists(to, gathered)
    if gathered.media[INSIDE]:
        to.say("Take an archive that lies inside another one out of it, and scan it by itself.", 2)
    if gathered.media[NOT_WHOLE]:
        to.say("Download the archive that is not whole again: what is in it is missing in this report.", 2)
    if gathered.media[NOT_OPENED]:
        to.say("Unpack the archive that cannot be opened yourself, and scan the folder that comes out.", 2)
    if not (gathered.unread or gathered.media.keys() - {INSIDE, NOT_WHOLE, NOT_OPENED}):
        return
    moving = {kind for kind in gathered.media if "video" in kind or "sound" in kind}
    told = "What was not read may tell as much as what was."
    if gathered.unread or gathered.media.keys() - moving - {INSIDE, NOT_WHOLE}:
        told += " Where a photo program opens a photo, save it anew there, and share a clean copy of that."
    if moving:
        told += " Videos and recordings can hold place, time and device as photos do: share them only if they may tell these."
    to.say(told)


def _lists(to: Lines, gathered: Gathered) -> None:
    """Of an archive's own: what they say of posts is missing in all of the report."""
    lists = count(gathered.unread_lists, "list")
    to.say(f"{lists} of an archive’s own, so that posts are missing in this report:", 2)
    for name, why in gathered.lists:
        to.say(f"{file_name(name, to.width - 7)}: {why}", 6, first="    -")
    if (more := gathered.unread_lists - len(gathered.lists)) > 0:
        to.say(f"and {more:,} more", 4)
    to.say(
        "Where nothing else is said, download the archive again; if that does not help, ask for a new one.", 2
    )


def cannot_see(to: Lines, gathered: Gathered, heading: Heading) -> None:
    """No findings must never be read as safe."""
    to.heading("What exposure cannot see")
    posted = () if heading.settings.context.audience == "not-shared-yet" else (_POSTED,)
    for line in (*_CANNOT_SEE, *posted):
        to.say(line, 2, first="-")
    if gathered.uncompared:
        deep = heading.settings.depth is Depth.DEEP
        how = "it could not be." if deep else "exposure scan --deep does that."
        photos = count(gathered.uncompared, "photo")
        to.say(
            f"Whether a small preview shows more than its picture: in {photos} it was not compared; {how}",
            2,
            first="-",
        )
    if placed := gathered.posts.placed:
        to.say(
            f"What the places of posts tell together, such as where a home is, when no photo lies with them: {count(placed, 'post')}. "
            "Only photos are looked at together.",
            2,
            first="-",
        )
    to.say("No findings does not mean safe.", style="bold")


def what_next(
    to: Lines, gathered: Gathered, collection: Sequence[CollectionFinding], heading: Heading
) -> None:
    """Commands that fit this very report."""
    if not gathered.photos and not gathered.groups:
        return
    commands = {group.command for group in gathered.groups.values()} - {NO_COMMAND}
    if commands and gathered.photos and not heading.after:
        _clean_copies(to, heading, commands)
    to.heading("What to do next")
    if heading.after:
        _command(to, remedied(RENAME if RENAME in commands else CLEAN, heading.paths), "writes the copies")
    told: list[Group | CollectionFinding] = [*collection, *gathered.groups.values()]
    worst = max(told, key=lambda found: (found.level, found.confidence), default=None)
    photo = max(gathered.worst).name if gathered.worst else gathered.begin
    if photo is not None and gathered.photos > gathered.examined[Examined.NONE]:
        _command(to, f"exposure show {typed(photo)}", "everything that is in that file")
    if worst is not None:
        _command(to, f"exposure rules {plain(worst.rule)}", "what that means, and what helps")
    if worst is not None and gathered.photos > 1:
        table = f"exposure scan --format csv -o report.csv {all_typed(heading.paths)}"
        _command(to, table, "every finding in every photo, for a spreadsheet")
    if worst is not None and not heading.reveal:
        _command(
            to, f"exposure scan --reveal {all_typed(heading.paths)}", "this report with the values in full"
        )


def _clean_copies(to: Lines, heading: Heading, commands: Set[str]) -> None:
    if commands == {RENAME}:
        to.heading("How to get copies with other names")
        to.say(
            "The names of files are seen by whoever gets them. Share copies under names that tell nothing:"
        )
        _command(to, remedied(RENAME, heading.paths), "writes them into that folder")
        return
    to.heading("How to get clean copies")
    names = " (the names of files stay, unless you have them changed)" if RENAME in commands else ""
    to.say(
        f"Share clean copies instead of these files: the same pictures without what is listed above{names}. Each copy "
        "is proven clean before it gets its name, and your originals stay as they are."
    )
    _command(to, remedied(CLEAN, heading.paths), "writes them into that folder")
    _command(to, remedied(RENAME, heading.paths), "the same, under names that tell nothing")
    _command(
        to, f"exposure scan --after-clean {all_typed(heading.paths)}", "what the copies would still tell"
    )


def _command(to: Lines, command: str, words: str) -> None:
    if len(command) <= _WIDE and _WIDE + 4 + len(words) <= to.width:
        to.say(words, _WIDE + 4, first="  " + command)
    else:
        to.command(command, 2)
        to.say(words, 6, style="dim")
