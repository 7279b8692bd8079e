from __future__ import annotations

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

WHERE = Address("EXIF:Exif IFD:BodySerialNumber")


def carrying(name: str, serial: str, rule: str = "serial-number", kind: str = "serial") -> Examination:
    facts = Facts(identifiers=(Identifier(kind, serial, WHERE),))
    evidence = (Evidence(WHERE, serial, Secret.SERIAL),)
    finding = Finding(
        rule, Level.MEDIUM, Confidence.CERTAIN, Question.LINKS, "…", "", evidence, "…", Level.MEDIUM
    )
    return Examination(name, "JPEG", Examined.COMPLETE, facts, (finding,))


def told(*examinations: Examination) -> list[CollectionFinding]:
    collecting = SAME_DEVICE.begin()
    for examination in examinations:
        collecting.photo(examination)
    return list(collecting.end())


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


def test_the_count_is_of_all_and_the_names_are_few() -> None:
    (finding,) = told(*(carrying(f"{n}.jpg", "6784213") for n in range(300)))
    assert "300 photos" in finding.message
    assert len(finding.evidence) == 50
