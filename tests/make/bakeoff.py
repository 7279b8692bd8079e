"""The files of the bake-off, all of them."""

from __future__ import annotations

from functools import cache

from tests.make import bakeoff_heif, bakeoff_jpeg, bakeoff_png, bakeoff_tiff, bakeoff_web
from tests.make.bakeoff_words import Fixture


@cache
def fixtures() -> tuple[Fixture, ...]:
    """Each with a canary in every container that its format has; all but the GIF are turned and have a profile."""
    makers = (bakeoff_jpeg, bakeoff_png, bakeoff_web, bakeoff_tiff, bakeoff_heif)
    return tuple(fixture for maker in makers for fixture in maker.fixtures())
