"""What a cleaning run comes to, for people: how many copies there are, which files have none and why, what stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from exposure.cleaning import Cleaned, Outcome
from exposure.reports._commands import typed
from exposure.reports._page import Page, page
from exposure.reports._words import capital, count, file_name, sentence, some, title, titles

_WORDS = {
    Outcome.CLEANED: "a clean copy was written and proven",
    Outcome.ALREADY: "nothing had to go: the copy is the file itself",
    Outcome.REFUSED: "there is no copy, because none can be proven clean",
    Outcome.FAILED: "there is no copy, because something went wrong; try again",
}
_DRY = {**_WORDS, Outcome.CLEANED: "a clean copy can be made and proven"}
_IN_PLACE = {
    **_WORDS,
    Outcome.CLEANED: "the clean copy has taken the original's place; the original was moved",
    Outcome.ALREADY: "nothing had to go: the file is as it was",
}
_MOST_NAMES = 3


@dataclass(slots=True)
class Summary:
    """Everything that is said at the end; of files that went well only counts are kept."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    proofs: Counter[str] = field(default_factory=Counter)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """Names of files, by the sentence that is said of them."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """Names of copies, by the rule that their names meet."""
    without: dict[tuple[Outcome, str], list[str]] = field(default_factory=dict)
    """Names of files that have no copy, by outcome and reason."""

    def take(self, one: Cleaned) -> None:
        self.outcomes[one.outcome] += 1
        self.kept.update(one.kept)
        if one.proof:
            self.proofs[one.proof] += 1
        for note in one.notes:
            self.notes.setdefault(note, []).append(one.name)
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


def tell(summary: Summary, asked: Asked, out: TextIO) -> None:
    """Write it all."""
    to = page(out)
    _counts(to, summary, asked)
    for (outcome, reason), names in sorted(summary.without.items()):
        _without(to, outcome, reason, names)
    if summary.copies:
        _stays(to, summary)
        _remains(to, summary, asked)
        _proof(to, summary, asked)
    _next(to, summary, asked)


def _counts(to: Page, summary: Summary, asked: Asked) -> None:
    if not summary.photos:
        to.say("There is no photo here that exposure could clean.", style="bold")
        return
    where = f" in {file_name(asked.folder)}" if asked.folder and summary.copies else ""
    made = (
        "clean copies can be made" if asked.dry else "clean now" if asked.in_place else "clean copies" + where
    )
    to.say(f"{count(summary.photos, 'file')}: {summary.copies:,} {made}", style="bold")
    to.say()
    words = _DRY if asked.dry else _IN_PLACE if asked.in_place else _WORDS
    for outcome, meaning in words.items():
        if summary.outcomes[outcome]:
            to.say(meaning, 24, first=f"{summary.outcomes[outcome]:>7,}  {outcome}")
    left = summary.outcomes[Outcome.LEFT_OUT]
    if left and not asked.in_place:
        to.say()
        to.say(
            f"{count(left, 'other file')} (documents, and side files such as .xmp, .aae and .json, which may repeat "
            "what the photos told) not copied."
        )
    elif left:
        to.say()
        to.say(
            f"{count(left, 'other file')} still beside the photos: side files such as .xmp, .aae and .json may repeat "
            "what the photos told. Do not share them."
        )


def _without(to: Page, outcome: Outcome, reason: str, names: list[str]) -> None:
    to.say()
    to.say(f"{sentence(reason)}:", 2, lead=f"{capital(outcome)}, because ")
    for name in names:
        to.say(file_name(name, to.width - 4), 4)


def _stays(to: Page, summary: Summary) -> None:
    if not summary.kept:
        return
    to.heading("What stays in the copies, on purpose")
    for words, number in summary.kept.most_common():
        to.say(f"{sentence(words)}: in {number:,} of {summary.copies:,}", 2, first="-")


def _remains(to: Page, summary: Summary, asked: Asked) -> None:
    if not summary.notes and not summary.names:
        return
    to.heading("What remains, and is for you to decide")
    for note, names in summary.notes.items():
        to.say(f"{sentence(note)} ({some(names, most=_MOST_NAMES)})", 2, first="-")
    known = titles()
    for rule, names in sorted(summary.names.items(), key=lambda item: -len(item[1])):
        to.say(f"{title(rule, known)}: {some(names, most=_MOST_NAMES)}", 2, first="-")
    if summary.names and not asked.renamed:
        to.say(
            "Names are seen by those who get the files: --rename gives the copies names that tell nothing.", 2
        )


def _proof(to: Page, summary: Summary, asked: Asked) -> None:
    to.heading("What was proven")
    copies = "Of every copy that can be made" if asked.dry else "Of every copy, before it got its name"
    pixels = " its pixels, and which way up it is shown, are those of the original;" if asked.pixels else ""
    to.say(
        f"{copies}: each byte is picture data of the original or comes from exposure; "
        f"a second look at every byte, and other programs' readers, found nothing else in it;{pixels} and no original "
        + (
            "is lost: each was moved to the place below."
            if asked.in_place and not asked.dry
            else "was touched."
        )
    )
    for words, number in summary.proofs.most_common():
        to.say(f"But of {count(number, 'copy') if number == 1 else f'{number:,} copies'}: {sentence(words)}.")


def _next(to: Page, summary: Summary, asked: Asked) -> None:
    to.heading("What to do next")
    if asked.private:
        what = "Your originals" if asked.in_place else "The list of old and new names"
        to.say(
            f"{what}: {file_name(asked.private, 200)}. Nobody but you needs that; keep it out of what you share."
        )
    if asked.in_place and summary.outcomes[Outcome.CLEANED]:
        to.say("To put the originals back:")
        where = f" --private {typed(asked.private, 'DIR')}" if asked.named else ""
        to.command(f"exposure restore{where}", 2)
    if summary.outcomes[Outcome.REFUSED] or summary.outcomes[Outcome.FAILED]:
        to.say("Leave the files without a copy out of what you share, or do first what is said beside them.")
    if asked.folder and summary.copies and not asked.dry:
        to.say("Look at the copies once more, then share those and not the originals:")
        to.command(f"exposure scan {typed(asked.folder, 'DIR')}", 2)
    to.say("This cleans copies that you control. It cannot call back copies that others already have.")
    to.say("And it leaves the picture as it is: what can be seen in it, can still be seen.")
