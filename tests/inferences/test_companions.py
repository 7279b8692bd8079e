from __future__ import annotations

import pytest

from exposure.inferences.companions import PEOPLE_MET
from exposure.model import Confidence, Examination, Level
from tests.make.shots import claims, evidence, here, named, shot, taken


def seen(
    name: str, person: str = "Quirina Zettelmoos", north: float | None = 0.0, **later: float
) -> Examination:
    place = () if north is None else (here(north),)
    return shot(name, taken(None, **later), named(person), *place)


def test_three_occasions_are_a_tie() -> None:
    shots = [seen(f"{n}.jpg", north=5_000 * n, days=n) for n in range(3)]
    (claim,) = claims(PEOPLE_MET, *shots, shot("other.jpg", taken()))
    assert (claim.level, claim.confidence) == (Level.HIGH, Confidence.FIRM)
    assert evidence(claim, *shots) == ["0.jpg", "1.jpg", "2.jpg"]
    assert "one person again and again" in claim.message
    assert claim.why == ("The one seen most is named in 3 photos, on 3 days at 3 places",)
    assert "Quirina" not in repr(claim)


def test_two_days_are_only_a_question() -> None:
    (claim,) = claims(PEOPLE_MET, *(seen(f"{n}.jpg", hours=10 * n) for n in range(3)))
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)


def test_two_places_on_one_of_two_days_are_three_occasions() -> None:
    shots = seen("a.jpg"), seen("b.jpg", north=3_000, hours=2), seen("c.jpg", days=1)
    (claim,) = claims(PEOPLE_MET, *shots)
    assert claim.confidence is Confidence.FIRM
    assert claim.why == ("The one seen most is named in 3 photos, on 2 days at 2 places",)


def test_days_without_places_count_as_occasions() -> None:
    (claim,) = claims(PEOPLE_MET, *(seen(f"{n}.jpg", north=None, days=n) for n in range(3)))
    assert claim.confidence is Confidence.FIRM
    assert claim.why == ("The one seen most is named in 3 photos, on 3 days",)


def test_one_day_is_one_occasion() -> None:
    assert claims(PEOPLE_MET, *(seen(f"{n}.jpg", north=5_000 * n, minutes=30 * n) for n in range(8))) == []


def test_two_photos_are_too_few() -> None:
    assert claims(PEOPLE_MET, *(seen(f"{n}.jpg", days=n) for n in range(2))) == []


def test_photos_without_a_time_show_no_days() -> None:
    assert (
        claims(
            PEOPLE_MET, *(shot(f"{n}.jpg", here(5_000 * n), named("Quirina Zettelmoos")) for n in range(9))
        )
        == []
    )


def test_all_people_are_told_together() -> None:
    shots = [seen(f"{n}.jpg", ("Quirina Z.", "Odo W.", "Li")[n % 3], days=n // 3) for n in range(12)]
    weak = [seen(f"weak{n}.jpg", "Fee", hours=10 * n) for n in range(3)]
    (claim,) = claims(PEOPLE_MET, *shots, *weak)
    assert "4 people again and again" in claim.message and "3 of them are close" in claim.message
    assert len(claim.photos) == 15


def test_the_same_name_in_capitals_is_the_same() -> None:
    shots = [seen(f"{n}.jpg", ("Quirina", "QUIRINA", "quirina")[n], days=n) for n in range(3)]
    (claim,) = claims(PEOPLE_MET, *shots)
    assert "one person" in claim.message


@pytest.mark.parametrize("name", ["Unknown", "unnamed", "Person 1", "???", "face"])
def test_fillers_are_nobody(name: str) -> None:
    assert claims(PEOPLE_MET, *(seen(f"{n}.jpg", name, days=n) for n in range(9))) == []


@pytest.mark.parametrize("role", ["creator", "owner", "contact"])
def test_only_people_in_the_picture_count(role: str) -> None:
    shots = [shot(f"{n}.jpg", taken(days=n), named("Quirina Zettelmoos", role)) for n in range(9)]
    assert claims(PEOPLE_MET, *shots) == []


def test_two_ends_of_a_garden_are_one_place() -> None:
    (claim,) = claims(PEOPLE_MET, seen("a.jpg"), seen("b.jpg", north=500, hours=2), seen("c.jpg", days=1))
    assert claim.confidence is Confidence.TENTATIVE
    assert claim.why == ("The one seen most is named in 3 photos, on 2 days",)
