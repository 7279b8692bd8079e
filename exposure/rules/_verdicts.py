"""What most rules do: gather evidence, and speak only when there is some."""

from __future__ import annotations

from collections.abc import Iterable

from exposure.model import Evidence, Field, Secret, Verdict


def verdict(evidence: Iterable[Evidence]) -> Verdict | None:
    """A verdict with the rule's own words, or None without evidence."""
    gathered = tuple(evidence)
    return Verdict(gathered) if gathered else None


def shown(field: Field, secret: Secret = Secret.NONE) -> Evidence:
    """A field as evidence, its value written out."""
    value = field.value
    if isinstance(value, tuple):
        value = ", ".join(str(v) for v in value[:16])
    return Evidence(field.address, str(value), secret)
