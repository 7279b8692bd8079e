"""The synthetic people themselves: the same for each seed, as varied as promised, and photographed as they lived."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exposure.collection import Collection
from exposure.model import Address, Claim, Confidence, Examination, Examined, Level, Place, Question
from tests import evaluate
from tests.people import disturbing, judging, person
from tests.people.devices import RIGHT
from tests.people.kinds import HOMELESS, KINDS, traits
from tests.people.noise import WORST
from tests.people.towns import borders, towns
from tests.people.truth import Home, Life, Shot, Site, Work, metres, moved, zone

SEEDS = range(50)
SLACK = 2.5
"""Kilometres that people stroll at one site and that two occasions there may be apart."""


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return [person(seed) for seed in SEEDS]


def pairs(lives: Iterable[Life]) -> Iterable[tuple[Examination, Shot]]:
    """Each photo that a camera wrote into, with how it came about."""
    for life in lives:
        shots = {s.name: s for s in life.truth.shots}
        for photo in life.photos:
            if photo.name in shots:
                yield photo, shots[photo.name]


def own(life: Life) -> list[Shot]:
    return sorted((s for s in life.truth.shots if s.holder >= 0), key=lambda s: (s.moment, s.name))


def written(photo: Examination) -> Place:
    return photo.facts.places[0]


def off(photo: Examination, shot: Shot) -> float:
    """Metres between what is written and what is true."""
    place = written(photo)
    assert place.latitude is not None and place.longitude is not None
    return metres(place.latitude, place.longitude, shot.latitude, shot.longitude)


# --- the same for each seed, and varied


def test_a_seed_is_one_life(lives: list[Life]) -> None:
    assert person(7) == lives[7]
    assert lives[7] != lives[8]


def test_a_seed_is_the_same_life_in_another_process() -> None:
    """Nothing depends on the order of sets of words, which differs between processes."""
    script = (
        "import zlib; from tests.people import person; life = person(5); "
        "print(zlib.crc32(str((life.photos, life.truth.shots, life.truth.trips, life.truth.homes)).encode()))"
    )
    root = Path(__file__).parent.parent.parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_every_kind_of_life_occurs() -> None:
    drawn = [traits(Random(seed)) for seed in range(1500)]
    assert {t.kind for t in drawn} == set(KINDS)
    flags = Counter(f for t in drawn for f in t.flags)
    assert set(flags) == {
        *("sparse", "prolific", "no positions", "camera", "wrong clock", "messenger", "others' camera"),
        *("captions", "people tags", "school words", "ends away", "gym", "market", "sunday parents"),
        *("far parents", "holiday house", "never at home", "private", "moved", "moved twice", "parent"),
        *("couple", "partner", "photographs at work"),
    }
    assert min(flags.values()) > 20


def test_amounts_are_as_uneven_as_those_of_people(lives: list[Life]) -> None:
    numbers = [t.photos for t in (traits(Random(seed)) for seed in range(1500))]
    assert 130 <= statistics.median(numbers) <= 270
    assert min(numbers) <= 5 and max(numbers) > 2000
    assert sum(n <= 30 for n in numbers) > 150 and sum(n >= 1000 for n in numbers) > 75
    assert all(3 <= len(life.photos) <= 4500 for life in lives)
    days = [max(len(h.days) for h in life.truth.homes) for life in lives if life.truth.homes]
    assert sum(d >= 10 for d in days) > 15 and sum(0 < d < 10 for d in days) > 5 and days.count(0) > 3


def test_the_places_are_all_over_the_world() -> None:
    """Every zone is one that the system knows, on both hemispheres and on both sides of ±180°."""
    everywhere = [*towns(), *(t for pair in borders() for t in pair)]
    assert all(zone(t.zone) and -90 < t.latitude < 90 and -180 < t.longitude < 180 for t in everywhere)
    assert sum(t.latitude < 0 for t in towns()) > 25
    assert any(t.longitude > 179 for t in towns()) and any(t.longitude < -175 for t in towns())
    assert any(t.latitude > 75 for t in towns()) and any(abs(t.latitude) < 0.1 for t in towns())
    offsets = {datetime(2024, 7, 1, tzinfo=zone(t.zone)).utcoffset() for t in towns()}
    assert len(offsets) > 25
    assert all(2 < Site("", *a[1:4]).metres(Site("", *b[1:4])) / 1000 < 40 for a, b in borders())


def test_homes_lie_across_the_date_line() -> None:
    west = moved(-16.8, 179.999, 0, 500)
    assert -180 <= west[1] < -179.99
    assert metres(-16.8, 179.999, *west) == pytest.approx(500, rel=1e-6)


# --- photos as people took them


def test_photos_show_what_decoders_would_find(lives: list[Life]) -> None:
    for photo, shot in pairs(lives):
        facts = photo.facts
        assert photo.examined is Examined.COMPLETE and not photo.findings
        assert [d.address.path for d in facts.devices] == ["EXIF:IFD0:Model"]
        taken = facts.times[0]
        assert (taken.kind, taken.address.path) == ("taken", "EXIF:Exif IFD:DateTimeOriginal")
        assert datetime.fromisoformat(taken.local).isoformat() == taken.local
        assert (taken.utc_offset is None) == (taken.offset_path is None)
        assert len(facts.places) == (shot.fix != "none")
        assert all(p.address.path == "EXIF:GPS IFD:GPSLatitude" for p in facts.places)


def test_names_are_unique_and_like_those_of_devices(lives: list[Life]) -> None:
    names = [photo.name for life in lives for photo in life.photos]
    for life in lives:
        assert len({p.name for p in life.photos}) == len(life.photos)
    for pattern in ("IMG_", "PXL_", "DSC", "-WA", "APPLE/", "Screenshot_"):
        assert any(pattern in name for name in names), pattern


def test_messenger_pictures_say_nothing(lives: list[Life]) -> None:
    taken = [{s.name for s in life.truth.shots} for life in lives]
    received = [
        p for life, known in zip(lives, taken, strict=True) for p in life.photos if p.name not in known
    ]
    assert len(received) > 50
    assert all(p.facts == Examination("", "", Examined.COMPLETE).facts for p in received)


def test_other_peoples_cameras_are_of_other_models(lives: list[Life]) -> None:
    seen = 0
    for life in lives:
        models = {(make.lower(), model) for make, model, _ in life.truth.devices}
        for photo, shot in pairs([life]):
            (device,) = photo.facts.devices
            theirs = ((device.make or "").lower(), device.model) not in models
            assert theirs == (shot.holder < 0)
            seen += theirs
        assert sum(s.holder < 0 for s in life.truth.shots) <= max(2, len(own(life)) // 4)
    assert seen > 50


def test_positions_are_off_as_those_of_phones_are(lives: list[Life]) -> None:
    good = sorted(off(p, s) for p, s in pairs(lives) if s.fix == "good")
    assert 5 <= statistics.median(good) <= 12
    assert 15 <= good[int(0.9 * len(good))] <= 50
    assert good[-1] <= WORST + 35  # and what whole seconds of arc take away


def test_error_radii_mean_what_they_say(lives: list[Life]) -> None:
    declared = [
        (off(p, s), written(p).accuracy_m, s.fix) for p, s in pairs(lives) if s.fix in ("good", "coarse")
    ]
    radii = [(error, radius, fix) for error, radius, fix in declared if radius is not None]
    assert sum(error <= 2 * radius for error, radius, _ in radii) > 0.95 * len(radii)
    assert {radius for _, radius, fix in radii if fix == "coarse"} >= {65.0, 2000.0}
    assert all(error <= 1.2 * radius + 50 for error, radius, fix in radii if fix == "coarse")
    assert all(radius < 65 for _, radius, fix in radii if fix == "good")


def test_every_failure_of_receivers_occurs(lives: list[Life]) -> None:
    fixes = Counter(s.fix for _, s in pairs(lives))
    assert set(fixes) == {"good", "coarse", "stale", "none", "zero"}
    stale = [off(p, s) for p, s in pairs(lives) if s.fix == "stale"]
    assert min(stale) > 100 and max(stale) > 1000
    assert all(
        (written(p).latitude, written(p).longitude) == (0, 0) for p, s in pairs(lives) if s.fix == "zero"
    )


def test_clocks_are_what_the_truth_says(lives: list[Life]) -> None:
    wrong: Counter[str] = Counter()
    for photo, shot in pairs(lives):
        true = shot.moment.astimezone(zone(shot.zone)).replace(tzinfo=None)
        difference = datetime.fromisoformat(photo.facts.times[0].local) - true
        assert (abs(difference) <= RIGHT + timedelta(seconds=1)) == (shot.clock == "right")
        if shot.clock == "wrong":
            wrong["years" if abs(difference) > timedelta(days=300) else "hours"] += 1
    assert wrong["years"] and wrong["hours"]


def test_offsets_are_those_of_the_place(lives: list[Life]) -> None:
    without = 0
    for photo, shot in pairs(lives):
        taken = photo.facts.times[0]
        without += taken.utc_offset is None
        if taken.utc_offset and shot.clock == "right":
            there = datetime.fromisoformat(taken.local + taken.utc_offset)
            assert abs(there - shot.moment) <= RIGHT + timedelta(seconds=1)
    assert without > 500


def test_nobody_is_faster_than_people_are(lives: list[Life]) -> None:
    """By the true places and times, device by device: 130 km/h, or 900 from 600 km on."""
    for life in lives:
        held: dict[int, list[Shot]] = defaultdict(list)
        for shot in own(life):
            held[shot.holder].append(shot)
        for shots in held.values():
            for one, other in pairwise(shots):
                far = metres(one.latitude, one.longitude, other.latitude, other.longitude) / 1000 - SLACK
                hours = (other.moment - one.moment).total_seconds() / 3600
                assert far <= hours * (900 if far > 600 else 130), (life.truth.seed, one, other)


def test_people_photograph_by_day_and_more_at_weekends(lives: list[Life]) -> None:
    local = [s.moment.astimezone(zone(s.zone)) for life in lives for s in own(life)]
    hours = Counter(t.hour for t in local)
    assert sum(hours[h] for h in range(1, 6)) < 0.04 * len(local)
    assert sum(hours[h] for h in range(17, 22)) > 0.25 * len(local)
    assert sum(t.weekday() > 4 for t in local) > 0.31 * len(local)


# --- what is true of them


def test_days_at_home_and_at_work_have_photos_there(lives: list[Life]) -> None:
    for life in lives:
        known = list(pairs([life]))
        lived: tuple[Home | Work, ...] = (*life.truth.homes, *life.truth.works)
        for place in lived:
            near = {
                s.day
                for p, s in known
                if s.counts
                and metres(
                    written(p).latitude or 0, written(p).longitude or 0, place.latitude, place.longitude
                )
                < 350
            }
            assert set(place.days) <= near
            assert all(place.since <= day <= place.until + timedelta(days=1) for day in place.days)


def test_only_travellers_have_no_home(lives: list[Life]) -> None:
    for life in lives:
        assert life.truth.has_home == (not life.truth.kinds & set(HOMELESS))
        if "never at home" in life.truth.kinds:
            assert not any(h.days for h in life.truth.homes)


def test_private_people_leave_a_hole_around_home(lives: list[Life]) -> None:
    private = [life for life in lives if "private" in life.truth.kinds]
    assert private
    for life in private:
        for photo, shot in pairs([life]):
            if shot.holder >= 0 and shot.fix in ("good", "coarse", "stale"):
                for home in life.truth.homes:
                    place = written(photo)
                    assert (
                        metres(place.latitude or 0, place.longitude or 0, home.latitude, home.longitude) > 199
                    )


def test_trips_are_nights_away_with_photos_on_their_days(lives: list[Life]) -> None:
    trips = [(life, trip) for life in lives for trip in life.truth.trips]
    assert {t.kind for _, t in trips} == {
        "holiday",
        "holiday house",
        "tour",
        "weekend",
        "business",
        "parents",
    }
    for life, trip in trips:
        assert trip.nights == (trip.until - trip.since).days
        assert all(trip.since <= d <= trip.until + timedelta(days=1) for d in trip.days), (
            life.truth.seed,
            trip,
        )
    assert sum(len(life.truth.telling_trips) for life in lives) > 40


def test_a_life_that_ends_on_a_trip_ends_away(lives: list[Life]) -> None:
    away = [life for life in lives if life.truth.ends_away]
    assert away
    for life in away:
        assert not own(life)[-1].label.startswith("home")


def test_moves_join_homes_that_followed_each_other(lives: list[Life]) -> None:
    moves = [m for life in lives for m in life.truth.moves]
    assert len(moves) > 5
    assert all(one.until < other.since for one, other in moves)
    assert all(metres(*one[:2], *other[:2]) > 400 for one, other in moves)


def test_routines_are_weekly(lives: list[Life]) -> None:
    routines = [r for life in lives for r in life.truth.routines if len(r.days) >= 4]
    assert len(routines) > 5
    for routine in routines:
        assert all(day.weekday() == routine.weekday for day in routine.days)


def test_some_children_go_to_a_school_that_captions_name(lives: list[Life]) -> None:
    schools = [life.truth.school for life in lives if life.truth.school]
    assert any(s.cue_days for s in schools) and any(s.days and not s.cue_days for s in schools)
    assert all(set(s.cue_days) <= set(s.days) for s in schools)


# --- the judge


def knowing(life: Life, north: float = 0.0, confidence: Confidence = Confidence.FIRM) -> list[judging.Told]:
    """What somebody would say who knew all, `north` metres off."""
    found = []
    truth = life.truth
    lived: list[tuple[str, Home | Work]] = [("likely-home", h) for h in truth.homes if h.days]
    lived += [("likely-work", w) for w in truth.works if w.days]
    for rule, place in lived:
        at = moved(place.latitude, place.longitude, north, 0)
        found.append(told(rule, (), Place(*at, None, None, Address("x")), confidence))
    for trip in truth.trips:
        names = [s.name for s in own(life) if s.day in trip.days and not s.label.startswith("home")]
        found.append(told("trips", tuple(names)))
    return found


def told(
    rule: str, names: tuple[str, ...], place: Place | None = None, sure: Confidence = Confidence.FIRM
) -> judging.Told:
    return judging.Told(Claim(rule, Level.HIGH, sure, Question.WHERE, "…", (), (), (), place), names)


def shares(lives: Iterable[Life], monkeypatch: pytest.MonkeyPatch, **how: Any) -> dict[str, float]:
    """The share of hits in each row when `knowing` speaks for every life."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for life in lives:
        monkeypatch.setattr(judging, "told", lambda photos, today, life=life: knowing(life, **how))
        for score in judging.judged(life):
            hits[score.row].append(score.hit)
    return {row: sum(each) / len(each) for row, each in hits.items()}


def test_who_knows_all_meets_every_bar(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    found = shares(lives, monkeypatch)
    rows = (
        "home right",
        "home found",
        "home not missed",
        "work right",
        "work found",
        "trip found",
        "move found",
    )
    assert {row: found[row] for row in rows} == dict.fromkeys(rows, 1.0)
    assert found["home without"] == found["home unseen"] == found["work without"] == 0.0


def test_who_is_300_m_off_meets_none(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    found = shares(lives, monkeypatch, north=300.0)
    assert found["home right"] < 0.2 and found["work right"] < 0.2
    assert found["home found"] < 0.2 and found["work not missed"] < 0.2 and found["move found"] < 0.2


def test_possible_is_not_likely(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    found = shares(lives, monkeypatch, confidence=Confidence.TENTATIVE)
    assert found["home found"] == 0.0 and found["home not missed"] == 1.0
    assert found["home possible"] == 1.0 and "home right" not in found and "few home" not in found


def test_too_few_days_are_counted(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who knows all says likely from a single day, which must be held against them."""
    found = shares(lives, monkeypatch)
    assert 0 < found["few home"] < 1
    assert found["four home"] > 0.7


def test_a_trip_takes_two_of_its_days_and_no_evenings_at_home(lives: list[Life]) -> None:
    life, trip = next((li, t) for li in lives for t in li.truth.telling_trips if li.truth.telling_homes)
    shots = [s for s in own(life) if s.day in trip.days and not s.label.startswith("home")]
    one_day = [s for s in shots if s.day == shots[0].day]
    at_home = [s for s in own(life) if s.label.startswith("home")]
    assert judging.is_found(trip, shots, life.truth)
    assert not judging.is_found(trip, one_day, life.truth)
    assert not judging.is_found(trip, shots[:1] + at_home + shots[-1:], life.truth)


# --- disturbances


@pytest.fixture(scope="module")
def ordinary(lives: list[Life]) -> Life:
    return next(life for life in lives if disturbing.fit(life) and len(life.photos) < 400)


def watched(monkeypatch: pytest.MonkeyPatch, life: Life, name: str) -> tuple[list[Examination], Counter[str]]:
    """What the inferences were last shown, and the outcome, when every photo's place is said to be a home."""
    shown: list[Examination] = []

    def saying(photos: Iterable[Examination], today: str) -> list[judging.Told]:
        shown[:] = photos
        return [told("likely-home", (p.name,), p.facts.places[0]) for p in shown if p.facts.places]

    monkeypatch.setattr(disturbing, "told", saying)
    outcome = disturbing.DISTURBANCES[name].measure(life, Random(3))
    return shown, outcome


def places(photos: Iterable[Examination]) -> Counter[object]:
    return Counter(p.facts.places for p in photos)


def test_shuffling_leaves_every_time_and_every_place(ordinary: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, outcome = watched(monkeypatch, ordinary, "times")
    assert places(shown) == places(ordinary.photos)
    assert [p.facts.times for p in shown] == [p.facts.times for p in ordinary.photos]
    moved_away = sum(a.facts.places != b.facts.places for a, b in zip(shown, ordinary.photos, strict=True))
    assert moved_away > len(shown) / 3
    assert outcome["likely-home"] == sum(bool(p.facts.places) for p in shown)


@pytest.mark.parametrize("name", ["world", "town"])
def test_scattering_moves_every_photo(ordinary: Life, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shown, outcome = watched(monkeypatch, ordinary, name)
    for before, after in zip(ordinary.photos, shown, strict=True):
        assert before.facts.times == after.facts.times
        assert bool(before.facts.places) == bool(after.facts.places)
        assert not before.facts.places or before.facts.places != after.facts.places
    assert outcome.total() > 0


def test_another_owner_brings_photos_and_serial_numbers(
    ordinary: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, outcome = watched(monkeypatch, ordinary, "owner")
    theirs = [p for p in shown if p.name.startswith("from a friend/")]
    assert theirs and shown[: len(ordinary.photos)] == list(ordinary.photos)
    assert all([i.kind for i in p.facts.identifiers] == ["serial"] for p in theirs)
    assert outcome["likely-home"] == 1


def test_order_changes_the_order_alone(ordinary: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, outcome = watched(monkeypatch, ordinary, "order")
    assert shown != list(ordinary.photos)
    assert sorted(p.name for p in shown) == sorted(p.name for p in ordinary.photos)
    assert not outcome


def test_a_shift_moves_claims_along(ordinary: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, outcome = watched(monkeypatch, ordinary, "shift")
    assert places(shown) != places(ordinary.photos)
    assert not outcome


def test_a_shift_notices_claims_that_stay(ordinary: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    still = told("likely-home", (), Place(1.0, 2.0, None, None, Address("x")))
    monkeypatch.setattr(disturbing, "told", lambda photos, today: list(photos) and [still])
    assert any(
        disturbing.DISTURBANCES["shift"].measure(ordinary, Random(n))["likely-home"] for n in range(20)
    )


# --- the command


def test_the_inferences_see_what_is_shown(ordinary: Life) -> None:
    """The judge shows the photos to the real inferences: each claim's photos have names of the collection."""
    names = {p.name for p in ordinary.photos}
    collection = Collection(ordinary.today)
    for photo in ordinary.photos:
        collection.add(photo)
    assert set(collection.names) == names
    assert all(set(one.names) <= names for one in judging.told(ordinary.photos, ordinary.today))


def test_the_command_prints_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    code = evaluate.main(["--seeds", "0:3", "--shuffles", "1", "--jobs", "1", "--failures"])
    shown = capsys.readouterr().out
    assert shown.startswith("3 synthetic people with ")
    assert all(f"| {bar.title} |" in shown for bar in judging.BARS.values())
    assert all(f"| {row.title} |" in shown for row in disturbing.DISTURBANCES.values())
    assert code == ("**no**" in shown or "no such inference" in shown)


def test_a_rule_that_does_not_exist_meets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "rules", lambda: frozenset({"likely-home"}))
    scores = [
        judging.Score("home right", True, 0, frozenset()),
        judging.Score("work right", True, 0, frozenset()),
    ]
    lines, met = evaluate.claims_table(scores)
    assert not met
    assert next(li for li in lines if "likely home: within" in li).endswith(
        "| 1 / 1 | 100.0% | at least 95% | yes |"
    )
    assert next(li for li in lines if "likely work: within" in li).endswith(
        "| no such inference: likely-work |"
    )
