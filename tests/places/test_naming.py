"""Names of towns and countries, looked up."""

from __future__ import annotations

import pytest

from exposure.places import named


@pytest.mark.parametrize("name", ["Zürich", "zurich", "ZÜRICH", "Zu\u0308rich"])
def test_a_town_however_it_is_written(name: str) -> None:
    found = named(name)
    assert found is not None and found.population > 300_000 and "CH" in found.codes.split()


def test_towns_of_one_name_are_told_together() -> None:
    found = named("Reading")
    assert found is not None and {"GB", "US"} <= set(found.codes.split())


def test_a_country_has_no_population() -> None:
    found = named("Portugal")
    assert found is not None and (found.population, found.codes) == (0, "PT")


@pytest.mark.parametrize("name", ["", " ", "Qwxyz", "London,", "a" * 10_000, "\ud800", "\0"])
def test_what_is_no_name(name: str) -> None:
    assert named(name) is None
