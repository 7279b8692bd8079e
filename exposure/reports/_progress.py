"""A line that says how far a scan has come: on a terminal only, and only once there is something to wait for.

How many files there are is known only at the end, so it counts and shows the time; nothing pretends to be a bar.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds of work before the line appears."""

_PAUSE = 0.1
"""Seconds between two looks at it."""


class Bar:
    """Called with how many files are done, and how many there are or None; used by ``with``."""

    __slots__ = ("_next", "_patience", "_progress", "_stream", "_task")

    def __init__(self, stream: TextIO, patience: float = PATIENCE) -> None:
        self._stream, self._patience = stream, patience
        self._next = 0.0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        self._next = time.monotonic() + self._patience
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PAUSE
        if self._progress is None:
            self._progress = _drawn(self._stream)
            self._progress.start()
            self._task = self._progress.add_task("Photos and other files", total=total)
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Take the line away; what is printed next begins on a clean line."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = self._task = None
        self._next = float("inf")


def _drawn(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}: {task.completed:,} looked at"), TimeElapsedColumn())
    return Progress(*columns, console=Console(file=stream), transient=True)
