"""What a cleaning run comes to, for people: what is clean, which files are not and why, what still tells, what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

from exposure.cleaning import Cleaned, Outcome
from exposure.reports._commands import typed
from exposure.reports._page import Page, page
from exposure.reports._uncleaned import kind, tell_uncleaned
from exposure.reports._words import count, file_name, sentence, some, title, titles
from exposure.text import plain

_WORDS = {
    Outcome.CLEANED: "a clean copy is there, and it is proven",
    Outcome.ALREADY: "nothing had to go: the copy is the same, byte for byte",
    Outcome.REFUSED: "no copy, because none can be made and proven; see below",
    Outcome.FAILED: "no copy, because something went wrong; see below",
}
_DRY = {
    **_WORDS,
    Outcome.CLEANED: "a clean copy can be made and proven",
    Outcome.ALREADY: "nothing has to go",
}
_IN_PLACE = {
    Outcome.CLEANED: "clean now, and proven",
    Outcome.ALREADY: "nothing had to go: the file is as it was",
    Outcome.REFUSED: "not cleaned, because that cannot be done and proven; see below",
    Outcome.FAILED: "not cleaned, because something went wrong; see below",
}
_MOST_NAMES = 3
_MOST_DETAILS = 3
_LONGEST_PATH = 500
_IN_BRACKETS = re.compile(r"(.+?) \((.+)\)")


@dataclass(slots=True)
class Summary:
    """Everything that is said at the end; of files that went well only counts are kept."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    proofs: Counter[str] = field(default_factory=Counter)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """Names of files, by the sentence that is said of them."""
    beside: list[str] = field(default_factory=list)
    """Files beside a photo that tell what it told."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """Names of copies, by the rule that their names meet."""
    without: dict[tuple[Outcome, str], list[str]] = field(default_factory=dict)
    """Names of files that have no copy, by outcome and reason."""
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many files of each kind there are in each folder."""

    def take(self, one: Cleaned) -> None:
        self.outcomes[one.outcome] += 1
        self.seen[kind(one.name)] += 1
        self.kept.update(one.kept)
        if one.proof:
            self.proofs[one.proof] += 1
        for note in one.notes:
            self.notes.setdefault(note, []).append(one.name)
        self.beside += one.beside
        for rule in one.names:
            self.names.setdefault(rule, []).append(one.target or one.name)
        if one.outcome in (Outcome.REFUSED, Outcome.FAILED):
            self.without.setdefault((one.outcome, one.reason), []).append(one.name)

    @property
    def photos(self) -> int:
        return sum(self.outcomes[outcome] for outcome in _WORDS)

    @property
    def copies(self) -> int:
        return self.outcomes[Outcome.CLEANED] + self.outcomes[Outcome.ALREADY]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the run, as far as it changes what is said."""

    folder: str = ""
    """Where the copies are; empty for in-place and dry runs."""
    dry: bool = False
    in_place: bool = False
    private: str = ""
    """Where originals or names were put away; empty when nothing was."""
    named: bool = False
    """Whether the person named that place, and must name it again to get at it."""
    renamed: bool = False
    pixels: bool = True
    exiftool: bool = False

    @property
    def swapped(self) -> bool:
        """Whether copies took the places of originals."""
        return self.in_place and not self.dry


def tell(summary: Summary, asked: Asked, out: TextIO) -> None:
    """Write it all."""
    to = page(out)
    _counts(to, summary, asked)
    if not summary.photos:
        return
    if summary.without:
        to.heading("Not cleaned: do not share these" if asked.swapped else "Without a clean copy")
        tell_uncleaned(to, summary.without, summary.seen)
    if summary.copies:
        _stays(to, summary)
        _tells(to, summary, asked)
        _proof(to, summary, asked)
    _next(to, summary, asked)


def _counts(to: Page, summary: Summary, asked: Asked) -> None:
    if not summary.photos:
        to.say("There is no photo here that exposure could clean.", style="bold")
        return
    to.say(_in_short(summary, asked), style="bold")
    if asked.dry:
        to.say("This was a trial: nothing was written, and no file was changed.")
    to.say()
    words = _DRY if asked.dry else _IN_PLACE if asked.in_place else _WORDS
    for outcome, meaning in words.items():
        if summary.outcomes[outcome]:
            to.say(meaning, 24, first=f"{summary.outcomes[outcome]:>7,}  {outcome}")


def _in_short(summary: Summary, asked: Asked) -> str:
    """How many files have what was asked for, and how many have not."""
    where = f" in {file_name(asked.folder)}" if asked.folder and not asked.dry else ""
    good, bad, none = "with a clean copy" + where, "without", "no clean copy"
    if asked.dry:
        good, bad = "that can have a clean copy", "that cannot"
    elif asked.in_place:
        good, bad, none = "clean now", "not", "not clean"
    files, copies = count(summary.photos, "file"), summary.copies
    if not copies:
        return f"{files}: {none}"
    if copies == summary.photos:
        return f"{files}, {'all ' if copies > 1 else ''}{good}"
    return f"{files}: {copies:,} {good}, {summary.photos - copies:,} {bad}"


def _stays(to: Page, summary: Summary) -> None:
    if not summary.kept and not summary.notes:
        return
    to.heading("What stays in the copies, on purpose")
    found: dict[str, Counter[str]] = {}
    for words, number in summary.kept.most_common():
        match = _IN_BRACKETS.fullmatch(words)
        what, more = match.groups() if match else (words, "")
        found.setdefault(what, Counter())[more] += number
    for what, details in found.items():
        known = [sentence(more) for more, _ in details.most_common() if more]
        which = f" ({_some_of(known)})" if known else ""
        _item(to, f"{sentence(what)}{which}{_share(details.total(), summary.copies)}")
    for note, names in summary.notes.items():
        _item(to, f"{sentence(note)} ({some(names, most=_MOST_NAMES)})")


def _some_of(words: Sequence[str]) -> str:
    left = len(words) - _MOST_DETAILS
    return ", ".join(words[:_MOST_DETAILS]) + (f" and {left:,} more" if left > 0 else "")


def _share(number: int, total: int) -> str:
    if total == 1:
        return ""
    return f": in all {total:,}" if number == total else f": in {number:,} of {total:,}"


def _tells(to: Page, summary: Summary, asked: Asked) -> None:
    """What is outside of the copies' bytes, or in the picture itself."""
    to.heading("What still tells something")
    known = titles()
    for rule, names in sorted(summary.names.items(), key=lambda item: -len(item[1])):
        _item(to, f"{title(rule, known)} ({len(names):,}): {some(names, most=_MOST_NAMES)}")
    if not asked.renamed:
        again = "" if asked.in_place or asked.dry else " and another folder"
        _item(
            to,
            "The names of files and folders are as before, and whoever gets the files can read them. The same command "
            f"with --rename{again} gives the {'files' if asked.in_place else 'copies'} names that tell nothing.",
        )
    elif asked.in_place:
        _item(to, "The names of folders are as before.")
    if summary.beside:
        _item(
            to,
            "A video beside a photo, as phones keep the moving half of a Live Photo, is not cleaned: do not share it "
            f"({some(summary.beside, most=_MOST_NAMES)}).",
        )
    if others := summary.outcomes[Outcome.LEFT_OUT]:
        still = "still there as before" if asked.in_place else "not copied"
        _item(
            to,
            f"{count(others, 'other file')} {'is' if others == 1 else 'are'} {still}: documents, or side files (.xmp, "
            ".aae, .json), which may repeat what the photos told.",
        )
    _item(to, "The picture itself is as it was: what can be seen in it can still be seen.")
    _item(to, "Photos that you have already posted or sent: nothing here can call them back.")


def _item(to: Page, words: str) -> None:
    to.say(words, 2, first="-")


def _proof(to: Page, summary: Summary, asked: Asked) -> None:
    to.heading("What was proven of each copy" + ("" if asked.dry else ", before it got its name"))
    readers = "Pillow, ExifRead and ExifTool" if asked.exiftool else "Pillow and ExifRead"
    _item(to, "Each byte of it is from the original's picture, or was written by exposure.")
    _item(
        to,
        f"exposure read it again, byte by byte, and so did other programs as far as they can ({readers}): they found "
        "nothing that was not to stay.",
    )
    if asked.pixels:
        _item(to, "Its pixels are those of the original, and so is which way up it is shown.")
    for words, number in summary.proofs.most_common():
        copies = "1 copy" if number == 1 else f"{number:,} copies"
        _item(to, f"{'But of' if asked.pixels else 'Of'} {copies}: {sentence(words)}.")


def _next(to: Page, summary: Summary, asked: Asked) -> None:
    to.heading("What to do next")
    missing = summary.photos - summary.copies
    if missing:
        what, them = (
            ("1 file is", "it as it is") if missing == 1 else (f"{missing:,} files are", "them as they are")
        )
        to.say(f"{what} not clean: do not share {them}. The reasons are above.")
        to.say(
            "A photo that opens in a photo program can be exported from there as JPEG, and that can be cleaned."
        )
    if asked.dry:
        to.say(
            "To do it, give the same command without --dry-run, and with --to and a folder, or --in-place."
        )
    elif asked.in_place:
        _originals_moved(to, summary, asked)
    elif summary.copies:
        to.say("Look at the copies once more:")
        to.command(f"exposure scan {typed(asked.folder, 'DIR')}", 2)
        to.say("Then share those. Your originals are where they were, and tell what they always told.")
    if asked.private and asked.renamed and not asked.in_place:
        to.say("Which photo has which new name is noted in this folder, for you alone:")
        to.command(plain(asked.private, _LONGEST_PATH), 2)
        to.say("To have that forgotten:")
        to.command(f"exposure forget{_private(asked)}", 2)


def _originals_moved(to: Page, summary: Summary, asked: Asked) -> None:
    if not summary.outcomes[Outcome.CLEANED]:
        return
    to.say("The originals are now in this folder. They tell what they always told: keep it to yourself.")
    to.command(plain(asked.private, _LONGEST_PATH), 2)
    to.say("To put them back where they were:")
    to.command(f"exposure restore{_private(asked)}", 2)
    to.say("Where your photos are synced or backed up, older versions of them may still be there.")


def _private(asked: Asked) -> str:
    """The option that names the private place, for those who named one."""
    return f" --private {typed(asked.private, 'DIR')}" if asked.named else ""
