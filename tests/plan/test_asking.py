from __future__ import annotations

from random import Random

import pytest

from exposure.collection import Collection
from exposure.model import Claim, Level, Question
from exposure.plan import _asking
from exposure.plan._asking import asking, restricted
from exposure.plan._outings import outings, repeats
from exposure.plugins import Inference
from tests.make.examinations import EVERY_FACT, examination
from tests.people import person
from tests.plan.sets import gathered, photo


def test_a_smaller_collection_has_every_column() -> None:
    """Also those that somebody adds later."""
    collection = Collection("2026-11-22")
    for each in (*person(1).photos, examination("all.jpg", facts=EVERY_FACT)):
        collection.add(each)
    same = restricted(collection, range(len(collection)))
    for column in Collection.__slots__:
        if not column.startswith("_"):
            assert repr(getattr(same, column)) == repr(getattr(collection, column)), column


def test_a_smaller_collection_says_the_same_of_each_photo() -> None:
    collection = Collection()
    for each in person(1).photos:
        collection.add(each)
    numbers = sorted(Random(1).sample(range(len(collection)), 40))
    few = restricted(collection.without(numbers[:3]), numbers)
    assert [few.names[n] for n in range(40)] == [collection.names[n] for n in numbers]
    for number, old in enumerate(numbers[3:], 3):
        assert list(few.marks_of(number)) == list(collection.marks_of(old))
        assert list(few.people_of(number)) == list(collection.people_of(old))
    assert few.left_out == {0, 1, 2}


def test_every_photo_is_in_one_visit() -> None:
    collection = Collection()
    for each in person(2).photos[:400]:
        collection.add(each)
    every = outings(collection)
    assert sorted(p for outing in every for p in outing) == list(range(len(collection)))


def test_what_is_far_or_later_is_another_visit() -> None:
    photos = [
        photo("a.jpg", 0, 10),
        photo("b.jpg", 0, 10.4, (60, 0)),
        photo("no place.jpg", 0, 10.5, None),
        photo("far.jpg", 0, 10.6, (300, 0)),
        photo("later.jpg", 0, 11.2, (300, 0)),
        examination("no time.jpg", facts=()),
    ]
    collection = gathered(photos)
    names = [[collection.names[p] for p in outing] for outing in outings(collection)]
    assert names == [["no time.jpg"], ["a.jpg", "b.jpg", "no place.jpg"], ["far.jpg"], ["later.jpg"]]


def test_only_what_says_nothing_new_repeats() -> None:
    photos = [
        photo("a.jpg", 0, 10),
        photo("b.jpg", 0, 10.01, (3, 0)),
        photo("steps away.jpg", 0, 10.02, (50, 0)),
    ]
    photos += [photo("no place.jpg", 0, 10.03, None), photo("much later.jpg", 0, 10.3, (50, 0))]
    collection = gathered(photos)
    found = repeats(collection, outings(collection))
    assert [collection.names[p] for p in sorted(found)] == ["b.jpg"]


def test_old_answers_are_forgotten_where_they_come_to_hold_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def infer(left: Collection) -> list[Claim]:
        asked.append(len(left.left_out))
        return []

    collection = gathered([photo(f"{day}.jpg", day, 12) for day in range(30)])
    some = [frozenset(range(n)) for n in (5, 6, 7)]
    inference = Inference("names", "Names", Question.WHO, Level.HIGH, infer)
    monkeypatch.setattr(_asking, "_MOST_KEPT", 15)
    ask = asking(collection, [inference], frozenset(), 1000)
    for cleaned in (some[0], some[1], some[0], some[2], some[2], some[0]):
        ask.said("names", cleaned)
    assert asked == [5, 6, 7, 5]
