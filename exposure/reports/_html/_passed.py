"""What the page keeps of the photos that have passed: counts, packed columns, and the rows of the worst."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable

from exposure.collection import NONE, Collection
from exposure.model import Examination, Level
from exposure.plugins import Heading
from exposure.post import ACCOUNT_DATA, PostExamination
from exposure.reports._gathered import Gathered
from exposure.reports._html._cards import Cards
from exposure.reports._html._rows import Row, Rows, camera

MOST_SHOWN = 50
"""The worst photos, which the page lists without its script too."""


class Passed:
    """A few dozen bytes a photo and its name; and what a report for people keeps."""

    __slots__ = ("_where", "_worst", "cameras", "cards", "collection", "full", "gathered", "photos", "rows")

    def __init__(self, heading: Heading) -> None:
        self.collection = Collection(heading.settings.today)
        self.gathered = Gathered(False)
        self.full = Gathered(True) if heading.reveal else None
        """The same with values in full, where the page may hold them."""
        self.rows = Rows(self.collection, heading.reveal)
        self.cards = Cards(self.rows.words, heading.reveal)
        self.cameras: dict[int, str] = {}
        """The names of the collection's devices, as the photos write them."""
        self.photos = 0
        """How many rows there are."""
        self._where = array("I")
        self._worst: list[tuple[tuple[int, ...], int, Row]] = []

    def add(self, examination: Examination) -> Row | None:
        """The row of this photo; None for a file that is none."""
        self.gathered.add(examination)
        if self.full is not None:
            self.full.add(examination)
        if examination.media in ("other", ACCOUNT_DATA):
            return None
        before = len(self.collection)
        self.collection.add(examination)
        counted = len(self.collection) > before
        if counted:
            self._where.append(self.photos)
            if (device := self.collection.device[-1]) != NONE:
                self.cameras.setdefault(device, camera(examination))
        row = self.rows.row(examination, counted)
        self._keep(examination, row)
        self.photos += 1
        return row

    def add_post(self, examination: PostExamination) -> None:
        self.gathered.add_post(examination)
        if self.full is not None:
            self.full.add_post(examination)
        self.cards.add(examination)

    def _keep(self, examination: Examination, row: Row) -> None:
        """The row, without its thumbnail, as long as the photo is among the worst."""
        levels = [0] * len(Level)
        for finding in examination.findings:
            levels[Level.CRITICAL - finding.level] += 1
        rank = tuple(levels), -self.photos
        if len(self._worst) < MOST_SHOWN:
            heapq.heappush(self._worst, (*rank, row._replace(thumbnail="")))
        elif rank > self._worst[0][:2]:
            heapq.heapreplace(self._worst, (*rank, row._replace(thumbnail="")))

    def worst(self) -> list[Row]:
        """The worst photos, the worst of them first."""
        return [row for _, _, row in sorted(self._worst, key=lambda w: w[:2], reverse=True)]

    def numbers(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of the rows of these photos."""
        wanted = set(names)
        return {
            name: self._where[photo]
            for photo, name in reversed(list(enumerate(self.collection.names)))
            if name in wanted
        }
