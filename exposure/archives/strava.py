"""Strava: activities with their names, descriptions and photos. The tracks themselves are not read.

``activities.csv`` names some columns twice; the first five stand in the same order in every language. `Media` holds the
paths of an activity's photos with a stroke between them, ``media.csv`` their captions. Dates are in UTC. No column
says who sees an activity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from exposure.archives._kit import Files, Wanted, address, inventory
from exposure.archives._media import Media
from exposure.archives._months import spelled
from exposure.archives._records import moment, rows
from exposure.model import Examination, Fact, Facts, Text
from exposure.plugins import Archive, Item
from exposure.post import Link, Post
from exposure.stores import Store

_ACTIVITIES = re.compile(r"(?:.*/)?activities\.csv")
_TRACK = re.compile(r"(?:.*/)?(?:activities|routes)/[^/]+\.(?:fit|gpx|tcx)(?:\.gz)?", re.IGNORECASE)
_DATES = (
    "%b %d, %Y, %I:%M:%S %p",
    "%B %d, %Y, %I:%M:%S %p",
    "%d %b %Y, %H:%M:%S",
    "%b %d, %Y, %H:%M:%S",
    "%d.%m.%Y, %H:%M:%S",
)
_BETWEEN = re.compile(r"[|;]|,(?=\s*media/)")
_FIRST = ("Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description")
_OWN_LISTS = re.compile(
    r"(?:.*/)?(?:activities|applications|bikes|blocks|challenges|clubs|comments|components|connected_apps|contacts|email_\w+"
    r"|events|favorites|flags|followers|following|general_preferences|global_challenges|goals|group_challenges|local_legend\w*"
    r"|logins|media|memberships|messaging|metering|mobile_device\w*|orders|partner_opt_outs|posts|privacy_zones|profile"
    r"|reactions|routes|segments|shoes|social_settings|starred_routes|starred_segments|support_tickets|visibility_settings)"
    r"\.(?:csv|json|txt)"
)
_NO_AUDIENCE = "This archive does not say who sees an activity: Strava shows it on each one's page."


def recognise(store: Store) -> bool:
    """By the table of activities, with the profile or the tracks beside it."""
    for name in store.names:
        if _ACTIVITIES.fullmatch(name):
            home = name.removesuffix("activities.csv")
            return store.has(f"{home}profile.csv") or any(
                n.startswith(home) and _TRACK.fullmatch(n) for n in store.names
            )
    return False


def items(store: Store) -> Iterator[Item]:
    """Each activity with its photos; then the files of none."""
    files, media = Files(store), Media(store)
    captions: dict[str, str] = {}
    problems: list[Examination] = []
    for name in store.names:
        if PurePosixPath(name).name == "media.csv":
            problems += _captions(store, name, captions)
    yield from problems
    ids: Counter[str] = Counter()
    unclear = undated = 0
    for name in store.names:
        if not _ACTIVITIES.fullmatch(name):
            continue
        for row in rows(store, name):
            if isinstance(row, Examination):
                yield row
            elif not (id := _cell(row, 0)):
                unclear += any(row.values())
            else:
                ids[id] += 1
                paths = _paths(row)
                post = _post(name, row, id if ids[id] == 1 else f"{id}-{ids[id]}", captions, paths)
                undated += not post.posted
                yield from files.with_post(post, [found for path in paths if (found := media.find(path))])
    yield from files.rest()
    own = [name for name in store.names if _OWN_LISTS.fullmatch(name)]
    yield inventory(STRAVA, store, own, [_NO_AUDIENCE, *_notes(store, unclear, undated), *media.notes()])


def _captions(store: Store, name: str, captions: dict[str, str]) -> list[Examination]:
    """Of each photo by its path; what could not be read of the table is given back."""
    problems = []
    for row in rows(store, name):
        if isinstance(row, Examination):
            problems.append(row)
        elif len(row) > 1:
            path, words, *_ = row.values()
            if words.strip():
                captions[path.strip()] = words.strip()
    return problems


def _cell(row: Mapping[str, str], place: int) -> str:
    """One of the first five columns, by its name or, in another language, by its place."""
    named = row.get(_FIRST[place])
    if named is None and not any(name in row for name in _FIRST):
        named = next((value for at, value in enumerate(row.values()) if at == place), "")
    return (named or "").strip()


def _paths(row: Mapping[str, str]) -> list[str]:
    """The photos of an activity; in another language the column is known by what stands in it."""
    cell = row.get("Media")
    if cell is None:
        cell = next((value for value in row.values() if value.startswith("media/")), "")
    return [path for each in _BETWEEN.split(cell) if (path := each.strip().strip('"'))]


def _post(file: str, row: Mapping[str, str], id: str, captions: Mapping[str, str], paths: list[str]) -> Post:
    wanted = Wanted("Strava", file)
    number = _cell(row, 0)
    note = (row.get("Activity Private Note") or "").strip()
    return Post(
        "strava",
        id,
        posted=moment(_cell(row, 1), *_DATES) or moment(spelled(_cell(row, 1))),
        link=Link(f"https://www.strava.com/activities/{number}", "constructed")
        if number.isdecimal()
        else Link(),
        facts=Facts.sorted(_facts(wanted, row, [captions[path] for path in paths if path in captions])),
        stored=Facts.sorted(
            [Text("comment", note, address(wanted, "Activity Private Note"))] if note else []
        ),
    )


def _facts(wanted: Wanted, row: Mapping[str, str], captions: list[str]) -> Iterator[Fact]:
    if words := "\n".join(filter(None, (_cell(row, 2), _cell(row, 4)))):
        yield Text("caption", words, address(wanted, "Activity Name"))
    for caption in captions:
        yield Text("caption", caption, address(wanted, "Media Caption"))


def _notes(store: Store, unclear: int, undated: int) -> Iterator[str]:
    tracks = sum(_TRACK.fullmatch(name) is not None for name in store.names)
    if tracks:
        yield (
            f"Tracks of activities and routes, which were not read: {tracks}. A track that others can see shows "
            "every street you took, and often your door: look at the map visibility in Strava's privacy settings."
        )
    if undated:
        yield f"Activities with a date in a form that is not understood: {undated}."
    if unclear:
        yield f"Lines of the table of activities that are none, and were left out: {unclear}."


STRAVA = Archive("strava", "Strava", recognise, items)
