"""Dates with the month in words, as services write them in the language of the account: ``4. Mai 2024, 10:11:12``."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

_DATE = re.compile(
    r"(\d{1,2})(?:\.|º|er)?,?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\D{1,8}(\d{1,2})[:.h](\d\d)[:.](\d\d)"
)
_MONTHS = (
    "jan ene gen янв sty oca",
    "feb fev фев lut sub",
    "mar mrt maa мар",
    "apr avr abr апр kwi nis",
    "mai may maj mei mag маи мая",
    "jun juin giu июн cze haz",
    "jul juil lug июл lip tem",
    "aug aou ago авг sie agu",
    "sep set сен wrz eyl",
    "oct okt ott out окт paz eki",
    "nov ноя kas",
    "dec dez dic дек gru ara",
)
"""What their names begin with, without marks, in the languages that no two of them mean different months in."""
_NUMBERS = {start: number for number, some in enumerate(_MONTHS, 1) for start in some.split()}


def spelled(written: str) -> str:
    """Such a date by ISO 8601, without a zone; empty for any other words."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return ""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", found[2].casefold()) if not unicodedata.combining(sign)
    )
    number = _NUMBERS.get(plain[:4]) or _NUMBERS.get(plain[:3])
    if number is None:
        return ""
    try:
        day, year, hour, minute, second = map(int, found.group(1, 3, 4, 5, 6))
        return datetime(year, number, day, hour, minute, second).isoformat()
    except ValueError:
        return ""
