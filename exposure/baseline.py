"""The file of accepted findings that ``exposure check`` compares with. It may be published beside the photos.

It holds no value, name, path, place or date, and no hash of one alone, which could be guessed back: a camera has few
serial numbers, a town few coordinates. Every hash (SHA-256, FIPS 180-4) takes in the SHA-256 of a whole photo file,
which nobody knows who does not hold that very file, and a random salt of this baseline, so that two baselines cannot
be seen to speak of one photo. What it does tell to everybody: which rules were accepted, how often, and about how many
photos there are.

A finding is its rule and a hash of the file and of the paths of the fields that it rests on. So a file that changes by
one byte has its findings back, and one that is renamed has not: that holds for findings about the name as well. Hashing
the name would have them back, but then whoever has the photo could try names until one fits.

What many photos tell together must stay accepted while unrelated photos come and single ones of its own go. Of its
photos at most `KEPT` are chosen by their hashes (a bottom-k sketch: Cohen and Kaplan, "Summarizing data using bottom-k
sketches", PODC 2007), and each two of them make one hash. It is accepted while about half of the photos chosen then and
now are the same. Pairs, because one photo each would tell its holder more than the photo does: that it was taken at
home, say. Who holds two of them learns that they belong together. The limits: a claim that has grown to more than about
twice its photos is new again; one of a rule that takes another's place over mostly the same photos passes for it, as
long as the other is not there any more.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from itertools import combinations
from math import isqrt
from pathlib import Path
from typing import Any, NamedTuple

from exposure.errors import CannotRun, reason
from exposure.model import Confidence, Level

SCHEMA = "exposure-baseline/1"

KEPT = 16
"""Photos of one claim whose pairs are written down: 120 lines at most."""

_SALT = 16
_SHORT = 32
"""Digits of the hashes of photos and pairs: 128 bits are enough to tell them apart."""
_LARGEST = 1 << 27
"""A million photos with a finding each come to 110 MB; more is no baseline."""
_RULE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DIGITS = re.compile(r"[0-9a-f]+")
_LEVELS = {level.word: level for level in Level}
_CONFIDENCES = {confidence.word: confidence for confidence in Confidence}

Entry = tuple[str, str]
"""A rule, and a hash in hexadecimal digits."""


class Accepted(NamedTuple):
    """What many photos tell together, as far as it has to be known again."""

    rule: str
    level: Level
    confidence: Confidence
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was accepted."""

    salt: bytes
    findings: frozenset[Entry] = frozenset()
    claims: tuple[Accepted, ...] = ()
    photos: frozenset[str] = frozenset()
    """Hashes of the photos that were there, to tell which are new."""


def begun() -> Baseline:
    """An empty one."""
    return Baseline(secrets.token_bytes(_SALT))


def entry(salt: bytes, digest: bytes, rule: str, fields: Iterable[str]) -> Entry:
    """What stands for a finding that rests on these fields of the file with this digest."""
    return rule, _hash(salt, "finding", digest, rule, *sorted(set(fields)))


def photo(salt: bytes, digest: bytes) -> str:
    return _hash(salt, "photo", digest)[:_SHORT]


def accepted(
    salt: bytes, rule: str, level: Level, confidence: Confidence, digests: Iterable[bytes]
) -> Accepted:
    """What stands for a claim over the photos with these digests."""
    chosen = sorted(nsmallest(KEPT, set(digests), key=lambda digest: _hash(salt, "order", digest)))
    two = combinations(chosen, 2) if len(chosen) > 1 else [(each, each) for each in chosen]
    pairs = frozenset(_hash(salt, "pair", first + second, rule)[:_SHORT] for first, second in two)
    return Accepted(rule, level, confidence, pairs)


def matched(now: Sequence[Accepted], then: Sequence[Accepted]) -> dict[int, int]:
    """Which claims of `now` are accepted ones of `then`, and which, by their places.

    Each accepted one answers for one claim alone: a home that falls into two is a new home. A claim that is worse, or
    surer, than what was accepted is new as well.
    """
    by_rule: dict[str, list[int]] = defaultdict(list)
    for place, old in enumerate(then):
        by_rule[old.rule].append(place)
    found = []
    for here, new in enumerate(now):
        for there in by_rule[new.rule]:
            old = then[there]
            if new.level <= old.level and new.confidence <= old.confidence and (same := _shared(new, old)):
                found.append((-same, here, there))
    taken: dict[int, int] = {}
    gone: set[int] = set()
    for _, here, there in sorted(found):
        if here not in taken and there not in gone:
            taken[here] = there
            gone.add(there)
    return taken


def _shared(one: Accepted, other: Accepted) -> int:
    """How many of their chosen photos are the same; 0 when that is less than half."""
    same = one.pairs & other.pairs
    photos = _photos(len(same)) if same else 0
    return photos if 2 * photos >= _photos(max(len(one.pairs), len(other.pairs))) else 0


def _photos(pairs: int) -> int:
    """Of how many photos there are that many pairs."""
    return (1 + isqrt(1 + 8 * pairs)) // 2


def _hash(salt: bytes, purpose: str, digests: bytes, *words: str) -> str:
    """The purpose comes first, and says how long the digests are: what was made for one is never taken for another."""
    text = "\0".join(words).encode("utf-8", "surrogatepass")
    return sha256(purpose.encode() + b"\0" + salt + digests + text).hexdigest()


def read(path: Path) -> Baseline:
    """CannotRun, with what is wrong in a sentence, when it is not there, unreadable, or something else."""
    try:
        if not path.is_file():
            if os.path.lexists(path):
                raise CannotRun(f"{path} is not a file, so it is no baseline")
            raise CannotRun(
                f"the baseline {path} is not there; the first time, add --update-baseline to write it"
            )
        if path.stat().st_size > _LARGEST:
            raise CannotRun(f"{path} is not a baseline: it is far too large")
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise CannotRun(f"the baseline {path} cannot be read: {reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise CannotRun(f"{path} is not a baseline that exposure check wrote, or it is damaged") from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        of = (
            "another version of exposure"
            if str(schema).startswith("exposure-baseline/")
            else "exposure check"
        )
        but = "wrote it" if of.startswith("another") else "did not write it"
        raise CannotRun(f"{path} is not a baseline that this version reads: {of} {but}")
    try:
        return _understood(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotRun(
            f"the baseline {path} is damaged; take it from a backup, or write a new one"
        ) from error


def _understood(found: dict[str, Any]) -> Baseline:
    """KeyError, TypeError, ValueError or AttributeError where anything is not as it was written."""
    salt = bytes.fromhex(found["salt"])
    if len(salt) != _SALT:
        raise ValueError
    findings = frozenset(
        (_rule(rule), each) for rule, hashes in found["findings"].items() for each in _hashes(hashes, 64)
    )
    claims = tuple(
        Accepted(
            _rule(claim["rule"]),
            _LEVELS[claim["level"]],
            _CONFIDENCES[claim["confidence"]],
            frozenset(_hashes(claim["pairs"], _SHORT)),
        )
        for claim in found["collection"]
    )
    return Baseline(salt, findings, claims, frozenset(_hashes(found["photos"], _SHORT)))


def _rule(word: str) -> str:
    if not _RULE.fullmatch(word):
        raise ValueError
    return word


def _hashes(found: list[str], digits: int) -> list[str]:
    if not all(len(each) == digits and _DIGITS.fullmatch(each) for each in found):
        raise ValueError
    return found


def write(path: Path, baseline: Baseline) -> None:
    """Put it in its place whole: sorted, a hash a line, the same for the same content. CannotRun when that fails.

    What was there must be a baseline, so `read` comes first. It tells nothing, so anybody may read it: its mode is as
    for any new file.
    """
    if path.is_symlink():
        raise CannotRun(f"{path} is a link; name the baseline itself")
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            with open(beside, "x", encoding="ascii", newline="\n") as file:
                file.write(_text(baseline))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise CannotRun(f"the baseline {path} cannot be written: {reason(error)}") from error


def _text(baseline: Baseline) -> str:
    findings: dict[str, list[str]] = defaultdict(list)
    for rule, hashed in sorted(baseline.findings):
        findings[rule].append(hashed)
    claims = [
        {
            "rule": claim.rule,
            "level": claim.level.word,
            "confidence": claim.confidence.word,
            "pairs": sorted(claim.pairs),
        }
        for claim in baseline.claims
    ]
    whole = {
        "schema": SCHEMA,
        "salt": baseline.salt.hex(),
        "findings": findings,
        "collection": sorted(claims, key=lambda claim: (claim["rule"], claim["pairs"])),
        "photos": sorted(baseline.photos),
    }
    return json.dumps(whole, indent=1) + "\n"
