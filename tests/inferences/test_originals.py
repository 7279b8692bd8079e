from __future__ import annotations

import pytest

from exposure.inferences.originals import SAME_ORIGINAL
from exposure.model import Confidence, Examination, Level
from tests.make.shots import camera, claims, collected, digits, evidence, here, number, shot, taken


def version(name: str, *ids: int, kind: str = "document-id", **later: float) -> Examination:
    return shot(name, taken(None, **later), camera(), *(number(kind, digits(n)) for n in ids))


def test_two_files_with_one_document_come_from_one_original() -> None:
    shots = version("a.jpg", 1), version("b.jpg", 1, 2), version("c.jpg", 3)
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.FIRM)
    assert evidence(claim, *shots) == ["a.jpg", "b.jpg"]
    assert "2 photos come from one original" in claim.message


def test_several_originals_are_told_once() -> None:
    shots = [version(f"{n}.jpg", n // 2, days=n // 2) for n in range(40)]
    (claim,) = claims(SAME_ORIGINAL, *shots, version("more.jpg", 0))
    assert "41 photos come from only 20 originals" in claim.message
    assert "up to 3 hang together" in claim.why[0]


def test_a_composite_ties_the_pictures_it_was_made_of() -> None:
    shots = version("a.jpg", 1), version("b.jpg", 2, days=1), version("both.jpg", 1, 2, days=1)
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert claim.confidence is Confidence.FIRM and len(claim.photos) == 3


def test_what_a_silent_version_gets_from_the_other_one_is_said() -> None:
    silent = shot("posted.jpg", number("document-id", digits(1)))
    (claim,) = claims(SAME_ORIGINAL, shot("a.jpg", taken(), here(), number("document-id", digits(1))), silent)
    assert [why for why in claim.why if "One of them does not say where" in why]
    assert [why for why in claim.why if "One of them does not say when" in why]


def test_nothing_is_got_where_no_version_says_it() -> None:
    silent = [shot(name, number("document-id", digits(1))) for name in ("a.jpg", "b.jpg")]
    (claim,) = claims(SAME_ORIGINAL, *silent)
    assert len(claim.why) == 1


def test_a_number_on_photos_of_many_moments_is_that_of_a_template() -> None:
    shots = [version(f"{n}.jpg", 1, days=n) for n in range(5)]
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert (claim.level, claim.confidence) == (Level.LOW, Confidence.TENTATIVE)
    assert "5 different photos" in claim.message and "original" not in claim.message


def test_a_template_does_not_tie_originals_together() -> None:
    shots = [version(f"{n}.jpg", 1, 10 + n // 2, days=n // 2) for n in range(8)]
    versions, template = claims(SAME_ORIGINAL, *shots)
    assert "8 photos come from only 4 originals" in versions.message
    assert template.subject == "template"


def test_a_number_of_the_image_on_another_image_means_nothing() -> None:
    shots = version("a.jpg", 1, kind="image-id"), version("b.jpg", 1, kind="image-id", days=1)
    assert claims(SAME_ORIGINAL, *shots) == []


def test_a_number_of_the_image_on_a_smaller_copy_ties_both() -> None:
    shots = version("a.jpg", 1, kind="image-id"), shot("small.jpg", number("image-id", digits(1)))
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert len(claim.photos) == 2


@pytest.mark.parametrize(
    "kind, code",
    [
        ("image-id", "C12LSII00SM"),
        ("image-id", "H08QSKF02SA"),
        ("image-id", "0" * 32),
        ("image-id", "00000000000000000000000000000012"),
        ("document-id", "0" * 32),
        ("document-id", "faf5bdd5-ba3d-11da-ad31-d33d75182f1b"),
    ],
)
def test_codes_of_models_and_stock_numbers_tie_nothing(kind: str, code: str) -> None:
    assert (
        claims(
            SAME_ORIGINAL, *(shot(name, taken(), camera(), number(kind, code)) for name in ("a.jpg", "b.jpg"))
        )
        == []
    )


def test_a_burst_of_one_device_is_one_thing() -> None:
    burst = [version(f"{n}.jpg", 1, kind="content-id", seconds=n / 2) for n in range(10)]
    assert claims(SAME_ORIGINAL, *burst) == []


def test_a_copy_without_its_camera_is_tied_to_the_burst() -> None:
    shots = version("a.jpg", 1, kind="content-id"), shot("copy.jpg", number("content-id", digits(1)))
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert evidence(claim, *shots) == ["a.jpg", "copy.jpg"]


def test_serial_numbers_are_told_elsewhere() -> None:
    shots = [shot(name, taken(), number("serial", "6784213")) for name in ("a.jpg", "b.jpg")]
    assert claims(SAME_ORIGINAL, *shots) == []


def test_two_devices_make_no_burst() -> None:
    shots = (
        version("a.jpg", 1, kind="content-id"),
        shot("b.jpg", taken(), camera("M50"), number("content-id", digits(1))),
    )
    (claim,) = claims(SAME_ORIGINAL, *shots)
    assert len(claim.photos) == 2


def test_cleaning_one_of_two_leaves_nothing_to_tie() -> None:
    collection = collected([version("a.jpg", 1), version("b.jpg", 1)])
    assert list(SAME_ORIGINAL.infer(collection.without([0]))) == []
