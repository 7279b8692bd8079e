"""Every inference over one collection."""

from __future__ import annotations

from exposure.collection import Collection
from exposure.model import Claim
from exposure.plugins import Inference, discover


def inferred(collection: Collection) -> list[Claim]:
    """What all inferences say, the worst first."""
    claims = [claim for each in discover("inferences", Inference) for claim in each.infer(collection)]
    return sorted(claims, key=lambda c: (-c.level, -c.confidence, c.rule))
