"""The end of the report for people: what exposure cannot see, what to do next, and how to get a clean copy today."""

from __future__ import annotations

import os
import shlex

from exposure.model import Depth
from exposure.plugins import Heading
from exposure.reports._gathered import Gathered
from exposure.reports._page import Page
from exposure.reports._words import count
from exposure.text import plain

_CANNOT_SEE = (
    "What the picture itself shows: people and programs can recognise a view, a street or a room.",
    "Faces. exposure never looks at them; others do.",
    "Reflections, uniforms, name badges, signs and number plates.",
    "The faint noise that a camera's sensor leaves, which may tie pictures to one camera.",
)
_POSTED = "Copies that you have already posted or sent: nothing here can call them back."

_CARE = {
    "survivor": "If the person you keep away from may see your account: taking photos down can be noticed, and can "
    "destroy evidence. Talk to a support service first if you can, and do it from a device that is safe.",
    "journalist": "Keep the originals untouched: they may be needed as evidence.",
    "activist": "Ask the people who are shown or named before you post: the risk is theirs too.",
    "parent": "What a photo tells of a child stays with the child: ask, and share less rather than more.",
}

_EXIFTOOL = "exiftool -all= --icc_profile:all -tagsfromfile @ -orientation -o clean/ FILE"

_CLEAN_COPIES = (
    (
        "On a phone: ",
        "before you share, open the options of the share sheet and leave out the location. That takes the place out "
        "of that copy and leaves everything else that is listed here.",
    ),
    (
        "On any device: ",
        "share a screenshot of the photo. It carries nothing of what the camera wrote, but it is smaller, gets a "
        "date and a name of its own, and shows whatever else is on the screen.",
    ),
    (
        "With ExifTool (exiftool.org), for JPEG and PNG: ",
        "the line below puts a copy of FILE, a photo or a folder, into the folder “clean”, without places, names, "
        "numbers, texts, previews and added videos. The picture, its colours, which way up it is and the file's "
        "name stay.",
    ),
)

_WIDE = 36
"""Columns that a command may take with its meaning beside it; a longer one has it beneath."""


def cannot_see(to: Page, gathered: Gathered, heading: Heading) -> None:
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
    to.say("No findings does not mean safe.", style="bold")


def what_next(to: Page, gathered: Gathered, heading: Heading) -> None:
    """Commands that fit this very report, and how to come by a clean copy."""
    if not gathered.photos:
        return
    if gathered.groups:
        _clean_copies(to)
    to.heading("What to do next")
    care = _CARE.get(heading.settings.context.profile)
    if care:
        to.say(care)
        to.say()
    worst = max(gathered.groups.values(), key=lambda g: (g.level, g.confidence, g.photos), default=None)
    photo = max(gathered.worst).name if gathered.worst else gathered.begin
    _command(to, f"exposure show {_word(photo)}", "everything that is in that file")
    if worst is not None:
        _command(to, f"exposure rules {plain(worst.rule)}", "what that means, and what helps")
    if worst is not None and not heading.reveal:
        path = heading.paths[0] if len(heading.paths) == 1 else None
        _command(to, f"exposure scan --reveal {_word(path, 'FOLDER')}", "this report with the values in full")


def _clean_copies(to: Page) -> None:
    to.heading("How to get a clean copy")
    to.say("This version of exposure cannot write one yet. Keep the original, and until then:")
    for lead, words in _CLEAN_COPIES:
        to.say(words, 2, first="-", lead=lead)
    to.say(_EXIFTOOL, 2)
    to.say("Then look at the copy before you share it: exposure scan clean/")


def _command(to: Page, command: str, words: str) -> None:
    if len(command) <= _WIDE and _WIDE + 4 + len(words) <= to.width:
        to.say(words, _WIDE + 4, first="  " + command)
    else:
        to.say(command, 2)
        to.say(words, 6, style="dim")


def _word(name: str | None, instead: str = "FILE") -> str:
    """A path as it can be typed again; of one that cannot be shown as it is, only what it stands for."""
    if not name or plain(name, len(name)) != name:
        return instead
    if os.name == "nt":
        return f'"{name}"' if " " in name else name
    return shlex.quote(name)
