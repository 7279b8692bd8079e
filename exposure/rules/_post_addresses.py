"""Street addresses in text, as several countries write them. Every pattern is bounded, so no text makes it slow."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UP = r"[^\W\d_a-zßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ]"
"""A capital, or a letter of a script that has none."""
_NAME = rf"{_UP}[\w'’.-]{{1,25}}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,])\d{{1,5}}[A-Za-z]? (?:{_NAME} ){{1,3}}(?:[Ss]treet|St|[Rr]oad|Rd|[Aa]venue|Ave|[Ll]ane|Ln|[Dd]rive|Dr|[Cc]ourt"
        r"|[Cc]lose|[Cc]rescent|[Tt]errace|[Pp]lace|[Bb]oulevard|Blvd|[Ww]ay|[Gg]ardens|[Gg]rove|[Mm]ews|[Rr]ow|[Hh]ill|[Pp]arade)\b",
        r"(?<![\w.,])\d{1,5}[A-Za-z]? [a-z]{3,20} (?:street|avenue|lane|boulevard|terrace|crescent)\b",
        rf"\b(?!(?:Park|Spiel|Arbeits|Sitz|Lieblings|Schlaf|Fuß|Stell|Camping|Stamm|Markt|Um|Heim|Rück|Hin)(?:platz|weg)\b){_UP}[\w-]{{2,30}}"
        r"(?:straße|strasse|str\.|weg|allee|gasse|platz|ring|damm|ufer|straat|laan|gracht|kade|gatan|vägen|gata|veien|vej|gade)"
        r" ?\d{1,4}(?!\d) ?[a-zA-Z]?\b",
        rf"\b(?:{_NAME} ){{1,2}}(?:Straße|Strasse|Str\.|Weg|Allee|Platz|Ring|Damm|Ufer) \d{{1,4}}(?!\d)[a-z]?\b",
        r"(?<![\w.,])\d{1,4}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Qq]uai"
        rf"|[Rr]oute|[Cc]ours) (?:des? |du |de la |d['’]|de l['’]|l['’]){{0,1}}{_NAME}",
        r"\b(?:[Cc]alle|[Cc]/|[Aa]venida|Avda?\.?|[Pp]laza|[Pp]aseo|[Cc]arrer|[Rr]ua|[Tt]ravessa|[Pp]raça|Via|[Vv]iale|[Pp]iazza|Corso|[Vv]icolo)"
        rf" (?:de(?: la| los| las)? |del(?:la)? |d[ao]s? |dei |degli ){{0,1}}{_NAME}(?: {_NAME}){{0,2}},? (?:[Nn][º°o.] ?)?\d{{1,4}}(?!\d)\b",
        rf"\b(?:ul|al|os|pl)\. ?{_NAME}(?: {_NAME})? \d{{1,4}}[a-z]?\b",
        r"\b(?:ул(?:ица|\.)|пр(?:оспект|\.|-т)|пер(?:еулок|\.)|вул(?:иця|\.)) ?[\w-]{2,30},? (?:д(?:ом|\.)? ?)?\d{1,4}\b",
        rf"\b{_NAME} (?:Sokak|Sokağı|Sk\.|Caddesi|Cad\.) (?:[Nn]o ?:? ?)?\d{{1,4}}\b",
        r"[一-龠]{1,8}[市区町村][一-龠ぁ-んァ-ン]{1,12}\d{1,3}(?:[-−ー]|丁目)\d{1,3}",
        r"[一-龠]{1,10}(?:路|街|大道)\d{1,5}号",
        r"(?<![A-Z0-9])[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])",
    )
)
_FAMOUS = re.compile(
    r"10 Downing|1600 Pennsylvania|221B Baker|742 Evergreen|4 Privet Drive|12 Grimmauld|42 Wallaby",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def addresses(text: str) -> Iterator[str]:
    """Every street address in a plain text; none that everybody knows from the news and from books."""
    if _DIGIT.search(text) is None:
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if _FAMOUS.match(found[0]) is None:
                yield found[0]
