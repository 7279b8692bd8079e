"""The few ways exposure can fail.

ExposureError
├── MalformedFile    the bytes break their own format's rules
├── CannotClean      no clean copy of this file can be written, or none that can be proven clean
└── CannotRun        what was asked for cannot be done at all

A broken photo never ends a run: what could not be read becomes a `Problem` on that photo.
"""

from __future__ import annotations


class ExposureError(Exception):
    """Base class; ``str(error)`` is always one sentence fit to show a person."""


class MalformedFile(ExposureError):
    """The bytes break their own format's rules, at `offset` (a byte position in what was being read)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (at byte {offset})")
        self.message, self.offset = message, offset

    def __reduce__(self) -> tuple[type[MalformedFile], tuple[str, int]]:
        return type(self), (self.message, self.offset)


class CannotClean(ExposureError):
    """There is no clean copy of this file: the sentence says why, as what follows "refused, because"."""


class CannotRun(ExposureError):
    """What was asked for cannot be done: a path that is not there, a report that cannot be written."""


def reason(error: OSError) -> str:
    """Why the system refused, in its own words and without the path."""
    return (error.strerror or type(error).__name__).lower()
