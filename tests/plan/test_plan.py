"""Plans: as small as they can be, enough when asked again, and never only what is near home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from exposure import plan
from exposure.collection import Collection
from exposure.inferences.hole import HOLE_AROUND_HOME
from exposure.inferences.home import LIKELY_HOME
from exposure.model import Claim, CollectionFinding, Confidence, Examination, Examined, Level, Question
from exposure.plan import FIRST, LOOKS, SAFE_M, SHOWN, _searching, planned
from exposure.plan._searching import EXACT, Search, smallest
from exposure.plan._words import left_over
from exposure.plugins import Inference
from tests.attackers import ATTACKERS, Point, seen
from tests.people.truth import metres
from tests.plan.brute import smallest_size
from tests.plan.sets import DAY, HOME, STAND_INS, few_visits, gathered, photo, said, walks

REAL = (LIKELY_HOME, HOLE_AROUND_HOME)
SEEDS = range(200)


def cleaned(collection: Collection, finding: CollectionFinding) -> Collection:
    """The collection once the plan was carried out."""
    number = {name: photo for photo, name in enumerate(collection.names)}
    return collection.without(number[name] for name in finding.fix)


def guesses(collection: Collection) -> Iterator[float]:
    """How far from home the attackers guess, in metres."""
    for attacker in ATTACKERS:
        point: Point | None = attacker(seen(collection))
        if point is not None:
            yield metres(*point, *HOME)


def home_of(findings: Iterable[CollectionFinding]) -> CollectionFinding:
    return next(f for f in findings if f.rule == "likely-home")


def sets() -> Iterator[tuple[int, Collection, list[Claim]]]:
    """Those of up to 12 visits, and what is said of them."""
    for seed in SEEDS:
        collection = gathered(few_visits(seed))
        if len(_searching.Visits(collection).every) <= EXACT:
            yield seed, collection, said(collection)


def sizes(collection: Collection, claims: Sequence[Claim], aim: Sequence[Claim]) -> tuple[int, int]:
    """Photos in the plan against these claims, and in the smallest there is."""
    search = Search(collection, claims, STAND_INS, LOOKS)
    goal = search.exact.goal(aim)
    found = smallest(goal, search, [photo for claim in aim for photo in claim.photos], LOOKS)
    assert found.holds
    return len(found.photos), smallest_size(goal, search)


def test_the_plan_for_one_inference_is_as_small_as_any() -> None:
    tried = 0
    for seed, collection, claims in sets():
        for claim in claims:
            found, least = sizes(collection, claims, [claim])
            assert found == least, f"set {seed}: {claim.rule}"
            tried += 1
    assert tried >= 250


@pytest.mark.parametrize("exact", [EXACT, 0], ids=["every choice", "greedy"])
def test_the_joint_plan_is_at_most_three_tenths_larger_than_need_be(
    exact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    joint = [(collection, claims) for _, collection, claims in sets() if len(claims) > 1]
    monkeypatch.setattr(_searching, "EXACT", exact)
    assert len(joint) >= 80
    for collection, claims in joint:
        found, least = sizes(collection, claims, claims)
        assert least <= found <= 1.3 * least


def test_neither_detectors_nor_attackers_see_through_a_plan() -> None:
    before = 0
    for seed, collection, claims in sets():
        near = [c for c in claims if c.rule == "likely-home"]
        if (
            near
            and near[0].place
            and metres(near[0].place.latitude or 0, near[0].place.longitude or 0, *HOME) < 100
        ):
            before += any(off < SAFE_M for off in guesses(collection))
            left = cleaned(collection, home_of(planned(collection, claims, STAND_INS)))
            assert not [off for off in guesses(left) if off < SAFE_M], f"set {seed}"
            assert not [c for c in said(left) if c.rule == "likely-home"], f"set {seed}"
    assert before >= 100


@pytest.mark.parametrize("seed", [1, 3])
def test_cleaning_only_near_home_leaves_a_hole_and_no_plan_does(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "LOOKS", 4_000)
    collection = gathered(walks(seed))
    claims = said(collection, REAL)
    assert [c.rule for c in claims] == ["likely-home"]
    only = collection.without(n for n, name in enumerate(collection.names) if name.startswith("home"))
    assert any(c.rule == "hole-around-home" for c in said(only, REAL))
    assert min(guesses(only)) < 100
    (finding,) = planned(collection, claims, REAL)
    left = cleaned(collection, finding)
    assert any(not name.startswith("home") for name in finding.fix)
    assert said(left, REAL) == [] and min(guesses(left), default=SAFE_M) >= SAFE_M
    assert len(finding.fix) < len(collection)


def evenings(name: str, days: Iterable[int], at: Point) -> list[Examination]:
    return [photo(f"{name}-{day}.jpg", day, 21, at) for day in days]


def test_a_home_must_not_stand_out_more_for_what_was_cleaned() -> None:
    """A rival with a routine: one of its evenings less, and the possible home is a likely one."""
    photos = evenings("home", (1, 9, 17, 25), (0, 0)) + evenings("rival", (0, 7, 14), (4_000, 0))
    collection = gathered(photos)
    claims = said(collection)
    assert [(c.rule, c.level) for c in claims] == [("likely-home", Level.HIGH), ("routine", Level.HIGH)]
    routine = claims[1]
    for only in routine.photos:
        worse = said(collection.without([only]))
        assert [(c.rule, c.level) for c in worse] == [("likely-home", Level.CRITICAL)]
    finding = next(f for f in planned(collection, claims, STAND_INS) if f.rule == "routine")
    after = said(cleaned(collection, finding))
    assert all(c.rule == "likely-home" and c.level <= Level.HIGH for c in after)
    assert len(finding.fix) == 2


def test_the_next_best_place_must_not_become_the_home() -> None:
    photos = evenings("home", range(0, 40, 4), (0, 0)) + evenings("friend", (1, 11, 22, 33), (9_000, 0))
    collection = gathered(photos)
    claims = said(collection)
    only = collection.without(n for n, name in enumerate(collection.names) if name.startswith("home"))
    assert [c.rule for c in said(only)] == ["likely-home"]
    (finding,) = planned(collection, claims, STAND_INS)
    assert said(cleaned(collection, finding)) == []
    assert finding.after == (
        "the best guess is then 8.9 km off. That is more photos than show it themselves: those beside them would show it "
        "again, or something else."
    )
    assert len([name for name in finding.fix if name.startswith("friend")]) == 2


def test_another_place_of_many_nights_is_named_with_what_is_left() -> None:
    """Fridays and Saturdays with somebody else: that looks like no home, but the person may sleep there."""
    home = [photo(f"home-{day}.jpg", day, (7, 21, 19)[day % 3]) for day in range(60) if day % 7 > 1]
    partner = [photo(f"partner-{day}.jpg", day, 21, (9_000, 0)) for day in range(60) if day % 7 <= 1]
    for photos, is_named in ((partner, True), (partner[:2], False)):
        collection = gathered(home + photos)
        finding = home_of(planned(collection, list(LIKELY_HOME.infer(collection)), REAL))
        assert (
            "of another place, 8.9 km off, from 18 nights: if you sleep there too" in finding.after
        ) is is_named


def test_visits_are_cleaned_whole() -> None:
    photos = [photo(f"{day}-{n}.jpg", day, 20 + n / 60) for day in (0, 9, 18) for n in range(4)]
    collection = gathered([*photos, photo("no place.jpg", 0, 20.1, None)])
    (finding,) = planned(collection, said(collection), STAND_INS)
    assert "no place.jpg" in finding.fix and len(finding.fix) == 13
    assert finding.after.startswith("nothing in these photos points there any more. That is more photos than")


def test_as_many_photos_are_counted_as_there_are_though_only_some_are_named() -> None:
    collection = gathered(evenings("home", range(60), (0, 0)))
    finding = next(f for f in planned(collection, said(collection), STAND_INS) if f.rule == "likely-home")
    assert (finding.photos, len(finding.evidence)) == (60, SHOWN)


def test_the_order_of_the_files_changes_nothing() -> None:
    for seed in range(0, 60, 3):
        photos = few_visits(seed)
        first = planned(gathered(photos), said(gathered(photos)), STAND_INS)
        Random(seed).shuffle(photos)
        again = planned(gathered(photos), said(gathered(photos)), STAND_INS)
        assert [(f.rule, sorted(f.fix), f.after) for f in again] == [
            (f.rule, sorted(f.fix), f.after) for f in first
        ]


def several() -> Collection:
    """A home, a routine far from it, and holidays."""
    home = evenings("home", (1, 9, 17, 25, 33), (0, 0))
    gym = [photo(f"gym-{day}.jpg", day, 13, (8_000, 3_000)) for day in (0, 7, 14, 21)]
    return gathered(
        [*home, *gym, photo("sea.jpg", 40, 12, (90_000, 0)), photo("isle.jpg", 42, 12, (95_000, 9_000))]
    )


def test_what_weighs_most_for_each_photo_comes_first() -> None:
    collection = several()
    first, home, routine = planned(collection, said(collection), STAND_INS)
    assert (first.rule, first.level, first.question) == (FIRST, Level.INFO, home.question)
    assert first.message == (
        "Clean these 7 of 11 photos first: then a stranger can no longer tell where you live, or where you are at "
        "which hour of the week."
    )
    assert [name.partition("-")[0] for name in first.fix] == ["home"] * 5 + ["gym"] * 2
    assert first.why == ("after the first 5, a stranger can no longer tell where you live",)
    assert set(first.fix) == {*home.fix, *routine.fix}
    assert first.after == "the best guess of where you live is then 8.5 km off."


def test_one_claim_needs_no_second_plan_and_a_low_one_none() -> None:
    collection = gathered(evenings("home", (1, 9, 17, 25, 33), (0, 0)))
    claims = said(collection)
    low = claims[0]._replace(rule="time-zone", level=Level.LOW)
    findings = planned(collection, [*claims, low], STAND_INS)
    assert [f.rule for f in findings] == ["likely-home", "time-zone"]
    assert (findings[1].fix, findings[1].after) == ((), "")
    assert planned(collection, [low], STAND_INS)[0].fix == ()
    assert planned(collection, [], STAND_INS) == []


def about(rule: str, photos: Sequence[int], level: Level = Level.HIGH) -> Claim:
    words = f"A stranger would guess {rule}."
    return Claim(rule, level, Confidence.FIRM, Question.WHO, words, (), (), photos)


def inference(rule: str, *claims: Claim) -> Inference:
    return Inference(rule, rule.capitalize(), Question.WHO, Level.HIGH, lambda collection: claims)


def test_what_no_cleaning_takes_away_is_said() -> None:
    collection = gathered(evenings("home", (1, 9), (0, 0)))
    stubborn = inference("names", about("names", [0]))
    (finding,) = planned(collection, [about("names", [0])], [stubborn])
    assert finding.fix == ("home-1.jpg",)
    assert finding.after == "this is not enough: A stranger would guess names."


def test_what_stays_at_a_low_level_is_said() -> None:
    collection = gathered(evenings("home", (1, 9), (0, 0)))

    def infer(left: Collection) -> list[Claim]:
        return [about("names", [0], Level.LOW if left.left_out else Level.HIGH)]

    asked = Inference("names", "Names", Question.WHO, Level.HIGH, infer)
    (finding,) = planned(collection, infer(collection), [asked])
    assert (len(finding.fix), finding.after) == (1, "A stranger would guess names.")


def test_where_too_many_questions_would_be_asked_the_plan_is_larger_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collection = gathered([photo(f"{day}.jpg", day, 12, (90_000.0 + day * 500, 0)) for day in range(30)])

    def infer(left: Collection) -> list[Claim]:
        some = [n for n in range(len(left)) if n not in left.left_out]
        return [about("names", some)] if len(some) > 10 else []

    asked = [Inference("names", "Names", Question.WHO, Level.HIGH, infer)]
    (finding,) = planned(collection, infer(collection), asked)
    assert (len(finding.fix), finding.after) == (20, "the photos together say this no more.")
    monkeypatch.setattr(plan, "LOOKS", 10)
    (finding,) = planned(collection, infer(collection), asked)
    assert 20 < len(finding.fix) <= 30
    assert finding.after.endswith("Fewer photos may be enough: there are too many to try every choice.")
    assert infer(cleaned(collection, finding)) == []


def test_an_inference_without_words_of_its_own_goes_by_its_title() -> None:
    collection = gathered(evenings("home", (1, 9), (0, 0)))
    both = [about("shoe-size", [0]), about("likely-home", [1])]
    asked = [
        Inference(
            "shoe-size",
            "Shoe size",
            Question.WHO,
            Level.HIGH,
            lambda left: [] if 0 in left.left_out else both[:1],
        ),
        Inference(
            "likely-home",
            "Home",
            Question.WHO,
            Level.HIGH,
            lambda left: [] if 1 in left.left_out else both[1:],
        ),
    ]
    first = planned(collection, both, asked)[0]
    assert first.message.endswith("can no longer tell “Shoe size”, or where you live.")


def test_the_plan_over_all_leaves_what_weighs_less_for_later() -> None:
    collection = gathered(evenings("home", range(10), (0, 0)))
    claims = [about("names", [0]), about("others", [1]), about("weather", range(2, 10), Level.MEDIUM)]

    def gone(number: int) -> Inference:
        claim = claims[number]
        return Inference(
            claim.rule, claim.rule, Question.WHO, Level.HIGH,
            lambda left: [] if left.left_out.issuperset(claim.photos) else [claim],
        )  # fmt: skip

    first = planned(collection, claims, [gone(n) for n in range(3)])[0]
    assert len(first.fix) == 2
    assert first.after == "the photos together say this no more. Later, clean what still tells “weather”."


def test_where_photos_are_many_claims_alike_share_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    collection = gathered(evenings("home", range(0, 60, 2), (0, 0)))
    trips = [about("trips", [n, n + 1], Level.MEDIUM)._replace(subject=str(n)) for n in (0, 10, 20)]

    def infer(left: Collection) -> list[Claim]:
        return [trip for trip in trips if not left.left_out.intersection(trip.photos)]

    asked = [Inference("trips", "Trips", Question.HISTORY, Level.MEDIUM, infer)]
    alone = planned(collection, trips, asked)[1:]
    assert [len(f.fix) for f in alone] == [1, 1, 1]
    assert {f.after for f in alone} == {"the photos together say this no more."}
    monkeypatch.setattr(plan, "MANY", 10)
    joint = planned(collection, trips, asked)[1:]
    assert [set(f.fix) <= set(f.evidence) for f in joint] == [True] * 3
    assert (
        infer(collection.without(n for n, name in enumerate(collection.names) if name in _fixes(joint))) == []
    )
    for finding in joint:
        assert finding.after.startswith(
            "once the photos of all 3 findings of this kind are cleaned: the photos "
        )


def _fixes(findings: Iterable[CollectionFinding]) -> set[str]:
    return {name for finding in findings for name in finding.fix}


def test_bursts_are_looked_at_as_one_photo_and_cleaned_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    days = (0, 8, 17, 25)
    photos = [photo(f"{day}-{n}.jpg", day, 20 + n / 600, (n, 0)) for day in days for n in range(8)]
    collection = gathered([*photos, photo("sea.jpg", 40, 12, (90_000, 0))])
    claims = said(collection)
    monkeypatch.setattr(_searching, "MANY", 10)
    search = Search(collection, claims, STAND_INS, LOOKS)
    assert len(search.rough.asking.collection) == 5
    (finding,) = planned(collection, claims, STAND_INS)
    assert len(finding.fix) == 32 and "sea.jpg" not in finding.fix
    assert said(cleaned(collection, finding)) == []


def test_days_are_what_they_seem() -> None:
    """The stand-ins rest on whole days: this keeps their clock honest."""
    collection = gathered([photo("a.jpg", 0, 21), photo("b.jpg", 7, 21)])
    assert collection.taken[1] - collection.taken[0] == 7 * DAY


def test_what_was_not_asked_is_said_and_only_of_claims_of_less_weight() -> None:
    collection = gathered(evenings("home", (1, 9), (0, 0)))
    asked = [
        Inference("names", "Names", Question.WHO, Level.HIGH, lambda left: [] if left.left_out else [light]),
        Inference("other", "Other", Question.WHO, Level.HIGH, lambda left: [about("other", [1])] if left.left_out else []),
    ]  # fmt: skip
    for level in (Level.MEDIUM, Level.HIGH):
        light = about("names", [0], level)
        search = Search(collection, [light], asked, LOOKS)
        search.exact.wide = 0
        goal = search.exact.goal([light])
        found = smallest(goal, search, [0], LOOKS)
        said_so = "was not asked" in left_over(goal, found, search.exact)
        assert said_so == (level == Level.MEDIUM) and found.holds == said_so


def test_what_gets_no_clean_copy_is_said_with_the_plan() -> None:
    photos = few_visits(0)
    (plain,) = [f for f in planned(gathered(photos), said(gathered(photos)), STAND_INS) if f.rule == FIRST]
    raw, cut, *whole = plain.fix
    kinds: dict[str, dict[str, Any]] = {raw: {"has_copies": False}, cut: {"examined": Examined.PARTIAL}}
    collection = gathered(replace(each, **kinds.get(each.name, {})) for each in photos)
    (first,) = [f for f in planned(collection, said(collection), STAND_INS) if f.rule == FIRST]
    assert (
        whole
        and first.fix == plain.fix
        and first.after
        == (
            f"{plain.after} There are no clean copies of one of them: leave it out of what you share. One of them could not be "
            "read whole, so exposure clean may refuse it: do not share what gets no clean copy."
        )
    )
