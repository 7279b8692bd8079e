"""Serial numbers and identifiers that mean something, told from the fillers that cameras write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exposure.model import Evidence, Identifier, Photo, Secret

MOST = 24
"""How many identifiers a finding shows: some programs write thousands, and a few are proof enough."""

_COUNTED = "1234567890" * 4
"""What a serial number looks like that nobody ever set."""

_FEWEST = 4
"""A number of fewer different characters than this tells no camera from another."""

_UUID = re.compile(
    r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}(?![0-9A-Fa-f])"
)
_SHARED = frozenset({"faf5bdd5ba3d11daad31d33d75182f1b"})
"""One value that Windows writes into the files of everybody."""


_MEASURED = re.compile(r"[+-]?(?:\d+\.\d+(?:e[+-]?\d+)?|\d+(?:e[+-]\d+)?|nan|inf)", re.IGNORECASE)
_NO_INTEGER = re.compile(r"\d\.\d|nan|inf", re.IGNORECASE)


def _measured(text: str) -> bool:
    """Whether a value is numbers with decimals, or none at all ("nan"), rather than a number somebody counts by."""
    return _NO_INTEGER.search(text) is not None and all(map(_MEASURED.fullmatch, text.split()))


def telling(value: str, models: Collection[str] = ()) -> bool:
    """Whether a serial number can tell one thing from another.

    Not blank, zeros, 0123456789, ``KFFFFFFF`` or a word such as "No Lens", and not one of `models` (casefolded).
    """
    text = value.strip()
    plain = [c for c in text if c.isalnum()]
    if len(set(plain)) < _FEWEST or not text.isprintable() or text.casefold() in models or _measured(text):
        return False
    number = "".join(plain).lstrip("0")
    return any(c.isdigit() for c in number) and not _COUNTED.startswith(number)


def uuid(value: str) -> str | None:
    """The 128-bit identifier in a value, as 32 lower-case digits; None for zeros, counters and shared values."""
    found = _UUID.search(value)
    if found is None:
        return None
    digits = found[0].replace("-", "").lower()
    if len(set(digits)) < _FEWEST or len(digits.lstrip("0")) <= 8 or digits in _SHARED:
        return None
    return digits


def serials(photo: Photo, *kinds: str) -> Iterator[Identifier]:
    """The identifiers of those kinds that are no fillers."""
    found = [i for i in photo.facts.identifiers if i.kind in kinds]
    if found:
        models = {d.model.strip().casefold() for d in photo.facts.devices if d.model}
        yield from (i for i in found if telling(i.value, models))


def shown_serial(identifier: Identifier) -> Evidence:
    return Evidence(identifier.address, identifier.value, Secret.SERIAL)
