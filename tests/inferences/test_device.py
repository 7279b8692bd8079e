from __future__ import annotations

from exposure.collection import Collection
from exposure.inferences.device import SAME_DEVICE
from exposure.model import (
    Address,
    CollectionFinding,
    Confidence,
    Evidence,
    Examination,
    Examined,
    Facts,
    Finding,
    Identifier,
    Level,
    Question,
    Secret,
)
from exposure.plan import planned

WHERE = Address("EXIF:Exif IFD:BodySerialNumber")


def carrying(name: str, serial: str, rule: str = "serial-number", kind: str = "serial") -> Examination:
    facts = Facts(identifiers=(Identifier(kind, serial, WHERE),))
    evidence = (Evidence(WHERE, serial, Secret.SERIAL),)
    finding = Finding(
        rule, Level.MEDIUM, Confidence.CERTAIN, Question.LINKS, "…", "", evidence, "…", Level.MEDIUM
    )
    return Examination(name, "JPEG", Examined.COMPLETE, facts, (finding,))


def told(*examinations: Examination) -> list[CollectionFinding]:
    collection = Collection()
    for examination in examinations:
        collection.add(examination)
    claims = list(SAME_DEVICE.infer(collection))
    return [f for f in planned(collection, claims) if f.rule == SAME_DEVICE.id]


def test_two_photos_with_one_number_belong_together() -> None:
    (finding,) = told(carrying("a.jpg", "6784213"), carrying("b.jpg", "6784213"), carrying("c.jpg", "9"))
    assert finding.evidence == ("a.jpg", "b.jpg")
    assert "2 photos" in finding.message
    assert "6784213" not in finding.message + " ".join(finding.why)


def test_one_photo_ties_nothing() -> None:
    assert told(carrying("a.jpg", "6784213"), carrying("b.jpg", "6784214")) == []


def test_numbers_that_no_rule_believed_do_not_count() -> None:
    assert told(carrying("a.jpg", "0000", "camera-model"), carrying("b.jpg", "0000", "camera-model")) == []


def test_a_lens_number_counts_by_itself() -> None:
    lens = [carrying(name, "L-7731", "lens-serial-number", "lens-serial") for name in ("a.jpg", "b.jpg")]
    (finding,) = told(*lens)
    assert "lens" in finding.message


def with_both(name: str, camera: str, lens: str) -> Examination:
    """A photo with the number of its camera and that of its lens."""
    one = carrying(name, camera)
    other = carrying(name, lens, "lens-serial-number", "lens-serial")
    facts = Facts(identifiers=one.facts.identifiers + other.facts.identifiers)
    return Examination(name, "JPEG", Examined.COMPLETE, facts, one.findings + other.findings)


def test_photos_that_share_several_numbers_are_told_once() -> None:
    (finding,) = told(*(with_both(name, "6784213", "L-7731") for name in ("a.jpg", "b.jpg", "c.jpg")))
    assert "3 photos carry the same serial number of the camera and of the lens" in finding.message
    assert finding.evidence == ("a.jpg", "b.jpg", "c.jpg")


def test_a_lens_on_two_cameras_ties_their_photos_together() -> None:
    (finding,) = told(
        carrying("a.jpg", "6784213"),
        carrying("b.jpg", "9914577"),
        with_both("c.jpg", "6784213", "L-7731"),
        with_both("d.jpg", "9914577", "L-7731"),
    )
    assert finding.evidence == ("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    assert "4 photos hang together" in finding.message and "one device" not in finding.message


def test_the_lens_alone_does_not_prove_one_device() -> None:
    (finding,) = told(with_both("a.jpg", "6784213", "L-7731"), with_both("b.jpg", "9914577", "L-7731"))
    assert "same serial number of the lens" in finding.message and "they belong together" in finding.message


def test_two_devices_are_two_findings_in_the_order_of_their_photos() -> None:
    names = [f.evidence for f in told(*(carrying(f"{n}.jpg", str(6784213 + n % 2)) for n in range(4)))]
    assert names == [("0.jpg", "2.jpg"), ("1.jpg", "3.jpg")]


def test_the_count_is_of_all_and_the_names_are_few() -> None:
    (finding,) = told(*(carrying(f"{n}.jpg", "6784213") for n in range(300)))
    assert "300 photos" in finding.message
    assert len(finding.evidence) == 50
