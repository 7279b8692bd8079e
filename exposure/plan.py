"""What to clean first: for each claim the photos that carry it."""

from __future__ import annotations

from collections.abc import Sequence

from exposure.collection import Collection
from exposure.model import Claim, CollectionFinding

SHOWN = 50
"""Photos named as evidence of each claim; their number is in its words."""


def planned(collection: Collection, claims: Sequence[Claim]) -> list[CollectionFinding]:
    """Each claim with the photos to clean so that nobody can make it any more."""
    return [_finding(collection, claim) for claim in claims]


def _finding(collection: Collection, claim: Claim) -> CollectionFinding:
    photos = tuple(collection.names[photo] for photo in claim.photos)
    return CollectionFinding(
        claim.rule,
        claim.level,
        claim.confidence,
        claim.question,
        claim.message,
        claim.why,
        claim.could_be_wrong_if,
        photos[:SHOWN],
        photos,
        "nothing in the files says this any more.",
        claim.place,
        claim.radius_m,
    )
