"""A few of the cases of ``python -m tests.fuzz_archives``, and a proof that its watch sees what it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz_archives import fuzz, watched


def test_damaged_archives_are_read_to_their_end() -> None:
    total = fuzz(range(40), seed=1)
    assert total["files"] > 40 and total["gaps"] and total["unreadable"]


def test_the_watch_sees_what_is_written(tmp_path: Path) -> None:
    with watched():
        for change in ((tmp_path / "a").touch, (tmp_path / "a").mkdir):
            with pytest.raises(AssertionError):
                change()
    (tmp_path / "a").touch()
