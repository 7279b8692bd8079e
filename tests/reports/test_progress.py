"""The bar appears only when there is something to wait for, and leaves nothing behind it."""

from __future__ import annotations

import io

import pytest

from exposure.reports._progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_drawn_for_short_work() -> None:
    stream = Terminal()
    with Bar(stream) as bar:
        for done in range(100):
            bar(done, 100)
    assert stream.getvalue() == ""


@pytest.mark.parametrize("total", [100, None])
def test_long_work_is_counted(total: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with Bar(stream, patience=0) as bar:
        bar(7, total)
    assert "Photos and other files: 7 looked at" in stream.getvalue()


def test_a_closed_bar_stays_closed() -> None:
    stream = Terminal()
    with Bar(stream, patience=0) as bar:
        bar(1, 2)
        bar.close()
        before = stream.getvalue()
        bar(2, 2)
        assert stream.getvalue() == before
