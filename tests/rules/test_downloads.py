from __future__ import annotations

from exposure.examining import findings
from exposure.model import Level, Photo, Secret, Settings
from exposure.plugins import NO_COMMAND
from exposure.reading import read
from exposure.rules.downloads import download_address
from tests.make.mac import apple_double
from tests.sources import memory_source

ADDRESS = "https://cloud.example/s/private-album?key=4711"


def seen(data: bytes) -> Photo:
    photo = read(memory_source(data, "__MACOSX/._photo.jpg"))
    assert isinstance(photo, Photo)
    return photo


def test_the_address_is_told_and_masked() -> None:
    found = download_address.check(seen(apple_double(WhereFroms=[ADDRESS, "Mail from Jane Doe"])))
    assert found is not None
    assert [(e.value, e.secret) for e in found.evidence] == [
        (ADDRESS, Secret.TEXT),
        ("Mail from Jane Doe", Secret.TEXT),
    ]


def test_there_is_nothing_to_clean_but_to_leave_out() -> None:
    told = {f.rule: f for f in findings(seen(apple_double(WhereFroms=[ADDRESS])), Settings())}
    finding = told["download-address"]
    assert (finding.level, finding.command) == (Level.MEDIUM, NO_COMMAND)
    assert "side files" in finding.remedy


def test_other_attributes_are_no_address() -> None:
    assert download_address.check(seen(apple_double(FinderComment=ADDRESS))) is None
