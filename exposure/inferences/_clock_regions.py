"""Where clocks run as they do: large parts of the world by their time in winter and in summer.

After the IANA time zone database (public domain), by what is in force since 2023. Regions are named by where most
people live whose clocks run so; there are others.
"""

from __future__ import annotations

_TURNED = {
    -600: "the western Aleutian Islands",
    -540: "Alaska",
    -480: "the west of the United States and Canada",
    -420: "the Rocky Mountains in the United States and Canada",
    -360: "the middle of the United States and Canada",
    -300: "the east of the United States and Canada",
    -240: "the Atlantic provinces of Canada and Bermuda",
    -210: "Newfoundland",
    -60: "the Azores",
    0: "Britain, Ireland and Portugal",
    60: "much of western and central Europe",
    120: "eastern Europe from Finland to Greece, and some countries around the eastern Mediterranean",
}
"""In December, where clocks are an hour ahead in July."""

_TURNED_SOUTH = {
    -180: "Chile",
    630: "South Australia",
    660: "south-eastern Australia",
    780: "New Zealand",
}
"""In December, where clocks are an hour behind in July."""

_FIXED = {
    -600: "Hawaii",
    -420: "Arizona and north-western Mexico",
    -360: "much of Mexico and Central America",
    -300: "Colombia, Peru, Ecuador and Panama",
    -240: "Venezuela, Bolivia, the west of Brazil and parts of the Caribbean",
    -180: "Argentina, Uruguay and most of Brazil",
    0: "Iceland and much of West Africa",
    60: "Nigeria, Algeria and other countries of western and central Africa",
    120: "southern Africa from the Congo to the Cape",
    180: "Turkey, western Russia, Arabia and East Africa",
    210: "Iran",
    240: "the United Arab Emirates, Oman and the Caucasus",
    270: "Afghanistan",
    300: "Pakistan and parts of Central Asia",
    330: "India and Sri Lanka",
    345: "Nepal",
    360: "Bangladesh and Bhutan",
    390: "Myanmar",
    420: "Thailand, Vietnam and western Indonesia",
    480: "China, Malaysia, Singapore, the Philippines and Western Australia",
    540: "Japan and Korea",
    570: "Australia's Northern Territory",
    600: "Queensland and Papua New Guinea",
    720: "Fiji and other islands of the Pacific",
}
"""Where clocks are never turned."""


def region(december: int, july: int) -> str:
    """Words for where clocks are so far from UTC, in minutes, in December and in July; empty for nowhere well known."""
    table = {60: _TURNED, 0: _FIXED, -60: _TURNED_SOUTH}.get(july - december, {})
    return table.get(december, "")
