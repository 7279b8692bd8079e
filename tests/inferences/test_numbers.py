from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest

from exposure.inferences.numbers import MISSING_NUMBERS
from exposure.model import Claim, Confidence, Examination, Level
from tests.make.shots import camera, claims, collected, evidence, number, shot, taken

GAPS = (1, 2, 15, 16, 30, 31, 60)


def counted(
    pattern: str = "IMG_{:04}.JPG", numbers: Iterable[int] = GAPS, model: str = "EOS R6"
) -> list[Examination]:
    """One photo every ten minutes."""
    return [shot(pattern.format(n), taken(minutes=10 * i), camera(model)) for i, n in enumerate(numbers)]


def told(shots: list[Examination]) -> Claim | None:
    found = claims(MISSING_NUMBERS, *shots)
    assert len(found) < 2
    return found[0] if found else None


def test_gaps_are_counted() -> None:
    shots = counted()
    claim = told(shots)
    assert claim is not None
    assert (claim.level, claim.confidence) == (Level.LOW, Confidence.TENTATIVE)
    assert "more than 50 other pictures or videos" in claim.message  # 53
    assert evidence(claim, *shots) == [s.name for s in shots]


@pytest.mark.parametrize(
    "pattern",
    ["IMG_{:04}.JPG", "img_{:04}.jpg", "DSC_{:04}.NEF", "DSC0{:04}.JPG", "DSCF{:04}.JPG", "P101{:04}.JPG", "_MG_{:04}.CR2", "100_{:04}.JPG",
     "GOPR{:04}.JPG", "100APPLE/IMG_{:04}.HEIC", "DCIM\\IMG_{:04} (1).jpg", "IMG_{:04}(2).jpg", "IMG_E{:04}.JPG", "IMG_{:04}-edited.jpg",
     "IMG_{:04} 2.jpg", "IMG_{:04} - Kopie.jpg"],
)  # fmt: skip
def test_names_with_counters(pattern: str) -> None:
    assert told(counted(pattern)) is not None


@pytest.mark.parametrize(
    "pattern",
    ["IMG_2024050{:04}.jpg", "IMG_20240503_18{:04}.jpg", "20240503_18{:04}.jpg", "IMG-20240503-WA{:04}.jpg", "PXL_20240503_18{:04}000.jpg",
     "2024{:04}.jpg", "{:04}.jpg", "holiday {:04}.jpg", "Screenshot_2024050{:04}.png", "image{:04}.jpg", "signal-2024-05-03-18{:04}.jpg",
     "DSC_0001_BURST2018{:04}.JPG", "IMG_{:04}", "WhatsApp Image {:04}.jpg"],
)  # fmt: skip
def test_names_with_dates_and_of_messengers_are_no_counters(pattern: str) -> None:
    assert told(counted(pattern)) is None


def test_numbers_without_gaps_say_nothing() -> None:
    assert told(counted(numbers=range(100, 200))) is None


def test_one_or_two_missing_are_not_told() -> None:
    assert told(counted(numbers=(1, 2, 4, 5, 7, 8))) is None


def test_few_photos_say_nothing() -> None:
    assert told(counted(numbers=(1, 20, 40, 60))) is None


def test_copies_and_both_files_of_one_picture_count_once() -> None:
    shots = [
        s for n in (1, 2, 3, 4, 5) for s in counted("IMG_{:04}.JPG", (n,)) + counted("IMG_{:04}.CR2", (n,))
    ]
    assert told(shots) is None


def test_the_counter_may_begin_again() -> None:
    claim = told(counted(numbers=(9980, 9990, 9999, 1, 10, 20, 21)))
    assert claim is not None and "more than 30 other" in claim.message  # 9 + 8 + 8 + 9


def test_a_gap_of_days_is_not_counted() -> None:
    shots = [shot(f"IMG_{100 * n:04}.JPG", taken(days=2 * n), camera()) for n in range(1, 20)]
    assert told(shots) is None


def test_two_cameras_count_on_their_own() -> None:
    shots = [s for pair in zip(counted(numbers=range(1, 9)), counted(numbers=range(5001, 5009), model="M50"), strict=True) for s in pair]  # fmt: skip
    assert told(shots) is None


def test_a_program_that_drops_the_serial_number_makes_no_second_camera() -> None:
    shots = [
        shot(s.name, *s.facts.times, *s.facts.devices, *([number("serial", "6784213")] if i % 2 else []))
        for i, s in enumerate(counted(numbers=range(1, 30)))
    ]
    assert told(shots) is None


def test_two_cameras_of_one_model_fall_silent() -> None:
    shots = [s for pair in zip(counted(numbers=GAPS), counted(numbers=range(5001, 5008)), strict=True) for s in pair]  # fmt: skip
    assert told(shots) is None


def test_photos_without_a_time_or_a_camera_fill_the_gaps() -> None:
    rest = [shot(f"IMG_{n:04}.JPG") for n in range(1, 61)]
    assert told(counted() + rest) is None


def test_cleaned_photos_are_not_missing() -> None:
    shots = counted(numbers=range(1, 41))
    collection = collected(shots)
    assert list(MISSING_NUMBERS.infer(collection.without(range(10, 30)))) == []


def test_times_of_other_photos_silence_it() -> None:
    shots = counted(numbers=range(1, 200, 5))
    times = [s.facts.times for s in shots]
    Random(1).shuffle(times)
    assert told([shot(s.name, *t, *s.facts.devices) for s, t in zip(shots, times, strict=True)]) is None


def test_a_clock_that_is_turned_does_not_silence_it() -> None:
    early = counted(numbers=range(1, 100, 3))
    late = [shot(f"IMG_{n:04}.JPG", taken(minutes=10 * n - 200), camera()) for n in range(100, 160, 3)]
    claim = told(early + late)
    assert claim is not None


def test_numbers_that_go_back_and_forth_fall_silent() -> None:
    assert told(counted(numbers=(1, 101, 50, 201, 150, 301, 250, 401, 350))) is None


def test_a_number_that_comes_late_is_not_missing() -> None:
    late = [n for n in range(1, 50) if n not in (5, 15, 25)]
    for number_before in (8, 18, 28):
        late.insert(late.index(number_before) + 1, number_before - 3)
    assert told(counted(numbers=late)) is None


def test_both_colour_spaces_share_one_counter() -> None:
    shots = [s for n in range(1, 30) for s in counted("_MG_{:04}.JPG" if n % 4 else "IMG_{:04}.JPG", (n,))]
    shots = [shot(s.name, taken(minutes=n), *s.facts.devices) for n, s in enumerate(shots)]
    assert told(shots) is None
