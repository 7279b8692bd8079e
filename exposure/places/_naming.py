"""The other way round: whether words are the name of a town or a country."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from exposure.places import _towns

FEWEST = 15_000
"""Towns with fewer people are not looked for: too many of their names are words."""


class Named(NamedTuple):
    """What is called by one name."""

    population: int
    """Of the largest town; 0 for a country."""
    codes: str
    """Of the countries that have such a town, or of the country itself (ISO 3166-1), with blanks between them."""


def named(words: str) -> Named | None:
    """What is called so, however its letters are accented; None when no town of at least `FEWEST` people is, and no
    country."""
    return _names().get(_folded(words))


@cache
def _names() -> dict[str, Named]:
    """Every name, read on the first call; half a second."""
    towns = _towns.towns()
    found: dict[str, Named] = {}
    least = _towns.size_of(FEWEST)
    for cell, block in enumerate(towns.names):
        for place, name in enumerate(block.split(b"\n"), towns.starts[cell]):
            if towns.sizes[place] >= least:
                key = _folded(name.decode())
                people, code = _towns.population_of(towns.sizes[place]), _towns.group(towns, place).code
                known = found.get(key)
                if known is None:
                    found[key] = Named(people, code)
                elif code in known.codes:
                    found[key] = Named(max(people, known.population), known.codes)
                else:
                    found[key] = Named(max(people, known.population), f"{known.codes} {code}")
    for code, country in towns.countries.items():
        found.setdefault(_folded(country), Named(0, code))
    return found


def _folded(words: str) -> str:
    """Lower case without accents."""
    plain = (
        words
        if words.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    )
    return plain.casefold()
