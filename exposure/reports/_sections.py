"""The sections of the report for people, most urgent first. Each thing is told once, with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from exposure.model import CollectionFinding, Confidence, Depth, Level, Question
from exposure.plugins import Heading
from exposure.reports._gathered import MOST_PROBLEMS, Gathered, Group
from exposure.reports._page import Page
from exposure.reports._words import QUESTIONS, SURENESS, count, file_name, sentence, some, title, titles
from exposure.text import length, plain, rounded

STYLES = {
    Level.CRITICAL: "bold white on red",
    Level.HIGH: "bold red",
    Level.MEDIUM: "bold yellow",
    Level.LOW: "cyan",
    Level.INFO: "dim",
}

_MOST_OF_A_KIND = 3
_NAME = 36
"""Room that a file's name has at least."""

_INDENT = 10
"""Room for the longest level word and two blanks."""

_CANNOT_SEE = (
    "What the picture itself shows: people and programs can recognise a view, a street or a room.",
    "Faces. exposure never looks at them; others do.",
    "Reflections, uniforms, name badges, signs and number plates.",
    "The faint noise that a camera's sensor leaves, which may tie pictures to one camera.",
    "Copies that you have already posted or sent: nothing here can call them back.",
)

_MEANWHILE = (
    "This version cannot write clean copies yet. Until it can: when you share from a phone, open the options of "
    "the share sheet and leave out the location, and do not upload or send the original file. That takes away "
    "the place, not everything else that is listed here."
)


_Told = CollectionFinding | Group


def sections(to: Page, gathered: Gathered, collection: Sequence[CollectionFinding], heading: Heading) -> None:
    """Everything below the report's head."""
    known = titles()
    if gathered.photos:
        _in_short(to, gathered, collection, known)
        _what_matters(to, gathered, collection, known, heading.reveal)
        _smaller_things(to, gathered, collection, known)
        _worst_photos(to, gathered, known)
    _not_examined(to, gathered)
    _cannot_see(to, gathered, heading)
    _what_next(to, gathered)


def _in_short(
    to: Page, gathered: Gathered, collection: Sequence[CollectionFinding], known: dict[str, str]
) -> None:
    """The five questions, each with its worst answer."""
    to.heading("In short")
    if not gathered.groups and not collection:
        to.say("Nothing was found in what exposure can read. That does not mean that these photos are safe.")
        return
    for question, words in QUESTIONS.items():
        found = sorted((x for x in _told(gathered, collection) if x.question is question), key=_urgency)
        to.say(words)
        if not found:
            to.say("nothing found in what could be read", 2 + _INDENT, style="dim")
            continue
        kinds = dict.fromkeys((x.level, x.rule) for x in found)
        worst = found[0].level
        names = [title(rule, known) for level, rule in kinds if level == worst]
        rest = len(kinds) - len(names[:3])
        more = f", and {count(rest, 'other thing')}" if rest else ""
        to.say("; ".join(names[:3]) + more, 2 + _INDENT, first=_word(worst, 2))


def _what_matters(
    to: Page,
    gathered: Gathered,
    collection: Sequence[CollectionFinding],
    known: dict[str, str],
    reveal: bool,
) -> None:
    """Critical, high and medium in full, under the question they answer; the question with the worst first."""
    told = [x for x in _told(gathered, collection) if x.level >= Level.MEDIUM]
    if not told:
        return
    to.heading("What matters most")
    worst: dict[Question, Level] = {}
    for each in told:
        worst[each.question] = max(each.level, worst.get(each.question, Level.INFO))
    for question in sorted(worst, key=lambda q: (-worst[q], list(QUESTIONS).index(q))):
        to.say()
        to.say(QUESTIONS[question], style="bold")
        here = sorted((x for x in told if x.question is question), key=_urgency)
        _tell_inferences(to, [x for x in here if isinstance(x, CollectionFinding)], known, reveal)
        for each in here:
            if isinstance(each, Group):
                _tell_group(to, each, known)


def _told(gathered: Gathered, collection: Sequence[CollectionFinding]) -> list[_Told]:
    return [*collection, *gathered.groups.values()]


def _urgency(found: _Told) -> tuple[int, int, int, str]:
    photos = found.photos if isinstance(found, Group) else len(found.evidence)
    return -found.level, -found.confidence, -photos, found.rule


def _tell_group(to: Page, group: Group, known: dict[str, str]) -> None:
    to.say()
    to.say(
        Text.assemble((title(group.rule, known), "bold"), _sure(group.confidence, group.photos)),
        _INDENT,
        first=_word(group.level),
    )
    to.say(sentence(group.message), _INDENT)
    to.say(Text.assemble(("What to do: ", "bold"), sentence(group.remedy)), _INDENT)
    if group.reason:
        to.say(f"Why it is {group.level.word}: {sentence(group.reason)}", _INDENT)
    if group.examples:
        to.say("For example:", _INDENT)
    for name, value in group.examples:
        room = to.width - _INDENT - 2 - len(value) - 2
        shown = file_name(name, max(room, _NAME))
        to.say(f"{shown}: {value}" if value else shown, _INDENT + 2, style="dim")


def _tell_inferences(
    to: Page, found: Sequence[CollectionFinding], known: dict[str, str], reveal: bool
) -> None:
    """The first few of each kind in full, and how many more there are."""
    kinds = Counter(each.rule for each in found)
    told: Counter[str] = Counter()
    for each in found:
        told[each.rule] += 1
        if told[each.rule] <= _MOST_OF_A_KIND:
            _tell_inference(to, each, known, reveal)
    for rule, number in kinds.items():
        if number > _MOST_OF_A_KIND:
            to.say()
            to.say(f"and {number - _MOST_OF_A_KIND:,} more like “{title(rule, known)}”", _INDENT)


def _tell_inference(to: Page, found: CollectionFinding, known: dict[str, str], reveal: bool) -> None:
    to.say()
    to.say(
        Text.assemble(
            (title(found.rule, known), "bold"), _sure(found.confidence, len(found.evidence), "from ")
        ),
        _INDENT,
        first=_word(found.level),
    )
    to.say(sentence(found.message), _INDENT)
    if (where := _spot(found, reveal)) is not None:
        to.say(f"Where: {where}", _INDENT)
    if found.why:
        to.say(f"Why a stranger would think so: {sentence('; '.join(found.why))}", _INDENT)
    if found.could_be_wrong_if:
        to.say(f"It could be wrong if: {sentence('; '.join(found.could_be_wrong_if))}", _INDENT)
    if found.fix:
        these = "this photo" if len(found.fix) == 1 else f"these {len(found.fix):,} photos"
        after = f" After that: {sentence(found.after)}" if found.after else ""
        fix = f"Begin with {these}: {some(found.fix, _NAME)}.{after}"
        to.say(Text.assemble(("What to do: ", "bold"), fix), _INDENT)


def _spot(found: CollectionFinding, reveal: bool) -> str | None:
    """A place in words, masked unless `reveal`; None when there is none."""
    place = found.place
    if place is None:
        return None
    parts = []
    if place.name:
        parts.append(plain(place.name) if reveal else f"a name of {length(place.name)}")
    if place.latitude is not None and place.longitude is not None:
        degrees = (place.latitude, place.longitude)
        parts.append(
            f"{degrees[0]:.6f}, {degrees[1]:.6f}"
            if reveal
            else f"{rounded(degrees[0])}, {rounded(degrees[1])}"
        )
    if reveal and found.radius_m is not None:
        parts.append(f"within {found.radius_m:.0f} m")
    return (", ".join(parts) or "a place") + ("" if reveal else " (masked)")


def _smaller_things(
    to: Page, gathered: Gathered, collection: Sequence[CollectionFinding], known: dict[str, str]
) -> None:
    """Low and info: one line each, and why, where context moved them there."""
    small = sorted((x for x in _told(gathered, collection) if x.level < Level.MEDIUM), key=_urgency)
    if not small:
        return
    to.heading("Smaller things")
    for each in small:
        photos = each.photos if isinstance(each, Group) else len(each.evidence)
        to.say(f"{title(each.rule, known)}{_sure(each.confidence, photos)}", _INDENT, first=_word(each.level))
        if isinstance(each, Group) and each.reason:
            to.say(sentence(each.reason), _INDENT, style="dim")


def _worst_photos(to: Page, gathered: Gathered, known: dict[str, str]) -> None:
    if gathered.photos < 2 or not gathered.worst:
        return
    to.heading("Photos to look at first")
    for number, photo in enumerate(sorted(gathered.worst, reverse=True), 1):
        to.say(file_name(photo.name, to.width - 4), 4, first=f"{number:2}.")
        line = Text()
        for level in sorted({level for level, _ in photo.rules}, reverse=True):
            names = [title(rule, known) for at, rule in photo.rules if at == level]
            line.append("; " if line.plain else "").append(level.word, STYLES[level])
            line.append(f": {', '.join(names)}")
        if more := photo.findings - len(photo.rules):
            line.append(f"; and {more:,} more")
        to.say(line, 4)


def _not_examined(to: Page, gathered: Gathered) -> None:
    if not (gathered.unread or gathered.media or gathered.other_files):
        return
    to.heading("Could not be examined")
    for name, why in gathered.problems:
        to.say(f"{file_name(name, to.width - 3)}: {why}", 2)
    if (more := gathered.unread - MOST_PROBLEMS) > 0:
        to.say(f"and {more:,} more", 2)
    if gathered.media:
        kinds = ", ".join(f"{plain(kind)} ({number:,})" for kind, number in sorted(gathered.media.items()))
        files = sum(gathered.media.values())
        to.say(f"{count(files, 'file')} of a kind that is not read yet: {kinds}. They may hold as much.", 2)
    if gathered.other_files:
        to.say(f"Left aside, being no photos: {count(gathered.other_files, 'other file')}.", 2)


def _cannot_see(to: Page, gathered: Gathered, heading: Heading) -> None:
    to.heading("What exposure cannot see")
    for line in _CANNOT_SEE:
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


def _what_next(to: Page, gathered: Gathered) -> None:
    to.heading("What to do next")
    worst = max(gathered.groups.values(), key=lambda g: (g.level, g.photos), default=None)
    for command, words in (
        ("exposure show FILE", "everything that is in one file"),
        (f"exposure rules {worst.rule if worst else 'ID'}", "what a finding means, and what helps"),
        ("exposure scan --reveal FOLDER", "this report with the values in full"),
    ):
        to.say(words, 40, first=Text("  " + plain(command), "bold"))
    to.say()
    to.say(_MEANWHILE)


def _word(level: Level, indent: int = 0) -> Text:
    return Text(" " * indent).append(level.word.upper(), STYLES[level])


def _sure(confidence: Confidence, photos: int, begin: str = "in ") -> str:
    """``, likely, in 12 photos``"""
    sure = SURENESS[confidence]
    return (f", {sure}" if sure else "") + (f", {begin}{count(photos, 'photo')}" if photos else "")
