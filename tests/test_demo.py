from __future__ import annotations

from pathlib import Path

import pytest

from exposure.demo import write
from exposure.errors import CannotRun
from exposure.model import Examined, Settings
from exposure.scanning import scan
from tests.test_scanning import Kept


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "photos"
    assert 25 <= write(folder) <= 40
    return folder


def rules(kept: Kept, name: str) -> set[str]:
    (photo,) = [p for p in kept.photos if p.name.endswith(name)]
    return {f.rule for f in photo.findings}


def test_each_photo_gives_away_what_it_was_made_for(demo: Path) -> None:
    kept = Kept()
    outcome = scan([demo], Settings(today="2026-11-21"), 1, kept)
    assert outcome.unexamined == 1
    expected = {
        "sofa.jpg": {"gps-position", "owner-name", "name-and-place"},
        "birthday.jpg": {"people-named", "serial-number"},
        "bicycle-cropped.jpg": {"stale-thumbnail"},
        "poster.jpg": {"place-names", "user-path", "document-identifier", "edit-history"},
        "invitation.jpg": {"contact-details", "comment-or-description"},
        "MVIMG_20250610_210200.jpg": {"hidden-video"},
        "portrait-two-lenses.jpg": {"second-picture", "gps-position"},
        "Screenshot_20250611-081502_Banking.png": {"app-in-name", "screenshot"},
        "generated.png": {"ai-prompt"},
        "IMG-20250612-WA0007.jpg": {"app-in-name", "date-in-name"},
        "broken.jpg": {"unread-metadata"},
    }
    for name, wanted in expected.items():
        assert wanted <= rules(kept, name), name
    assert rules(kept, "harbour.jpg") == set()
    assert [p.name for p in kept.photos if p.examined is Examined.PARTIAL] == [
        str(demo / "other" / "broken.jpg")
    ]
    assert "same-device" in {f.rule for f in kept.collection}


def test_it_is_the_same_every_time(demo: Path, tmp_path: Path) -> None:
    write(tmp_path)
    photos = sorted(p.relative_to(demo) for p in demo.rglob("*.*g") if p.is_file())
    assert photos
    assert all((demo / p).read_bytes() == (tmp_path / p).read_bytes() for p in photos)


def test_it_may_be_written_again_but_never_among_other_files(demo: Path, tmp_path: Path) -> None:
    assert write(demo)
    (tmp_path / "mine.jpg").write_bytes(b"my own")
    with pytest.raises(CannotRun, match="not the demo's"):
        write(tmp_path)
    assert (tmp_path / "mine.jpg").read_bytes() == b"my own"
