"""How rare a name is: how many bits it would take to guess it.

A name of 20 bits is one that a million guesses would hit once. The model is a plain one on purpose: each letter by
how often it stands in English text (Wikipedia, "Letter frequency"), each digit one of ten, and a name that very many
people have as a whole. Perito et al. (2011, arXiv 1101.5578) used Markov chains over account names; beside the
examples that they publish, this gives as much for random letters (pdjkwerl: 40 bits there, 44 here) and more for what
can be spoken (yourejerky: 40 there, 51 here), so it calls a few names rare that theirs would not.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from math import log2

from exposure.rules._words import word_set

RARE = 20.0
"""Names of so many bits are told (rules.toml, COL09)."""

_PERCENT = {
    **{"a": 8.2, "b": 1.5, "c": 2.8, "d": 4.3, "e": 12.7, "f": 2.2, "g": 2.0, "h": 6.1, "i": 7.0, "j": 0.15},
    **{"k": 0.77, "l": 4.0, "m": 2.4, "n": 6.7, "o": 7.5, "p": 1.9, "q": 0.095, "r": 6.0, "s": 6.3, "t": 9.1},
    **{"u": 2.8, "v": 0.98, "w": 2.4, "x": 0.15, "y": 2.0, "z": 0.074},
}
_BITS = {letter: log2(100 / percent) for letter, percent in _PERCENT.items()}
_DIGIT = log2(10)
_LETTER = 4.7
"""A letter of another alphabet, as one of 26 or so."""
_SIGN = 9.0
"""A sign of a script that has thousands: a few hundred make up most names."""
_FIRST_SIGN = 0x2E80

_NAME = 8.0
"""A common name: one person in some hundreds has it."""
_COMMON = word_set(
    "james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony"
    " mark donald steven andrew paul joshua kenneth kevin brian timothy ronald george jason edward jeffrey"
    " ryan mary patricia jennifer linda elizabeth barbara susan jessica karen sarah lisa nancy sandra betty"
    " ashley emily kimberly margaret donna michelle carol amanda melissa deborah stephanie rebecca sharon"
    " laura cynthia smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez"
    " gonzalez wilson anderson taylor moore jackson martin lee perez thompson white harris sanchez clark"
    " ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson"
    " baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards"
    " collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey"
    " reed kelly howard ramos kim cox ward richardson watson brooks chavez wood bennett gray mendoza ruiz"
    " hughes price alvarez castillo sanders patel myers long ross foster anna maria marie jose juan ana ali"
    " ahmed mohamed muhammad fatima peter hans wang zhang chen liu singh kumar khan muller schmidt silva"
    " santos rossi ivanov photo photos photography foto studio official"
)
"""The commonest given names of a hundred years (US Social Security Administration) and surnames (US Census 2010), some
that are as common elsewhere, and words that half of all photographers put behind their names."""
_LONGEST = 64
"""Of longer names no more is looked at."""
_LENGTHS = sorted({len(word) for word in _COMMON})


def plain(name: str) -> str:
    """A name without accents, blanks and signs, so that Anna Keller, anna.keller and @AnnaKeller are the same."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in letters if c.isalnum())


@lru_cache(1024)
def bits(name: str) -> float:
    """How many bits it takes to guess a name that `plain` gave: the cheapest way to put it together."""
    cost = [0.0]
    for end, character in enumerate(name[:_LONGEST], 1):
        best = cost[-1] + _one(character)
        for length in _LENGTHS:
            if length > end:
                break
            if cost[end - length] + _NAME < best and name[end - length : end] in _COMMON:
                best = cost[end - length] + _NAME
        cost.append(best)
    return min(cost[-1], _run(name))


def _one(character: str) -> float:
    if character.isdigit():
        return _DIGIT
    return _BITS.get(character, _SIGN if ord(character) >= _FIRST_SIGN else _LETTER)


def _run(name: str) -> float:
    """What it takes if the name is one sign again and again, or counted up: xxxxxxxx, 12345678, abcdefgh."""
    steps = {ord(b) - ord(a) for a, b in pairwise(name)}
    return _one(name[0]) + log2(len(name)) + 2 if len(steps) == 1 and name else float("inf")
