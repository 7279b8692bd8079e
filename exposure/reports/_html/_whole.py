"""Everything that is told of all photos together, once they have passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exposure.model import CollectionFinding, Confidence, Examined, Level
from exposure.plugins import Heading
from exposure.post import Inventory
from exposure.reports import _inventories
from exposure.reports._advice import cannot_see, not_examined, what_next
from exposure.reports._first import before_plan, beside_plan
from exposure.reports._head import head
from exposure.reports._html import _cards, _links, _maps, _times
from exposure.reports._html._answers import Answering
from exposure.reports._html._inert import inert
from exposure.reports._html._page import rendered
from exposure.reports._html._passed import Passed
from exposure.reports._html._rows import Area, Row
from exposure.reports._html._said import Passage, Said, Section
from exposure.reports._html._values import in_words
from exposure.reports._posts import ACTIONS, GROUPS, staying
from exposure.reports._words import PLAN, SURENESS, WHAT_LEVELS_MEAN, WHAT_WORDS_MEAN, count, listed, titles
from exposure.text import plain

_STATES = {
    Examined.COMPLETE: "nothing found",
    Examined.BOUNDED: "nothing found",
    Examined.PARTIAL: "read in part",
    Examined.NONE: "not read",
}
"""What is said of a photo without findings."""

_MOST_NAMED_AREAS = 1_000
"""Areas that get a name, those with most photos first; it takes a millisecond or two each."""


def whole(
    passed: Passed,
    heading: Heading,
    together: Sequence[CollectionFinding],
    archives: Sequence[Inventory] = (),
) -> Iterator[str]:
    """What follows after the rows, piece by piece."""
    known = titles()
    rows = passed.numbers(_named(passed, together))
    answering = Answering(passed.gathered, passed.full, passed.collection, heading, known, rows)
    first = [answering.answer(found) for found in together if found.rule == PLAN]
    others = [found for found in together if found.rule != PLAN]
    questions = answering.questions(others)
    areas = _maps.areas(passed.collection)
    names = _area_names(passed, areas)
    yield "\n]</script>\n"
    if passed.cards:
        yield from _post_rows(passed)
    yield from _data(passed, names, answering.sets, known, heading)
    yield rendered(
        "page.html",
        heading=heading,
        opening=_opening(passed, heading, archives),
        unshared=heading.settings.context.audience == "not-shared-yet",
        levels_mean=WHAT_LEVELS_MEAN,
        words_mean=WHAT_WORDS_MEAN,
        first=first,
        before=before_plan(together, known),
        beside=beside_plan(passed.gathered, together, heading),
        questions=questions,
        world=_maps.world(areas),
        closer=_maps.closer(areas),
        timeline=_times.timeline(passed.collection),
        week=_times.week(passed.collection),
        links=_links.links(passed.collection, passed.cameras, heading.reveal),
        worst=[_listed(row, passed, names, known) for row in passed.worst()],
        photos=passed.photos,
        levels=[level.word for level in sorted(Level, reverse=True)],
        rules=_rules(passed, known),
        maps=_maps,
        times=_times,
        graph=_links,
        closing=_closing(passed, heading, others),
        **_of_posts(passed, archives),
    )


def _of_posts(passed: Passed, archives: Sequence[Inventory]) -> dict[str, Any]:
    """What the template needs to know of posts and their archives."""
    return {
        "posts": passed.gathered.posts,
        "counted": _counted(passed),
        "cards": passed.cards.first(),
        "stays": staying({service: some for service, some in passed.cards.services.items() if some}),
        "groups": list(GROUPS.items()),
        "services": sorted(passed.cards.services),
        "actions": list(ACTIONS.values()),
        "links_out": passed.cards.links,
        "archives": [
            {"title": _inventories.title(a), "rows": _inventories.rows(a), "notes": _inventories.notes(a)}
            for a in archives
        ],
    }


def _counted(passed: Passed) -> str:
    """``60 posts: 28 to do, 4 already not public``"""
    posts = passed.gathered.posts
    told = [f"{posts.groups[id]:,} {words.lower()}" for id, words in GROUPS.items() if posts.groups[id]]
    return f"{count(posts.number, 'post')}: {listed(told)}."


def _post_rows(passed: Passed) -> Iterator[str]:
    """One a line, for the script."""
    yield '<script type="application/json" id="post-rows">[\n'
    for number, row in enumerate(passed.cards.rows()):
        yield (",\n" if number else "") + row
    yield "\n]</script>\n"


def _opening(passed: Passed, heading: Heading, archives: Sequence[Inventory]) -> list[Passage]:
    said = Said()
    head(said, passed.gathered, heading, archives, names=False)  # the page is masked until it is switched
    return said.sections[0].passages


def _closing(passed: Passed, heading: Heading, others: Sequence[CollectionFinding]) -> list[Section]:
    """What could not be read, what exposure cannot see, what to do next."""
    said = Said()
    not_examined(said, passed.gathered)
    cannot_see(said, passed.gathered, heading)
    what_next(said, passed.gathered, others, heading)
    return said.sections[1:]


def _named(passed: Passed, together: Sequence[CollectionFinding]) -> Iterator[str]:
    """Every photo that is named with a finding."""
    for found in together:
        yield from found.evidence
        yield from found.fix
    for group in passed.gathered.groups.values():
        yield from (name for name, _ in group.examples if not group.of_posts)


def _area_names(passed: Passed, areas: Mapping[Area, int]) -> list[str]:
    """Every area of the list in degrees, and most of them in words."""
    named = {area for area, _ in sorted(areas.items(), key=lambda item: -item[1])[:_MOST_NAMED_AREAS]}
    names = []
    for area in passed.rows.areas:
        north, east = area.north / 10, area.east / 10
        words = in_words(north, east) if area in named else ""
        names.append(f"{words} ({north}, {east})" if words else f"{north}, {east}")
    return names


def _data(
    passed: Passed, areas: list[str], sets: list[list[int]], known: Mapping[str, str], heading: Heading
) -> Iterator[str]:
    """What the rows share, for the script."""
    shared = {
        "columns": Row._fields,
        "words": passed.rows.words.all(),
        "areas": [plain(area) for area in areas],
        "sets": sets,
        "titles": known,
        "levels": [level.word for level in Level],
        "sure": [SURENESS[confidence] for confidence in Confidence],
        "examined": [each.value for each in Examined],
        "reveal": heading.reveal,
    }
    if passed.cards:
        shared["posts"] = _cards.named()
    yield f'<script type="application/json" id="shared">{inert(shared)}</script>\n'


def _rules(passed: Passed, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every rule that found something, by its title."""
    rules = {group.rule for group in passed.gathered.groups.values() if not group.of_posts}
    return sorted(((plain(rule), known.get(rule, plain(rule))) for rule in rules), key=lambda r: r[1])


def _listed(row: Row, passed: Passed, areas: list[str], known: Mapping[str, str]) -> dict[str, Any]:
    """One of the worst photos as the list shows it without the script."""
    words = passed.rows.words.all()

    def said(shared: int | str) -> str:
        return words[shared] if isinstance(shared, int) else shared

    levels = [finding[1] for finding in row.findings]
    worst = Level(max(levels)).word if levels else ""
    return {
        "name": row.name,
        "taken": row.taken[:16],
        "offset": row.offset,
        "area": areas[row.area] if row.area >= 0 else "",
        "camera": said(row.camera),
        "worst": worst,
        "state": (row.media and "not read") or _STATES[list(Examined)[row.examined]],
        "found": [known.get(said(f[0]), said(f[0])) for f in row.findings],
    }
