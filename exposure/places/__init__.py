"""Places in words, offline: the town, the country and the time zone of a position, and the world's land for a map.

Everything comes from three small files in this package, read on the first call that needs them; nothing is ever asked
of anybody. Towns and time zones are GeoNames' (CC BY 4.0), borders and land Natural Earth's (public domain); NOTICE
beside this file says so, and `build` makes the files. Positions are degrees, WGS 84; a longitude may be any number, a
latitude must be from -90 to 90, else ValueError.
"""

from __future__ import annotations

from exposure.places._finding import country, nearest, zone
from exposure.places._land import land
from exposure.places._naming import Named, named
from exposure.places._nouns import Country, Town
from exposure.places._saying import words

__all__ = ["Country", "Named", "Town", "country", "land", "named", "nearest", "words", "zone"]
