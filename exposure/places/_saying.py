"""A place as a few words in a sentence."""

from __future__ import annotations

import math

from exposure.places import _finding, _towns
from exposure.places._nouns import Town

WITH_REGION = {"AU", "CA", "US"}
"""Countries so large, with so many places of one name, that people there say the state or province too."""
WITH_ARTICLE = {
    "AE", "BS", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "IM", "IO", "KM", "KY", "MH", "MP",
    "MV", "NL", "PH", "SB", "SC", "TC", "TF", "UM", "US", "VG", "VI",
}  # fmt: skip
"""Countries that are called with *the* in a sentence."""


def words(latitude: float, longitude: float) -> str:
    """A few words for a sentence, such as *in Munich, Germany*.

    They are as exact as the position is: who masks positions rounds them first.
    """
    spot = _finding.spot(latitude, longitude)
    town = _finding.town_at(spot, latitude, longitude)
    if spot.at_sea:
        return f"at sea, about {_rounded(town.distance_km)} km from {_full(town, True)}"
    if town.distance_km > _finding.FAR_KM:
        return f"in {_country(spot.code)}, far from any town" if spot.code else "far from any town"
    if spot.near and spot.code:
        sides = [_country(code) for code in (spot.code, *spot.near)]
        border = f"near the border of {', '.join(sides[:-1])} and {sides[-1]}"
        return f"{border}, {_where(town)} {_full(town, False)}"
    inland = f"in {_country(spot.code)}, " if spot.code and spot.code != town.code else ""
    return f"{inland}{_where(town)} {_full(town, bool(spot.code))}"


def _where(town: Town) -> str:
    """In, near, or how far from."""
    if town.inside:
        return "in"
    km = _rounded(town.distance_km)
    return f"{km} km from" if km > "1" else "near"


def _full(town: Town, with_country: bool) -> str:
    """The town's name with its region and country, none of them twice."""
    names = [town.name]
    if town.region and town.code in WITH_REGION:
        names.append(town.region)
    if with_country:
        names.append(town.country)
    return ", ".join(dict.fromkeys(names))


def _country(code: str) -> str:
    """The country's name in the middle of a sentence."""
    name = _towns.towns().countries[code]
    return f"the {name}" if code in WITH_ARTICLE else name


def _rounded(km: float) -> str:
    """Kilometres to two digits."""
    step = 10 ** max(0, math.floor(math.log10(max(km, 1))) - 1)
    return f"{round(km / step) * step:,}"
